import abc
import dataclasses
import enum
from dataclasses import KW_ONLY, InitVar, dataclass, field
from typing import ClassVar, Generic, NamedTuple, Protocol, TypeVar

import somewhere

T = TypeVar("T")


class Plain:
    def __init__(self, a, b=1):
        pass


class Empty:
    pass


class Child(Plain):
    pass


class Overriding(Plain):
    def __init__(self, c):
        pass


class New:
    def __new__(cls, x):
        pass


class NewAndInit:
    def __new__(cls, *args, **kwargs):
        pass

    def __init__(self, only):
        pass


class NewOrInit:
    def __new__(cls, a):
        pass

    def __init__(self, b):
        pass


class Neutral(abc.ABC, Generic[T]):
    def __init__(self, a):
        pass


class Shaped(Protocol):
    def __init__(self, a):
        pass


class Foreign(somewhere.Base):
    pass


class ForeignInit(somewhere.Base):
    def __init__(self, a):
        pass


class Meta(metaclass=somewhere.Meta):
    def __init__(self, a):
        pass


class Colour(enum.Enum):
    RED = 1

    def __init__(self, code):
        pass


class Pair(NamedTuple):
    left: int
    right: int


class Wrapped:
    @somewhere.wrap
    def __init__(self, a):
        pass


class Assigned:
    __init__ = Plain.__init__


@somewhere.register
class Registered:
    def __init__(self, a):
        pass


@dataclass
class Point:
    x: int
    y: int = 0
    shared: ClassVar[int] = 1
    scale: InitVar[int] = 1
    hidden: int = field(init=False)
    items: list = field(default_factory=list)
    no_default: int = field(repr=False, kw_only=True)


@dataclasses.dataclass(repr=False)
class Point3(Point):
    z: int = 1
    x: "int" = 5


@dataclass(kw_only=True)
class Named:
    name: str


@dataclass
class Mixed:
    first: int
    _: KW_ONLY
    second: int = 2


@dataclass(init=False)
class Bare:
    ignored: int


@dataclass
class WithInit:
    ignored: int

    def __init__(self, own):
        pass


@dataclass
class OfForeign(somewhere.Base):
    x: int


class OfData(Point):
    pass


class Methods:
    def method(self, a):
        pass

    async def later(self, a):
        pass

    @classmethod
    def build(cls, a):
        pass

    @staticmethod
    def make(a):
        pass

    @property
    def size(self):
        pass
