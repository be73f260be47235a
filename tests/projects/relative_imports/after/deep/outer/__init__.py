from .own import own
from ..inner.new import Other, Thing as OuterThing
