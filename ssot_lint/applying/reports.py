"""What is to be said of files that were, or could not be, fixed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ssot_lint.applying.changes import Applied, Change
from ssot_lint.applying.writer import Orders, apply_changes
from ssot_lint.fixing.settle import Checks
from ssot_lint.fixing.together import broken_together
from ssot_lint.model import Failure, FileReport, Refusal, Violation
from ssot_lint.project import Project


def fix_files(fixed: Sequence[tuple[FileReport, Change]], checker: Checks, orders: Orders) -> Iterator[FileReport]:
    """Make the change of each file as ``orders`` say, and report: what is given with it, or what is wrong all the same.

    Changes that break a law together are not made. ``checker`` says what is wrong with a file that stays as it was.
    """
    reports = {change.path: report for report, change in fixed}
    changes = [change for _, change in fixed]
    for applied in apply_changes(changes, orders, lambda together: broken_laws(checker.project, together)):
        report = reports[applied.change.path]
        yield report if applied.made else _left(report, applied, checker)


def broken_laws(project: Project, changes: Sequence[Change]) -> Mapping[str, Refusal]:
    """Give those of ``changes`` that break a law when all are made, by path."""
    before = {change.path: change.before for change in changes}
    after = {change.path: change.after for change in changes}
    broken = broken_together(project, before, after)
    return {path: Refusal(f"law-{law.law}", law.reason) for path, law in broken.items()}


def _left(report: FileReport, applied: Applied, checker: Checks) -> FileReport:
    """Report of a file that is as it was: what would have been fixed is there, with the reason if there is one."""
    path = applied.change.path
    left = checker.check(path, applied.change.before or b"")
    wanted = set(report.fixed)
    violations = tuple(_refused(v, applied.refusal) if v in wanted else v for v in left.violations)
    failures = (Failure(path, applied.failure),) if applied.failure else ()
    return replace(left, violations=violations, failures=failures)


def _refused(violation: Violation, refusal: Refusal | None) -> Violation:
    return replace(violation, fix=None, refusal=refusal) if refusal else violation
