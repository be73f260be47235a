"""Sites: the pieces of a file that LibCST parses, and where in the file each of their nodes stands.

A simple statement is one piece. Of a compound statement only what stands outside its body is: its header, the types
of its ``except`` clauses, its guards. So the cost of a visit is that of the statements in which a rule may fire.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ssot_lint.source.scan import Scan, own_expressions
from ssot_lint.source.scopes import Statement
from ssot_lint.source.text import Text
from ssot_lint.source.triggers import Hits

if TYPE_CHECKING:
    import libcst as cst

INWARD = ("parameter", "other", "delete")
"""Kinds of bindings that say nothing of what a name stands for."""
SENTENCE = re.compile(r"[^\W\d]\w* +[^\W\d]|\n")
"""Words one after the other, as no dotted name and no annotation has them."""
IDENTIFIER = re.compile(r"\w+")
NO_CODE = re.compile(
    r"lpar|rpar|comma|semicolon|equal|dot|colon|star|ampersand|operators?_none|header|footer|leading_lines"
    r"|lines_after_decorators|lbracket|rbracket|lbrace|rbrace|indent|.*whitespace.*"
)
"""Fields of LibCST nodes that hold punctuation and white space, never code."""


class Unreadable(Exception):
    """LibCST cannot parse a piece of a file, or does not give the same text back."""


@dataclass(frozen=True)
class Piece:
    """Text of a file from offset ``start``, made a module of its own by ``prefix`` and ``suffix``."""

    start: int
    end: int
    prefix: str = ""
    suffix: str = ""

    @property
    def is_module(self) -> bool:
        """Whether the piece needs nothing around it."""
        return not self.prefix


class Tree:
    """A parsed piece: its root node and the span of every node in it, in offsets of the file."""

    def __init__(self, text: Text, piece: Piece) -> None:
        """Parse ``piece`` of ``text``; raises `Unreadable`."""
        import libcst as cst
        from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper

        source = f"{piece.prefix}{text.string[piece.start : piece.end]}{piece.suffix}"
        try:
            module = cst.parse_module(source)
        except (cst.ParserSyntaxError, RecursionError) as error:
            raise Unreadable("LibCST cannot parse this statement") from error
        if module.code != source:
            raise Unreadable("LibCST does not give this statement back as it was")
        self.module = module
        self._spans = MetadataWrapper(module, unsafe_skip_copy=True).resolve(ByteSpanPositionProvider)
        self._shift = piece.start - len(piece.prefix)
        self._encoded = None if source.isascii() else source.encode("utf-8", "surrogatepass")

    def nodes(self) -> Iterator[cst.CSTNode]:
        """Give every node of code, an outer one before those in it."""
        stack: list[cst.CSTNode] = [self.module]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(list(_children(node))))

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Give the offsets of the start and the end of ``node`` in the file."""
        span = self._spans[node]
        return self._offset(span.start), self._offset(span.start + span.length)

    def _offset(self, byte: int) -> int:
        if self._encoded is not None:
            byte = len(self._encoded[:byte].decode("utf-8", "surrogatepass"))
        return byte + self._shift


def _children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for name in _code_fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, (list, tuple)):
            yield from value
        elif hasattr(value, "children"):
            yield value


@cache
def _code_fields(node_type: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(node_type) if not NO_CODE.fullmatch(field.name))


def whole_module(text: Text) -> Piece:
    """Give the one piece that is the whole file."""
    return Piece(0, len(text.string))


def pieces(scan: Scan, statement: Statement) -> Iterator[Piece]:
    """Cut what is ``statement``'s own, without the statements in it, into pieces."""
    node = statement.node
    body_start = scan.body_start(statement)
    if isinstance(node, ast.Match) or hasattr(node, "handlers") or _is_elif(scan, statement):
        yield from _expressions(scan, statement)
    elif body_start < statement.end:
        yield _header(scan, statement, body_start)
    elif not _is_text(node):
        yield Piece(statement.start, statement.end)


def _header(scan: Scan, statement: Statement, body_start: int) -> Piece:
    start = scan.text.line_start(statement.start)
    prefix = "if 1:\n" if start < statement.start else ""
    return Piece(start, body_start, prefix, "pass\n")


def _expressions(scan: Scan, statement: Statement) -> Iterator[Piece]:
    node = statement.node
    inner: list[ast.expr | None] = []
    if isinstance(node, ast.If):
        inner = [node.test]
    elif isinstance(node, ast.Match):
        inner = [node.subject, *(case.guard for case in node.cases)]
    else:
        inner = [handler.type for handler in getattr(node, "handlers", ())]
    for expression in inner:
        if expression is not None:
            yield Piece(*scan.span(expression), "(", ")")


