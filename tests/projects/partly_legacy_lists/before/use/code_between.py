import sys
from shop.everything import Order, Price
sys.path.insert(0, "somewhere")
from shop.orders import LIMIT
