import zoo.old
from zoo.cats import Cougar


def f(Lion):
    return zoo.old.Lion, Lion


def g():
    return Cougar


seen = [*f("mine"), g()]
