from shop.everything import (
    Fax,  # still here
    Order,  # not here
)
