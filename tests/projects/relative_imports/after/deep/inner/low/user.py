from deep.inner.new import Thing
from . import thing as module
from deep.inner.new import Other

made = [Thing(), Thing(), Other()]


def later():
    from deep.inner.new import Thing as T
    from ... import old

    return T(), old.Thing(), old
