from shop.everything import Price, \
    Rebate
from shop.orders import Order
