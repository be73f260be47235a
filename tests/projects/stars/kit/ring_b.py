from kit.ring_a import *


class InB:
    pass
