"""The row of every key, table and array element of a TOML text that a parser has accepted.

Because the text is known to be good, a scan over its tokens is enough: no value is read, only skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

Keys = tuple["str | int", ...]

_TOKEN = re.compile(
    r'''(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'{3}.*?\'{3,5}|"(?:\\.|[^"\\])*"|'[^']*')'''
    r"""|(?P<skip>[^\S\n]+|\#[^\n]*|\.)|(?P<newline>\n)|(?P<sign>\[\[|\]\]|[\[\]{},=])|(?P<bare>[^\s\[\]{},=#"'.]+)""",
    re.DOTALL,
)


def rows_of_keys(text: str, unquote: Callable[[str], str]) -> Mapping[Keys, int]:
    """Give the row, from 1, of each key of ``text``: names, and indices for elements and ``[[table]]`` entries.

    ``unquote`` gives the value of a quoted string.
    """
    scan = _Scan()
    for kind, token, row in _tokens(text):
        if kind == "newline":
            scan.end_line()
        elif kind == "sign":
            scan.take_signs(token, row)
        elif scan.in_value:
            scan.note(scan.value_keys(), row)
        else:
            scan.parts.append(unquote(token) if kind == "string" else token)
    return scan.rows


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    row = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "skip":
            yield kind, match.group(), row
        row += match.group().count("\n")


class _Container(NamedTuple):
    """An array or inline table that the scan is in; ``element`` is the index of the present one in an array."""

    keys: Keys
    element: int | None


class _Scan:
    """Where the scan is, and the ``rows`` it has found.

    ``parts`` are the parts of the key that is being read or has the present value; ``header`` is the sign that opened
    the table header being read, if any; ``last_entries`` are the indices of the last ``[[table]]`` entries.
    """

    def __init__(self) -> None:
        self.rows: dict[Keys, int] = {}
        self.parts: list[str] = []
        self.in_value = False
        self._header = ""
        self._table: Keys = ()
        self._containers: list[_Container] = []
        self._last_entries: dict[Keys, int] = {}

    def note(self, keys: Keys, row: int) -> None:
        """Note ``row`` for ``keys`` and all around them that have none yet."""
        for length in range(1, len(keys) + 1):
            self.rows.setdefault(keys[:length], row)

    def value_keys(self) -> Keys:
        """Give the keys of the value that the scan is at."""
        if not self._containers:
            return (*self._table, *self.parts)
        keys, element = self._containers[-1]
        return (*keys, *self.parts) if element is None else (*keys, element)

    def end_line(self) -> None:
        """End the value of a key, unless it goes on in the next line."""
        if not self._containers:
            self._expect_key()

    def take_signs(self, signs: str, row: int) -> None:
        """Take one or two brackets, or another sign; two brackets are one sign in a header only."""
        if self._header:
            self._open_table(row)
        elif signs[0] == "[" and not self.in_value:
            self._header = signs
        else:
            for sign in signs:
                self._take_sign(sign, row)

    def _take_sign(self, sign: str, row: int) -> None:
        if sign == "=":
            self.note(self.value_keys(), row)
            self.in_value = True
        elif sign in "[{":
            self.note(self.value_keys(), row)
            self._containers.append(_Container(self.value_keys(), 0 if sign == "[" else None))
            self.parts.clear()
            self.in_value = sign == "["
        elif sign == ",":
            self._next_element()
        else:
            self._containers.pop()
            self.in_value = True

    def _next_element(self) -> None:
        keys, element = self._containers[-1]
        if element is None:
            self._expect_key()
        else:
            self._containers[-1] = _Container(keys, element + 1)

    def _open_table(self, row: int) -> None:
        """Enter the table that a header names: of an array of tables always its last entry."""
        keys: Keys = ()
        for position, part in enumerate(self.parts, 1):
            keys = (*keys, part)
            if self._header == "[[" and position == len(self.parts):
                self._last_entries[keys] = self._last_entries.get(keys, -1) + 1
            if keys in self._last_entries:
                keys = (*keys, self._last_entries[keys])
        self.note(keys, row)
        self._table, self._header = keys, ""
        self._expect_key()

    def _expect_key(self) -> None:
        self.parts.clear()
        self.in_value = False
