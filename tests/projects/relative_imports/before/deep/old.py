from .inner.new import Other, Thing
