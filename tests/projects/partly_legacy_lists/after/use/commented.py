# Everything.
from shop.everything import (  # a module
    # Things.
    Price,  # three
    # The end.
)  # all
# People.
from shop.people import Customer as Client  # one
from shop.orders import Order as Bestellung  # two
