import sys
from shop.everything import Price
from shop.orders import Order
sys.path.insert(0, "somewhere")
from shop.orders import LIMIT
