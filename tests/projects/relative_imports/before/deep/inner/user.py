from .old import Thing
from . import old
from ..old import Thing as Real

made = [Thing(), old.Thing(), Real()]
