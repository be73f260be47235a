"""Pieces of a file as LibCST parses them, and where in the file each of their nodes stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from ssot_lint.source.nesting import is_too_deep
from ssot_lint.source.text import Bytes, Text

if TYPE_CHECKING:
    import libcst as cst
    from libcst.metadata import CodeSpan

LONGEST = 500_000
"""Characters that LibCST may get at a time: it takes seconds, and a thousand times their room, for that many."""
LONE_RETURN = re.compile(r"\r(?!\n)")
LEADING_FORM_FEEDS = re.compile(r"[ \t\f]*\f")
FORM_FEED = re.compile(r"(\r\n|\r|\n)([ \t\f]*\f)")
NO_CODE = re.compile(
    r"lpar|rpar|comma|semicolon|equal|dot|colon|star|ampersand|operators?_none|header|footer|leading_lines"
    r"|lines_after_decorators|lbracket|rbracket|lbrace|rbrace|indent|.*whitespace.*"
)
"""Fields of LibCST nodes that hold punctuation and white space, never code."""


class Unreadable(Exception):
    """LibCST cannot parse a piece of a file, or does not give the same text back."""


@dataclass(frozen=True)
class Piece:
    """Text of a file from offset ``start``, made a module of its own by ``prefix`` and ``suffix``."""

    start: int
    end: int
    prefix: str = ""
    suffix: str = ""


class Tree:
    """A parsed piece: its root node and the span of every node in it, in offsets of the file."""

    def __init__(self, text: Text, piece: Piece) -> None:
        """Parse ``piece`` of ``text``; raises `Unreadable`."""
        source = f"{piece.prefix}{text.string[piece.start : piece.end]}{piece.suffix}"
        if len(source) > LONGEST:
            raise Unreadable(f"a statement of {len(source)} characters is too long")
        if is_too_deep(source):
            raise Unreadable("this statement is nested too deeply")
        self.module, self._spans = _parsed(_without_oddities(source))
        self._shift = piece.start - len(piece.prefix)
        self._bytes = Bytes(source)

    def nodes(self) -> Iterator[cst.CSTNode]:
        """Give every node of code, an outer one before those in it."""
        stack: list[cst.CSTNode] = [self.module]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(list(_children(node))))

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Give the offsets of the start and the end of ``node`` in the file."""
        start, end = self.byte_span(node)
        return self._bytes.offset(start) + self._shift, self._bytes.offset(end) + self._shift

    def byte_span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Give the bytes, in UTF-8, at which ``node`` starts and ends in its piece."""
        span = self._spans[node]
        return span.start, span.start + span.length


def _parsed(source: str) -> tuple[cst.Module, Mapping[cst.CSTNode, CodeSpan]]:
    import libcst as cst
    from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper

    try:
        module = cst.parse_module(source)
        if module.code != source:
            raise Unreadable("LibCST does not give this statement back as it was")
        return module, MetadataWrapper(module, unsafe_skip_copy=True).resolve(ByteSpanPositionProvider)
    except RecursionError:
        raise Unreadable("this statement is nested too deeply") from None
    except (cst.ParserSyntaxError, cst.CSTLogicError, cst.CSTValidationError, ValueError) as error:
        raise Unreadable("LibCST cannot parse this statement") from error


def _without_oddities(source: str) -> str:
    """Write what LibCST does not give back as it was in another way, every word at its place.

    That is the carriage return as newline, and the form feed before the first word of a line: it starts the columns
    anew, so it and what is before it goes to the end of the line above.
    """
    if "\r" in source:
        source = LONE_RETURN.sub("\n", source)
    if "\f" in source:
        source = FORM_FEED.sub(lambda match: " " * len(match[2]) + match[1], source).replace("\f", " ")
    return source


def _children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for name in _code_fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, (list, tuple)):
            yield from value
        elif hasattr(value, "children"):
            yield value


@cache
def _code_fields(node_type: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(node_type) if not NO_CODE.fullmatch(field.name))


def whole_module(text: Text) -> Piece:
    """Give the one piece that is the whole file, but for form feeds before all else."""
    first = LEADING_FORM_FEEDS.match(text.string)
    return Piece(first.end() if first else 0, len(text.string))
