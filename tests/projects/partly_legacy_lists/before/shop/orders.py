class Order: ...


def place(): ...


LIMIT = 3
