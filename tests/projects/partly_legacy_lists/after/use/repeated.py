from shop.everything import Price
from shop.orders import Order, Order as O
