from shop.orders import (
    Order,  # what
    place,  # how
)
