import sys
from contextlib import suppress
from typing import TYPE_CHECKING
from warnings import catch_warnings

from app.real import Engine, Motor

if sys.version_info >= (3, 11):
    Chosen = Engine
else:
    Chosen = Motor

if sys.platform == "win32":
    from app.real import Engine as Alike
else:
    from app import real

    Alike = real.Engine

if sys.platform == "win32":
    Sometimes = Engine

if sys.platform == "win32":
    Overridden = Motor
Overridden = Engine

if TYPE_CHECKING:
    from app.real import Engine as TypingOnly
    from app.real import Engine as TypingAndNot
else:
    from app.real import Motor as TypingAndNot

if not TYPE_CHECKING:
    from app.real import Engine as RunTimeOnly

if False:
    Never = Engine

if __name__ == "__main__":
    Script = Engine

with catch_warnings() as Caught:
    from app.real import Engine as Within

with suppress(ImportError):
    from app.real import Engine as Suppressed

with suppress(Exception):
    Risky = Engine

for Looped in (Engine, Motor):
    InLoop = Engine

match sys.platform:
    case "linux":
        Matched = Engine
    case Captured:
        Matched = Motor

Deleted = Engine
del Deleted


if sys.platform == "win32":

    def variant():
        pass

else:

    def variant(flag=False):
        pass


if sys.platform == "win32":
    Branch = Engine
elif sys.platform == "linux":
    Branch = Engine
else:
    if walrus := Engine:
        Branch = walrus
    else:
        Branch = Engine
