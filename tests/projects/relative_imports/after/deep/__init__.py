from deep.inner.new import Thing
from . import old

__all__ = ["Thing"]
