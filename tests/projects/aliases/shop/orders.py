class Order:
    pass


class Draft:
    pass


def place():
    pass


Ticket = Order
Ticket = Ticket
First, Second = Order, Draft
Third = Fourth = place
if (Fifth := Draft):
    pass

Kept = Draft
Draft = Order


def wrapped():
    pass


Bare = wrapped
wrapped = repr(wrapped)
