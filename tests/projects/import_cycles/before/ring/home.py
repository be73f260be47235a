from ring.base import Band, Gem

LIMIT = 3
from ring import at_the_top, by_the_shim, in_a_function, late, plain, used_by_home


def make_band():
    return Band()
