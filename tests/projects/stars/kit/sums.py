from kit import colours
from kit.colours import *
from kit.base import Shape

__all__ = ["Shape"] + colours.__all__
__all__ += ["One"]
__all__.append("Two")
__all__.extend(["Three", "Four"])
__all__.remove("Four")
One = Two = Three = Four = 1
