from shop.everything import Price
from shop.orders import Order, place
