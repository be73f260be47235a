"""What is set aside, for people and for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ssot_lint.reporting.paint import Paint, visible
from ssot_lint.reporting.summary import counted

if TYPE_CHECKING:
    from ssot_lint.ratchet.stated import Stated, Statement

NOBODY = "nobody"


def as_text(statement: Statement, paint: Paint) -> Iterator[str]:
    """Yield a line for each suppression, then the sums."""
    for stated in statement.suppressions:
        yield _line(stated, paint)
    yield from _sums(statement)


def _line(stated: Stated, paint: Paint) -> str:
    directive = stated.directive
    place = f"{paint.bold(visible(stated.path))}:{directive.place.start.row}:{directive.place.start.column}:"
    if directive.problem:
        return f"{place} {visible(directive.problem)}"
    terms = [", ".join(directive.codes)]
    terms += [f"in {directive.form}"] if directive.form != "ignore" else []
    terms += [f"{'expired' if stated.expired else 'until'} {directive.until}"] if directive.until else []
    terms += [f"owner {visible(directive.owner)}"] if directive.owner else []
    terms += [f"sets aside {stated.violations}"]
    return f"{place} {'; '.join(terms)}" + (f": {visible(directive.reason)}" if directive.reason else "")


def _sums(statement: Statement) -> Iterator[str]:
    found = [stated for stated in statement.suppressions if not stated.directive.problem]
    files = {stated.path for stated in found}
    total = sum(stated.violations for stated in found)
    yield (
        f"{counted(len(found), 'suppression')} in {counted(len(files), 'file')} set aside "
        f"{counted(total, 'violation')}: {sum(not s.violations for s in found)} none, "
        f"{sum(s.expired for s in found)} expired, {sum(not s.directive.reason for s in found)} without a reason."
    )
    if statement.baseline:
        owners = Counter(entry.owner or NOBODY for entry in statement.baseline)
        listed = ", ".join(f"{owner} {count}" for owner, count in owners.most_common())
        yield f"The baseline accepts {counted(len(statement.baseline), 'violation')}: {listed}."


def as_json(statement: Statement) -> Iterator[str]:
    """Yield the lines of one object: a list of suppressions, and one of the entries of the baseline."""
    value = {
        "suppressions": [_suppression(stated) for stated in statement.suppressions],
        "baseline": [
            {
                "filename": entry.path,
                "code": entry.rule,
                "symbol": entry.symbol or None,
                "fingerprint": entry.fingerprint,
                "until": entry.until or None,
                "owner": entry.owner or None,
                "reason": entry.reason or None,
            }
            for entry in statement.baseline
        ],
    }
    yield from json.dumps(value, indent=2).split("\n")


def _suppression(stated: Stated) -> dict[str, Any]:
    directive = stated.directive
    return {
        "filename": stated.path,
        "location": {"row": directive.place.start.row, "column": directive.place.start.column},
        "form": directive.form,
        "codes": list(directive.codes),
        "until": directive.until.isoformat() if directive.until else None,
        "expired": stated.expired,
        "owner": directive.owner or None,
        "reason": directive.reason or None,
        "problem": directive.problem,
        "violations": stated.violations,
    }
