from shop.everything import (
    Order,  # what
    place,  # how
)
