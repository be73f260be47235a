from shop.history import History

_BY_USER = {}


def get_history(user):
    return _BY_USER.setdefault(user, History())
