"""The last lines of a report for people: how many there were, and what can be done about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ssot_lint.model import Applicability, Report
from ssot_lint.reporting import ReportContext, remaining
from ssot_lint.reporting.paint import Paint

SET_ASIDE = {
    "baseline": ("violation is accepted by the baseline", "violations are accepted by the baseline"),
    "revision": ("violation was there before", "violations were there before"),
}
"""What is said of one and of several that do not count."""


def summary(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the lines; none if the violations alone are wanted."""
    if context.quiet:
        return
    left = sum(len(file.violations) for file in report.files)
    fixed = sum(len(file.fixed) for file in report.files)
    if left or fixed:
        yield _counts(left, fixed, context.diff)
        yield from _offer(report, context)
    elif not any(file.failures for file in report.files):
        yield "All checks passed!"
    yield from _set_aside(report)


def _counts(left: int, fixed: int, diff: bool) -> str:
    if diff:
        return f"Would fix {fixed} of {counted(left + fixed, 'violation')}."
    detail = f" ({fixed} fixed, {left} remaining)" if fixed else ""
    return f"Found {counted(left + fixed, 'violation')}{detail}."


def _set_aside(report: Report) -> Iterator[str]:
    """Yield the line that says how many more there are that do not count."""
    by: Counter[str] = Counter(v.set_aside.by for file in report.files for v in file.accepted if v.set_aside)
    for sort, (one, many) in SET_ASIDE.items():
        if by[sort]:
            yield f"{by[sort]} more {one if by[sort] == 1 else many}."


def _offer(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the line that says what the next run could fix, if there is something."""
    fixes = [violation.fix.applicability for violation in remaining(report) if violation.fix]
    unsafe = 0 if context.unsafe else fixes.count(Applicability.UNSAFE)
    fixable = len(fixes) - unsafe
    command = "`ssot-lint fix --unsafe-fixes`" if context.unsafe else "`ssot-lint fix`"
    more = f" ({unsafe} more with `--unsafe-fixes`)" if unsafe else ""
    if fixable and not context.diff:
        yield f"{Paint(context.color).cyan('[*]')} {fixable} fixable with {command}{more}."
    elif unsafe:
        yield f"{counted(unsafe, 'unsafe fix', 'unsafe fixes')} available with `--unsafe-fixes`."


def counted(count: int, one: str, many: str | None = None) -> str:
    """Give ``count`` with the word for as many."""
    return f"{count} {one if count == 1 else many or one + 's'}"
