from shop.everything import (
    Fax,  # still here
)
from shop.orders import Order  # not here
