"""Which statements of a file may give something another name, told from its bytes.

Sound, not exact: a place that is left out certainly does not rename. Parsing takes a hundred times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

BREAK = rb"(?:[ \t\f\r\n\\]|#[^\r\n]*[\r\n])"
AS = re.compile(BREAK + rb"+as" + BREAK + rb"+(\w+)")
MAY_FOLLOW = re.compile(rb"[ \t\f]*(?:$|[\r\n#),;\]\\]|(?:if|else|or|and)\b)")
"""What can come after the value of an assignment, or after one of the values it chooses from."""
MAY_PRECEDE = re.compile(rb"(?:[=(,\[\\]|\b(?:or|and|else))$")
QUALIFIER = re.compile(rb"[\w.]*$")
SIMPLE = re.compile(rb"[ \t\f]*(\w+)[ \t]*(?::[^=\r\n]*)?=[ \t]*(?:\w+\.)*$")
NO_VALUE = re.compile(rb"[ \t\f]*(?:@|(?:assert|class|def|del|elif|from|import|raise|return|while|with)\b)[^;]*$")
"""A line that begins a statement which can bind no name to a value to the right of it."""
DEFINITION = re.compile(rb"(?:async[ \t]+)?def[ \t]+\w+[ \t]*[(\[]|class[ \t]+\w+[ \t]*[(\[:]")
CODE = re.compile(rb"[ \t\f]*[^ \t\f\r\n#]")
GLOBAL = re.compile(rb"\bglobal\b((?:\\\r?\n|[^\r\n])*)")
QUOTES = (b'"""', b"'''")
IN_WORDS = frozenset(bytes([byte]) for byte in range(256) if byte >= 128 or chr(byte).isalnum() or chr(byte) == "_")
FARTHEST_QUALIFIER = 200

UNCLEAR = ""
"""Stands for a new name that only parsing the file would tell."""


def renames(text: bytes, word: str) -> Iterator[str]:
    """Give the other names that a module may bind to what ``word`` stands for in its source; `UNCLEAR` for some."""
    sought = word.encode()
    start = text.find(sought)
    while start >= 0:
        end = start + len(sought)
        if text[start - 1 : start] not in IN_WORDS and text[end : end + 1] not in IN_WORDS:
            name = _other_name(text, start, end)
            if name is not None and _may_be_at_module_level(text, start, name):
                yield name.decode("utf-8", "replace")
        start = text.find(sought, end)


def _other_name(text: bytes, start: int, end: int) -> bytes | None:
    """Give the name that the statement around may bind to the word; ``None`` if it certainly binds none."""
    line = text[_line_start(text, start) : start]
    if line.lstrip(b" \t\f").startswith(b"#"):
        return None
    renamed = AS.match(text, end)
    if renamed:
        return renamed[1]
    if not MAY_FOLLOW.match(text, end):
        return None
    if b"=" not in line and (NO_VALUE.match(line) or _is_imported(text, start)):
        return None
    simple = SIMPLE.match(line)
    if simple:
        return simple[1] if not text[end : end + 80].lstrip(b" \t\f").startswith((b"if", b"or", b"and", b",")) else b""
    return b"" if _may_be_value(text, start) else None


def _is_imported(text: bytes, start: int) -> bool:
    """Whether ``start`` is in the parentheses of a ``from`` statement."""
    opened = text.rfind(b"(", 0, start)
    if opened < 0 or not text[max(0, opened - 80) : opened].rstrip().endswith(b"import"):
        return False
    # Where this is but a comment or a string, an assignment would have its sign in between.
    return text.find(b")", opened, start) < 0 and text.find(b"=", opened, start) < 0


def _may_be_value(text: bytes, start: int) -> bool:
    """Whether what stands before the word lets it be the value of an assignment, or one of those it chooses from."""
    qualifier = QUALIFIER.search(text, max(0, start - FARTHEST_QUALIFIER), start)
    start = qualifier.start() if qualifier else start
    line_start = _line_start(text, start)
    before = text[line_start:start].rstrip(b" \t\f")
    while not before and line_start:
        end = line_start
        line_start = _line_start(text, end - 1)
        before = text[line_start:end].strip(b" \t\f\r\n")
        if b"#" in before:
            return True
    return MAY_PRECEDE.search(before) is not None


def _may_be_at_module_level(text: bytes, start: int, name: bytes) -> bool:
    """Whether the statement around ``start`` may bind ``name`` in its module.

    Not if the lines above, each less indented than the one before, lead to a function or class, unless that is text in
    a string, or a function of the file says that the name is ``global``.
    """
    place = _line_start(text, start)
    indentation = _indentation(text, place)
    while True:
        if DEFINITION.match(text, place + (indentation or 0)):
            return _is_global(text, name) or any(text.count(quotes, place, start) % 2 for quotes in QUOTES)
        if not indentation:
            return True
        inner = None
        while place and (inner is None or inner >= indentation):
            place = _line_start(text, place - 1)
            inner = _indentation(text, place)
        if inner is None or inner >= indentation:
            return True
        indentation = inner


def _is_global(text: bytes, name: bytes) -> bool:
    """Whether a function of the file binds ``name``, or any name if that is unclear, in the module."""
    if b"global" not in text:
        return False
    return any(not name or name in re.findall(rb"\w+", names[1]) for names in GLOBAL.finditer(text))


def _line_start(text: bytes, offset: int) -> int:
    return max(text.rfind(b"\n", 0, offset), text.rfind(b"\r", 0, offset)) + 1


def _indentation(text: bytes, line_start: int) -> int | None:
    """Give the width of the white space before the code of a line; ``None`` for a line without code."""
    match = CODE.match(text, line_start)
    return match.end() - 1 - line_start if match else None
