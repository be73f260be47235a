from shop.orders import LIMIT

Order = "mine"
mine = Order
from shop.everything import Order, Price
