from kit.ring_b import *


class InA:
    pass
