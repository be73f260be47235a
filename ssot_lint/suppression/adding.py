"""Directives written for violations that are to stay, in places where they mean those and change nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ssot_lint.model import FILE_START, Violation
from ssot_lint.source.comments import comments_and_lines
from ssot_lint.source.scan import parse
from ssot_lint.source.text import Text
from ssot_lint.suppression.directives import directives


@dataclass(frozen=True)
class Insertion:
    """A ``comment`` to insert at an ``offset`` of a text, for rules with these ``codes``; ``rows`` are what it adds."""

    offset: int
    comment: str
    codes: tuple[str, ...]
    rows: int = 0


def insertions(
    text: Text, violations: Iterable[Violation], reason: str, known: AbstractSet[str]
) -> tuple[Insertion, ...] | None:
    """Give what to insert into ``text`` so that all ``violations`` in it are suppressed, in its order.

    ``None`` if there is no way that is certain to do that and nothing else; ``known`` are the ids of all rules.
    """
    violations = list(violations)
    found = sorted(_Places(text).insertions(violations, " ".join(reason.split())), key=lambda one: one.offset)
    after = inserted(text.string, found)
    if not _means_the_same(text.string, after) or not _all_covered(text, violations, found, after, known):
        return None
    return tuple(found)


def inserted(string: str, found: Iterable[Insertion]) -> str:
    """Give ``string`` with what was ``found`` inserted."""
    parts: list[str] = []
    place = 0
    for insertion in found:
        parts += [string[place : insertion.offset], insertion.comment]
        place = insertion.offset
    return "".join([*parts, string[place:]])


class _Places:
    """Where comments can stand in one text."""

    def __init__(self, text: Text) -> None:
        self._text = text
        comments, self._lines = comments_and_lines(text.string)
        self._rows_with_comments = {comment.row for comment in comments}

    def insertions(self, violations: Sequence[Violation], reason: str) -> Iterator[Insertion]:
        """Give an insertion for each row of ``violations``, and one for those of the file as a whole."""
        by_row: dict[int, set[str]] = {}
        for violation in violations:
            row = 0 if violation.range == FILE_START else violation.range.start.row
            by_row.setdefault(row, set()).add(violation.code)
        for row, codes in by_row.items():
            listed = tuple(sorted(codes))
            form = "ignore" if row else "file-ignore"
            comment = f"# ssot: {form}[{', '.join(listed)}] {reason}".rstrip()
            if not row:
                yield self._line(self._below_the_head(), "", comment, listed)
            elif self._ends_open(row):
                yield self._above(row, comment, listed)
            else:
                yield self._beside(row, comment, listed)

    def _beside(self, row: int, comment: str, codes: tuple[str, ...]) -> Insertion:
        start = self._text.line_starts[row - 1]
        line = self._text.string[start : self._text.line_end(start)]
        return Insertion(start + len(line.rstrip()), f"  {comment}", codes)

    def _above(self, row: int, comment: str, codes: tuple[str, ...]) -> Insertion:
        first = next((line.first for line in self._lines if line.first <= row <= line.last), row)
        return self._line(first, self._text.indentation(self._text.line_starts[first - 1]), comment, codes)

    def _line(self, row: int, indentation: str, comment: str, codes: tuple[str, ...]) -> Insertion:
        """Make a line of its own before ``row``."""
        starts, newline = self._text.line_starts, self._text.newline
        if row > len(starts):
            return Insertion(len(self._text.string), f"{newline}{comment}", codes, 1)
        return Insertion(starts[row - 1], f"{indentation}{comment}{newline}", codes, 1)

    def _below_the_head(self) -> int:
        """Give the first row below the comments with which the file begins: one may tell its encoding."""
        row = 1
        while row in self._rows_with_comments and not any(line.first <= row <= line.last for line in self._lines):
            row += 1
        return row

    def _ends_open(self, row: int) -> bool:
        """Whether a row ends within a string, or goes on after a backslash: there is no place for a comment."""
        start = self._text.line_starts[row - 1]
        line = self._text.string[start : self._text.line_end(start)]
        if line.endswith("\\") and row not in self._rows_with_comments:
            return True
        around = [line for line in self._lines if line.first <= row <= line.last]
        return any(first <= row < first + text.count("\n") for line in around for first, text in line.tokens)


def _means_the_same(before: str, after: str) -> bool:
    """Whether two texts differ in comments and layout only; of newer grammar than this Python's it is not known."""
    try:
        tree = parse(before)
    except SyntaxError:
        return True
    try:
        return ast.dump(tree) == ast.dump(parse(after))
    except SyntaxError:
        return False


def _all_covered(
    text: Text, violations: Sequence[Violation], found: Sequence[Insertion], after: str, known: AbstractSet[str]
) -> bool:
    covering = [(directive.codes, directive.rows) for directive in directives(after, known)]
    above = [(text.row(insertion.offset), insertion.rows) for insertion in found]
    for violation in violations:
        row = violation.range.start.row
        row += sum(rows for before, rows in above if before <= row)
        if not any(violation.code in codes and row in covered for codes, covered in covering):
            return False
    return True
