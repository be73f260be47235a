from typing import TYPE_CHECKING

from net import transport
from net.errors import *

if TYPE_CHECKING:
    from net.typed import Typed


def connect():
    from net.lazy import Lazy

    return Lazy


class Body:
    import net.inside
