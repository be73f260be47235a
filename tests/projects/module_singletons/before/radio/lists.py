import enum
from typing import NamedTuple


class ListenerRegistry: ...


class StateRegistry(enum.Enum):
    OPEN = 1


class FlagRegistry(StateRegistry.__class__ and enum.IntFlag):
    ON = 1


class PairRegistry(NamedTuple):
    left: int = 1
