import ring.whole


def gem():
    return ring.whole.Gem()
