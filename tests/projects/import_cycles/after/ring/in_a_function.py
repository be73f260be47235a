def gem():
    from ring.home import Gem

    return Gem()


def band():
    from ring.base import Band

    return Band()
