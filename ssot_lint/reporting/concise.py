"""One line a violation: ``path:row:column: CODE [*] message``."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model import Applicability, Report, Violation
from ssot_lint.reporting import ReportContext, remaining, said
from ssot_lint.reporting.paint import Paint, visible
from ssot_lint.reporting.summary import summary


def render(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield a line for each violation, then the summary; a refusal stands at the end of its line, by its code."""
    paint = Paint(context.color)
    for violation in remaining(report):
        refused = f" (refused: {violation.refusal.code})" if violation.refusal else ""
        yield headline(violation, paint) + refused
    yield from summary(report, context)


def headline(violation: Violation, paint: Paint) -> str:
    """Give the line that says where and what; ``[*]`` marks a safe fix, ``[unsafe]`` an unsafe one."""
    start = violation.range.start
    place = f"{paint.bold(visible(violation.path))}:{start.row}:{start.column}:"
    words = [place, paint.red(violation.code), _mark(violation, paint), visible(said(violation))]
    return " ".join(word for word in words if word)


def _mark(violation: Violation, paint: Paint) -> str:
    if not violation.fix:
        return ""
    return paint.cyan("[*]" if violation.fix.applicability is Applicability.SAFE else "[unsafe]")
