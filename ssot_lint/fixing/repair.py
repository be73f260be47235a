"""The search for those fixes of one file that keep the laws together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from ssot_lint.fixing.apply import ImpossibleFix, plan
from ssot_lint.fixing.laws import Broken, broken_law, sort_of, tally
from ssot_lint.fixing.rewrite import Rewrite, State
from ssot_lint.fixing.settle import Ban, Checks, Settled, follow, settle
from ssot_lint.fixing.tidy import tidy
from ssot_lint.model import FileReport, Fix, Refusal, Violation

ATTEMPTS = 48
"""How often a file is fixed anew to find out which of its fixes break a law."""


class Repair:
    """The search for the fixes of one file that keep the laws together.

    ``first`` are fixes that are made before all others; where they break a law, that is ``broken``, and nothing is
    made.
    """

    def __init__(
        self, checker: Checks, state: State, report: FileReport, unsafe: bool, first: Sequence[Fix] = ()
    ) -> None:
        self._checker = checker
        self._state = state
        self._report = report
        self._unsafe = unsafe
        self._first = tuple(first)
        self.broken: Broken | None = None
        self._attempts = ATTEMPTS
        self._guilty: dict[Fix, Broken] = {}
        self._best = Settled((), state, report, ())

    def run(self, fixes: Sequence[Fix], chosen: Sequence[Fix]) -> Settled:
        """Make as many of the ``chosen`` ones of ``fixes`` as keep the laws.

        The report says what was fixed and what is refused.
        """
        codes = {v.fix: v.code for v in reversed(self._report.violations) if v.fix}
        if self._first:
            outcome = self._attempt((), fixes)
            if isinstance(outcome, Broken):
                self.broken = outcome
                return self._best
            self._best = outcome
        # Where some are guilty they are mostly those of one rule: it is found sooner when they stand together.
        if chosen:
            self._add((), tuple(sorted(chosen, key=lambda fix: codes[fix])), fixes)
        if not self._best.steps:
            self._best = replace(self._best, bans=self._bans(fixes, ()))
        violations = tuple(map(self._judged, self._best.report.violations))
        fixed = tuple(_gone(self._report, self._best.report, {*chosen, *self._first} - set(self._guilty)))
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
        settled = self._begin(start)
        if isinstance(settled, Settled):
            settled = settle(self._checker, settled, self._unsafe)
        if isinstance(settled, Broken):
            return settled
        broken = self._broken_law(settled)
        if broken is not None:
            return broken
        tidied = tidy(self._checker, settled)
        return settled if tidied is settled or self._broken_law(tidied) else tidied

    def _begin(self, start: Settled) -> Settled | Broken:
        """Make what has to be made first."""
        if not self._first:
            return start
        try:
            made = plan(start.state.text, self._first)
        except ImpossibleFix as error:
            return Broken(4, str(error))
        if len(made.fixes) < len(self._first):
            return Broken(4, "fixes that belong together overlap")
        return follow(self._checker, start, made)

    def _broken_law(self, settled: Settled) -> Broken | None:
        return broken_law(Rewrite(self._checker.project, settled.steps, self._report, settled.report))

    def _bans(self, fixes: Sequence[Fix], allowed: Sequence[Fix]) -> tuple[Ban, ...]:
        """Ban those of ``fixes`` that are not ``allowed``."""
        banned = set(fixes) - set(allowed)
        return tuple(Ban.of(v, v.fix, self._state.text) for v in self._report.violations if v.fix in banned and v.fix)

    def _judged(self, violation: Violation) -> Violation:
        """Give a violation that remains, refused if its fix broke a law."""
        banned = self._best.banned(violation) if violation.fix else None
        broken = self._guilty.get(banned) if banned else None
        if broken is None:
            return violation
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
