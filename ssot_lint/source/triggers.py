"""Triggers: the cheapest question of all, asked of the bytes of every file — can any rule fire here?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ssot_lint.source.leads import Clues, Lead, Leads, Objects
from ssot_lint.source.spelled import attributes, imports, without_imports
from ssot_lint.source.text import NotText, Text, declared_encoding, normalized

NO_OBJECTS = Objects()
NO_CLUES = Clues()
DOTTED = re.compile(rb"[\w\x80-\xff]+(?:\.[\w\x80-\xff]+)+")
SEPARATOR = re.compile("[.:]")
IN_IDENTIFIERS = frozenset(bytes([byte]) for byte in range(256) if byte >= 128 or chr(byte).isalnum() or byte == 95)
"""Bytes that may be in the middle of an identifier."""
ASCII_AS_IT_IS = frozenset({None, "utf-8", "utf8", "ascii", "latin-1", "iso-8859-1", "iso-8859-15", "cp1252"})
"""Encodings, ``None`` for none declared, in which ASCII is what it looks like; the others are rare."""


@dataclass(frozen=True)
class Trigger:
    """An identifier, ``word``, without which a rule cannot fire; it stands in the very statement in which it fires.

    With a ``module``, the dotted name of both is meant: an import of the file must lead there, or some of the way, or
    a string begin with it. With ``star``, there is no word, but a star import of the module, or of any if it is empty.
    With ``part``, the word may be part of an identifier; an empty one is everywhere.
    """

    word: str
    module: str = ""
    star: bool = False
    part: bool = False


@dataclass(frozen=True)
class Hits:
    """What stands in a file of what the rules look for.

    ``words`` are identifiers, ``parts`` may be parts of them; ``stars`` says that star imports matter. What the
    ``clues`` lead to, nobody has been asked yet.
    """

    words: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    stars: bool = False
    clues: Clues = NO_CLUES

    def __bool__(self) -> bool:
        """Whether any rule can fire."""
        return bool(self.words or self.parts or self.stars or self.clues)


class Triggers:
    """The triggers of all rules, and the ``objects`` that they look for.

    What a file imports is read and looked up, so it hardly matters how many names there are; only words that belong to
    no module are searched for one by one.
    """

    def __init__(self, triggers: Iterable[Trigger], objects: Objects = NO_OBJECTS) -> None:
        found = frozenset(triggers)
        words = {trigger for trigger in found if not (trigger.star or trigger.part)}
        self.objects = objects
        self._words = frozenset(trigger.word for trigger in words if not trigger.module)
        self._parts = frozenset(trigger.word for trigger in found if trigger.part)
        self._names = frozenset(f"{trigger.module}.{trigger.word}" for trigger in words if trigger.module)
        starred = frozenset(trigger.module for trigger in found if trigger.star)
        self._leads = Leads(self._names, starred, objects.words)
        self._after_dots = {word.encode(): word for word in objects.words}
        self._cores = _cores({*self._words, *objects.words, *map(_last, self._names)})
        roots = sorted({name.partition(".")[0].encode() for name in self._names})
        self._strings = [b"%b%b." % (quote, root) for root in roots for quote in (b"'", b'"')]

    def hits(self, raw: bytes, module: str | None, is_package: bool = False) -> Hits:
        """Say which triggers stand in the file ``module`` (its dotted name, if it has one) of the bytes ``raw``."""
        text = searchable(raw)
        has = _Search(text, self._cores)
        spelled = imports(text)
        clues = NO_CLUES
        if spelled is None:
            words, starred = {*map(_last, self._names), *self.objects.words}, True
        else:
            leads = [self._leads.of(imported, module, is_package) for imported in set(spelled)]
            lead = Lead.all([*leads, self._leads.of_own(module)])
            after_dots = attributes(text) if lead.beneath or self._after_dots else []
            words, starred = self._led_to(text, lead, after_dots), lead.starred
            words |= self.objects.words if module in self.objects.paths else frozenset()
            clues = self._clues(text, lead, after_dots)
        found = frozenset(filter(has.word, words | self._words))
        return Hits(found, frozenset(filter(has.part, self._parts)), starred, clues)

    def _led_to(self, text: bytes, lead: Lead, after_dots: list[bytes]) -> set[str]:
        """Give the last names of what imports lead to, directly or by attributes, and of what strings name."""
        names = {*lead.reached, *self._in_strings(text)}
        if lead.beneath:
            names.update(name for name, way in lead.beneath if way.issubset(after_dots))
        return set(map(_last, names))

    def _clues(self, text: bytes, lead: Lead, after_dots: list[bytes]) -> Clues:
        """Gather what may lead to objects."""
        words = frozenset(self._after_dots[name] for name in self._after_dots.keys() & after_dots)
        if not (words or lead.objects or lead.stars):
            return NO_CLUES
        rest = _Search(without_imports(text) if lead.objects else b"", self._cores)
        return Clues(
            frozenset(
                (name, self.objects.words.intersection(SEPARATOR.split(name)), rest.word(local))
                for name, local in lead.objects
            ),
            lead.stars if self.objects.words else frozenset(),
            words,
            lead.opened if words else frozenset(),
        )

    def _in_strings(self, text: bytes) -> Iterator[str]:
        """Give the names with which strings begin."""
        for start in self._strings:
            offset = text.find(start)
            while offset >= 0:
                match = DOTTED.match(text, offset + 1)
                yield from self._leads.names_in(match.group().decode("utf-8", "replace") if match else "")
                offset = text.find(start, offset + 1)


def _last(name: str) -> str:
    return name.rpartition(".")[2]


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
