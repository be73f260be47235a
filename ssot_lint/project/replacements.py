"""What a project puts in the place of names at run time: gathered from the words of all files, in one pass.

Such are mocks, mostly. A name that is looked up when code runs may be something else by then. In doubt it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet

from ssot_lint.project.tables import Table, Texts
from ssot_lint.project.trail import Memo
from ssot_lint.source.triggers import searchable

SETTERS = (b"patch", b"setattr", b"delattr")
STORE = re.compile(rb"\.([\w\x80-\xff]+) ?=[^=]")
NO_MODULE = re.compile(rb"(?:\A|\W)(?:self|cls)\Z")
MADE_NAME = re.compile(rb"setattr\([^,)]*,[ \t\r\n]*(?![\"' \t\r\n])")
SETTER_CALL = re.compile(rb"(?:object|setattr|delattr|multiple)\(([^)]*)")
NAMED = re.compile(rb"[\"']([\w\x80-\xff]+)[\"']|\b([\w\x80-\xff]+)=")
DOTTED = re.compile(rb"[\w.\x80-\xff]+")
MADE = ""
"""Stands for the names of attributes that are made at run time."""
MODULES = b"sys.modules"
MODULE_SET = re.compile(rb"sys\.modules\[\s*[\"']([\w.]+)[\"']\s*\]\s*=(?!=)")
MODULES_SET = re.compile(rb"(?:sys\.modules\.(?:update|setdefault)\(|(?:setitem|\.dict)\(\s*[\"']?sys\.modules)")
MODULE_NAME = re.compile(rb"[\"']([\w.]+)[\"']")
MODULE = ":"
"""Marks a name as that of a module."""
FURTHEST = 500
"""How many bytes a table of modules may be long."""


class Replacements:
    """Tells what some file of the project may replace: attributes of modules, and modules themselves."""

    def __init__(self, texts: Texts, read: Callable[[str], bytes | None]) -> None:
        self._read = read
        self._sets: Memo[tuple[str, str], bool] = Memo(texts.trail)
        self._mentioned: Memo[tuple[str, str], bool] = Memo(texts.trail)
        self.setting = Table("sets", texts, _words_set)
        self.told = Table("told", texts, _words_told, _root)

    def sets(self, owner: str, name: str) -> bool:
        """Tell whether a file with the word ``owner`` sets an attribute ``name``, in ``setattr`` or the like too."""
        return self._sets.get(
            (owner, name), lambda: any(self._mentions(path, owner) for path in self.setting.paths(name))
        )

    def setters(self, name: str) -> AbstractSet[str]:
        """Give the files that set an attribute ``name``, in ``setattr`` or the like too; `MADE` asks for any."""
        return frozenset(self.setting.paths(name))

    def _mentions(self, path: str, word: str) -> bool:
        return self._mentioned.get((path, word), lambda: word.encode() in searchable(self._read(path) or b""))

    def module(self, name: str) -> bool:
        """Tell whether some file sets ``sys.modules[name]``, or hands both to ``patch.dict`` or the like."""
        return bool(self.setting.paths(MODULE + name))

    def spells(self, name: str) -> bool:
        """Tell whether a string that begins with the dotted ``name`` may tell ``patch`` or the like what to replace.

        In a file without any of those it may still be handed to them, unless it stands in an annotation.
        """
        return bool(self.spelling(name))

    def spelling(self, name: str) -> tuple[str, ...]:
        """Give the files in which such a string begins with the dotted ``name``."""
        return self.told.paths(name)


def _words_set(path: str, raw: bytes, group: str) -> Iterator[str]:
    """Give each name that is set in a file as an attribute, and, marked, each module."""
    for name in _names_set(raw):
        yield name.decode("utf-8", "replace")
    if MODULES in raw:
        for name in _modules_set(raw):
            yield MODULE + name.decode("utf-8", "replace")


def _words_told(path: str, raw: bytes, root: str) -> Iterator[str]:
    for name in set(_told(raw, root)):
        yield from _prefixes(name)


def _root(name: str) -> str:
    return name.partition(".")[0]


def _names_set(raw: bytes) -> set[bytes]:
    """Give the names that stand where an attribute is assigned, or in a call of ``setattr``, ``patch.object`` ..."""
    names = {
        match[1]
        for match in STORE.finditer(raw)
        if not NO_MODULE.search(raw[max(match.start() - 5, 0) : match.start()])
    }
    if any(setter in raw for setter in SETTERS):
        for call in SETTER_CALL.finditer(raw):
            names.update(quoted or keyword for quoted, keyword in NAMED.findall(call[1]))
        if MADE_NAME.search(raw):
            names.add(MADE.encode())
    return names


def _modules_set(raw: bytes) -> Iterator[bytes]:
    yield from MODULE_SET.findall(raw)
    for head in MODULES_SET.finditer(raw):
        yield from MODULE_NAME.findall(raw[head.end() : head.end() + FURTHEST].partition(b"}")[0])


def _told(raw: bytes, root: str) -> Iterator[str]:
    """Give the strings that begin with ``root`` and a dot, without those that are but annotations."""
    word = root.encode() + b"."
    offset = raw.find(word)
    while offset >= 0:
        body = DOTTED.match(raw, offset)
        if raw[offset - 1 : offset] in (b"'", b'"') and body:
            if not _annotates(raw, offset - 1) or any(setter in raw for setter in SETTERS):
                yield body[0].decode("utf-8", "replace")
            offset = body.end()
        offset = raw.find(word, offset + 1)


def _annotates(raw: bytes, quote: int) -> bool:
    before = raw[max(quote - 80, 0) : quote].rstrip(b" \t")
    return before.endswith((b":", b"->"))


def _prefixes(dotted: str) -> Iterable[str]:
    """Give ``a``, ``a.b`` and ``a.b.c`` for ``a.b.c``."""
    parts = dotted.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts) + 1))
