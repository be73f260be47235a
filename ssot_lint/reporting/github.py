"""Workflow commands of GitHub Actions: each violation becomes an annotation of the changed files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ssot_lint.model import Report, Severity, Violation
from ssot_lint.reporting import ReportContext, failures, remaining, said

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY = {**DATA, ":": "%3A", ",": "%2C"}


def render(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield a command for each violation, and for each file with which something could not be done."""
    for violation in remaining(report):
        yield _command(LEVELS[violation.severity], _properties(violation, context), _text(violation))
    for failure in failures(report):
        properties = {"title": "ssot-lint", "file": str(context.root / failure.path)}
        yield _command("error", properties, f"{failure.path}: {failure.message}")


def _properties(violation: Violation, context: ReportContext) -> dict[str, str]:
    start, end = violation.range.start, violation.range.end
    properties = {
        "title": f"ssot-lint ({violation.code})",
        "file": str(context.root / violation.path),
        "line": str(start.row),
        "col": str(start.column),
        "endLine": str(end.row),
        "endColumn": str(end.column),
    }
    if start.row != end.row:  # GitHub takes columns only within one line
        del properties["col"], properties["endColumn"]
    return properties


def _text(violation: Violation) -> str:
    start = violation.range.start
    return f"{violation.path}:{start.row}:{start.column}: {violation.code} {said(violation)}"


def _command(level: str, properties: Mapping[str, str], text: str) -> str:
    listed = ",".join(f"{name}={_escaped(value, PROPERTY)}" for name, value in properties.items())
    return f"::{level} {listed}::{_escaped(text, DATA)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
