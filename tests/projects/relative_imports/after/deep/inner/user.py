from .old import Thing
from . import old
from deep.inner.new import Thing as Real

made = [Thing(), old.Thing(), Real()]
