from .old import Thing
