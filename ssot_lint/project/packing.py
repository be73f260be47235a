"""Module summaries as bytes, and back."""

from __future__ import annotations

import marshal
import zlib
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

from ssot_lint.hashing import digest
from ssot_lint.project.prints import SIZE, WITHOUT_REFERENCES
from ssot_lint.project.summary import (
    Bound,
    ClassFacts,
    FunctionFacts,
    ModuleSummary,
    Parameter,
    Signature,
    Star,
)

PACKED = (ModuleSummary, Bound, FunctionFacts, ClassFacts, Signature, Parameter, Star)
"""The classes that a summary is made of."""

NUMBERS = {cls: number for number, cls in enumerate(PACKED)}
VALUES = {cls: attrgetter(*(field.name for field in fields(cls)), "__class__") for cls in PACKED}
FASTEST = 1
"""A quarter of the size for a few microseconds; more compression takes longer and gains little."""


def pack(summary: ModuleSummary) -> bytes:
    """Give the bytes of ``summary``; the same version of Python and of the tool makes it of them again."""
    return zlib.compress(marshal.dumps(_plain(summary)), FASTEST)


def unpack(packed: bytes) -> ModuleSummary:
    """Give the summary that was packed."""
    summary: ModuleSummary = _whole(marshal.loads(zlib.decompress(packed)))
    return summary


def essence(summary: ModuleSummary) -> bytes:
    """Give the print of ``summary``, without the rows in which its names stand: only the order of those counts."""
    rows = {bound.row for bounds in summary.names.values() for bound in bounds} | {star.row for star in summary.stars}
    rank = {row: number for number, row in enumerate(sorted(rows))}
    names = {
        name: tuple(replace(bound, row=rank[bound.row]) for bound in bounds) for name, bounds in summary.names.items()
    }
    stars = tuple(replace(star, row=rank[star.row]) for star in summary.stars)
    return digest(marshal.dumps(_plain(replace(summary, names=names, stars=stars)), WITHOUT_REFERENCES), SIZE)


def _plain(value: Any) -> Any:
    """Turn objects into lists, which summaries do not have, of the number of the class and the values of the fields."""
    cls = type(value)
    if cls in NUMBERS:
        return [NUMBERS[cls], *map(_plain, VALUES[cls](value)[:-1])]
    if cls is tuple:
        return tuple(map(_plain, value))
    if cls is dict:
        return {key: _plain(inner) for key, inner in value.items()}
    return value


def _whole(value: Any) -> Any:
    cls = type(value)
    if cls is list:
        return PACKED[value[0]](*map(_whole, value[1:]))
    if cls is tuple:
        return tuple(map(_whole, value))
    if cls is dict:
        return {key: _whole(inner) for key, inner in value.items()}
    return value
