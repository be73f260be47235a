import box.hinge as hinge_module
from . import lid
from .hinge import hinge
from .screw import Screw
import box.handle
import box.inner.deep as deep

label = "a box"
lock = None


def nail():
    pass


__path__hint = ()
