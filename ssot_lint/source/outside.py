"""What the import of a module runs, told from its bytes: all but the bodies of functions.

Sound, not exact: more may be left than an import runs, never less. Parsing takes ten times as long.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ssot_lint.source.triggers import searchable

DEFINITION = re.compile(rb"^([ \t\f]*)(?:async[ \t]+)?def\b", re.MULTILINE)
HEADER_END = re.compile(rb"[\w)\]}\"'][ \t]*:[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
TRIPLE = re.compile(rb"\"\"\"|'''")
BREAK = rb"(?:[ \t\f\n\\]|#[^\n]*\n)"
IMPORT = re.compile(rb"^[ \t\f]*(?:from[ \t.\\]|import[ \t\\])(?:[^\n(#]|\\\n)*(?:\([^)]*\))?", re.MULTILINE)


def outside(raw: bytes) -> bytes:
    """Give the source without the bodies of functions, as far as it is certain that they are such.

    Where the number of triple quotes before a definition is odd, that may stand in a string, and stays.
    """
    raw = searchable(raw)
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    parts: list[bytes] = []
    start = place = quotes = 0
    while match := DEFINITION.search(raw, place):
        quotes += len(TRIPLE.findall(raw, start, match.start()))
        header = HEADER_END.search(raw, match.end())
        body = header.end() if header else len(raw)
        parts.append(raw[start : match.start()])
        start = match.start()
        if quotes % 2:
            place = match.end()
            continue
        parts.append(raw[start:body])
        after = _dedent(len(match[1])).search(raw, body)
        start = place = after.start() if after else len(raw)
    return b"".join((*parts, raw[start:]))


@lru_cache(maxsize=64)
def _dedent(width: int) -> re.Pattern[bytes]:
    """Find a line that ends a block indented by more than ``width``; no statement begins with a closing bracket."""
    return re.compile(rb"^[ \t\f]{0,%d}[^\s#)\]}]" % width, re.MULTILINE)


@lru_cache(maxsize=64)
def _callers(words: tuple[str, ...]) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    any_word = b"|".join(re.escape(word.encode()) for word in sorted(set(words)))
    name = rb"\w*(?:" + any_word + rb")\w*"
    called = rb"(?:\.\s*\w+\s*)*[(\[]"
    renamed = rb"\b" + name + BREAK + rb"+as\b|=[ \t]*(?:\w+\.)*" + name + rb"[ \t]*(?:$|[#;,)])"
    return re.compile(rb"\b" + name + BREAK + rb"*" + called), re.compile(renamed, re.MULTILINE)


def may_be_called_outside(raw: bytes, words: tuple[str, ...]) -> bool:
    """Tell whether an import may call something with one of ``words`` in its name, or something may be renamed."""
    outer = outside(raw)
    calls, renamed = _callers(words)
    if renamed.search(outer) or b"partial" in outer:
        return True
    code = IMPORT.sub(b"", outer)
    return any(not _defines(code, match.start()) for match in calls.finditer(code))


def _defines(code: bytes, start: int) -> bool:
    """Whether what stands at ``start`` is the name of a class or function that is defined there."""
    before = code[max(0, start - 8) : start].rstrip()
    return before.endswith((b"class", b"def"))
