"""Fixes of one file: applied until settled, verified by the laws, written whole or not at all.

`fix_file` is pure; `write_file` writes what it gives, `unified_diff` shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ssot_lint.fixing.apply import choose
from ssot_lint.fixing.diff import unified_diff
from ssot_lint.fixing.laws import Broken
from ssot_lint.fixing.repair import Repair
from ssot_lint.fixing.rewrite import State
from ssot_lint.fixing.settle import Checks
from ssot_lint.fixing.trail import hunks
from ssot_lint.fixing.writing import WriteRefused, write_file
from ssot_lint.model import FileReport, Fix, Hunk, Refusal
from ssot_lint.own_rules import NOT_PYTHON
from ssot_lint.source.text import NotText, Text

__all__ = ["Fixed", "WriteRefused", "fix_file", "unified_diff", "write_file"]

NOT_LOSSLESS = Broken(4, "the file cannot be read as a whole, so nothing in it is changed")


@dataclass(frozen=True)
class Fixed:
    """A file after fixing: its bytes ``raw``, and the report of what remains in them and of what was fixed.

    ``hunks`` are what was changed, place by place; ``broken`` is the law that kept what had to be made from being made.
    """

    report: FileReport
    raw: bytes
    hunks: tuple[Hunk, ...] = ()
    broken: Broken | None = None


def fix_file(
    checker: Checks,
    path: str,
    raw: bytes,
    unsafe: bool,
    report: FileReport | None = None,
    first: Sequence[Fix] = (),
    wanted: Callable[[Fix], bool] = lambda fix: True,
) -> Fixed:
    """Fix the file ``path``, which holds ``raw``; writes nothing. ``report`` is what was said of it, if that is known.

    Safe fixes are made, unsafe ones too if asked, and of both those that are ``wanted``. What breaks a law is put back:
    its violation stays, without the fix and refused as ``law-N``. The report tells of violations that remain where they
    are in the new bytes, of those that were fixed where they were in ``raw``. The fixes ``first`` are made before all
    else, or nothing is.
    """
    report = report or checker.check(path, raw)
    fixes = choose(report.violations, unsafe)
    chosen = tuple(filter(wanted, fixes))
    if not chosen and not first:
        return Fixed(report, raw)
    text = _text(raw, report)
    if text is None:
        return Fixed(_refused(report, fixes), raw, broken=NOT_LOSSLESS if first else None)
    repair = Repair(checker, State(path, text, checker.project), report, unsafe, first)
    done = repair.run(fixes, chosen)
    after = done.state.text.encode(done.state.text.string) if done.steps else raw
    return Fixed(done.report, after, hunks(done.steps), repair.broken)


def _text(raw: bytes, report: FileReport) -> Text | None:
    """Read a file that can be written again as it is; ``None`` for others."""
    try:
        text = Text.read(raw)
    except NotText:
        return None
    broken = any(violation.code == NOT_PYTHON.code for violation in report.violations)
    return None if broken or text.encode(text.string) != raw else text


def _refused(report: FileReport, fixes: Sequence[Fix]) -> FileReport:
    """Give the report of a file that is not changed, since its text does not stand for its bytes."""
    refusal = Refusal("not-lossless", NOT_LOSSLESS.reason)
    violations = tuple(replace(v, fix=None, refusal=refusal) if v.fix in fixes else v for v in report.violations)
    return replace(report, violations=violations)
