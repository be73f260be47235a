# Everything.
from shop.everything import (  # a module
    # People.
    Client,  # one
    # Things.
    Order as Bestellung,  # two
    Price,  # three
    # The end.
)  # all