def _is_text(node: ast.stmt) -> bool:
    """Whether a statement is a string and nothing else, a docstring mostly: no rule can fire in it."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_elif(scan: Scan, statement: Statement) -> bool:
    return isinstance(statement.node, ast.If) and scan.text.string.startswith("elif", statement.start)


def statements_with(scan: Scan, hits: Hits) -> list[Statement]:
    """Give the statements in which a rule may fire: they name what the ``hits`` are about.

    A statement that holds a word and imports or assigns what it names under another name makes that name a word, too;
    so ``from a import Old as N`` leads to ``N()``, and ``cls = Old`` to ``cls()``.
    """
    if "" in hits.parts:
        return scan.statements
    found: dict[int, Statement] = {id(statement): statement for statement in _import_sites(scan, hits)}
    pending, seen, parts = set(hits.words), set(hits.words), hits.parts
    while pending or parts:
        words = _words(frozenset(pending), parts)
        fresh = {id(s): s for s in _occurrences(scan, words) if id(s) not in found and may_fire(scan, s, words)}
        found.update(fresh)
        pending = {name for statement in fresh.values() for name in _renamings(statement)} - seen
        seen |= pending
        parts = frozenset()
    return sorted(found.values(), key=lambda statement: statement.start)


@lru_cache(maxsize=256)
def _words(words: frozenset[str], parts: frozenset[str]) -> re.Pattern[str]:
    """Make the pattern of a few words that are known to stand in a file."""
    return re.compile("|".join([*(rf"\b{re.escape(word)}\b" for word in words), *map(re.escape, parts)]))


def _import_sites(scan: Scan, hits: Hits) -> Iterator[Statement]:
    """Give the imports that need no word: stars, and relative ones at home."""
    if hits.stars:
        yield from (i.statement for i in scan.outer_imports if i.node.names[0].name == "*")
    if hits.at_home:
        yield from (i.statement for i in scan.imports if isinstance(i.node, ast.ImportFrom) and i.node.level)


def _occurrences(scan: Scan, words: re.Pattern[str]) -> Iterator[Statement]:
    for match in words.finditer(scan.text.string):
        statement = scan.statement_at(match.start())
        if statement is not None:
            yield statement
    if not scan.text.is_ascii:
        yield from _hidden_occurrences(scan, words)


def _hidden_occurrences(scan: Scan, words: re.Pattern[str]) -> Iterator[Statement]:
    """Find identifiers that are a word only after normalisation, as Python reads them (NFKC)."""
    import unicodedata

    for match in IDENTIFIER.finditer(scan.text.string):
        name = match.group()
        if not name.isascii() and words.search(unicodedata.normalize("NFKC", name)):
            statement = scan.statement_at(match.start())
            if statement is not None:
                yield statement


def _renamings(statement: Statement) -> Iterator[str]:
    node = statement.node
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (alias.asname for alias in node.names if alias.asname)
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name) and is_path(node.value))


def may_fire(scan: Scan, statement: Statement, words: re.Pattern[str]) -> bool:
    """Whether one of ``words`` stands in the code of a statement in a chain whose first name may lead out of the file.

    Most words stand in messages, or in attributes of parameters and locals, of which nothing is known. Strings count
    if they may be a dotted name or an annotation.
    """
    if scan.import_of(statement) is not None:
        return True
    for expression in own_expressions(statement.node):
        for node in ast.walk(expression):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if not SENTENCE.search(node.value) and words.search(node.value):
                    return True
            elif isinstance(node, (ast.Attribute, ast.Name)) and _leads_out(statement, node, words):
                return True
    return False


def _leads_out(statement: Statement, node: ast.Attribute | ast.Name, words: re.Pattern[str]) -> bool:
    if not words.search(node.attr if isinstance(node, ast.Attribute) else node.id):
        return False
    root: ast.expr = node
    while isinstance(root, ast.Attribute):
        root = root.value
    if not isinstance(root, ast.Name):
        return False
    bindings = statement.scope.lookup(root.id)
    return not bindings or any(b.kind not in INWARD or is_path(b.value) for b in bindings)


def is_path(node: ast.expr | None) -> bool:
    """Tell whether ``node`` is a name or a chain of attributes of one."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)
