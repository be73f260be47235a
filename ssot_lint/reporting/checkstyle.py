"""Checkstyle's XML, which most servers that gather reports can read."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model import FileReport, Report
from ssot_lint.reporting import ReportContext, in_order, said
from ssot_lint.reporting.markup import attributes

VERSION = "8.0"
"""The version of Checkstyle whose format this is."""


def render(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the lines of the document."""
    del context  # the same for everybody
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<checkstyle{attributes(version=VERSION)}>"
    for file in report.files:
        if file.violations or file.failures:
            yield f"  <file{attributes(name=file.path)}>"
            yield from _errors(file)
            yield "  </file>"
    yield "</checkstyle>"


def _errors(file: FileReport) -> Iterator[str]:
    for violation in in_order(file.violations):
        values = {
            "line": violation.range.start.row,
            "column": violation.range.start.column,
            "severity": violation.severity.value,
            "message": said(violation),
            "source": f"ssot-lint.{violation.code}",
        }
        yield f"    <error{attributes(**values)}/>"
    for failure in file.failures:
        yield f"    <error{attributes(line=1, severity='error', message=failure.message, source='ssot-lint.failure')}/>"
