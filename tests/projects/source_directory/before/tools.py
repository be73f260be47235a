# A script, of the same name as a package: which of both is imported depends on who runs what.
from shop.cart import Cart

print(Cart.__module__)
