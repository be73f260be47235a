from unknown_library import *
from kit.base import Shape


class Own:
    pass
