"""What is said of files whose changes are, or are not, made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ssot_lint.applying import Change, Orders, fix_files
from ssot_lint.journal import Journal
from ssot_lint.model import FILE_START, Applicability, Edit, FileReport, Fix, Severity, Violation
from ssot_lint.project import Project

FIX = Fix(Applicability.SAFE, "write it anew", (Edit(FILE_START, ""),))


def violation(path: str, message: str) -> Violation:
    return Violation("T1", "test", "test", Severity.ERROR, message, path, FILE_START, fix=FIX)


@dataclass(frozen=True)
class StandIn:
    """Finds that a file is wrong, and one thing more that is never fixed."""

    project: Project

    def check(self, path: str, raw: bytes) -> FileReport:
        return FileReport(path, (violation(path, "wrong"), violation(path, "more")))


@pytest.fixture
def fixed(tmp_path: Path) -> Callable[..., dict[str, FileReport]]:
    """Fix files, each from one text to another, and give the reports."""

    def fix(*files: tuple[str, str, str], needs: Iterable[str] = (), **orders: Any) -> dict[str, FileReport]:
        changes = []
        for path, before, after in files:
            (tmp_path / path).write_text(before)
            wrong = violation(path, "wrong")
            report = FileReport(path, (violation(path, "more"),), fixed=(wrong,), diff="a diff")
            change = Change(path, before.encode(), after.encode(), fixed=(wrong,), needs=frozenset(needs) - {path})
            changes.append((report, change))
        project = Project(tmp_path, (".",), lambda: [path for path, _, _ in files])
        made = Orders(root=tmp_path, **orders)
        return {report.path: report for report in fix_files(changes, StandIn(project), made)}

    return fix


def outcomes(report: FileReport) -> list[str]:
    return [
        f"{one.message}: {one.refusal.code if one.refusal else 'fix' if one.fix else ''}" for one in report.violations
    ]


def test_what_is_made_is_reported_as_fixed(fixed: Callable[..., dict[str, FileReport]], tmp_path: Path) -> None:
    report = fixed(("a.py", "x = 1\n", "x = 2\n"))["a.py"]
    assert (outcomes(report), len(report.fixed), report.diff) == (["more: fix"], 1, "a diff")
    assert (tmp_path / "a.py").read_text() == "x = 2\n"


def test_what_breaks_a_law_together_is_refused(fixed: Callable[..., dict[str, FileReport]], tmp_path: Path) -> None:
    files = ("a.py", "x = 1\n", "y = 1\n"), ("b.py", "z = 1\n", "from a import x\n"), ("c.py", "x = 1\n", "x = 2\n")
    reports = fixed(*files)
    assert outcomes(reports["a.py"]) == ["wrong: law-6", "more: fix"]
    assert outcomes(reports["b.py"]) == ["wrong: law-6", "more: fix"]
    assert reports["a.py"].diff is None
    assert (outcomes(reports["c.py"]), len(reports["c.py"].fixed)) == (["more: fix"], 1)
    assert [(tmp_path / path).read_text() for path, _, _ in files] == ["x = 1\n", "z = 1\n", "x = 2\n"]


def test_what_is_left_for_later_can_still_be_fixed(fixed: Callable[..., dict[str, FileReport]]) -> None:
    reports = fixed(("a.py", "x = 1\n", "x = 2\n"), ("b.py", "x = 1\n", "x = 2\n"), by="file", limit=1)
    assert outcomes(reports["b.py"]) == ["wrong: fix", "more: fix"]


def test_what_cannot_be_written_has_failed(fixed: Callable[..., dict[str, FileReport]], tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    report = fixed(("a.py", "x = 1\n", "x = 2\n"), journal=Journal(tmp_path / "cache"))["a.py"]
    assert outcomes(report) == ["wrong: fix", "more: fix"]
    assert [failure.path for failure in report.failures] == ["a.py"]
