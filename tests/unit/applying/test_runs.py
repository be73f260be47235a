"""What a run writes is recorded with all that it was asked, and all that it was for."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ssot_lint.applying import request_of, write
from ssot_lint.journal import Journal
from ssot_lint.judging import Outcome
from ssot_lint.model import FILE_START, Applicability, Edit, FileReport, Fix, Hunk, Severity, Violation
from ssot_lint.project import Project
from ssot_lint.runner import RunOptions

EDITS = (Edit(FILE_START, "x"),)
FIX = Fix(Applicability.SAFE, "move it", EDITS, (("b.py", EDITS),))
VIOLATION = Violation("T1", "test", "test", Severity.ERROR, "it is here", "a.py", FILE_START, fix=FIX)


def worker(root: Path, **options: Any) -> Any:
    settings = SimpleNamespace(root=root)
    rules = SimpleNamespace(selected=("a rule",))
    work = SimpleNamespace(
        options=RunOptions(**options), settings=settings, rules=rules, accepted=lambda report: report
    )
    project = Project(root, (".",), lambda: ["a.py", "b.py"])
    return SimpleNamespace(
        work=work, checker=SimpleNamespace(project=project, check=lambda path, raw: FileReport(path))
    )


@pytest.fixture
def outcomes(tmp_path: Path) -> list[Outcome]:
    """Two files, of which the second changes for the sake of the first."""
    for path in ("a.py", "b.py"):
        (tmp_path / path).write_bytes(b"y\n")
    hunks = (Hunk(0, b"", b"x", ("T1",)),), (Hunk(0, b"", b"x", ()),)
    reports = FileReport("a.py", fixed=(VIOLATION,), hunks=hunks[0]), FileReport("b.py", hunks=hunks[1])
    return [Outcome(report, b"y\n", b"xy\n") for report in reports]


def test_files_that_change_for_others_have_their_rules(tmp_path: Path, outcomes: list[Outcome]) -> None:
    needs = {"b.py": frozenset({"a.py"})}
    list(write(worker(tmp_path, cache=tmp_path / "cache", command="fix"), outcomes, needs, ["a.py", "b.py"]))
    (run,) = Journal(tmp_path / "cache").runs()
    assert [(file.path, file.codes) for file in run.files] == [("a.py", ("T1",)), ("b.py", ("T1",))]
    assert [(done.path, done.message) for done in run.files[1].done] == [("a.py", "it is here")]


def test_files_that_belong_together_are_in_one_batch(tmp_path: Path, outcomes: list[Outcome]) -> None:
    needs = {"a.py": frozenset({"b.py"}), "b.py": frozenset({"a.py"})}
    reports = list(write(worker(tmp_path, by="file", limit=1), outcomes, needs, ["a.py", "b.py"]))
    assert [report.path for report in reports] == ["b.py", "a.py"]
    assert (tmp_path / "b.py").read_bytes() == b"xy\n"


def test_a_run_is_another_one_if_it_is_asked_something_else(tmp_path: Path) -> None:
    asked: list[dict[str, Any]] = [{}, {"unsafe": True}, {"by": "file"}, {"limit": 1}, {"verify_command": "true"}]
    requests = {request_of(worker(tmp_path, **options).work, ["a.py"]) for options in asked}
    assert len(requests) == len(asked)
    assert request_of(worker(tmp_path, jobs=3, command="check --fix").work, ["a.py"]) in requests
    assert request_of(worker(tmp_path).work, ["b.py"]) not in requests
