"""Triggers: the cheapest question of all, asked of the bytes of every file — can any rule fire here?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ssot_lint.source.text import NotText, Text, declared_encoding, normalized

STAR_IMPORT = re.compile(rb"\bimport[ \t\f\\\r\n]*\*")
IN_IDENTIFIERS = frozenset(bytes([byte]) for byte in range(256) if byte >= 128 or chr(byte).isalnum() or byte == 95)
"""Bytes that may be in the middle of an identifier."""
ASCII_AS_IT_IS = frozenset({None, "utf-8", "utf8", "ascii", "latin-1", "iso-8859-1", "iso-8859-15", "cp1252"})
"""Encodings, ``None`` for none declared, in which ASCII is what it looks like; the others are rare."""


@dataclass(frozen=True)
class Trigger:
    """An identifier, ``word``, without which a rule cannot fire; it stands in the very statement in which it fires.

    The file must also spell the dotted ``module``, but for the packages it shares with the file: relative imports do
    without those. With ``star``, there is no word, but a star import of the module. With ``part``, the word may be
    part of an identifier; an empty one is everywhere.
    """

    word: str
    module: str = ""
    star: bool = False
    part: bool = False


@dataclass(frozen=True)
class Hits:
    """What stands in a file of what the rules look for.

    ``words`` are identifiers, ``parts`` may be parts of them; ``stars`` says that star imports matter, ``at_home``
    that relative imports do.
    """

    words: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    stars: bool = False
    at_home: bool = False

    def __bool__(self) -> bool:
        """Whether any rule can fire."""
        return bool(self.words or self.parts or self.stars or self.at_home)


class Triggers:
    """The triggers of all rules, and the ``homes`` in which a relative import may do without one."""

    def __init__(self, triggers: Iterable[Trigger], homes: Iterable[str] = ()) -> None:
        self._homes = tuple(homes)
        self._words: dict[str, set[str]] = {}
        self._parts: set[str] = set()
        self._starred: set[str] = set()
        for trigger in triggers:
            if trigger.star:
                self._starred.add(trigger.module)
            elif trigger.part:
                self._parts.add(trigger.word)
            else:
                self._words.setdefault(trigger.module, set()).add(trigger.word)
        self._cores = _cores({word for group in self._words.values() for word in group})

    def hits(self, raw: bytes, module: str | None) -> Hits:
        """Say which triggers stand in the file ``module`` (its dotted name, if it has one) of the bytes ``raw``."""
        has = _Search(searchable(raw), self._cores)
        words = {
            word
            for spelled, group in self._words.items()
            if has.module(spelled, module)
            for word in group
            if has.word(word)
        }
        stars = bool(self._starred and has.star_import()) and any(has.module(name, module) for name in self._starred)
        at_home = module is not None and any(within(module, home) for home in self._homes)
        return Hits(frozenset(words), frozenset(filter(has.part, self._parts)), stars, at_home)


def _cores(words: set[str]) -> dict[str, str]:
    """Give for each word the shortest one that it contains: where that does not stand, neither does the word."""
    ordered = sorted(words, key=len)
    return {word: next(core for core in ordered if core in word) for word in words}


class _Search:
    """Searches of one file, each made once."""

    def __init__(self, searched: bytes, cores: Mapping[str, str]) -> None:
        self._searched = searched
        self._cores = cores
        self._parts: dict[str, bool] = {}
        self._words: dict[str, bool] = {"": True}

    def part(self, word: str) -> bool:
        """Whether ``word`` stands in the file, be it in another one."""
        if word not in self._parts:
            self._parts[word] = word.encode() in self._searched
        return self._parts[word]

    def word(self, word: str) -> bool:
        """Whether ``word`` stands in the file as an identifier."""
        if word not in self._words:
            self._words[word] = self.part(self._cores.get(word, word)) and self._stands_alone(word.encode())
        return self._words[word]

    def _stands_alone(self, word: bytes) -> bool:
        text = self._searched
        offset = text.find(word)
        while offset >= 0:
            end = offset + len(word)
            if text[offset - 1 : offset] not in IN_IDENTIFIERS and text[end : end + 1] not in IN_IDENTIFIERS:
                return True
            offset = text.find(word, end)
        return False

    def module(self, spelled: str, own: str | None) -> bool:
        """Whether the file ``own`` may spell the module ``spelled``: the longest part of it is searched first."""
        parts = spelled.split(".")
        for saved in (own or "").split("."):
            if not parts or parts[0] != saved:
                break
            del parts[0]
        return all(self.word(part) for part in sorted(parts, key=len, reverse=True))

    def star_import(self) -> bool:
        """Whether there may be a star import in the file."""
        return STAR_IMPORT.search(self._searched) is not None


def within(module: str, package: str) -> bool:
    """Tell whether ``module`` is ``package`` or below it."""
    return bool(package) and (module == package or module.startswith(f"{package}."))


def searchable(raw: bytes) -> bytes:
    """Give bytes in which an identifier of the file can be found as a word is written.

    Python normalises identifiers (NFKC) and decodes by the coding cookie; so does this, where there is need.
    """
    if raw.isascii() and _lowered(declared_encoding(raw)) in ASCII_AS_IT_IS:
        return raw
    try:
        string = Text.read(raw).string
    except NotText:
        string = Text.read_anyway(raw).string
    return normalized(string).encode("utf-8", "surrogatepass")


def _lowered(encoding: str | None) -> str | None:
    return encoding and encoding.lower().replace("_", "-")
