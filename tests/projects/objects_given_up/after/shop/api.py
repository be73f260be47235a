import shop.store
from shop.factory import get_history


def buy(user, what):
    get_history(user=user).add(what)
    get_history(user=user).add(what)


def late(context):
    from shop.factory import get_history

    for row in get_history(user=context.user).rows:
        print(row)
