from shop.everything import (
    Price,
)
from shop.people import Customer as Client
from shop.orders import Order, place
