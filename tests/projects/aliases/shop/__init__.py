from shop.orders import Order, place as place_order
from .orders import Order as Order
import shop.orders as purchases

Purchase = Order
