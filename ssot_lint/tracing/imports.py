"""The import statements of a file, read as cheaply as can be: a search over its bytes first, its tree only then."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ssot_lint.source.grammar import whole_imports
from ssot_lint.source.scan import imported_module, parse
from ssot_lint.source.text import NotText, Text

IMPORT = re.compile(rb"import\b(?:[ \t]*\([^)]*\)|(?:[^\r\n\\]|\\\r?\n)*)")
"""An import from its last keyword on: what comes before it stands in the same line, or in one that goes on."""
FROM = re.compile(rb"\bfrom[ \t\\\r\n]*(\.*)([\w.\x80-\xff]*)")
NAME = re.compile(rb"[\w.\x80-\xff]+")


def read_text(raw: bytes) -> Text | None:
    """Give the text of a file; ``None`` for bytes that are none."""
    try:
        return Text.read(raw)
    except NotText:
        return None


def import_statements(text: Text) -> Iterator[ast.Import | ast.ImportFrom]:
    """Give the import statements of a file, wherever they stand; those that stand whole where it is not Python."""
    try:
        tree = parse(text.string)
    except SyntaxError:
        tree = whole_imports(text)
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        elif not isinstance(node, ast.expr):
            waiting.extend(ast.iter_child_nodes(node))


def imported_from(node: ast.ImportFrom, located: tuple[str, bool] | None) -> str | None:
    """Give the absolute module that a ``from`` statement names, in the file that is ``located`` at a module, if any."""
    return imported_module(node, *(located or (None, False)))


class ImportSearch:
    """Tells of the bytes of a file whether it may import one of ``modules``; strings look like imports, too."""

    def __init__(self, modules: frozenset[str]) -> None:
        self._modules = modules
        self._parents = frozenset(module.rpartition(".")[0] for module in modules)
        self._lasts = frozenset(module.rpartition(".")[2].encode() for module in modules)
        self._known: dict[bytes, bool] = {}

    def finds(self, text: bytes) -> bool:
        """Tell whether some statement of a file may import one of the modules."""
        return any(map(self._may_import, _statements(text)))

    def _may_import(self, statement: bytes) -> bool:
        if statement not in self._known:
            self._known[statement] = self._judge(statement)
        return self._known[statement]

    def _judge(self, statement: bytes) -> bool:
        source = FROM.search(statement)
        names = NAME.findall(statement)
        takes_one = any(name.rpartition(b".")[2] in self._lasts for name in names)
        if b";" in statement or (source is not None and source[1]):
            return takes_one
        if source is None:
            return any(self._is_wanted(name.decode("utf-8", "replace")) for name in names)
        module = source[2].decode("utf-8", "replace")
        return self._is_wanted(module) or (takes_one and module in self._parents)

    def _is_wanted(self, name: str) -> bool:
        return not self._modules.isdisjoint(packages(name))


def _statements(text: bytes) -> Iterator[bytes]:
    """Give what may be the import statements of a file."""
    for match in IMPORT.finditer(text):
        start = text.rfind(b"\n", 0, match.start())
        while start > 0 and text[start - 2 : start].rstrip(b"\r").endswith(b"\\"):
            start = text.rfind(b"\n", 0, start)
        yield text[start + 1 : match.end()]


def packages(module: str) -> Iterator[str]:
    """Give ``a.b.c``, ``a.b`` and ``a``: what an import of ``a.b.c`` imports."""
    while module:
        yield module
        module = module.rpartition(".")[0]
