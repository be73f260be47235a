"""A shop with one user, for whom nothing changes."""

from shop import api, cart, keeping, store

basket = cart.Cart("ann")
print(basket.buy("apples"))
api.buy("ann", "pears")
print(store.recent("ann"), keeping.keep("ann"))
