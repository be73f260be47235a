"""Where strings and comments stand in source, be it valid or not, in time that grows with its length only."""

from __future__ import annotations

import re
from collections.abc import Iterator

START = re.compile(r"'''|\"\"\"|['\"#]")
_ESCAPED = r"\\(?:\r\n|.)"
REST = {
    "'''": re.compile(rf"[^'\\]*(?:(?:{_ESCAPED}|'(?!''))[^'\\]*)*'''", re.DOTALL),
    '"""': re.compile(rf'[^"\\]*(?:(?:{_ESCAPED}|"(?!""))[^"\\]*)*"""', re.DOTALL),
    "'": re.compile(rf"[^'\\\r\n]*(?:{_ESCAPED}[^'\\\r\n]*)*'?", re.DOTALL),
    '"': re.compile(rf'[^"\\\r\n]*(?:{_ESCAPED}[^"\\\r\n]*)*"?', re.DOTALL),
    "#": re.compile(r"[^\r\n]*"),
}
"""What follows the start of a string or comment, up to its end."""


def strings_and_comments(source: str) -> Iterator[tuple[int, int]]:
    """Give the offsets at which each string, without its prefix, or comment starts and ends.

    A string that misses its quote ends with its line; one with three quotes is none then, for it would be all the rest.
    """
    hopeless: set[str] = set()
    match = START.search(source)
    while match:
        end = match.end()
        rest = None if match.group() in hopeless else REST[match.group()].match(source, end)
        if rest:
            end = rest.end()
            yield match.start(), end
        else:
            hopeless.add(match.group())
        match = START.search(source, end)
