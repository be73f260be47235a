"""Newer grammar written as older: what a file of a newer Python binds and uses, for the running one to read."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ssot_lint.source.scan import parse
from ssot_lint.source.snippets import expression_at
from ssot_lint.source.text import Text, normalized
from ssot_lint.source.trees import Tree, whole_module

if TYPE_CHECKING:
    import libcst as cst

LAZY = re.compile(rb"lazy\s+(import|from)\b")
NEWLINE_BYTE = re.compile(rb"[\r\n]")
BRACKET_BYTE = re.compile(rb"[ \t\f]*\(")
NOT_NEWLINE_BYTE = re.compile(rb"[^\r\n]")
STRINGS = ("ConcatenatedString", "FormattedString", "TemplatedString")
SINCE = {
    "FormattedString": (3, 12),
    "TemplatedString": (3, 14),
    "TypeParameters": (3, 13),  # with defaults
    "TypeAlias": (3, 12),
    "ExceptStarHandler": (3, 14),  # with several types
    "ExceptHandler": (3, 14),
    "SubscriptElement": (3, 11),
    "Annotation": (3, 11),
    "ListComp": (3, 15),
    "SetComp": (3, 15),
    "GeneratorExp": (3, 15),
    "StarredDictComp": (3, 15),
    "LazyImport": (3, 15),
    "LazyImportFrom": (3, 15),
}
"""The Python that first knows all of what LibCST has a kind of node for."""


class TypeParameter(ast.AST):
    """A type parameter in the tree of a Python that knows none; it has a ``name``, as the node of newer ones has."""

    _fields = ("bound", "default_value")


class TypeAlias(ast.stmt):
    """A ``type`` statement in the tree of a Python that knows none."""

    _fields = ("name", "type_params", "value")


@dataclass
class Newer:
    """What older grammar cannot say, by the offset at which it stands."""

    parameters: dict[int, list[ast.AST]] = field(default_factory=dict)
    aliases: set[int] = field(default_factory=set)


class Lowering:
    """The replacements in one file: a method for each kind of node that may be newer grammar, named after it.

    ``newer`` is what they leave out.
    """

    def __init__(self, tree: Tree, text: Text) -> None:
        self.newer = Newer()
        self._tree = tree
        self._text = text
        self._source = bytearray(text.string.encode())
        self._shift = len(text.string[: whole_module(text).start])

    def result(self) -> str:
        """Give the file in older grammar, its lines and the bytes of all else where they were."""
        strings: list[cst.CSTNode] = []
        parts: set[int] = set()
        for node in self._tree.nodes():
            name = type(node).__name__
            if id(node) not in parts and _is_newer_string(node):
                strings.append(node)
                parts.update(id(part) for part in _parts(node))
            elif name not in STRINGS and sys.version_info < SINCE.get(name, (3,)):
                getattr(self, f"_{name}")(node)
        # What is formatted may be a string itself; the outer one takes it as it is then.
        for node in reversed(strings):
            self._string(node)
        return self._source.decode()

    def _span(self, node: cst.CSTNode) -> tuple[int, int]:
        start, end = self._tree.byte_span(node)
        return start + self._shift, end + self._shift

    def _blank(self, start: int, end: int) -> None:
        self._source[start:end] = NOT_NEWLINE_BYTE.sub(b" ", self._source[start:end])

    def _star(self, node: cst.CSTNode) -> None:
        start, _ = self._span(node)
        if self._source[start : start + 1] == b"*":
            self._blank(start, start + 1)

    def _string(self, string: cst.CSTNode) -> None:
        start, end = self._span(string)
        older = bytearray(NOT_NEWLINE_BYTE.sub(b" ", self._source[start:end]))
        older[:2], older[-1:] = b"(0", b")"
        blank = bytes(older)
        for formatted in _formatted(string):
            brace, _ = self._span(formatted)
            first = brace + 1 + self._length(formatted.whitespace_before_expression)
            last = first + self._length(formatted.expression)
            older[brace - start : brace - start + 1] = b","
            # The comma at the end of an open tuple would meet the next one.
            last = first + len(self._source[first:last].rstrip().rstrip(b","))
            older[first - start : last - start] = self._source[first:last]
        self._source[start:end] = older if _parses(older) else blank

    def _length(self, node: cst.CSTNode) -> int:
        return len(self._tree.module.code_for_node(node).encode())

    def _TypeParameters(self, node: cst.TypeParameters) -> None:
        start, end = self._span(node)
        offset, _ = self._tree.span(node)
        self.newer.parameters[offset] = [self._parameter(parameter) for parameter in node.params]
        is_open = NEWLINE_BYTE.search(self._source, start, end)
        self._blank(start, end)
        if is_open:
            # Lines may end in other brackets only: in those that follow, or in new ones.
            follows = BRACKET_BYTE.match(self._source, end)
            last = follows.end() if follows else end
            self._source[start : start + 1] = b"("
            self._source[last - 1 : last] = b" " if follows else b")"

    def _parameter(self, node: cst.TypeParam) -> ast.AST:
        values = (getattr(node.param, "bound", None), node.default)
        bound, default = (value and expression_at(self._text, *self._tree.span(value)) for value in values)
        name = normalized(node.param.name.value)
        parameter = TypeParameter()
        vars(parameter).update(name=name, bound=bound, default_value=default)
        return parameter

    def _TypeAlias(self, node: cst.TypeAlias) -> None:
        start, _ = self._span(node)
        first, last = self._span(node.name)
        name = self._source[first:last]
        self.newer.aliases.add(self._tree.span(node)[0])
        self._blank(start, last)
        self._source[start : start + len(name)] = name

    def _LazyImport(self, node: cst.CSTNode) -> None:
        start, _ = self._span(node)
        lazy = LAZY.match(bytes(self._source[start : self._span(node)[1]]))
        if lazy:
            self._blank(start, start + lazy.end())
            self._source[start : start + len(lazy[1])] = lazy[1]

    _LazyImportFrom = _LazyImport

    def _ExceptHandler(self, node: cst.ExceptHandler | cst.ExceptStarHandler) -> None:
        types: Any = node.type
        if type(types).__name__ == "Tuple" and not types.lpar:
            for element in types.elements[:-1]:
                comma = self._source.index(b",", self._span(element.value)[1])
                self._source[comma : comma + 1] = b"|"

    def _ExceptStarHandler(self, node: cst.ExceptStarHandler) -> None:
        self._ExceptHandler(node)
        star = self._source.index(b"*", self._span(node)[0])
        if sys.version_info < (3, 11):
            self._blank(star, star + 1)

    def _SubscriptElement(self, node: cst.SubscriptElement) -> None:
        self._star(node)

    def _Annotation(self, node: cst.Annotation) -> None:
        self._star(node.annotation)

    def _ListComp(self, node: Any) -> None:
        self._star(node.elt)

    _SetComp = _GeneratorExp = _ListComp

    def _StarredDictComp(self, node: Any) -> None:
        star = self._source.index(b"**", self._span(node)[0])
        self._blank(star, star + 2)


def _parts(string: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Give the strings, and the concatenations of such, of which a string is made."""
    stack: list[Any] = [string]
    while stack:
        part = stack.pop()
        yield part
        if type(part).__name__ == "ConcatenatedString":
            stack += [part.right, part.left]


def _is_newer_string(node: cst.CSTNode) -> bool:
    if type(node).__name__ not in STRINGS:
        return False
    names = (type(part).__name__ for part in _parts(node))
    return any(sys.version_info < SINCE.get(name, (3,)) for name in names)


def _formatted(string: cst.CSTNode) -> Iterator[Any]:
    """Give what a string formats, also in what tells how to format."""
    stack: list[Any] = [part for whole in _parts(string) for part in getattr(whole, "parts", ())]
    while stack:
        part = stack.pop()
        if hasattr(part, "expression"):
            yield part
            stack.extend(part.format_spec or ())


def _parses(source: bytearray) -> bool:
    try:
        parse(source.decode())
    except SyntaxError:
        return False
    return True
