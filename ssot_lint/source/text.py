"""The text of one file: bytes decoded as Python would, offsets, rows and columns, newlines."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from ssot_lint.model import Position, Range

BOM = b"\xef\xbb\xbf"
COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
BLANK = re.compile(rb"^[ \t\f]*(?:#.*)?$")
NEWLINE = re.compile(r"\r\n|\r|\n")
"""What ends a line for Python; a form feed does not."""


class NotText(Exception):
    """The bytes of a file cannot be decoded as Python would decode them."""


class Text:
    """The decoded text of a file, without its byte order mark, and the way back to bytes.

    Offsets count characters of ``string``; positions are rows and columns from 1, columns in characters; ``ast`` gives
    rows from 1 and columns in UTF-8 bytes from 0.
    """

    def __init__(self, string: str, encoding: str = "utf-8", bom: bool = False) -> None:
        self.string = string
        self.encoding = encoding
        self.bom = bom

    @classmethod
    def read(cls, raw: bytes) -> Text:
        """Decode ``raw``; raises `NotText`, with a sentence for people, where Python could not read it either."""
        bom = raw.startswith(BOM)
        body = raw[len(BOM) :] if bom else raw
        encoding = _declared_encoding(body) or "utf-8"
        if b"\0" in raw:
            raise NotText("it contains a NUL byte, so it is not Python source")
        try:
            return cls(body.decode(encoding), encoding, bom)
        except LookupError:
            raise NotText(f"its coding cookie names an unknown encoding, {encoding!r}") from None
        except UnicodeDecodeError as error:
            row = len(NEWLINE.split(body[: error.start].decode("latin-1")))
            raise NotText(f"it is not valid {encoding} (line {row}, byte {error.start + 1})") from None

    @classmethod
    def read_anyway(cls, raw: bytes) -> Text:
        """Decode ``raw`` as UTF-8 with stand-ins for what is not, to look at what can be read; never to be written."""
        return cls(raw.removeprefix(BOM).replace(b"\0", b" ").decode("utf-8", "replace"))

    def encode(self, string: str) -> bytes:
        """Give the bytes of a file that holds ``string``; raises `UnicodeEncodeError` where they cannot hold it."""
        return (BOM if self.bom else b"") + string.encode(self.encoding)

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line starts."""
        return [0, *(match.end() for match in NEWLINE.finditer(self.string))]

    @cached_property
    def newline(self) -> str:
        """The line ending of the file, as its first line has it."""
        match = NEWLINE.search(self.string)
        return match.group() if match else "\n"

    @cached_property
    def is_ascii(self) -> bool:
        """Whether every character is ASCII, so that bytes and characters count alike."""
        return self.string.isascii()

    def row(self, offset: int) -> int:
        """Give the row, from 1, of ``offset``."""
        return bisect_right(self.line_starts, offset)

    def position(self, offset: int) -> Position:
        """Give the position of ``offset``."""
        row = self.row(offset)
        return Position(row, offset - self.line_starts[row - 1] + 1)

    def offset(self, position: Position) -> int:
        """Give the offset of ``position``."""
        return self.line_starts[position.row - 1] + position.column - 1

    def range(self, start: int, end: int) -> Range:
        """Give the range from offset ``start`` up to ``end``."""
        return Range(self.position(start), self.position(end))

    def from_ast(self, row: int, column: int) -> int:
        """Give the offset of a place as ``ast`` names it: row from 1, column in UTF-8 bytes from 0."""
        start = self.line_starts[row - 1]
        if self.is_ascii:
            return start + column
        line = self.string[start : start + column]
        if line.isascii():
            return start + column
        return start + len(line.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))

    def line_end(self, offset: int) -> int:
        """Give the offset at which the line of ``offset`` ends, before its newline."""
        match = NEWLINE.search(self.string, offset)
        return match.start() if match else len(self.string)

    def line_start(self, offset: int) -> int:
        """Give the offset at which the line of ``offset`` starts."""
        return self.line_starts[self.row(offset) - 1]

    def indentation(self, offset: int) -> str:
        """Give the white space at the start of the line of ``offset``."""
        start = self.line_start(offset)
        match = re.compile(r"[ \t\f]*").match(self.string, start)
        return match.group() if match else ""


def _declared_encoding(body: bytes) -> str | None:
    """Find the coding cookie in the first two lines, as PEP 263 has it."""
    if b"coding" not in body[:400]:
        return None
    for line in re.split(rb"\r\n|\r|\n", body[:400], maxsplit=2)[:2]:
        match = COOKIE.match(line)
        if match:
            return match.group(1).decode("ascii")
        if not BLANK.match(line):
            return None
    return None
