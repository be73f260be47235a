import shop.store
from shop import store as the_store


def buy(user, what):
    shop.store.history.add(what)
    the_store.history.add(what)


def late(context):
    from shop.store import history as h

    for row in h.rows:
        print(row)
