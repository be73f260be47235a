"""Whether functions of a file may keep an object for good, told from its bytes.

Sound, not exact: a file of which this says no has nothing that `singletons` would find.
"""

from __future__ import annotations

import re

from ssot_lint.source.outside import IMPORT, outside
from ssot_lint.source.triggers import searchable

CERTAINLY = re.compile(
    rb"^[ \t\f]*(?:global|nonlocal)\b|;[ \t]*(?:global|nonlocal)\b|\b__dict__\s*=[^=]|\bglobals\s*\(|\bsetattr\s*\("
    rb"|(?:@[^\n]*|\bclass\s+\w+\s*\([^:]*)(?i:singleton)"
    rb"|\[[^\]\n]*\b(\w+)\b[^\]\n]*\]\s*=\s*\1\s*\(|(?:\]|\.\s*\w+)\s*=\s*(?:cls|klass|class_|clazz)\s*\("
    rb"|(?:\btype\s*\(\s*\w+\s*\)|\b__class__)\s*\.\s*\w+[^=\n(]*=[^=]",
    re.MULTILINE,
)
"""What is seldom used for anything else than to keep something."""
CACHE = re.compile(rb"\b(?:alru_|lru_)?cache\b")
CACHERS = (b"functools", b"async_lru")
DEFINED = re.compile(rb"\b(?:def|class)\s+(\w+)")
CLASS_METHOD = re.compile(
    rb"\bclassmethod\b[^\n]*\n(?:[ \t\f]*(?:[@#][^\n]*)?\n)*[ \t\f]*(?:async\s+)?def\s+\w+\s*\(\s*(\w+)"
    rb"|\bdef\s+__(?:new|init_subclass|class_getitem)__\s*\(\s*(\w+)"
)
METACLASS = re.compile(rb"\bclass\s+\w+\s*\([^)]*(?:\btype\b|Meta\b|\bEnumType\b)")
FIRST_PARAMETER = re.compile(rb"\bdef\s+\w+\s*\(\s*(\w+)")
INTO_ATTRIBUTE = re.compile(rb"\b(\w+)\s*\.\s*\w+\s*(?:\[[^\]]*\]\s*)*(?:[,:)\]][^=\n]*)?=[^=]")
INTO_ITEM = re.compile(
    rb"(?<!:)(?<!: )\b(\w+)\s*\[\s*(?:[bruBRU]{0,2}[\"'\d]|None|True|False)[^\]]*\]\s*(?:[,:)\]][^=\n]*)?=[^=]"
)
BY_DEFAULT = re.compile(rb"\b(\w+)(?:\s*\.\s*\w+)?\s*\.\s*setdefault\s*\(")
BOUND = re.compile(rb"\b(\w+)\s*(?:[,:)\]][^=\n]*)?=[^=]|\b(?:for|as)\s+(\w+)")
WORD = re.compile(rb"\w+")


def may_keep(raw: bytes) -> bool:
    """Tell whether a file of the bytes ``raw`` may keep an object; no is certain."""
    raw = searchable(raw)
    if CERTAINLY.search(raw) or (CACHE.search(raw) and any(word in raw for word in CACHERS)):
        return True
    definitions = {*DEFINED.findall(raw), *_class_parameters(raw)}
    if any(match[1] in definitions for match in INTO_ATTRIBUTE.finditer(raw)):
        return True
    items = {match[1] for pattern in (INTO_ITEM, BY_DEFAULT) for match in pattern.finditer(raw)}
    return bool(items) and not items.isdisjoint(definitions | _bound_outside(raw))


def _class_parameters(raw: bytes) -> set[bytes]:
    """Give the names by which methods know their class."""
    names = {name for match in CLASS_METHOD.finditer(raw) for name in match.groups() if name}
    return names | set(FIRST_PARAMETER.findall(raw)) - {b"self"} if METACLASS.search(raw) else names


def _bound_outside(raw: bytes) -> set[bytes]:
    """Give what the import of a file may bind."""
    outer = outside(raw)
    names = {name for match in BOUND.finditer(outer) for name in match.groups() if name}
    return names.union(*(WORD.findall(match[0]) for match in IMPORT.finditer(outer)))
