"""Fixes as changes of a text: which are chosen, which fit together, what comes of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from ssot_lint.model import Applicability, Fix, Position, Violation
from ssot_lint.source.text import Text


class ImpossibleFix(Exception):
    """A fix whose edits overlap each other or lie outside the file; the message is a sentence for people."""


class Change(NamedTuple):
    """An edit in offsets of a text; ``rank`` orders insertions at one place."""

    start: int
    end: int
    rank: int
    content: str


@dataclass(frozen=True)
class Plan:
    """The ``fixes`` that can be applied together and the ``changes`` that they are, in the order of the text."""

    fixes: tuple[Fix, ...]
    changes: tuple[Change, ...]

    def apply(self, string: str) -> str:
        """Give what ``string`` becomes."""
        return "".join(self._parts(string))

    def kept(self, string: str) -> Iterator[str]:
        """Give the parts of ``string`` that no change replaces."""
        place = 0
        for change in self.changes:
            yield string[place : change.start]
            place = change.end
        yield string[place:]

    def _parts(self, string: str) -> Iterator[str]:
        for number, part in enumerate(self.kept(string)):
            yield part
            if number < len(self.changes):
                yield self.changes[number].content

    def moved(self, offset: int) -> int | None:
        """Give where what starts at ``offset`` starts afterwards; ``None`` inside what is replaced."""
        passed = bisect_right(self._ends, offset)
        if passed < len(self.changes) and self.changes[passed].start < offset:
            return None
        return offset + self._shifts[passed]

    def meeting(self, start: int, end: int) -> Iterator[Change]:
        """Give the changes of what stands between two offsets, and next to it."""
        for index in range(bisect_left(self._ends, start), len(self.changes)):
            if self.changes[index].start > end:
                return
            yield self.changes[index]

    def results(self) -> Iterator[tuple[Change, int, int]]:
        """Give each change with the offsets between which its content stands afterwards."""
        for number, change in enumerate(self.changes):
            start = change.start + self._shifts[number]
            yield change, start, start + len(change.content)

    @cached_property
    def _ends(self) -> list[int]:
        return [change.end for change in self.changes]

    @cached_property
    def _shifts(self) -> list[int]:
        growth = (len(change.content) - (change.end - change.start) for change in self.changes)
        return list(accumulate(growth, initial=0))


def choose(violations: Iterable[Violation], unsafe: bool) -> tuple[Fix, ...]:
    """Give the fixes to apply: the safe ones, the unsafe ones too if asked; one that several violations share once.

    Those that span files are not among them.
    """
    fixes = (violation.fix for violation in violations)
    chosen = (fix for fix in fixes if fix is not None and not fix.elsewhere and (unsafe or is_safe(fix)))
    return tuple(dict.fromkeys(chosen))


def is_safe(fix: Fix) -> bool:
    """Tell whether ``fix`` is proved."""
    return fix.applicability is Applicability.SAFE


def plan(text: Text, fixes: Iterable[Fix], imports: Sequence[tuple[int, int]] = ()) -> Plan:
    """Find the fixes that can be applied to ``text`` in one pass.

    The edits of one fix are all or nothing: a fix that overlaps an earlier one, in the order of the text, is left for
    the next round. An edit that two fixes have in common is made once, which is how two of them add one import;
    different insertions at one place stand in the order of their fixes. ``imports`` are the spans of the import
    statements, in order: one fix a round has a part in each, so that the next one sees what to merge with. Raises
    `ImpossibleFix`.
    """
    taken: list[Change] = []
    chosen: list[Fix] = []
    busy: set[int] = set()
    rank = 0
    for fix in sorted(fixes, key=lambda fix: (fix.edits, fix.message)):
        changes = [change for change in changes_of(text, fix, rank) if not _is_made(change, taken)]
        rank += len(fix.edits)
        touched = {index for change in changes for index in _imports_at(change, imports)}
        if busy.isdisjoint(touched) and not any(_overlaps(change, taken) for change in changes):
            chosen.append(fix)
            busy |= touched
            for change in changes:
                taken.insert(bisect_left(taken, change), change)
    return Plan(tuple(chosen), tuple(taken))


def _imports_at(change: Change, imports: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Give the numbers of the imports that ``change`` edits, or right behind which it inserts something."""
    index = max(bisect_left(imports, (change.start,)) - 1, 0)
    while index < len(imports) and imports[index][0] <= change.end:
        if change.start <= imports[index][1]:
            yield index
        index += 1


def apply(text: Text, fixes: Iterable[Fix]) -> str:
    """Give what ``text`` becomes by one pass of ``fixes``; see `plan`."""
    return plan(text, fixes).apply(text.string)


def changes_of(text: Text, fix: Fix, first_rank: int) -> list[Change]:
    """Give the edits of ``fix`` in offsets of ``text``; raises `ImpossibleFix`."""
    changes: list[Change] = []
    for rank, edit in enumerate(fix.edits, first_rank):
        change = Change(_offset(text, edit.range.start), _offset(text, edit.range.end), rank, edit.content)
        if change.end < change.start or (changes and change.start < changes[-1].end):
            raise ImpossibleFix("the edits of the fix overlap")
        changes.append(change)
    return changes


def _offset(text: Text, position: Position) -> int:
    if 1 <= position.row <= len(text.line_starts) and position.column >= 1:
        offset = text.offset(position)
        if offset <= len(text.string) and text.row(offset) == position.row:
            return offset
    raise ImpossibleFix("an edit of the fix lies outside the file")


def _is_made(change: Change, taken: list[Change]) -> bool:
    """Whether another fix makes the very same change."""
    return any(
        (other.end, other.content) == (change.end, change.content) for other in _starting_at(change.start, taken)
    )


def _starting_at(start: int, taken: list[Change]) -> Iterator[Change]:
    for index in range(bisect_left(taken, (start,)), len(taken)):
        if taken[index].start != start:
            return
        yield taken[index]


def _overlaps(change: Change, taken: list[Change]) -> bool:
    """Whether ``change`` replaces, or lies inside, what another fix replaces; neighbours do not overlap."""
    index = bisect_left(taken, change)
    return (index > 0 and taken[index - 1].end > change.start) or (
        index < len(taken) and taken[index].start < change.end
    )
