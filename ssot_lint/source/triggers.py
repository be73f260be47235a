"""Triggers: the cheapest question of all, asked of the bytes of every file — can any rule fire here?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ssot_lint.source.text import NotText, Text

STAR_IMPORT = re.compile(rb"\bimport[ \t\f\\\r\n]*\*")
COOKIE_AREA = 400
"""Bytes at the start of a file in which a coding cookie can stand, generously."""


@dataclass(frozen=True)
class Trigger:
    """A ``word`` without which a rule cannot fire; it stands in the very statement in which the rule fires.

    The file must also spell the dotted ``module``, but for the packages it shares with the file: relative imports do
    without those. With ``star``, there is no word, but a star import of the module. A word may be part of an
    identifier; the empty word is everywhere.
    """

    word: str
    module: str = ""
    star: bool = False


@dataclass(frozen=True)
class Hits:
    """What stands in a file of what the rules look for.

    ``words`` are those of the triggers; ``stars`` says that star imports matter, ``at_home`` that relative imports do.
    """

    words: frozenset[str]
    stars: bool
    at_home: bool

    def __bool__(self) -> bool:
        """Whether any rule can fire."""
        return bool(self.words) or self.stars or self.at_home


class Triggers:
    """The triggers of all rules, and the ``homes`` in which a relative import may do without one."""

    def __init__(self, triggers: Iterable[Trigger], homes: Iterable[str] = ()) -> None:
        self._homes = tuple(homes)
        self._words: dict[str, set[str]] = {}
        self._starred: set[str] = set()
        for trigger in triggers:
            if trigger.star:
                self._starred.add(trigger.module)
            else:
                self._words.setdefault(trigger.module, set()).add(trigger.word)

    def hits(self, raw: bytes, module: str | None) -> Hits:
        """Say which triggers stand in the file ``module`` (its dotted name, if it has one) of the bytes ``raw``."""
        has = _Search(searchable(raw))
        words = {
            word
            for spelled, group in self._words.items()
            if has.module(spelled, module)
            for word in group
            if has.word(word)
        }
        stars = bool(self._starred and has.star_import()) and any(has.module(name, module) for name in self._starred)
        at_home = module is not None and any(within(module, home) for home in self._homes)
        return Hits(frozenset(words), stars, at_home)


class _Search:
    """Searches of one file, each made once."""

    def __init__(self, searched: bytes) -> None:
        self._searched = searched
        self._found: dict[str, bool] = {"": True}

    def word(self, word: str) -> bool:
        """Whether ``word`` stands in the file."""
        if word not in self._found:
            self._found[word] = word.encode() in self._searched
        return self._found[word]

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
    if b"coding" not in raw[:COOKIE_AREA] and raw.isascii():
        return raw
    import unicodedata

    try:
        string = Text.read(raw).string
    except NotText:
        string = Text.read_anyway(raw).string
    return unicodedata.normalize("NFKC", string).encode("utf-8", "surrogatepass")
