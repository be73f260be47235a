"""Files that the running Python cannot parse: newer grammar made readable for it, and what stands whole in a ruin.

Every place in what they give is one of the file.
"""

from __future__ import annotations

import ast
import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ssot_lint.source.scan import parse
from ssot_lint.source.snippets import expression_at, place
from ssot_lint.source.strings import strings_and_comments
from ssot_lint.source.text import Text
from ssot_lint.source.trees import Tree, Unreadable, whole_module

if TYPE_CHECKING:
    import libcst as cst

NOT_NEWLINE = re.compile(r"[^\r\n]")
LAZY = re.compile(rb"lazy\s+(import|from)\b")
NOT_NEWLINE_BYTE = re.compile(rb"[^\r\n]")
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
_END = r"(?:\r\n|\r|\n)"
_GAP = rf"(?:[ \t\f]|\\{_END})"
_HEADER = r"(?:async|class|def|elif|else|except|finally|for|if|try|while|with)\b[^\r\n:]*:"
_NAMES = rf"(?:\([^()]*\)|[^\r\n;(\\]+(?:\\{_END}[^\r\n;\\]*)*)"
IMPORT = re.compile(
    rf"(?:(?:^|(?<=[\r\n])){_GAP}*(?:{_HEADER})?|;){_GAP}*(?:lazy{_GAP}+)?(?P<statement>"
    rf"from\b{_GAP}*[.\w](?:[.\w]|{_GAP}+(?=[.\w]))*?{_GAP}*\bimport\b{_GAP}*{_NAMES}|import\b{_GAP}+{_NAMES})"
)
"""An import statement where one can start, as far as that can be told."""


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


class Older(Text):
    """A text in older grammar, whose ``tree`` knows what this grammar cannot say."""

    def __init__(self, text: Text, string: str, newer: Newer) -> None:
        super().__init__(string, text.encoding, text.bom)
        self._text = text
        self._newer = newer

    @cached_property
    def tree(self) -> ast.Module:
        """The tree of the text, in which definitions have their ``type_params`` and aliases are such."""
        tree = parse(self.string)
        statements = {self._start(node): node for node in ast.walk(tree) if isinstance(node, ast.stmt)}
        starts = sorted(statements)
        for offset in self._newer.aliases:
            alias: Any = statements[offset]
            alias.__class__ = TypeAlias
            vars(alias).update(name=alias.targets[0], type_params=[])
        for offset, parameters in self._newer.parameters.items():
            owner = statements[starts[bisect_right(starts, offset) - 1]]
            fields = dict.fromkeys((*owner._fields, "type_params"))
            vars(owner).update(type_params=parameters, _fields=tuple(fields))
        return tree

    def _start(self, node: ast.stmt) -> int:
        return self._text.from_ast(node.lineno, node.col_offset)


def lower(text: Text) -> Older | None:
    """Replace what LibCST can parse and the running Python cannot by older code that binds and uses the same names.

    Gives ``None`` where LibCST cannot parse the file either. What is replaced: f-strings and template strings (by
    tuples of what they format), type parameters, ``type`` statements, ``except*``, ``except A, B``, ``*`` in
    subscripts, annotations and comprehensions, ``lazy`` imports. The result has the same lines, and every other byte
    of its UTF-8 where it was, since ``ast`` counts those.
    """
    try:
        tree = Tree(text, whole_module(text))
    except Unreadable:
        return None
    lowering = _Lowering(tree, text)
    older = Older(text, lowering.result(), lowering.newer)
    try:
        parse(older.string)
    except SyntaxError:
        return None
    return older


class _Lowering:
    """The replacements in one file; a method for each kind of node that may be newer grammar."""

    def __init__(self, tree: Tree, text: Text) -> None:
        self.newer = Newer()
        self._tree = tree
        self._text = text
        self._source = bytearray(text.string.encode())
        self._shift = len(text.string[: whole_module(text).start])

    def result(self) -> str:
        strings: list[cst.CSTNode] = []
        parts: set[int] = set()
        for node in self._tree.nodes():
            name = type(node).__name__
            if id(node) not in parts and _is_newer_string(node):
                strings.append(node)
                parts.update(id(part) for part in _parts(node))
            elif hasattr(self, name) and sys.version_info < SINCE[name]:
                getattr(self, name)(node)
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

    def TypeParameters(self, node: cst.TypeParameters) -> None:
        start, end = self._span(node)
        offset, _ = self._tree.span(node)
        self.newer.parameters[offset] = [self._parameter(parameter) for parameter in node.params]
        self._blank(start, end)

    def _parameter(self, node: cst.TypeParam) -> ast.AST:
        values = (getattr(node.param, "bound", None), node.default)
        bound, default = (value and expression_at(self._text, *self._tree.span(value)) for value in values)
        name = unicodedata.normalize("NFKC", node.param.name.value)
        parameter = TypeParameter()
        vars(parameter).update(name=name, bound=bound, default_value=default)
        return parameter

    def TypeAlias(self, node: cst.TypeAlias) -> None:
        start, _ = self._span(node)
        first, last = self._span(node.name)
        name = self._source[first:last]
        self.newer.aliases.add(self._tree.span(node)[0])
        self._blank(start, last)
        self._source[start : start + len(name)] = name

    def LazyImport(self, node: cst.CSTNode) -> None:
        start, _ = self._span(node)
        lazy = LAZY.match(bytes(self._source[start : self._span(node)[1]]))
        if lazy:
            self._blank(start, start + lazy.end())
            self._source[start : start + len(lazy[1])] = lazy[1]

    LazyImportFrom = LazyImport

    def ExceptHandler(self, node: cst.ExceptHandler | cst.ExceptStarHandler) -> None:
        types: Any = node.type
        if type(types).__name__ == "Tuple" and not types.lpar:
            for element in types.elements[:-1]:
                comma = self._source.index(b",", self._span(element.value)[1])
                self._source[comma : comma + 1] = b"|"

    def ExceptStarHandler(self, node: cst.ExceptStarHandler) -> None:
        self.ExceptHandler(node)
        star = self._source.index(b"*", self._span(node)[0])
        if sys.version_info < (3, 11):
            self._blank(star, star + 1)

    def SubscriptElement(self, node: cst.SubscriptElement) -> None:
        self._star(node)

    def Annotation(self, node: cst.Annotation) -> None:
        self._star(node.annotation)

    def ListComp(self, node: Any) -> None:
        self._star(node.elt)

    SetComp = GeneratorExp = ListComp

    def StarredDictComp(self, node: Any) -> None:
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
    if type(node).__name__ not in ("ConcatenatedString", "FormattedString", "TemplatedString"):
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


def whole_imports(text: Text) -> ast.Module:
    """Give a tree of nothing but the import statements that stand whole, each at its place.

    For files that are not Python: what is in strings and comments, as far as they can be told, is left out.
    """
    tree = ast.Module(body=[], type_ignores=[])
    for match in IMPORT.finditer(_without_strings(text.string)):
        try:
            body = parse(match["statement"].rstrip()).body
        except SyntaxError:
            continue
        for statement in body:
            place(statement, text, match.start("statement"))
        tree.body.extend(body)
    return tree


def _without_strings(source: str) -> str:
    """Give ``source`` with spaces for its strings and comments."""
    parts: list[str] = []
    place = 0
    for start, end in strings_and_comments(source):
        parts += [source[place:start], NOT_NEWLINE.sub(" ", source[start:end])]
        place = end
    return "".join([*parts, source[place:]])
