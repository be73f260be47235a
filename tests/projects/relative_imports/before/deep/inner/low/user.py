from .thing import Thing
from . import thing as module
from ...old import Other

made = [Thing(), module.Thing(), Other()]


def later():
    from ..low.thing import Thing as T
    from ... import old

    return T(), old.Thing(), old
