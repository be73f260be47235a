from shop.everything import Price  # all of them
from shop.orders import Order, place
from shop.people import Customer as Client
