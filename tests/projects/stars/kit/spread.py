from kit.colours import *
from kit.colours import __all__ as colour_names

__all__ = [*colour_names, "Own"]


class Own:
    pass
