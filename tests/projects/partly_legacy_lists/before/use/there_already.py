from shop.everything import Order, Price
from shop.orders import Order, place
