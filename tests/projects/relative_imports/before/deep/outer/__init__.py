from .own import own
from ..old import Thing as OuterThing
from ..inner.new import Other
