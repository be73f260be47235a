"""Directives: what comments say of violations, and which rows that is for."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssot_lint.model import FILE_START, Position, Range, Violation
from ssot_lint.source.comments import Comment, LogicalLine, comments_and_lines
from ssot_lint.suppression.rows import covered_rows

if TYPE_CHECKING:
    from datetime import date

_MARKS = (b"ssot:", b"noqa:", b"NOQA:", b"NoQA:")
_START = re.compile(r"#[ \t]*(?P<mark>ssot|noqa|NOQA|NoQA):")
_PIECE = re.compile(rf"{_START.pattern}(?:(?!{_START.pattern.replace('?P<mark>', '?:')}).)*")
_FORM = re.compile(r"\s*(?P<form>ignore|file-ignore|disable|enable)\s*\[(?P<codes>[^]]*)\](?P<rest>.*)")
_LOOKS_MEANT = re.compile(r"\s*(?:(?:(?:file-)?ignore|disable|enable)\b|[\w-]+\s*\[\s*[A-Za-z]+[0-9]+\s*[],])")
_NOQA_CODES = re.compile(r"(?P<codes>\s*[A-Za-z]+[0-9]+\b(?:[\s,]+[A-Za-z]+[0-9]+\b)*)(?P<rest>.*)")
_SEPARATORS = re.compile(r"[\s,]+")
_TERM = re.compile(r"[\s,;:]*(?:until=(?P<until>[^\s,;:]*)|owner=(?P<owner>[^\s,;]*))")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NEXT_COMMENT = re.compile(r"\s#(?!\d)")
_EVERY_ROW = range(1, sys.maxsize)


@dataclass(frozen=True)
class Directive:
    """One suppression: where it stands, which rules it names, which rows it covers, on which terms and why.

    ``problem`` says why it cannot be understood; it then names no rule. ``closing`` is where the end of a range stands.
    """

    codes: tuple[str, ...] = ()
    form: str = "ignore"
    until: date | None = None
    owner: str = ""
    reason: str = ""
    problem: str | None = None
    place: Range = FILE_START
    rows: range = range(0)
    closing: Range | None = None

    def covers(self, violation: Violation) -> bool:
        """Whether ``violation`` is of a rule named here and starts in a row covered."""
        return violation.code in self.codes and violation.range.start.row in self.rows

    def expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and self.until < today


def may_suppress(raw: bytes) -> bool:
    """Whether a file of these bytes may hold a directive: ``False`` is certain and costs next to nothing."""
    return any(mark in raw for mark in _MARKS)


def directives(text: str, known: AbstractSet[str]) -> tuple[Directive, ...]:
    """The directives in the comments of ``text``, also those that cannot be understood, in the order of the text.

    Of a ``noqa`` only the codes in ``known`` count.
    """
    if not any(_parse(match.group(), known) for match in _PIECE.finditer(text)):
        return ()
    comments, lines = comments_and_lines(text)
    return tuple(_with_ranges([d for comment in comments for d in _of_comment(comment, lines, known)]))


def pieces(comment: str) -> Iterator[tuple[int, str]]:
    """Give the parts of a comment that may be directives, each with its offset."""
    for match in _PIECE.finditer(comment):
        piece = match.group().rstrip()
        other = _NEXT_COMMENT.search(piece, 1)
        yield match.start(), piece[: other.start()].rstrip() if other else piece


def _of_comment(comment: Comment, lines: Sequence[LogicalLine], known: AbstractSet[str]) -> Iterator[Directive]:
    for offset, piece in pieces(comment.text):
        directive = _parse(piece, known)
        if directive is not None:
            start = comment.column + offset
            place = Range(Position(comment.row, start), Position(comment.row, start + len(piece)))
            yield _placed(replace(directive, place=place), comment, lines)


def _placed(directive: Directive, comment: Comment, lines: Sequence[LogicalLine]) -> Directive:
    if directive.form in ("disable", "enable"):
        if comment.alone or directive.problem:
            return directive
        return replace(directive, codes=(), problem="begins or ends a range, and so needs a line of its own")
    rows = _EVERY_ROW if directive.form == "file-ignore" else covered_rows(comment, lines)
    return replace(directive, rows=rows)


def _with_ranges(found: Iterable[Directive]) -> Iterator[Directive]:
    """Give what was found with the rows of each range; an end that has a beginning is part of that."""
    found = list(found)
    ends: dict[int, Directive] = {}
    waiting: list[int] = []
    for index, directive in enumerate(found):
        if directive.form == "disable" and directive.codes:
            waiting.append(index)
        elif directive.form == "enable" and directive.codes:
            begin = next((i for i in reversed(waiting) if _are_a_pair(found[i], directive)), None)
            if begin is not None:
                waiting.remove(begin)
                ends[begin] = directive
    closed = {id(end) for end in ends.values()}
    for index, directive in enumerate(found):
        if index in ends:
            place = ends[index].place
            yield replace(directive, rows=range(directive.place.start.row, place.start.row), closing=place)
        elif id(directive) not in closed:
            yield _unmatched(directive) if directive.form in ("disable", "enable") and directive.codes else directive


def _are_a_pair(begin: Directive, end: Directive) -> bool:
    return set(begin.codes) == set(end.codes) and begin.place.start.column == end.place.start.column


def _unmatched(directive: Directive) -> Directive:
    named = ", ".join(directive.codes)
    if directive.form == "enable":
        problem = f"ends a range that no `# ssot: disable[{named}]` with the same indentation begins"
    else:
        problem = f"begins a range that no `# ssot: enable[{named}]` with the same indentation ends"
    return Directive(form=directive.form, problem=problem, place=directive.place)


def _parse(piece: str, known: AbstractSet[str]) -> Directive | None:
    """The directive that ``piece``, a comment from its ``#``, begins with; ``None`` if it is meant for others."""
    start = _START.match(piece)
    if start is None:
        return None
    body = piece[start.end() :]
    if start["mark"] != "ssot":
        return _noqa(body, known)
    form = _FORM.match(body)
    if form is None:
        if _LOOKS_MEANT.match(body) is None:
            return None
        return Directive(
            problem="is not understood; write `# ssot: ignore[ID] reason` or `# ssot: file-ignore[ID] reason`"
        )
    codes = _listed(form["codes"])
    if not codes:
        return Directive(problem="names no rule; list the rules it is for, as in `ignore[WS101]`")
    return _explained(Directive(codes, form["form"]), form["rest"])


