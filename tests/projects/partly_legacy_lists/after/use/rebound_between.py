from shop.orders import LIMIT

Order = "mine"
mine = Order
from shop.everything import Price
from shop.orders import Order
