from shop.everything import Price, place
from shop.orders import LIMIT, Order