def _noqa(body: str, known: AbstractSet[str]) -> Directive | None:
    match = _NOQA_CODES.match(body)
    codes = tuple(code for code in _listed(match["codes"]) if code in known) if match else ()
    return Directive(codes, reason=_reason(match["rest"])) if match and codes else None


def codes_span(piece: str) -> tuple[int, int]:
    """Give where the codes stand in ``piece``, which is a directive."""
    start = _START.match(piece)
    assert start is not None, "a directive begins so"
    pattern = _FORM if start["mark"] == "ssot" else _NOQA_CODES
    listed = pattern.match(piece, start.end())
    assert listed is not None, "a directive lists codes"
    return listed.span("codes")


def _listed(codes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in _SEPARATORS.split(codes) if code))


def _explained(directive: Directive, rest: str) -> Directive:
    """``directive`` with the terms and the reason that ``rest`` gives."""
    while term := _TERM.match(rest):
        rest = rest[term.end() :]
        if term["owner"] is not None:
            directive = replace(directive, owner=term["owner"])
            continue
        day = _date(term["until"])
        if day is None:
            return Directive(problem=f"has no date in `until={term['until']}`; write `until=YYYY-MM-DD`")
        directive = replace(directive, until=day)
    if "until=" in rest:
        return Directive(problem="has its `until=` after the reason; it stands before the reason")
    return replace(directive, reason=_reason(rest))


def _reason(rest: str) -> str:
    return rest.strip(" \t,;:.-–—")


def _date(word: str) -> date | None:
    from datetime import date

    # Newer Pythons read other forms, too, and a suppression must mean the same on all of them.
    try:
        return date.fromisoformat(word) if _DATE.fullmatch(word) else None
    except ValueError:
        return None
