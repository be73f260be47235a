"""Every name under which the project knows an object: re-exports with ``as`` and assignments, over and over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ssot_lint.project.index import Index
from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.search import WordSearch
from ssot_lint.project.summary import ModuleSummary

RENAMED = re.compile(rb"(?:[ \t\f\r\n\\]|#[^\r\n]*[\r\n])+as[ \t\f\\]")
CALLED = re.compile(rb"[ \t\f]*\(")
DEFINITION = re.compile(rb"(?:async[ \t\f]+)?def[ \t\f]+\w+[ \t\f]*[(\[]|class[ \t\f]+\w+[ \t\f]*[(\[:]")
CODE = re.compile(rb"[ \t]*[^ \t\f\r\n#]")
GLOBAL = b"global "
QUOTES = (b'"""', b"'''")
IN_WORDS = frozenset(bytes([byte]) for byte in range(256) if byte >= 128 or chr(byte).isalnum() or chr(byte) == "_")


class Aliases:
    """Finds the names of objects, reading closely only the files in which some statement could rename one."""

    def __init__(
        self,
        modules: ModuleMap,
        summary: Callable[[str], ModuleSummary | None],
        index: Index,
        search: WordSearch,
    ) -> None:
        self._modules = modules
        self._summary = summary
        self._index = index
        self._search = search
        self._names: dict[frozenset[str], frozenset[str]] = {}

    def names_of(self, targets: Iterable[str]) -> frozenset[str]:
        """Give every last name under which a module of the project binds one of the objects ``targets``."""
        key = frozenset(targets)
        if key not in self._names:
            self._names[key] = self._gather(key)
        return self._names[key]

    def _gather(self, targets: frozenset[str]) -> frozenset[str]:
        origins: set[str] = set()
        for target in targets:
            answer = self._index.resolve(target)
            origins.update(answer.possible)
            origins.update([answer.origin] if answer.origin else [])
        known = {_last(name) for name in (*targets, *origins)}
        new = known
        while new:
            found: set[str] = set()
            for path, text, words in self._search.search(sorted(new)):
                renamed = {word for word in words if may_rename(text, word.encode())}
                if renamed:
                    found |= self._names_in(path, renamed, origins)
            new = found - known
            known |= new
        return frozenset(known)

    def _names_in(self, path: str, words: set[str], origins: set[str]) -> set[str]:
        """Give the names by which the module of ``path`` knows, under a new name, what it knows as ``words``."""
        located = self._modules.module_of(path)
        summary = self._summary(located[0]) if located else None
        if located is None or summary is None or summary.path != path:
            return set()
        return {
            name
            for name, bounds in summary.names.items()
            if "." not in name
            and any(bound.target is not None and _last(bound.target) in words for bound in bounds)
            and not origins.isdisjoint(self._index.resolve(f"{located[0]}:{name}").possible)
        }


def may_rename(text: bytes, word: bytes) -> bool:
    """Tell whether some statement may bind another name of a module to what ``word`` stands for.

    Sound, not exact: what is certainly no ``word as other`` and no ``other = word`` is left out, and what stands in a
    function that can bind no name of its module.
    """
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if _is_whole(text, start, end) and _may_bind(text, start, end) and _at_module_level(text, start):
            return True
        start = text.find(word, end)
    return False


def _is_whole(text: bytes, start: int, end: int) -> bool:
    return text[start - 1 : start] not in IN_WORDS and text[end : end + 1] not in IN_WORDS


def _may_bind(text: bytes, start: int, end: int) -> bool:
    """Whether ``as`` follows, or the word stands right of a ``=``: on its line, or on one that goes on from another."""
    if RENAMED.match(text, end):
        return True
    if CALLED.match(text, end):
        return False
    line = text[max(text.rfind(b"\n", 0, start), text.rfind(b"\r", 0, start)) + 1 : start]
    if b"=" in line:
        return True
    return not line.strip(b" \t\f(") and _goes_on(text, start)


def _goes_on(text: bytes, start: int) -> bool:
    """Whether the line before that of ``start`` ends within an expression that a ``=`` may assign."""
    before = text[:start].rstrip(b" \t\f\r\n(")
    line = before[max(before.rfind(b"\n"), before.rfind(b"\r")) + 1 :]
    return not (line.endswith(b"import") or b"import " in line)


def _at_module_level(text: bytes, start: int) -> bool:
    """Whether the statement at ``start`` may bind a name of its module.

    Not if the lines above, each less indented than the one before, lead to a function or class, unless that one is text
    in a string, or functions of the file bind names of the module.
    """
    if GLOBAL in text:
        return True
    line_start = _line_start(text, start)
    indentation = _indentation(text, line_start)
    place = line_start
    while indentation and place:
        place = _line_start(text, place - 1)
        inner = _indentation(text, place)
        if inner is None or inner >= indentation:
            continue
        indentation = inner
        if DEFINITION.match(text, place + inner):
            return any(text.count(quotes, place, start) % 2 for quotes in QUOTES)
    return True


def _line_start(text: bytes, offset: int) -> int:
    return text.rfind(b"\n", 0, offset) + 1


def _indentation(text: bytes, line_start: int) -> int | None:
    """Give the indentation of a line in characters; ``None`` for one without code."""
    match = CODE.match(text, line_start)
    return match.end() - 1 - line_start if match else None


def _last(name: str) -> str:
    return re.split(r"[.:]", name)[-1]
