"""Which rows a comment is about, by where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ssot_lint.source.comments import Comment, LogicalLine

_CLOSING = frozenset(")]},:;")


def covered_rows(comment: Comment, lines: Sequence[LogicalLine]) -> range:
    """The rows that a directive in ``comment`` covers; ``lines`` are those of the file."""
    after = bisect_right(lines, comment.row, key=lambda line: line.first)
    around = lines[after - 1] if after and lines[after - 1].last >= comment.row else None
    if not comment.alone:
        return _rows_beside(comment.row, around)
    if around is not None:
        return next((range(row, row + 1) for row, _ in around.tokens if row > comment.row), range(0))
    return _rows_of_statement(lines[after:])


def _rows_beside(row: int, line: LogicalLine | None) -> range:
    if line is not None:
        opens_import = row == line.first and _is_import(line)
        only_closes = row == line.last and all(text in _CLOSING for start, text in line.tokens if start == row)
        if opens_import or only_closes:
            return range(line.first, line.last + 1)
    return range(row, row + 1)


def _rows_of_statement(lines: Sequence[LogicalLine]) -> range:
    """The rows of the first of ``lines``; decorators go with what they decorate."""
    for line in lines:
        if line.tokens[0][1] != "@":
            return range(lines[0].first, line.last + 1)
    return range(0)


def _is_import(line: LogicalLine) -> bool:
    words = [text for _, text in line.tokens[:2] if text != "lazy"]
    return words[:1] in (["from"], ["import"])
