"""Strings that do not stand in the source as they read: written with escapes, or in several pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator

HIDDEN = re.compile(
    r"""\\[xuUN0-7]|\\[\r\n]|["'](?:[\s+\\()]|\#[^\n]*\n)+[a-zA-Z]{0,2}["']|[^\s"'=(\[{,]["'][a-zA-Z]{0,2}["'][^\s"',)\]}:.]"""
)
"""What one of stands in a text with such a string."""
TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)|(?P<prefix>[a-zA-Z]{0,2})(?:\"{3}(?P<a>(?:[^\\]|\\.)*?)\"{3}|'{3}(?P<b>(?:[^\\]|\\.)*?)'{3}"""
    r"""|"(?P<c>(?:[^"\\\n]|\\.)*)"|'(?P<d>(?:[^'\\\n]|\\.)*)')""",
    re.DOTALL,
)
GAP = re.compile(r"[\s+\\()]*")
"""What may stand between two pieces, besides comments."""
ESCAPE = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]+\}|[0-7]{1,3}|\r?\n|\r|[\\'\"abfnrtv])"
)


def may_hide(text: str) -> bool:
    """Tell whether ``text`` may have a string that does not stand there as it reads; no is certain."""
    return HIDDEN.search(text) is not None


def read_strings(text: str) -> Iterator[tuple[int, str]]:
    """Give where each string of ``text`` begins, and how it reads; pieces that are put together are one string."""
    start, end, value = 0, -1, ""
    for match in TOKEN.finditer(text):
        gap = GAP.fullmatch(text, end, match.start()) if end >= 0 else None
        if match["comment"] is not None:
            end = match.end() if gap else -1
            if not gap and value:
                yield start, value
                value = ""
            continue
        piece = next(part for part in match.group("a", "b", "c", "d") if part is not None)
        piece = piece if "r" in match["prefix"].lower() else ESCAPE.sub(_unescaped, piece)
        if gap:
            value += piece
        else:
            if value:
                yield start, value
            start, value = match.start(), piece
        end = match.end()
    if value:
        yield start, value


def _unescaped(match: re.Match[str]) -> str:
    try:
        return match[0].encode("ascii", "replace").decode("unicode_escape")
    except UnicodeDecodeError:
        return match[0]
