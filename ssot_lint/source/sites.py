"""Sites: the statements in which a rule may fire, and the pieces of them that LibCST parses.

A simple statement is one piece. Of a compound statement only what stands outside its body is: its header, the types
of its ``except`` clauses, its guards. So the cost of a visit is that of the statements in which a rule may fire.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from ssot_lint.source.scan import FUNCTIONS, Scan, own_expressions
from ssot_lint.source.scopes import Statement
from ssot_lint.source.text import Text, normalized
from ssot_lint.source.trees import Piece
from ssot_lint.source.triggers import Hits

INWARD = ("parameter", "other", "delete")
"""Kinds of bindings that say nothing of what a name stands for."""
SENTENCE = re.compile(r"[^\W\d]\w* +[^\W\d]|\n")
"""Words one after the other, as no dotted name and no annotation has them."""
IDENTIFIER = re.compile(r"\w+")
WIDE_IDENTIFIER = re.compile(r"[\w\u0080-\U0010ffff]*[\u0080-\U0010ffff][\w\u0080-\U0010ffff]*")
"""Identifiers that are not ASCII, and more: there is no simple pattern of all characters that Python allows."""
FEW = 50
"""As many words are found fastest with one pattern."""
ROUNDS = 64
"""How often statements are looked for that use names which others found before gave; kinds follow no longer chains."""


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
    # A form feed starts the columns anew.
    start += scan.text.string[start : statement.start].rfind("\f") + 1
    prefix = "if 1:\n" if start < statement.start else ""
    return Piece(start, body_start, prefix, "pass\n")


def _expressions(scan: Scan, statement: Statement) -> Iterator[Piece]:
    for expression in own_expressions(statement.node):
        if not isinstance(expression, ast.Constant):
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
    found = {id(statement): statement for statement in (_star_sites(scan) if hits.stars else ())}
    words, seen = Words(hits.words, hits.parts), set(hits.words)
    for _ in range(ROUNDS):
        fresh = {id(s): s for s in _occurrences(scan, words) if id(s) not in found}
        fresh = {key: statement for key, statement in fresh.items() if may_fire(scan, statement, words)}
        found.update(fresh)
        names = {name for statement in fresh.values() for name in _renamings(scan, statement)} - seen
        if not names:
            break
        seen |= names
        words = Words(frozenset(names))
    return sorted(found.values(), key=lambda statement: statement.start)


class Words:
    """Identifiers, and ``parts`` of identifiers, to look for."""

    def __init__(self, words: frozenset[str], parts: frozenset[str] = frozenset()) -> None:
        self._many = words if len(words) > FEW else frozenset()
        self._pattern = _pattern(words - self._many, parts)

    def stand_in(self, string: str) -> bool:
        """Tell whether one of them stands in ``string``."""
        if self._pattern.pattern and self._pattern.search(string):
            return True
        return bool(self._many) and not self._many.isdisjoint(IDENTIFIER.findall(string))

    def offsets(self, string: str) -> Iterator[int]:
        """Give the offset of each occurrence, once for all those at one place."""
        if self._pattern.pattern:
            yield from (match.start() for match in self._pattern.finditer(string))
        if self._many:
            yield from (match.start() for match in IDENTIFIER.finditer(string) if match.group() in self._many)


@lru_cache(maxsize=256)
def _pattern(words: frozenset[str], parts: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join([*(rf"\b{re.escape(word)}\b" for word in words), *map(re.escape, parts)]))


def _star_sites(scan: Scan) -> list[Statement]:
    return [i.statement for i in scan.outer_imports if i.node.names[0].name == "*"]


def _occurrences(scan: Scan, words: Words) -> Iterator[Statement]:
    offsets = [*words.offsets(scan.text.string), *(_hidden(scan.text, words) if not scan.text.is_ascii else ())]
    for offset in offsets:
        statement = scan.statement_at(offset)
        if statement is not None:
            yield statement


def _hidden(text: Text, words: Words) -> Iterator[int]:
    """Find identifiers that are a word only after normalisation, as Python reads them (NFKC)."""
    for match in WIDE_IDENTIFIER.finditer(text.string):
        if words.stand_in(normalized(match.group())):
            yield match.start()


def _renamings(scan: Scan, statement: Statement) -> Iterator[str]:
    """Give the names by which a statement makes others known, as far as kinds follow them."""
    node = statement.node
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (alias.asname for alias in node.names if alias.asname)
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name) and is_path(node.value))
    if ":=" in scan.text.string:
        inner = (part for expression in own_expressions(node) for part in ast.walk(expression))
        yield from (part.target.id for part in inner if isinstance(part, ast.NamedExpr) and is_path(part.value))


def may_fire(scan: Scan, statement: Statement, words: Words) -> bool:
    """Whether one of ``words`` stands in the code of a statement in a chain whose first name may lead out of the file.

    Most words stand in messages, or in attributes of parameters and locals, of which nothing is known. Strings count
    if they may be a dotted name or an annotation, and are told to somebody: the data of a program may be large.
    """
    if scan.import_of(statement) is not None:
        return True
    for node, is_told in _told(statement.node):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if is_told and not SENTENCE.search(node.value) and words.stand_in(normalized(node.value)):
                return True
        elif isinstance(node, (ast.Attribute, ast.Name)) and _leads_out(statement, node, words):
            return True
    return False


def _told(statement: ast.stmt) -> Iterator[tuple[ast.AST, bool]]:
    """Give what the expressions of a statement consist of, and whether it stands in a call or may be an annotation."""
    annotates = isinstance(statement, (ast.AnnAssign, *FUNCTIONS))
    stack: list[tuple[ast.AST, bool]] = [(expression, annotates) for expression in own_expressions(statement)]
    while stack:
        node, is_told = stack.pop()
        yield node, is_told
        is_told = is_told or isinstance(node, ast.Call)
        stack.extend((child, is_told) for child in ast.iter_child_nodes(node))


def _leads_out(statement: Statement, node: ast.Attribute | ast.Name, words: Words) -> bool:
    if not words.stand_in(node.attr if isinstance(node, ast.Attribute) else node.id):
        return False
    root: ast.expr = node
    is_call = False
    while isinstance(root, (ast.Attribute, ast.Call)):
        is_call = is_call or isinstance(root, ast.Call)
        root = root.value if isinstance(root, ast.Attribute) else root.func
    if not isinstance(root, ast.Name):
        return False
    bindings = statement.scope.lookup(root.id)
    if not bindings:
        # Of what a call gives that is known from nowhere nothing is known.
        return not is_call
    return any(b.kind not in INWARD or is_path(b.value) for b in bindings)


def is_path(node: ast.expr | None) -> bool:
    """Tell whether ``node`` is a name or a chain of attributes of one."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)
