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

    The file must hold ``context``, too, unless it belongs to the package ``home``, where relative imports do without.
    With ``star``, it must also have a star import. A word may be part of an identifier; the empty word is everywhere.
    """

    word: str
    context: str = ""
    home: str = ""
    star: bool = False


class Triggers:
    """The triggers of all rules, and the ``homes`` in which a relative import may do without one."""

    def __init__(self, triggers: Iterable[Trigger], homes: Iterable[str] = ()) -> None:
        self._homes = tuple(homes)
        self._by_word: dict[bytes, set[Trigger]] = {}
        for trigger in triggers:
            self._by_word.setdefault(trigger.word.encode(), set()).add(trigger)

    def words_in(self, raw: bytes, module: str | None) -> set[str]:
        """Give the words that stand in ``raw`` with all that must stand there besides.

        ``module`` is the dotted name of the file, if it has one.
        """
        searched = searchable(raw)
        return {
            word.decode()
            for word, triggers in self._by_word.items()
            if word in searched and any(_complete(trigger, searched, module) for trigger in triggers)
        }

    def at_home(self, module: str | None) -> bool:
        """Tell whether a file is in a package in which a relative import can break a rule without any trigger."""
        return module is not None and any(within(module, home) for home in self._homes)


def _complete(trigger: Trigger, searched: bytes, module: str | None) -> bool:
    if trigger.star and not STAR_IMPORT.search(searched):
        return False
    return trigger.context.encode() in searched or (module is not None and within(module, trigger.home))


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
