"""What is left of an answer to tell whether another one is the same: a few bytes, the same in every process."""

from __future__ import annotations

import marshal
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from ssot_lint.hashing import digest

SIZE = 8
WITHOUT_REFERENCES = 2
"""The version of the format in which equal values have equal bytes."""
SET = "{}"
MAPPING = "{:}"


def fingerprint(answer: Any) -> bytes:
    """Give the print of an answer: of its values, not of how they are kept in memory."""
    return digest(answer if isinstance(answer, bytes) else marshal.dumps(plain(answer), WITHOUT_REFERENCES), SIZE)


def plain(value: Any) -> Any:
    """Give ``value`` as tuples, texts and numbers; equal values give equal ones, sets in the order of their items."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, (str, bytes, int)):
        return value
    if isinstance(value, (tuple, list)):
        return tuple(map(plain, value))
    if isinstance(value, (frozenset, set)):
        return (SET, *sorted(map(plain, value), key=repr))
    if isinstance(value, dict):
        return (MAPPING, *sorted(((plain(key), plain(inner)) for key, inner in value.items()), key=repr))
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(plain(getattr(value, name)) for name in _compared(type(value))))
    raise TypeError(f"{type(value).__name__} is no plain answer")


def whole(value: Any) -> Any:
    """Give the argument of a question of which ``value`` is the plain form."""
    if isinstance(value, tuple) and value[:1] == (SET,):
        return frozenset(value[1:])
    if isinstance(value, tuple) and value[:1] == ("Dangling",):
        from ssot_lint.project.dangling import Dangling

        return Dangling(*value[1:])
    return value


@cache
def _compared(cls: type) -> tuple[str, ...]:
    """The fields in which two values of a class differ if they differ."""
    return tuple(field.name for field in fields(cls) if field.compare)
