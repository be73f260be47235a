"""The comments of a file and the logical lines they stand in or above.

The standard library's tokenizer has another answer on every Python for newer grammar, and none for broken text. Finding
comments takes no grammar, only strings, brackets and newlines; so they are read here, the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ssot_lint.source.text import NEWLINE

_LEXEME = re.compile(
    r"""
      (?P<comment> \#[^\n]* )
    | (?P<string>  '''[^\\]*?(?:\\.[^\\]*?)*?''' | \"""[^\\]*?(?:\\.[^\\]*?)*?\"""
                 | '(?:\\.|[^'\\\n])*' | "(?:\\.|[^"\\\n])*" )
    | (?P<newline> \n )
    | (?P<joined>  \\\n )
    | (?P<other>   \w+ | \S )
    """,
    re.DOTALL | re.VERBOSE,
)
_NESTING = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_NEVER_IN_BRACKETS = frozenset(
    {"assert", "class", "def", "del", "except", "finally", "from", "global", "import", "nonlocal", "pass", "raise"}
    | {"return", "try", "while", "with"}
)


@dataclass(frozen=True)
class Comment:
    """A comment; ``column`` is that of its ``#``. ``alone`` says that its line holds nothing else."""

    row: int
    column: int
    text: str
    alone: bool


@dataclass(frozen=True)
class LogicalLine:
    """What Python reads as one line, such as a simple statement or the header of a compound one.

    ``tokens`` holds, for each token but comments, the row in which it starts and its text.
    """

    first: int
    last: int
    tokens: tuple[tuple[int, str], ...]


def comments_and_lines(text: str) -> tuple[tuple[Comment, ...], tuple[LogicalLine, ...]]:
    """Give the comments and the logical lines of ``text``, each in their order; broken text has some, too."""
    lexemes = tuple(_lexemes(NEWLINE.sub("\n", text)))
    comments = tuple(
        Comment(lexeme.row, lexeme.column, lexeme.text, lexeme.leads) for lexeme in lexemes if lexeme.kind == "comment"
    )
    return comments, tuple(
        _logical_lines(lexeme for lexeme in lexemes if lexeme.kind in ("string", "newline", "other"))
    )


class _Lexeme(NamedTuple):
    """``leads`` says that nothing stands before it in its row."""

    kind: str | None
    text: str
    row: int
    column: int
    leads: bool

    @property
    def last_row(self) -> int:
        return self.row + self.text.count("\n")


def _lexemes(text: str) -> Iterator[_Lexeme]:
    row, line_start, leads = 1, 0, True
    for match in _LEXEME.finditer(text):
        string = match.group()
        yield _Lexeme(match.lastgroup, string, row, match.start() - line_start + 1, leads)
        leads = string in ("\n", "\\\n")
        if "\n" in string:
            row += string.count("\n")
            line_start = match.start() + string.rindex("\n") + 1


def _logical_lines(lexemes: Iterable[_Lexeme]) -> Iterator[LogicalLine]:
    tokens: list[_Lexeme] = []
    depth = 0
    for lexeme in lexemes:
        if lexeme.kind == "newline":
            if tokens and not depth:
                yield _line(tokens)
                tokens = []
            continue
        # A bracket that is never closed must not make one line of the rest of a broken file.
        if depth and lexeme.leads and lexeme.text in _NEVER_IN_BRACKETS:
            yield _line(tokens)
            tokens, depth = [], 0
        tokens.append(lexeme)
        depth = max(0, depth + _NESTING.get(lexeme.text, 0))
    if tokens:
        yield _line(tokens)


def _line(tokens: list[_Lexeme]) -> LogicalLine:
    return LogicalLine(tokens[0].row, tokens[-1].last_row, tuple((token.row, token.text) for token in tokens))
