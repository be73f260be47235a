"""The code frame: the lines of a range with a caret under each of its characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.model import Range
from ssot_lint.reporting.paint import Paint, visible
from ssot_lint.source.text import Text

CONTEXT = 2
"""How many lines to show before and after the range."""

MOST_ROWS = 5
"""How many lines of a long range to show."""

MOST_COLUMNS = 120
"""How many characters of a long line to show."""

LEAD = 20
"""How many of them before the range."""

TAB = 4

CLIPPED = "…"


def frame(text: Text, place: Range, paint: Paint) -> Iterator[str]:
    """Yield the lines of the frame for ``place`` in ``text``; none if the text does not reach that far."""
    last = last_row(place)
    if not text.string or last > len(text.line_starts):
        return
    shown_last = min(last, place.start.row + MOST_ROWS - 1)
    after = last + CONTEXT if shown_last == last else shown_last
    rows = _trim(text, range(max(1, place.start.row - CONTEXT), min(len(text.line_starts), after) + 1), place)
    margin = margin_width(text, place)
    empty = paint.blue(" " * margin + " |")
    yield empty
    for row in rows:
        line = _line(text, row)
        number = paint.blue(f"{row:>{margin}} |")
        if place.start.row <= row <= shown_last:
            shown, carets = _underlined(line, *_columns(line, row, place))
            yield f"{number} {shown}".rstrip()
            yield f"{empty} {paint.red(carets)}"
        else:
            yield f"{number} {_shown(line, 0).string}".rstrip()
    if shown_last < last:
        yield paint.blue("...")
    yield empty


def margin_width(text: Text, place: Range) -> int:
    """How wide the row numbers are in the frame for ``place``."""
    return len(str(min(len(text.line_starts), last_row(place) + CONTEXT)))


def last_row(place: Range) -> int:
    """The last row of which ``place`` has a character."""
    ends_before = place.end.column == 1 and place.end.row > place.start.row
    return place.end.row - 1 if ends_before else place.end.row


def _line(text: Text, row: int) -> str:
    start = text.line_starts[row - 1]
    return text.string[start : text.line_end(start)]


def _trim(text: Text, rows: range, place: Range) -> range:
    """Leave out blank lines at the edges of the context."""
    first, last = rows.start, rows.stop - 1
    while first < place.start.row and not _line(text, first).strip():
        first += 1
    while last > last_row(place) and not _line(text, last).strip():
        last -= 1
    return range(first, last + 1)


def _columns(line: str, row: int, place: Range) -> tuple[int, int]:
    """Give the offsets in ``line`` between which it belongs to ``place``; white space before its first does not."""
    start = place.start.column - 1 if row == place.start.row else len(line) - len(line.lstrip())
    end = place.end.column - 1 if row == place.end.row else len(line)
    return start, max(start, min(end, len(line)))


def _underlined(line: str, start: int, end: int) -> tuple[str, str]:
    """Give ``line`` as it is shown, and the carets for what is between the offsets, at least one."""
    row = _shown(line, start)
    left, right = row.column(start), row.column(end)
    return row.string, " " * left + "^" * max(1, right - left)


@dataclass(frozen=True)
class _Shown:
    """A line as it is shown: from offset ``first`` on, each character, and at last the end, at one of ``columns``."""

    string: str
    first: int
    columns: tuple[int, ...]

    def column(self, offset: int) -> int:
        """Where on the terminal the character at ``offset`` of the line stands."""
        return self.columns[max(0, min(offset - self.first, len(self.columns) - 1))]


def _shown(line: str, near: int) -> _Shown:
    """Lay out ``line``, or of a long one the part around offset ``near``."""
    first = max(0, min(near - LEAD, len(line) - MOST_COLUMNS))
    end = first + MOST_COLUMNS
    string = CLIPPED if first else ""
    columns = [len(string)]
    for character in line[first:end]:
        cell, width = _cell(character, columns[-1])
        string += cell
        columns.append(columns[-1] + width)
    return _Shown(string + (CLIPPED if end < len(line) else ""), first, tuple(columns))


def _cell(character: str, column: int) -> tuple[str, int]:
    """Give what to show for ``character`` at ``column`` of a terminal, and how many columns it takes."""
    if character == "\t":
        width = TAB - column % TAB
        return " " * width, width
    cell = visible(character)
    if cell.isascii():
        return cell, 1
    if unicodedata.category(cell) in ("Mn", "Me", "Cf"):
        return cell, 0
    return cell, 2 if unicodedata.east_asian_width(cell) in "WF" else 1
