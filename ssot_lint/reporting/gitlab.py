"""A code quality report of GitLab, which is Code Climate's: GitLab tells new from old by our fingerprints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ssot_lint.fingerprint import digest, fingerprint
from ssot_lint.model import Failure, Position, Report, Severity, Violation
from ssot_lint.reporting import ReportContext, failures, remaining, said
from ssot_lint.reporting.json import array
from ssot_lint.reporting.places import checkout_path

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the lines of an array of objects, for violations and for what could not be done."""
    return array(_objects(report, context))


def _objects(report: Report, context: ReportContext) -> Iterator[dict[str, Any]]:
    for violation in remaining(report):
        yield _object(violation, context)
    for failure in failures(report):
        yield _failure(failure, context)


def _object(violation: Violation, context: ReportContext) -> dict[str, Any]:
    return {
        "check_name": violation.code,
        "description": f"{violation.code}: {said(violation)}",
        "severity": SEVERITIES[violation.severity],
        "fingerprint": fingerprint(violation),
        "location": {
            "path": checkout_path(violation.path, context),
            "positions": {"begin": _position(violation.range.start), "end": _position(violation.range.end)},
        },
    }


def _failure(failure: Failure, context: ReportContext) -> dict[str, Any]:
    return {
        "check_name": "failure",
        "description": failure.message,
        "severity": "critical",
        "fingerprint": digest("failure", failure.path, failure.message),
        "location": {"path": checkout_path(failure.path, context), "lines": {"begin": 1}},
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.row, "column": position.column}
