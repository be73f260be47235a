def gem():
    from ring.old import Gem

    return Gem()


def band():
    from ring.base import Band

    return Band()
