"""One report for all formats: what they have to carry, and what could break them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint.model import (
    Anchor,
    Applicability,
    Edit,
    Failure,
    FileReport,
    Fix,
    Hop,
    Position,
    Range,
    Refusal,
    Report,
    Severity,
    Violation,
)
from ssot_lint.reporting import ReportContext, render

ANCHOR = Anchor("app.x", "f", "0123456789abcdef", "from app.old import Thing")
SAFE = Violation(
    code="WS101",
    kind="legacy-import",
    pack="app",
    severity=Severity.ERROR,
    message="app.old.Thing moved to app.new.Thing",
    path="app/x.py",
    range=Range(Position(1, 21), Position(1, 26)),
    symbol="app.old.Thing",
    origin="app.new.Thing",
    fix=Fix(Applicability.SAFE, "import it from app.new", (Edit(Range(Position(1, 6), Position(1, 13)), "app.new"),)),
    url="https://example.org/WS101",
    compliance=("SOC2",),
    anchor=ANCHOR,
    hops=(Hop("app.old.Thing", "app/old.py", 3), Hop("app.new.Thing", "app/new.py", 7)),
)
REFUSED = Violation(
    code="WS201",
    kind="direct-instantiation",
    pack="app",
    severity=Severity.WARNING,
    message="Thing: 100% built,\r\nhere; \x1b[2J<b>`a`|b</b> \ufffe @d #1 ]",
    path="app/y, z.py",
    range=Range(Position(2, 9), Position(4, 2)),
    refusal=Refusal("star-arguments", "the call passes *args"),
    anchor=Anchor("app.y", code="fedcba9876543210"),
)
INFO = Violation("WS301", "module-singleton", "app", Severity.INFO, "it is one", "app/x.py", SAFE.range, anchor=ANCHOR)
FAILURE = Failure("app/z.py", "not fixed: read-only")


@pytest.fixture
def report() -> Report:
    """Three violations in two files, and one thing that could not be done in a third."""
    return Report(
        (
            FileReport("app/x.py", (INFO, SAFE)),
            FileReport("app/y, z.py", (REFUSED,)),
            FileReport("app/z.py", failures=(FAILURE,)),
        ),
        checked=5,
    )


@pytest.fixture
def clean() -> Report:
    return Report((), checked=5)


Lines = Callable[..., list[str]]


@pytest.fixture
def lines() -> Lines:
    """Give what renders a report as the lines of a format."""

    def function(output_format: str, what: Report, root: Path = Path("/srv/it"), **environment: str) -> list[str]:
        sources = {"app/x.py": b"from app.old import Thing\n"}
        return list(render(output_format, what, ReportContext(root, sources=sources, environment=environment)))

    return function
