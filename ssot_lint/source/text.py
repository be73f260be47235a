"""The text of one file: bytes decoded as Python would, offsets, rows and columns, newlines."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cached_property

from ssot_lint.model import Position, Range

BOM = b"\xef\xbb\xbf"
COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
BLANK = re.compile(rb"^[ \t\f]*(?:#.*)?$")
WITH_NEWLINES = {"utf-8-": "utf-8", "latin-1-": "latin-1", "iso-8859-1-": "latin-1", "iso-latin-1-": "latin-1"}
"""How the names of encodings start to which Python allows editors to add the newlines of a file."""
FIRST_LINES = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)?[^\r\n]*")
"""The lines in which a coding cookie can stand."""
NEWLINE = re.compile(r"\r\n|\r|\n")
"""What ends a line for Python; a form feed does not."""
WIDE = re.compile(r"[^\x00-\x7f]+")
ONLY_AST = 0x400
"""``ast.PyCF_ONLY_AST``, without the price of importing ``ast``."""
NUL = "it contains a NUL byte, so it is not Python source"


def normalized(identifiers: str) -> str:
    """Give identifiers as Python reads them."""
    if identifiers.isascii():
        return identifiers
    import unicodedata

    return unicodedata.normalize("NFKC", identifiers)


class NotText(Exception):
    """The bytes of a file cannot be decoded as Python would decode them."""


class Bytes:
    """Where the characters of a string stand in its UTF-8 encoding, in which ``ast`` and LibCST count."""

    def __init__(self, string: str) -> None:
        # For each run of characters that are not ASCII: it, its offset and its byte.
        self._runs: list[str] = []
        self._offsets: list[int] = []
        self._bytes: list[int] = []
        extra = 0
        for match in () if string.isascii() else WIDE.finditer(string):
            self._runs.append(match.group())
            self._offsets.append(match.start())
            self._bytes.append(match.start() + extra)
            extra += len(match.group().encode()) - len(match.group())

    def of(self, offset: int) -> int:
        """Give the byte at which the character at ``offset`` starts."""
        index = bisect_right(self._offsets, offset) - 1
        if index < 0:
            return offset
        run, inside = self._runs[index], offset - self._offsets[index]
        return self._bytes[index] + len(run[:inside].encode()) + max(inside - len(run), 0)

    def offset(self, byte: int) -> int:
        """Give the offset of the character that starts at ``byte``, or around it."""
        index = bisect_right(self._bytes, byte) - 1
        if index < 0:
            return byte
        run, inside = self._runs[index].encode(), byte - self._bytes[index]
        return self._offsets[index] + len(run[:inside].decode("utf-8", "ignore")) + max(inside - len(run), 0)


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
        encoding = declared_encoding(body) or "utf-8"
        if b"\0" in raw:
            raise NotText(NUL)
        try:
            is_utf8 = codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")
            string = body.decode(encoding)
        except LookupError:
            raise NotText(f"its coding cookie names an unknown encoding, {encoding!r}") from None
        except UnicodeDecodeError as error:
            row = len(NEWLINE.split(body[: error.start].decode("latin-1")))
            byte = len(raw) - len(body) + error.start + 1
            raise NotText(f"it is not valid {encoding} (line {row}, byte {byte})") from None
        except UnicodeError:
            raise NotText(f"it cannot be read in its encoding, {encoding!r}") from None
        if bom and not is_utf8:
            raise NotText(f"it starts with the byte order mark of UTF-8, but its coding cookie says {encoding!r}")
        if not is_utf8:
            _check_characters(string, encoding)
        return cls(string, "utf-8" if bom else encoding, bom)

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
        return self._bytes.offset(self._bytes.of(start) + column)

    @cached_property
    def _bytes(self) -> Bytes:
        return Bytes(self.string)

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


def declared_encoding(body: bytes) -> str | None:
    """Find the coding cookie in the first two lines of a file without byte order mark, as PEP 263 has it."""
    head = FIRST_LINES.match(body)
    if head is None or b"coding" not in head.group():
        return None
    for line in re.split(rb"\r\n|\r|\n", head.group()):
        match = COOKIE.match(line)
        if match:
            return _without_newlines(match.group(1).decode("ascii"))
        if not BLANK.match(line):
            return None
    return None


def _without_newlines(encoding: str) -> str:
    """Give ``utf-8`` for ``utf-8-unix``."""
    try:
        codecs.lookup(encoding)
    except LookupError:
        name = encoding.lower().replace("_", "-") + "-"
        return next((plain for start, plain in WITH_NEWLINES.items() if name.startswith(start)), encoding)
    return encoding


def _check_characters(string: str, encoding: str) -> None:
    """Raise `NotText` for characters that some encodings know and source cannot have."""
    if "\0" in string:
        raise NotText(NUL)
    try:
        string.encode()
    except UnicodeEncodeError:
        raise NotText(f"it is no text in {encoding}: it holds halves of characters") from None


def is_python(raw: bytes) -> bool:
    """Tell whether the running Python can parse ``raw``, found out without importing anything."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(raw, "<file>", "exec", ONLY_AST, dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
