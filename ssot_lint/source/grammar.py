"""Files that the running Python cannot parse: newer grammar made readable for it, and what stands whole in a ruin.

Every place in what they give is one of the file.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from functools import cached_property
from typing import Any

from ssot_lint.source.older import Lowering, Newer, TypeAlias
from ssot_lint.source.scan import parse
from ssot_lint.source.snippets import place
from ssot_lint.source.strings import strings_and_comments
from ssot_lint.source.text import Text
from ssot_lint.source.trees import Tree, Unreadable, whole_module

NOT_NEWLINE = re.compile(r"[^\r\n]")
_END = r"(?:\r\n|\r|\n)"
_GAP = rf"(?:[ \t\f]|\\{_END})"
_HEADER = r"(?:async|class|def|elif|else|except|finally|for|if|try|while|with)\b[^\r\n:]*:"
_NAMES = rf"(?:\([^()]*\)|[^\r\n;(\\]+(?:\\{_END}[^\r\n;\\]*)*)"
IMPORT = re.compile(
    rf"(?:(?:^|(?<=[\r\n])){_GAP}*(?:{_HEADER})?|;){_GAP}*(?:lazy{_GAP}+)?(?P<statement>"
    rf"from\b{_GAP}*[.\w](?:[.\w]|{_GAP}+(?=[.\w]))*?{_GAP}*\bimport\b{_GAP}*{_NAMES}|import\b{_GAP}+{_NAMES})"
)
"""An import statement where one can start, as far as that can be told."""


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
    lowering = Lowering(tree, text)
    older = Older(text, lowering.result(), lowering.newer)
    try:
        parse(older.string)
    except SyntaxError:
        return None
    return older


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
