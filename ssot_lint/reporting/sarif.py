"""SARIF 2.1.0, the format of code scanning: with what is set aside and why, and the way to what is meant."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ssot_lint import __version__
from ssot_lint.fingerprint import fingerprint
from ssot_lint.model import Edit, Failure, Fix, Position, Range, Report, SetAside, Severity, Violation
from ssot_lint.own_rules import RULE_CRASHED
from ssot_lint.reporting import PAGE, ReportContext, failures, in_order
from ssot_lint.reporting.places import checkout_path
from ssot_lint.reporting.sarif_rules import descriptor

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
FINGERPRINT = "ssotLint/v1"
"""The name of our fingerprints; a new way of making them needs a new one."""

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

Json = dict[str, Any]


def render(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the lines of the log."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_Run(report, context).as_object()]}
    yield from json.dumps(log, indent=2).split("\n")


class _Run:
    """One run: its results, the rules that they are of, and what could not be done."""

    def __init__(self, report: Report, context: ReportContext) -> None:
        self._report = report
        self._context = context
        self._has_suppressions = any(_is_suppression(v.set_aside) for v in self._violations())
        self._rules = {violation.code: violation for violation in sorted(self._violations(), key=lambda v: v.code)}
        self._index = {code: index for index, code in enumerate(self._rules)}

    def as_object(self) -> Json:
        """Give the run as the object that stands for it."""
        driver = {
            "name": "ssot-lint",
            "version": __version__,
            "informationUri": PAGE,
            "rules": [descriptor(violation, LEVELS[violation.severity]) for violation in self._rules.values()],
        }
        return {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the checkout."}}},
            "invocations": [self._invocation()],
            "results": [*map(self._result, self._present()), *self._gone()],
        }

    def _violations(self) -> Iterator[Violation]:
        """Give all violations there are to tell of."""
        yield from self._present()
        yield from self._report.gone.values()

    def _present(self) -> Iterator[Violation]:
        """Give those that are there, also those that do not count."""
        for file in self._report.files:
            yield from in_order([*file.violations, *file.accepted, *file.suppressed])

    def _gone(self) -> Iterator[Json]:
        for known_by, violation in self._report.gone.items():
            yield {
                **self._result(violation),
                "baselineState": "absent",
                "partialFingerprints": {FINGERPRINT: known_by},
            }

    def _invocation(self) -> Json:
        crashes = [violation for violation in self._violations() if violation.code == RULE_CRASHED.code]
        notifications = [*map(self._failure, failures(self._report)), *map(self._crash, crashes)]
        return {"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}

    def _failure(self, failure: Failure) -> Json:
        location = {"physicalLocation": {"artifactLocation": self._artifact(failure.path)}}
        return {"level": "error", "message": {"text": failure.message}, "locations": [location]}

    def _crash(self, violation: Violation) -> Json:
        return {
            "level": "error",
            "message": {"text": violation.message},
            "locations": [{"physicalLocation": self._place(violation.path, violation.range)}],
        }

    def _result(self, violation: Violation) -> Json:
        result: Json = {
            "ruleId": violation.code,
            "ruleIndex": self._index[violation.code],
            "level": LEVELS[violation.severity],
            "message": {"text": violation.message},
            "locations": [self._location(violation)],
            "partialFingerprints": {FINGERPRINT: fingerprint(violation)},
            "properties": _properties(violation),
        }
        if self._report.compared:
            result["baselineState"] = _state(violation.set_aside)
        if self._has_suppressions:
            result["suppressions"] = list(_suppressions(violation.set_aside))
        if violation.fix:
            result["fixes"] = [self._fix(violation.path, violation.fix)]
        if violation.hops:
            result["codeFlows"] = [self._flow(violation)]
        return result

    def _location(self, violation: Violation) -> Json:
        location: Json = {"physicalLocation": self._place(violation.path, violation.range)}
        anchor = violation.anchor
        if anchor and anchor.definition:
            location["logicalLocations"] = [{"fullyQualifiedName": f"{anchor.place}.{anchor.definition}"}]
        return location

    def _place(self, path: str, place: Range) -> Json:
        return {"artifactLocation": self._artifact(path), "region": _region(place)}

    def _artifact(self, path: str) -> Json:
        from urllib.parse import quote

        uri = quote(checkout_path(path, self._context).encode("utf-8", "surrogateescape"), safe="/~")
        return {"uri": uri, "uriBaseId": ROOT}

    def _fix(self, path: str, fix: Fix) -> Json:
        changes = [(path, fix.edits), *fix.elsewhere]
        return {
            "description": {"text": f"{fix.message} ({fix.applicability.value})"},
            "artifactChanges": [self._change(path, edits) for path, edits in changes if edits],
        }

    def _change(self, path: str, edits: Iterable[Edit]) -> Json:
        replacements = [
            {"deletedRegion": _region(edit.range), "insertedContent": {"text": edit.content}} for edit in edits
        ]
        return {"artifactLocation": self._artifact(path), "replacements": replacements}

    def _flow(self, violation: Violation) -> Json:
        """Tell the way from the use over each re-export to the definition."""
        steps = [(violation.path, violation.range, f"{violation.hops[0].name} is used")]
        for number, hop in enumerate(violation.hops, 1):
            row = Position(hop.row, 1)
            what = "defined" if number == len(violation.hops) else "passed on"
            steps.append((hop.path, Range(row, row), f"{hop.name} is {what}"))
        return {"threadFlows": [{"locations": [self._step(*step) for step in steps]}]}

    def _step(self, path: str, place: Range, text: str) -> Json:
        region = {"startLine": place.start.row} if place.start == place.end else _region(place)
        physical = {"artifactLocation": self._artifact(path), "region": region}
        return {"location": {"physicalLocation": physical, "message": {"text": text}}}


def _region(place: Range) -> Json:
    return {
        "startLine": place.start.row,
        "startColumn": place.start.column,
        "endLine": place.end.row,
        "endColumn": place.end.column,
    }


def _state(aside: SetAside | None) -> str:
    return "unchanged" if aside and aside.by != "comment" else "new"


def _is_suppression(aside: SetAside | None) -> bool:
    """Whether what is set aside is silenced; what was there before is only old."""
    return aside is not None and aside.by != "revision"


def _suppressions(aside: SetAside | None) -> Iterator[Json]:
    if aside is None or not _is_suppression(aside):
        return
    details = [aside.reason, aside.until and f"until {aside.until}", aside.owner and f"owner {aside.owner}"]
    justification = "; ".join(filter(None, details))
    kind = "inSource" if aside.by == "comment" else "external"
    yield {"kind": kind, "status": "accepted", **({"justification": justification} if justification else {})}


def _properties(violation: Violation) -> Json:
    """Give what SARIF has no place for."""
    values: Sequence[tuple[str, Any]] = (
        ("kind", violation.kind),
        ("pack", violation.pack),
        ("symbol", violation.symbol),
        ("origin", violation.origin),
        ("refusal", violation.refusal and violation.refusal.code),
        ("refusalReason", violation.refusal and violation.refusal.reason),
        ("tags", list(violation.compliance)),
    )
    return {name: value for name, value in values if value}
