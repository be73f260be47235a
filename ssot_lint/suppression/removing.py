"""Suppressions that nobody needs taken out of their comments, and nothing else."""

from __future__ import annotations

import re

from ssot_lint.model import Edit, Range
from ssot_lint.source.text import Text
from ssot_lint.suppression.directives import Directive, codes_span

_CODE = re.compile(r"[^\s,]+")
_SPACE = " \t\f"


def without(directive: Directive, code: str, string: str) -> tuple[Edit, ...]:
    """Give the edits of ``string`` that take ``code`` from ``directive``, and the whole if it names no other."""
    text = Text(string)
    places = [directive.place] if directive.closing is None else [directive.place, directive.closing]
    return tuple(_without(place, code, text) for place in places)


def _without(place: Range, code: str, text: Text) -> Edit:
    start, end = text.offset(place.start), text.offset(place.end)
    within = _code_span(text.string[start:end], code)
    if within is not None:
        return Edit(text.range(start + within[0], start + within[1]), "")
    return Edit(text.range(*_piece_span(text, start, end)), "")


def _code_span(piece: str, code: str) -> tuple[int, int] | None:
    """Give where ``code`` and one separator stand in a directive; ``None`` if it is the only one."""
    first, last = codes_span(piece)
    listed = list(_CODE.finditer(piece, first, last))
    if len(listed) == 1:
        return None
    index = next(index for index, match in enumerate(listed) if match.group() == code)
    if index:
        return listed[index - 1].end(), listed[index].end()
    return listed[0].start(), listed[1].start()


def _piece_span(text: Text, start: int, end: int) -> tuple[int, int]:
    """Give what goes with the directive between two offsets: white space, and a line of which it is all."""
    line_start, line_end = text.line_start(start), text.line_end(start)
    before, after = text.string[line_start:start], text.string[end:line_end]
    if after.strip(_SPACE):
        return start, end + len(after) - len(after.lstrip(_SPACE))
    if before.strip(_SPACE):
        return line_start + len(before.rstrip(_SPACE)), line_end
    row = text.row(start)
    if row < len(text.line_starts):
        return line_start, text.line_starts[row]
    return line_start, line_end
