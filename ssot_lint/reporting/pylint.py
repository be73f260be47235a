"""As pylint reports with ``--output-format=parseable``: ``path:row: [CODE] message``."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model import Report
from ssot_lint.reporting import ReportContext, failures, remaining, said
from ssot_lint.reporting.paint import visible


def render(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield a line for each violation, and for each file with which something could not be done."""
    del context  # the same for everybody
    for violation in remaining(report):
        yield f"{visible(violation.path)}:{violation.range.start.row}: [{violation.code}] {visible(said(violation))}"
    for failure in failures(report):
        yield f"{visible(failure.path)}:1: [failure] {visible(failure.message)}"
