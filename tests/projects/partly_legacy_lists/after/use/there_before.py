from shop.orders import LIMIT, Order
from shop.everything import Price
