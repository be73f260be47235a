from shop.orders import LIMIT
from shop.everything import Order, Price
