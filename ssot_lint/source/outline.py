"""Source without the bodies of its functions: what a module is made of can be read from it at a fraction of the cost.

Python's own parser reads some ten megabytes a second, and most of a module are the bodies of its functions. What is
left keeps its line. Where anything is unusual there is no outline, and it is the source itself that has to be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ssot_lint.source.strings import REST, strings_and_comments

LANDMARK = re.compile(r"\"\"\"|'''|^[ \t]*(?:async[ \t]+)?def[ \t]", re.MULTILINE)
TRIPLES = ('"""', "'''")
UNUSUAL = ("\r", "\f", "\v", "\0")
BRACKETS = str.maketrans("([{)]}", "((()))", "".join(map(chr, range(32))))
QUOTES_AND_COMMENTS = re.compile(r"['\"#]")


def outline(source: str, telling: Sequence[str] = ()) -> str | None:
    """Give ``source`` with ``pass`` for the body of each function that has none of the words ``telling`` in it.

    Every line that stays is the same and at the same place. ``None`` where there is none, or nothing to be gained; a
    source that is no Python may have an outline that is, but a Python source never has one that is another module.
    """
    if any(character in source for character in UNUSUAL):
        return None
    present = [word for word in telling if word in source]
    pieces: list[str] = []
    copied = offset = 0
    while (landmark := LANDMARK.search(source, offset)) is not None:
        if landmark[0] in TRIPLES:
            end = _after_string(source, landmark.start(), offset)
            if end is None:
                return None
            offset = end
            continue
        start = _body_start(source, landmark.start())
        if start is None:
            offset = landmark.end()
            continue
        end = _body_end(source, start, _indentation(landmark[0]))
        if end is None:
            return None
        if end > start and not any(source.find(word, start, end) >= 0 for word in present):
            pieces += source[copied:start], _indentation(landmark[0]), " pass", "\n" * source.count("\n", start, end)
            copied = end
        offset = end
    return "".join((*pieces, source[copied:])) if pieces else None


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _after_string(source: str, quotes: int, offset: int) -> int | None:
    """Give where the search goes on after three quotes, of which all is known from ``offset``.

    ``None`` where they begin a string that does not end.
    """
    start = max(source.rfind("\n", 0, quotes) + 1, offset)
    if QUOTES_AND_COMMENTS.search(source, start, quotes):
        line_end = source.find("\n", quotes)
        line = source[start : line_end if line_end >= 0 else len(source)]
        for begin, end in strings_and_comments(line[: quotes - start + 3]):
            if begin < quotes - start:
                if line[begin] == "#":
                    return start + len(line)
                if end > quotes - start:
                    # Quotes within a string of another kind; nothing simple can be said of where that one ends.
                    return None
    rest = REST[source[quotes : quotes + 3]].match(source, quotes + 3)
    return rest.end() if rest else None


def _body_start(source: str, start: int) -> int | None:
    """Give where the line after the header of the function at ``start`` begins; ``None`` if its body is no block."""
    line_end = source.find("\n", start)
    while line_end >= 0:
        header = source[start:line_end]
        if QUOTES_AND_COMMENTS.search(header):
            if any(quotes in header for quotes in TRIPLES):
                return None
            header = _without_strings(header)
        brackets = header.translate(BRACKETS)
        if brackets.count("(") == brackets.count(")"):
            return line_end + 1 if header.rstrip().endswith(":") else None
        line_end = source.find("\n", line_end + 1)
    return None


def _without_strings(source: str) -> str:
    kept: list[str] = []
    copied = 0
    for start, end in strings_and_comments(source):
        kept += source[copied:start], "0"
        copied = end
        if source[start] == "#":
            kept.pop()
    return "".join((*kept, source[copied:]))


def _body_end(source: str, start: int, indentation: str) -> int | None:
    """Give the end of the body that starts at ``start``, of a function with this ``indentation``."""
    lines = _body(indentation)
    offset = start
    while True:
        match = lines.match(source, offset)
        end = match.end() if match else offset
        if source.endswith("\\\n", 0, end) and end > start:
            line_end = source.find("\n", end)
            offset = line_end + 1 if line_end >= 0 else len(source)
            continue
        inside = _string_over(source, offset, end)
        if inside is None:
            return None
        if inside <= end:
            return end
        line_end = source.find("\n", inside)
        offset = line_end + 1 if line_end >= 0 else len(source)


def _string_over(source: str, start: int, end: int) -> int | None:
    """Give the end of the last string in three quotes that begins between two offsets; ``None`` if one never ends."""
    offset = start
    while True:
        found = [place for place in (source.find(quotes, offset, end) for quotes in TRIPLES) if place >= 0]
        if not found:
            return offset
        after = _after_string(source, min(found), offset)
        if after is None:
            return None
        offset = after


@lru_cache(maxsize=64)
def _body(indentation: str) -> re.Pattern[str]:
    """Give the pattern of lines that are indented by more than ``indentation``, empty or comments.

    Those that start with a closing bracket go on with what is above, wherever they stand.
    """
    return re.compile(rf"(?:{indentation}[ \t][^\n]*\n|[ \t]*(?:[#)}}\]][^\n]*)?\n)*(?:{indentation}[ \t][^\n]*\Z)?")
