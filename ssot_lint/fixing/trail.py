"""What fixing leaves behind: each place that it changed, in bytes, with the rules that wanted it.

Steps build upon one another; here they are one change of the first text, of which parts can be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.fixing.apply import Change, changes_of
from ssot_lint.fixing.rewrite import Step
from ssot_lint.model import Hunk
from ssot_lint.source.text import BOM, Text

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class _Piece:
    """Part of a text: from ``start`` up to ``end`` of the first text, as it was or, if not, ``content``."""

    start: int
    end: int
    content: str | None = None
    codes: frozenset[str] = frozenset()

    @property
    def length(self) -> int:
        return self.end - self.start if self.content is None else len(self.content)


def hunks(steps: Sequence[Step]) -> tuple[Hunk, ...]:
    """Give what ``steps`` change of the first text, in its order."""
    if not steps:
        return ()
    text = steps[0].before.text
    pieces = [_Piece(0, len(text.string))]
    for step in steps:
        for change, codes in reversed(list(_changes(step, pieces, text))):
            pieces = list(_changed(pieces, change, codes, text))
    return tuple(_in_bytes(pieces, text))


def _changes(step: Step, pieces: Sequence[_Piece], text: Text) -> Iterator[tuple[Change, frozenset[str]]]:
    """Give the changes of a step, each with the rules that want it."""
    wanted: dict[tuple[int, int, str], set[str]] = {}
    for violation in step.violations:
        for change in changes_of(step.before.text, violation.fix, 0) if violation.fix else ():
            wanted.setdefault((change.start, change.end, change.content), set()).add(violation.code)
    for change in step.plan.changes:
        codes = wanted.get((change.start, change.end, change.content))
        yield change, frozenset(codes or _who_made_unused(step.before.text, change, pieces, text))


def _who_made_unused(now: Text, change: Change, pieces: Sequence[_Piece], text: Text) -> set[str]:
    """Give the rules for whose fixes a name is removed that nobody wants any more: those that took its uses away."""
    names = set(WORD.findall(now.string[change.start : change.end]))
    made = [piece for piece in pieces if piece.content is not None]
    guilty = [piece for piece in made if names & set(WORD.findall(text.string[piece.start : piece.end]))]
    return {code for piece in guilty or made for code in piece.codes}


def _changed(pieces: Sequence[_Piece], change: Change, codes: frozenset[str], text: Text) -> Iterator[_Piece]:
    """Give ``pieces`` after ``change``, which is in offsets of what they make together."""
    waiting = list(reversed(pieces))
    at = 0
    place = 0
    while waiting and at + waiting[-1].length <= change.start:
        at, place = at + waiting[-1].length, waiting[-1].end
        yield waiting.pop()
    if waiting and at < change.start and waiting[-1].content is None:
        piece = waiting.pop()
        place = piece.start + change.start - at
        yield _Piece(piece.start, place)
        waiting.append(_Piece(place, piece.end))
        at = change.start
    first, touched = at, []
    while waiting and at < change.end:
        piece = waiting.pop()
        if piece.content is None and at + piece.length > change.end:
            cut = piece.start + change.end - at
            waiting.append(_Piece(cut, piece.end))
            piece = _Piece(piece.start, cut)
        touched.append(piece)
        at += piece.length
    covered = "".join(text.string[p.start : p.end] if p.content is None else p.content for p in touched)
    content = covered[: change.start - first] + change.content + covered[change.end - first :]
    start, end = (touched[0].start, touched[-1].end) if touched else (place, place)
    yield _Piece(start, end, content, codes.union(*(piece.codes for piece in touched)))
    yield from reversed(waiting)


def _in_bytes(pieces: Iterable[_Piece], text: Text) -> Iterator[Hunk]:
    at = len(BOM) if text.bom else 0
    for piece in pieces:
        old = text.string[piece.start : piece.end].encode(text.encoding)
        if piece.content is not None:
            new = piece.content.encode(text.encoding)
            yield Hunk(at, old, new, tuple(sorted(piece.codes)), text.row(piece.start))
        at += len(old)


def made(before: bytes, changes: Iterable[Hunk]) -> bytes | None:
    """Give what ``before`` becomes by ``changes``; ``None`` where they are about other bytes."""
    parts: list[bytes] = []
    at = 0
    for hunk in changes:
        if hunk.start < at or before[hunk.start : hunk.start + len(hunk.old)] != hunk.old:
            return None
        parts += (before[at : hunk.start], hunk.new)
        at = hunk.start + len(hunk.old)
    return b"".join([*parts, before[at:]])


def inverted(changes: Iterable[Hunk]) -> tuple[Hunk, ...]:
    """Give the changes that take ``changes`` back, for the bytes that these make."""
    found: list[Hunk] = []
    shift = 0
    for hunk in changes:
        found.append(Hunk(hunk.start + shift, hunk.new, hunk.old, hunk.codes, hunk.row))
        shift += len(hunk.new) - len(hunk.old)
    return tuple(found)
