from core import (
    Engine  # the one and only
    as Drive,
)
from core.engine import Motor, \
    Motor as Pump

Mill = (
    Drive
)
Turbine: type = Pump
if Motor:
    Chosen = None if Mill is None else Mill
try:
    from core.engine import Motor as Guarded
except ImportError:
    Guarded = None
First, Second = Motor, None
if (Walrus := Motor):
    pass


def install():
    global Installed, Fitted
    Installed = Motor
    Fitted = Pump


def local():
    Local = Motor
    from core import Engine as LocalImport
    return Local, LocalImport


class Namespace:
    Member = Motor
