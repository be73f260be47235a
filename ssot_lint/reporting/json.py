"""For programs: an array of objects with ruff's keys and ours, ends exclusive, rows and columns from 1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ssot_lint.fingerprint import fingerprint
from ssot_lint.model import Edit, Fix, Position, Report, Violation
from ssot_lint.reporting import ReportContext, remaining


def render(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the lines of the array, object by object."""
    del context  # the same for everybody
    yield from array(as_object(violation) for violation in remaining(report))


def array(objects: Iterator[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of an array of ``objects``, indented, one object after the other."""
    before: list[str] = []
    for value in objects:
        if before:
            yield "\n".join(before) + ","
        else:
            yield "["
        before = ["  " + line for line in json.dumps(value, indent=2).split("\n")]
    yield "\n".join([*before, "]"]) if before else "[]"


def as_object(violation: Violation) -> dict[str, Any]:
    """Give ``violation`` as the object that stands for it."""
    return {
        "cell": None,
        "code": violation.code,
        "name": violation.kind,
        "kind": violation.kind,
        "pack": violation.pack,
        "severity": violation.severity.value,
        "message": violation.message,
        "filename": violation.path,
        "location": _position(violation.range.start),
        "end_location": _position(violation.range.end),
        "noqa_row": violation.range.start.row,
        "symbol": violation.symbol,
        "origin": violation.origin,
        "fix": _fix(violation.fix) if violation.fix else None,
        "refusal": violation.refusal.code if violation.refusal else None,
        "url": violation.url,
        "compliance": list(violation.compliance),
        "fingerprint": fingerprint(violation),
    }


def _position(position: Position) -> dict[str, int]:
    return {"row": position.row, "column": position.column}


def _fix(fix: Fix) -> dict[str, Any]:
    elsewhere = [{"filename": path, "edits": list(map(_edit, edits))} for path, edits in fix.elsewhere]
    return {
        "applicability": fix.applicability.value,
        "message": fix.message,
        "edits": list(map(_edit, fix.edits)),
        "elsewhere": elsewhere,
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "content": edit.content,
        "location": _position(edit.range.start),
        "end_location": _position(edit.range.end),
    }
