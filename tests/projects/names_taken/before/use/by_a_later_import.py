from zoo.cats import Lion

first = Lion()
from zoo.keeper import keep

seen = [first.__class__, keep]


def inside():
    made = Lion()
    from zoo.keeper import keep

    return made, keep()
