"""Files that the running Python cannot parse: newer grammar made readable for it, and what stands whole in a ruin.

Every offset in what they give is one of the file.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ssot_lint.source.scan import parse
from ssot_lint.source.sites import Tree, Unreadable, whole_module
from ssot_lint.source.text import Text

if TYPE_CHECKING:
    import libcst as cst

NOT_NEWLINE = re.compile(r"[^\r\n]")
ASCII_NOT_NEWLINE = re.compile(r"[^\r\n\u0080-\U0010ffff]")
"""Other characters stay, for ``ast`` counts the bytes before a node."""
STRINGS = ("FormattedString", "TemplatedString")
STRING_OR_COMMENT = re.compile(
    r"'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'(?:[^'\\\r\n]|\\.)*'|\"(?:[^\"\\\r\n]|\\.)*\"|#[^\r\n]*",
    re.DOTALL,
)
IMPORT = re.compile(
    r"^[ \t\f]*(?P<statement>from\s*[.\w][.\w \t]*\s+import\s*(?:\([^()]*\)|[^\r\n;(]+)|import[ \t]+\w[^\r\n;]*)",
    re.MULTILINE,
)


def lower(text: Text) -> Text | None:
    """Replace what LibCST can parse and the running Python cannot by older code that binds the same names.

    Gives ``None`` where LibCST cannot parse the file either. What is replaced: f-strings and template strings (by
    plain ones), type parameters, ``type`` statements, ``except*``, ``except A, B``, ``*`` in subscripts, ``lazy``
    imports. The result has the same length and the same lines.
    """
    try:
        tree = Tree(text, whole_module(text))
    except Unreadable:
        return None
    characters = list(text.string)
    string = (0, 0)
    for node in tree.nodes():
        if string[0] < tree.span(node)[0] and tree.span(node)[1] <= string[1]:
            continue
        for start, end, content in _older(tree, text.string, node):
            characters[start:end] = content.ljust(end - start)
            if type(node).__name__ in STRINGS:
                string = (start, end)
    lowered = Text("".join(characters), text.encoding, text.bom)
    try:
        parse(lowered.string)
    except SyntaxError:
        return None
    return lowered


def _older(tree: Tree, string: str, node: cst.CSTNode) -> Iterator[tuple[int, int, str]]:
    """Give the replacements, none longer than what it replaces, that make ``node`` older grammar."""
    kind = type(node).__name__
    if kind in STRINGS:
        yield (*tree.span(node), _plain_string(string[slice(*tree.span(node))]))
    elif kind == "TypeParameters":
        start, end = tree.span(node)
        yield start, end, NOT_NEWLINE.sub(" ", string[start:end])
    elif kind == "TypeAlias":
        start, _ = tree.span(node)
        match = re.compile(r"type\s+(\w+)").match(string, start)
        if match:
            yield start, match.end(), match.group(1)
    elif kind in ("LazyImport", "LazyImportFrom"):
        start, _ = tree.span(node)
        keyword = re.compile(r"lazy\s+(import|from)").match(string, start)
        if keyword:
            yield start, keyword.end(), keyword.group(1)
    elif kind == "ExceptStarHandler":
        start, _ = tree.span(node)
        star = string.index("*", start)
        yield star, star + 1, " "
    elif kind in ("ExceptHandler", "SubscriptElement"):
        yield from _bare(tree, string, node)


def _bare(tree: Tree, string: str, node: cst.CSTNode) -> Iterator[tuple[int, int, str]]:
    """Older code for ``except A, B`` (an ``A| B``) and for a star in a subscript (none)."""
    start, _ = tree.span(node)
    types: Any = getattr(node, "type", None)
    if type(types).__name__ == "Tuple" and not types.lpar:
        for element in types.elements[:-1]:
            comma = string.index(",", tree.span(element.value)[1])
            yield comma, comma + 1, "|"
    elif type(node).__name__ == "SubscriptElement" and string.startswith("*", start):
        yield start, start + 1, " "


def _plain_string(source: str) -> str:
    """Give a plain string literal that takes the same room as an f-string, on the same lines."""
    match = re.match(r"[A-Za-z]*('''|\"\"\"|'|\")", source)
    assert match is not None
    quote = match.group(1)
    if "\n" in source or "\r" in source:
        quote = quote[0] * 3
    inner = ASCII_NOT_NEWLINE.sub("_", source[len(quote) : len(source) - len(quote)])
    return f"{quote}{inner}{quote}"


def whole_imports(text: Text) -> ast.Module:
    """Give a tree of nothing but the import statements that stand whole, each at its place.

    For files that are not Python: what is in strings and comments, as far as they can be told, is left out.
    """
    masked = STRING_OR_COMMENT.sub(lambda match: NOT_NEWLINE.sub(" ", match.group()), text.string)
    tree = ast.Module(body=[], type_ignores=[])
    for match in IMPORT.finditer(masked):
        try:
            body = parse(match["statement"].rstrip()).body
        except SyntaxError:
            continue
        for statement in body:
            _move(statement, text, match.start("statement"))
        tree.body.extend(body)
    return tree


def _move(statement: ast.stmt, text: Text, offset: int) -> None:
    """Give the nodes of a statement parsed alone the places they have in the file, where it stands at ``offset``."""
    row = text.row(offset)
    before = len(text.string[text.line_start(offset) : offset].encode())
    for node in ast.walk(statement):
        if isinstance(node, (ast.stmt, ast.alias)):
            node.col_offset += before if node.lineno == 1 else 0
            if node.end_lineno is not None and node.end_col_offset is not None:
                node.end_col_offset += before if node.end_lineno == 1 else 0
                node.end_lineno += row - 1
            node.lineno += row - 1
