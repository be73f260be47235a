"""Fix, check again, until nothing is left to fix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from ssot_lint.fixing.apply import ImpossibleFix, Plan, choose, plan
from ssot_lint.fixing.laws import Broken
from ssot_lint.fixing.rewrite import State, Step
from ssot_lint.model import FileReport, Fix, Violation
from ssot_lint.project import Project
from ssot_lint.source.text import Text

ROUNDS = 10
"""How many passes a file may take. Fixes that overlap wait for one another; more of them than this are a circle."""


class Checks(Protocol):
    """What fixing needs of a checker."""

    @property
    def project(self) -> Project:
        """The project of the files."""

    def check(self, path: str, raw: bytes) -> FileReport:
        """Say what is wrong with the file ``path`` if its bytes are ``raw``."""


@dataclass(frozen=True)
class Ban:
    """A fix that must not be made, and how to know its violation again while the text around it changes.

    That is by its place, which is ``None`` where another fix has rewritten it; then by what it says.
    """

    fix: Fix
    code: str
    symbol: str | None
    message: str
    place: int | None

    @classmethod
    def of(cls, violation: Violation, fix: Fix, text: Text) -> Ban:
        """Ban ``fix`` of ``violation`` in ``text``."""
        place = text.offset(violation.range.start)
        return cls(fix, violation.code, violation.symbol, violation.message, place)

    @property
    def key(self) -> tuple[object, ...]:
        """What the banned violation can be found under: code and place, or code and words."""
        return (self.code, self.symbol, self.message) if self.place is None else (self.code, self.place)

    def moved(self, made: Plan) -> Ban:
        """Give this ban for the text after ``made``."""
        return replace(self, place=None if self.place is None else made.moved(self.place))


@dataclass(frozen=True)
class Settled:
    """A file with nothing left to fix but what is banned: the ``steps`` to it and what remains."""

    steps: tuple[Step, ...]
    state: State
    report: FileReport
    bans: tuple[Ban, ...]

    def banned(self, violation: Violation) -> Fix | None:
        """Give the fix of ``violation``, as it was first, if it must not be made."""
        if not self._banned:
            return None
        place = self.state.text.offset(violation.range.start)
        keys = (violation.code, place), (violation.code, violation.symbol, violation.message)
        return self._banned.get(keys[0]) or self._banned.get(keys[1])

    @cached_property
    def _banned(self) -> dict[tuple[object, ...], Fix]:
        return {ban.key: ban.fix for ban in self.bans}


def settle(checker: Checks, start: Settled, unsafe: bool) -> Settled | Broken:
    """Fix the file in the state of ``start`` until nothing but what is banned is left to fix.

    Gives law 2 where that does not come to an end in ten rounds, and the law that is broken where fixes cannot be
    made or have no effect.
    """
    now = start
    for _ in range(ROUNDS):
        try:
            made = plan(now.state.text, choose(_allowed(now), unsafe), _import_spans(now.state))
        except ImpossibleFix as error:
            return Broken(4, str(error))
        if not made.fixes:
            return now
        following = follow(checker, now, made)
        if isinstance(following, Broken):
            return following
        now = following
    return Broken(2, f"fixing does not come to an end in {ROUNDS} rounds") if choose(_allowed(now), unsafe) else now


def _import_spans(state: State) -> list[tuple[int, int]]:
    """Give where each import statement starts, and where the line ends in which it does."""
    if not state.is_python:
        return []
    statements = (imported.statement for imported in state.scan.imports)
    return [(statement.start, state.text.line_end(statement.end)) for statement in statements]


def _allowed(now: Settled) -> Iterable[Violation]:
    """Give the violations that may be fixed."""
    return [violation for violation in now.report.violations if violation.fix and not now.banned(violation)]


def follow(checker: Checks, now: Settled, made: Plan) -> Settled | Broken:
    """Give the file after one more step, or the law that the step breaks."""
    text = now.state.text
    string = made.apply(text.string)
    if string == text.string:
        return Broken(3, "the violation would still be there")
    try:
        raw = text.encode(string)
    except UnicodeEncodeError:
        return Broken(4, f"the encoding of the file, {text.encoding}, cannot hold what it writes")
    state = State(now.state.path, Text(string, text.encoding, text.bom), checker.project)
    fixes = frozenset(made.fixes)
    fixed = tuple(violation for violation in _allowed(now) if violation.fix in fixes)
    step = Step(now.state, made, state, fixed)
    report = checker.check(state.path, raw)
    return Settled((*now.steps, step), state, report, tuple(ban.moved(made) for ban in now.bans))
