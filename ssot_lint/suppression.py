"""Violations that a comment sets aside, and what is wrong with such comments.

::

    manager = Manager()  # ssot: ignore[WS201] the console has one user
    # ssot: ignore[WS101, WS102] until=2027-01-31 the reporting team moves in January
    # ssot: file-ignore[WS101] this is the shim
    from old import Name  # noqa: WS101

At the end of a line a directive covers the violations that start in that line; at the end of the first line of an
import statement, or of a line that only closes the brackets of a statement, it covers the statement. On a line of its
own it covers the statement below: decorators and header of a ``def`` or ``class``, never a body; within brackets, the
line below. ``noqa`` means the same, but only for the rules of the packs: the codes of other tools are theirs.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ssot_lint.globs import nearest
from ssot_lint.model import FILE_START, Position, Range, Violation
from ssot_lint.own_rules import (
    EXPIRED_SUPPRESSION,
    MISSING_REASON,
    NOT_PYTHON,
    OWN_RULES,
    RULE_CRASHED,
    UNKNOWN_RULE,
    UNREADABLE,
    UNUSED_SUPPRESSION,
)
from ssot_lint.source.comments import Comment, LogicalLine, comments_and_lines

if TYPE_CHECKING:
    from datetime import date

_MARKS = (b"ssot:", b"noqa:", b"NOQA:", b"NoQA:")
_START = re.compile(r"#[ \t]*(?P<mark>ssot|noqa|NOQA|NoQA):")
_PIECE = re.compile(rf"{_START.pattern}(?:(?!{_START.pattern.replace('?P<mark>', '?:')}).)*")
_FORM = re.compile(r"\s*(?P<form>ignore|file-ignore)\s*\[(?P<codes>[^]]*)\](?P<rest>.*)")
_LOOKS_MEANT = re.compile(r"\s*(?:(?:file-)?ignore\b|[\w-]+\s*\[\s*[A-Za-z]+[0-9]+\s*[],])")
_NOQA_CODES = re.compile(r"(?P<codes>\s*[A-Za-z]+[0-9]+\b(?:[\s,]+[A-Za-z]+[0-9]+\b)*)(?P<rest>.*)")
_SEPARATORS = re.compile(r"[\s,]+")
_UNTIL = re.compile(r"\s*until=(?P<date>[^\s,;:]*)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NEXT_COMMENT = re.compile(r"\s#(?!\d)")
_CLOSING = frozenset(")]},:;")
_HALF_CHECKED = frozenset({NOT_PYTHON.code, UNREADABLE.code, RULE_CRASHED.code})
_EVERY_ROW = range(1, sys.maxsize)


@dataclass(frozen=True)
class Directive:
    """One suppression: where it stands, which rules it names, which rows it covers, until when and why.

    ``problem`` says why it cannot be understood; it then names no rule.
    """

    codes: tuple[str, ...] = ()
    whole_file: bool = False
    until: date | None = None
    reason: str = ""
    problem: str | None = None
    place: Range = FILE_START
    rows: range = range(0)

    def covers(self, violation: Violation) -> bool:
        """Whether ``violation`` is of a rule named here and starts in a row covered."""
        return violation.code in self.codes and violation.range.start.row in self.rows

    def expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and self.until < today


def may_suppress(raw: bytes) -> bool:
    """Whether a file of these bytes may hold a directive: ``False`` is certain and costs next to nothing."""
    return any(mark in raw for mark in _MARKS)


def apply(
    violations: Iterable[Violation],
    path: str,
    text: str,
    *,
    known: AbstractSet[str],
    active: AbstractSet[str],
    today: date,
    require_reason: bool = False,
) -> tuple[tuple[Violation, ...], tuple[Violation, ...]]:
    """Part the ``violations`` of the file ``path`` into those that remain and those a comment in ``text`` sets aside.

    Added to those that remain is what is wrong with the comments. ``known`` are the ids of the rules of all packs;
    ``active`` are those that this file was checked for, so that a suppression without effect is known to be unused,
    unless the file could not be checked as a whole.
    """
    found = directives(text, known)
    if not found:
        return tuple(violations), ()
    parted = _Parted(tuple(directive for directive in found if not directive.expired(today)))
    parted.add(violations)
    for directive in found:
        parted.add(_problems(directive, path, known, today, require_reason))
    # Last, for a suppression may be used by one of the problems; nobody could judge one of SL003 itself.
    if not any(violation.code in _HALF_CHECKED for violation in [*parted.remaining, *parted.suppressed]):
        judged = (active | OWN_RULES.keys()) - {UNUSED_SUPPRESSION.code}
        parted.add([violation for directive in parted.live for violation in parted.unused(directive, path, judged)])
    return tuple(parted.remaining), tuple(parted.suppressed)


def directives(text: str, known: AbstractSet[str]) -> tuple[Directive, ...]:
    """The directives in the comments of ``text``, also those that cannot be understood, in the order of the text.

    Of a ``noqa`` only the codes in ``known`` count.
    """
    if not any(_parse(match.group(), known) for match in _PIECE.finditer(text)):
        return ()
    comments, lines = comments_and_lines(text)
    return tuple(directive for comment in comments for directive in _of_comment(comment, lines, known))


def _of_comment(comment: Comment, lines: Sequence[LogicalLine], known: AbstractSet[str]) -> Iterator[Directive]:
    for match in _PIECE.finditer(comment.text):
        directive = _parse(match.group(), known)
        if directive is not None:
            start = comment.column + match.start()
            end = start + len(match.group().rstrip())
            place = Range(Position(comment.row, start), Position(comment.row, end))
            rows = _EVERY_ROW if directive.whole_file else _rows(comment, lines)
            yield replace(directive, place=place, rows=rows)


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
    return _explained(Directive(codes, whole_file=form["form"] == "file-ignore"), form["rest"])


def _noqa(body: str, known: AbstractSet[str]) -> Directive | None:
    match = _NOQA_CODES.match(body)
    codes = tuple(code for code in _listed(match["codes"]) if code in known) if match else ()
    return Directive(codes, reason=_reason(match["rest"])) if match and codes else None


def _listed(codes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in _SEPARATORS.split(codes) if code))


def _explained(directive: Directive, rest: str) -> Directive:
    """``directive`` with the date and the reason that ``rest`` gives."""
    until = _UNTIL.match(rest)
    if until is None:
        if _UNTIL.search(rest):
            return Directive(problem="has its `until=` after the reason; it stands before the reason")
        return replace(directive, reason=_reason(rest))
    day = _date(until["date"])
    if day is None:
        return Directive(problem=f"has no date in `until={until['date']}`; write `until=YYYY-MM-DD`")
    return replace(directive, until=day, reason=_reason(rest[until.end() :]))


def _reason(rest: str) -> str:
    return _NEXT_COMMENT.split(rest, maxsplit=1)[0].strip(" \t,;:.-–—")


def _date(word: str) -> date | None:
    from datetime import date

    # Newer Pythons read other forms, too, and a suppression must mean the same on all of them.
    try:
        return date.fromisoformat(word) if _DATE.fullmatch(word) else None
    except ValueError:
        return None


def _rows(comment: Comment, lines: Sequence[LogicalLine]) -> range:
    """The rows that a directive in ``comment`` covers."""
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


def _problems(
    directive: Directive, path: str, known: AbstractSet[str], today: date, require_reason: bool
) -> Iterator[Violation]:
    """What is wrong with ``directive`` itself, whatever the violations."""
    place, named = directive.place, ", ".join(directive.codes)
    if directive.problem is not None:
        yield UNKNOWN_RULE.violation(path, f"this suppression {directive.problem}", place)
        return
    for code in directive.codes:
        if code not in known and code not in OWN_RULES:
            near = nearest(code, known | OWN_RULES.keys())
            hint = f"; did you mean {near!r}?" if near else ""
            yield UNKNOWN_RULE.violation(path, f"this suppression names {code!r}, which is no rule here{hint}", place)
    if directive.expired(today):
        message = f"this suppression of {named} expired on {directive.until}; mend what it hid, or give it a new date"
        yield EXPIRED_SUPPRESSION.violation(path, message, place)
    if require_reason and not directive.reason:
        yield MISSING_REASON.violation(path, f"this suppression of {named} does not say why", place)


@dataclass
class _Parted:
    """Violations parted by the ``live`` directives, and which of these had an effect."""

    live: tuple[Directive, ...]
    remaining: list[Violation] = field(default_factory=list)
    suppressed: list[Violation] = field(default_factory=list)
    used: set[tuple[Directive, str]] = field(default_factory=set)

    def add(self, violations: Iterable[Violation]) -> None:
        """Part ``violations``, too."""
        for violation in violations:
            covering = [directive for directive in self.live if directive.covers(violation)]
            self.used.update((directive, violation.code) for directive in covering)
            (self.suppressed if covering else self.remaining).append(violation)

    def unused(self, directive: Directive, path: str, judged: AbstractSet[str]) -> Iterator[Violation]:
        """A violation for each code of ``directive`` among ``judged`` that had no effect so far."""
        for code in directive.codes:
            if code in judged and (directive, code) not in self.used:
                message = f"this suppression of {code} is unused: the rule is not broken where it stands"
                yield UNUSED_SUPPRESSION.violation(path, message, directive.place)
