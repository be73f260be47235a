"""Formats that are one JSON value: GitLab's code quality, reviewdog's."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ssot_lint.fingerprint import fingerprint
from ssot_lint.model import FileReport, Position, Range, Report
from ssot_lint.reporting import ReportContext, render

Lines = Callable[..., list[str]]


def test_gitlab(report: Report, lines: Lines) -> None:
    found = json.loads("\n".join(lines("gitlab", report)))
    safe = min(report.files[0].violations, key=lambda violation: violation.code)
    assert found[0] == {
        "check_name": "WS101",
        "description": "WS101: app.old.Thing moved to app.new.Thing [SOC2]",
        "severity": "major",
        "fingerprint": fingerprint(safe),
        "location": {
            "path": "app/x.py",
            "positions": {"begin": {"line": 1, "column": 21}, "end": {"line": 1, "column": 26}},
        },
    }
    assert [entry["severity"] for entry in found] == ["major", "info", "minor", "critical"]
    assert len({entry["fingerprint"] for entry in found}) == 4
    assert all(int(entry["fingerprint"], 16) for entry in found)
    assert found[3]["location"] == {"path": "app/z.py", "lines": {"begin": 1}}
    assert found[3]["description"] == "not fixed: read-only"


def test_gitlab_has_paths_from_the_project_directory(
    report: Report, lines: Lines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first(root: Path, **environment: str) -> Any:
        return json.loads("\n".join(lines("gitlab", report, root, **environment)))[0]["location"]["path"]

    (tmp_path / "back end").mkdir()
    (tmp_path / "link").symlink_to(tmp_path)
    assert first(tmp_path / "back end", CI_PROJECT_DIR=str(tmp_path)) == "back end/app/x.py"
    assert first(tmp_path / "back end", CI_PROJECT_DIR=str(tmp_path / "link")) == "back end/app/x.py"
    assert first(tmp_path, CI_PROJECT_DIR=str(tmp_path)) == "app/x.py"
    assert first(tmp_path, CI_PROJECT_DIR=str(tmp_path / "back end")) == "app/x.py"
    assert first(tmp_path / "back end", GITHUB_WORKSPACE=str(tmp_path)) == "back end/app/x.py"
    monkeypatch.chdir(tmp_path)
    assert first(tmp_path / "back end", CI_PROJECT_DIR="") == "app/x.py"


def test_gitlab_of_nothing_is_an_empty_array(clean: Report, lines: Lines) -> None:
    assert lines("gitlab", clean) == ["[]"]


def test_rdjson(report: Report, lines: Lines) -> None:
    found = json.loads("\n".join(lines("rdjson", report)))
    diagnostics = found.pop("diagnostics")
    assert found == {
        "source": {"name": "ssot-lint", "url": "https://github.com/ssot-lint/ssot-lint"},
        "severity": "WARNING",
    }
    assert diagnostics[0] == {
        "code": {"value": "WS101", "url": "https://example.org/WS101"},
        "location": {
            "path": "app/x.py",
            "range": {"start": {"line": 1, "column": 21}, "end": {"line": 1, "column": 26}},
        },
        "message": "app.old.Thing moved to app.new.Thing [SOC2]",
        "severity": "ERROR",
        "suggestions": [
            {"range": {"start": {"line": 1, "column": 6}, "end": {"line": 1, "column": 13}}, "text": "app.new"}
        ],
    }
    assert [diagnostic["severity"] for diagnostic in diagnostics] == ["ERROR", "INFO", "WARNING", "ERROR"]
    assert diagnostics[2]["code"] == {"value": "WS201"}
    assert "suggestions" not in diagnostics[2]
    assert diagnostics[3] == {
        "location": {"path": "app/z.py"},
        "message": "not fixed: read-only",
        "severity": "ERROR",
    }


def test_rdjson_counts_columns_in_bytes(report: Report) -> None:
    violation = replace(report.files[0].violations[0], range=Range(Position(2, 4), Position(2, 6)))
    before = replace(violation, path="app/w.py")
    what = Report((FileReport("app/w.py", (before,)), FileReport("app/x.py", (violation,))), 2)
    context = ReportContext(Path("/nowhere"), sources={"app/x.py": "\nä😀x = 1\n".encode(), "app/w.py": b""})
    _, diagnostic = json.loads("\n".join(render("rdjson", what, context)))["diagnostics"]
    assert diagnostic["location"]["range"] == {
        "start": {"line": 2, "column": 8},
        "end": {"line": 2, "column": 10},
    }


def test_rdjson_of_nothing(clean: Report, lines: Lines) -> None:
    assert json.loads("\n".join(lines("rdjson", clean)))["diagnostics"] == []


def test_a_fix_of_several_files(report: Report, lines: Lines) -> None:
    safe = min(report.files[0].violations, key=lambda violation: violation.code)
    assert safe.fix
    fix = replace(safe.fix, elsewhere=(("app/w.py", safe.fix.edits),))
    what = Report((FileReport("app/x.py", (replace(safe, fix=fix),)),), 1)
    (found,) = json.loads("\n".join(lines("json", what)))
    assert found["fix"]["elsewhere"] == [{"filename": "app/w.py", "edits": found["fix"]["edits"]}]
    (diagnostic,) = json.loads("\n".join(lines("rdjson", what)))["diagnostics"]
    assert "suggestions" not in diagnostic
    (result,) = json.loads("\n".join(lines("sarif", what)))["runs"][0]["results"]
    first, second = result["fixes"][0]["artifactChanges"]
    assert (first["artifactLocation"]["uri"], second["artifactLocation"]["uri"]) == ("app/x.py", "app/w.py")
    assert first["replacements"] == second["replacements"]
    alone = Report((FileReport("app/x.py", (replace(safe, fix=replace(fix, edits=())),)),), 1)
    (result,) = json.loads("\n".join(lines("sarif", alone)))["runs"][0]["results"]
    assert [change["artifactLocation"]["uri"] for change in result["fixes"][0]["artifactChanges"]] == ["app/w.py"]
