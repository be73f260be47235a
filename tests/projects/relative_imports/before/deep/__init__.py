from .old import Thing
from . import old

__all__ = ["Thing"]
