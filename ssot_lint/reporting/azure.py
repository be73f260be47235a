"""Logging commands of Azure Pipelines: each violation becomes an issue of the run."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model import Report, Severity, Violation
from ssot_lint.reporting import ReportContext, failures, remaining, said

ESCAPES = {"%": "%AZP25", "\r": "%0D", "\n": "%0A"}
IN_PROPERTIES = {**ESCAPES, ";": "%3B", "]": "%5D"}


def render(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield a command for each violation, and for each file with which something could not be done."""
    del context  # the same for everybody
    yield from map(_command, remaining(report))
    for failure in failures(report):
        path = _escaped(failure.path, IN_PROPERTIES)
        yield f"##vso[task.logissue type=error;sourcepath={path};]{_escaped(failure.message, ESCAPES)}"


def _command(violation: Violation) -> str:
    start = violation.range.start
    properties = {
        "type": "error" if violation.severity is Severity.ERROR else "warning",
        "sourcepath": violation.path,
        "linenumber": str(start.row),
        "columnnumber": str(start.column),
        "code": violation.code,
    }
    listed = "".join(f"{name}={_escaped(value, IN_PROPERTIES)};" for name, value in properties.items())
    return f"##vso[task.logissue {listed}]{_escaped(said(violation), ESCAPES)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
