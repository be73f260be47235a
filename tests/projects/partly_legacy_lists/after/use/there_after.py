from shop.everything import Price
from shop.orders import LIMIT, Order, place
