"""Reports as plain values, and back."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from operator import attrgetter
from typing import Any

from ssot_lint import model
from ssot_lint.model import FileReport

_TYPES = [value for _, value in sorted(vars(model).items()) if isinstance(value, type)]
_CLASSES = [cls for cls in _TYPES if is_dataclass(cls)]
_ENUMS = [cls for cls in _TYPES if issubclass(cls, Enum)]
_NUMBERS = {cls: number for number, cls in enumerate(_CLASSES)}
_VALUES = {cls: attrgetter(*(field.name for field in fields(cls)), "__class__") for cls in _CLASSES}
_MEMBERS = {member: [-1 - number, member.value] for number, cls in enumerate(_ENUMS) for member in cls}
"""Members of enumerations as they are kept: a list, as for objects, but with a negative number of the class."""


def pack(report: FileReport) -> Any:
    """Give ``report`` as plain values; objects are lists, which nothing in a report is."""
    return _plain(report)


def unpack(kept: Any) -> FileReport:
    """Give the report that was packed."""
    report: FileReport = _whole(kept)
    return report


def _plain(value: Any) -> Any:
    cls = type(value)
    if cls in _NUMBERS:
        return [_NUMBERS[cls], *map(_plain, _VALUES[cls](value)[:-1])]
    if cls is tuple:
        return tuple(map(_plain, value))
    return _MEMBERS[value] if isinstance(value, Enum) else value


def _whole(value: Any) -> Any:
    cls = type(value)
    if cls is list:
        number = value[0]
        return _CLASSES[number](*map(_whole, value[1:])) if number >= 0 else _ENUMS[-1 - number](value[1])
    return tuple(map(_whole, value)) if cls is tuple else value
