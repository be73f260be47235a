"""For programs that read line by line: each of the objects of ``json`` on a line of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ssot_lint.model import Report
from ssot_lint.reporting import ReportContext, remaining
from ssot_lint.reporting.json import as_object


def render(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield a line for each violation."""
    del context  # the same for everybody
    yield from (json.dumps(as_object(violation)) for violation in remaining(report))
