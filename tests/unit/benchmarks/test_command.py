"""A run of the benchmarks, as small as can be: what it prints and what it keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.command import main


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """What a run prints and what it keeps."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept = tmp_path / "kept.json"
    options = ["--synthetic", "40", "--seed", "1", "--peers", "ssot-lint", "--rounds", "1", "--stages", "-o", str(kept)]
    result = CliRunner().invoke(main, ["imports", *options])
    assert result.exit_code == 0, result.output
    return result.output, kept.read_text()


def test_a_run(told: tuple[str, str]) -> None:
    printed, text = told
    assert "synthetic, seed 1: 40 files" in printed
    kept = json.loads(text)
    assert kept["corpus"]["files"] == 40
    assert set(kept["versions"]) == {"ssot-lint"}
    (job,) = kept["jobs"]
    (result,) = job["results"]
    assert (job["name"], job["failed"], result["name"], len(result["samples"])) == ("imports", [], "ssot-lint", 1)
    assert {"scan", "read", "discover", "report"} <= kept["stages"].keys()
    assert str(Path.home()) not in text
    assert "/tmp" not in text


def test_a_tool_that_is_not_known() -> None:
    result = CliRunner().invoke(main, ["--peers", "rough", "--synthetic", "10"])
    assert result.exit_code == 2
    assert "'rough'" in result.output
