from ring.left import Here, Lost


class Shared:
    pass


try:
    from ring.left import Maybe
except ImportError:
    Maybe = None
