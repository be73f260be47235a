from shop.everything import (
    Client,
    Order,
    Price,
    place,
)
