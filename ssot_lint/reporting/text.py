"""For people: where and what, the code with carets under it, and what can be done or why nothing can."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model import Report, Violation
from ssot_lint.reporting import ReportContext, remaining
from ssot_lint.reporting.concise import headline
from ssot_lint.reporting.paint import Paint, visible
from ssot_lint.reporting.places import read_text
from ssot_lint.reporting.summary import summary
from ssot_lint.source.text import Text


def render(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield a paragraph for each violation, then the summary."""
    path, text = "", Text("")
    for violation in remaining(report):
        if violation.path != path:
            path, text = violation.path, read_text(violation.path, context)
        yield from _paragraph(violation, text, Paint(context.color))
    yield from summary(report, context)


def _paragraph(violation: Violation, text: Text, paint: Paint) -> Iterator[str]:
    from ssot_lint.reporting.frame import frame, margin_width  # a clean run has nothing to frame

    yield headline(violation, paint)
    yield from frame(text, violation.range, paint)
    margin = " " * margin_width(text, violation.range)
    yield from (f"{margin} {paint.blue('=')} {note}" for note in _notes(violation, paint))
    yield ""


def _notes(violation: Violation, paint: Paint) -> Iterator[str]:
    if violation.fix:
        yield f"{paint.bold('fix')} ({violation.fix.applicability.value}): {visible(violation.fix.message)}"
    if violation.refusal:
        yield f"{paint.bold('refused')} ({violation.refusal.code}): {visible(violation.refusal.reason)}"
