import zoo.old


def f(Lion):
    return zoo.old.Lion, Lion


def g():
    return zoo.old.Puma


seen = [*f("mine"), g()]
