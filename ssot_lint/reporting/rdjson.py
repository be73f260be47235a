"""The format of reviewdog, with fixes as suggestions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ssot_lint.model import Failure, Position, Range, Report, Severity, Violation
from ssot_lint.reporting import PAGE, ReportContext, failures, remaining, said
from ssot_lint.reporting.places import read_text
from ssot_lint.source.text import Text

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the lines of one object."""
    value = {
        "source": {"name": "ssot-lint", "url": PAGE},
        "severity": "WARNING",
        "diagnostics": [*_diagnostics(report, context), *map(_failure, failures(report))],
    }
    yield from json.dumps(value, indent=2).split("\n")


def _diagnostics(report: Report, context: ReportContext) -> Iterator[dict[str, Any]]:
    path, text = "", Text("")
    for violation in remaining(report):
        if violation.path != path:
            path, text = violation.path, read_text(violation.path, context)
        yield _diagnostic(violation, text)


def _diagnostic(violation: Violation, text: Text) -> dict[str, Any]:
    code = {"value": violation.code, **({"url": violation.url} if violation.url else {})}
    diagnostic: dict[str, Any] = {
        "code": code,
        "location": {"path": violation.path, "range": _range(violation.range, text)},
        "message": said(violation),
        "severity": SEVERITIES[violation.severity],
    }
    if violation.fix and not violation.fix.elsewhere:  # a suggestion is for one file, and half a fix is none
        diagnostic["suggestions"] = [
            {"range": _range(edit.range, text), "text": edit.content} for edit in violation.fix.edits
        ]
    return diagnostic


def _failure(failure: Failure) -> dict[str, Any]:
    return {"location": {"path": failure.path}, "message": failure.message, "severity": "ERROR"}


def _range(place: Range, text: Text) -> dict[str, Any]:
    return {"start": _position(place.start, text), "end": _position(place.end, text)}


def _position(position: Position, text: Text) -> dict[str, int]:
    """Give a position as reviewdog counts: columns in bytes of UTF-8."""
    if position.row > len(text.line_starts):
        return {"line": position.row, "column": position.column}
    start = text.line_starts[position.row - 1]
    before = text.string[start : start + position.column - 1]
    return {"line": position.row, "column": len(before.encode()) + 1}
