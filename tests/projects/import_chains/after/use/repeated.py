import parts.single
from parts.modern import Bolt
import parts.other

bolts = [Bolt(), parts.other.name, parts.single.size]


def inside():
    return Bolt
