from kit.colours import *


class Red:
    pass
