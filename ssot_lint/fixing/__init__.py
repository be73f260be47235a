"""Fixes of one file: applied until settled, verified by the laws, written whole or not at all.

`fix_file` is pure; `write_file` writes what it gives, `unified_diff` shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from ssot_lint.fixing.apply import choose
from ssot_lint.fixing.diff import unified_diff
from ssot_lint.fixing.laws import Broken, broken_law, sort_of, tally
from ssot_lint.fixing.rewrite import Rewrite, State
from ssot_lint.fixing.settle import Ban, Checks, Settled, settle
from ssot_lint.fixing.tidy import tidy
from ssot_lint.fixing.trail import Hunk, hunks
from ssot_lint.fixing.writing import WriteRefused, write_file
from ssot_lint.model import FileReport, Fix, Refusal, Violation
from ssot_lint.own_rules import NOT_PYTHON
from ssot_lint.source.text import NotText, Text

__all__ = ["Fixed", "Hunk", "WriteRefused", "fix_file", "unified_diff", "write_file"]

ATTEMPTS = 48
"""How often a file is fixed anew to find out which of its fixes break a law."""


@dataclass(frozen=True)
class Fixed:
    """A file after fixing: its bytes ``raw``, and the report of what remains in them and of what was fixed.

    ``hunks`` are what was changed, place by place.
    """

    report: FileReport
    raw: bytes
    hunks: tuple[Hunk, ...] = ()


def fix_file(checker: Checks, path: str, raw: bytes, unsafe: bool, report: FileReport | None = None) -> Fixed:
    """Fix the file ``path``, which holds ``raw``; writes nothing. ``report`` is what was said of it, if that is known.

    Safe fixes are made, unsafe ones too if asked. What breaks a law is put back: its violation stays, without the fix
    and refused as ``law-N``. The report tells of violations that remain where they are in the new bytes, of those that
    were fixed where they were in ``raw``.
    """
    report = report or checker.check(path, raw)
    fixes = choose(report.violations, unsafe)
    if not fixes:
        return Fixed(report, raw)
    try:
        text = Text.read(raw)
    except NotText:
        return Fixed(_refused(report, fixes), raw)
    if text.encode(text.string) != raw or any(v.code == NOT_PYTHON.code for v in report.violations):
        return Fixed(_refused(report, fixes), raw)
    done = _Repair(checker, State(path, text, checker.project), report, unsafe).run(fixes)
    after = done.state.text.encode(done.state.text.string) if done.steps else raw
    return Fixed(done.report, after, hunks(done.steps))


def _refused(report: FileReport, fixes: Sequence[Fix]) -> FileReport:
    """Give the report of a file that is not changed, since its text does not stand for its bytes."""
    refusal = Refusal("not-lossless", "the file cannot be read as a whole, so nothing in it is changed")
    violations = tuple(replace(v, fix=None, refusal=refusal) if v.fix in fixes else v for v in report.violations)
    return replace(report, violations=violations)


class _Repair:
    """The search for the fixes of one file that keep the laws together."""

    def __init__(self, checker: Checks, state: State, report: FileReport, unsafe: bool) -> None:
        self._checker = checker
        self._state = state
        self._report = report
        self._unsafe = unsafe
        self._attempts = ATTEMPTS
        self._guilty: dict[Fix, Broken] = {}
        self._best = Settled((), state, report, ())

    def run(self, fixes: Sequence[Fix]) -> Settled:
        """Make as many of ``fixes`` as keep the laws; the report says what was fixed and what is refused."""
        codes = {v.fix: v.code for v in reversed(self._report.violations) if v.fix}
        # Where some are guilty they are mostly those of one rule: it is found sooner when they stand together.
        self._add((), tuple(sorted(fixes, key=lambda fix: codes[fix])), fixes)
        if not self._best.steps:
            self._best = replace(self._best, bans=self._bans(fixes, ()))
        violations = tuple(map(self._judged, self._best.report.violations))
        fixed = tuple(_gone(self._report, self._best.report, set(fixes) - set(self._guilty)))
        report = replace(self._best.report, violations=violations, fixed=fixed)
        return replace(self._best, report=report)

    def _add(self, kept: tuple[Fix, ...], group: tuple[Fix, ...], fixes: Sequence[Fix]) -> tuple[Fix, ...]:
        """Add to ``kept`` what can be added of ``group``; halve it until the guilty ones stand alone."""
        outcome = self._attempt((*kept, *group), fixes)
        if isinstance(outcome, Settled):
            self._best = outcome
            return (*kept, *group)
        if len(group) == 1 or self._attempts <= 0:
            self._guilty.update(dict.fromkeys(group, outcome))
            return kept
        middle = len(group) // 2
        return self._add(self._add(kept, group[:middle], fixes), group[middle:], fixes)

    def _attempt(self, allowed: Sequence[Fix], fixes: Sequence[Fix]) -> Settled | Broken:
        """Make the ``allowed`` ones of ``fixes`` and see whether that keeps the laws."""
        self._attempts -= 1
        start = Settled((), self._state, self._report, self._bans(fixes, allowed))
        settled = settle(self._checker, start, self._unsafe)
        if isinstance(settled, Broken):
            return settled
        broken = self._broken_law(settled)
        if broken is not None:
            return broken
        tidied = tidy(self._checker, settled)
        return settled if tidied is settled or self._broken_law(tidied) else tidied

    def _broken_law(self, settled: Settled) -> Broken | None:
        return broken_law(Rewrite(self._checker.project, settled.steps, self._report, settled.report))

    def _bans(self, fixes: Sequence[Fix], allowed: Sequence[Fix]) -> tuple[Ban, ...]:
        """Ban those of ``fixes`` that are not ``allowed``."""
        banned = set(fixes) - set(allowed)
        return tuple(Ban.of(v, v.fix, self._state.text) for v in self._report.violations if v.fix in banned and v.fix)

    def _judged(self, violation: Violation) -> Violation:
        """Give a violation that remains, refused if its fix broke a law."""
        banned = self._best.banned(violation) if violation.fix else None
        if banned is None:
            return violation
        broken = self._guilty[banned]
        return replace(violation, fix=None, refusal=Refusal(f"law-{broken.law}", broken.reason))


def _gone(before: FileReport, after: FileReport, made: AbstractSet[Fix]) -> Iterator[Violation]:
    """Give the violations of ``before`` that remain no more, at the places that they had.

    Of several that say the same, those whose fix was ``made`` count as gone.
    """
    left = tally(after.violations)
    gone = []
    for index, violation in sorted(enumerate(before.violations), key=lambda pair: pair[1].fix in made):
        sort = sort_of(violation)
        if left[sort]:
            left[sort] -= 1
        else:
            gone.append(index)
    return (before.violations[index] for index in sorted(gone))
