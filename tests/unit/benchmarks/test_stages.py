"""Adding up what stages take, and comparing ways of running."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.bench import OURS, Bench
from benchmarks.identical import comparisons
from benchmarks.peers import installed
from benchmarks.stages import Clock, rows_of, stages
from benchmarks.synthetic import synthetic_corpus
from ssot_lint.check import Checker
from ssot_lint.model import FileReport


def test_a_clock_adds_up() -> None:
    clock = Clock()
    clock.add("read", 1.0, 4)
    clock.add("read", 2.0)
    clock.add("start", 1.0, 0)
    assert clock.time("start", lambda: "done", 0) == "done"
    assert [row[2:] for row in rows_of(clock)] == [
        ("share", "files", "ms a file"),
        ("75.0%", "5", "600.000"),
        ("25.0%", "", ""),
    ]


def test_every_file_goes_through_the_stages(tmp_path: Path) -> None:
    corpus = synthetic_corpus(80, 1, tmp_path)
    clock = stages(corpus, ["core"])
    assert clock.files["read"] == clock.files["look for triggers"] == clock.files["report"] == 80
    assert clock.files["visit"] + clock.files["other reasons to look"] == 80
    assert clock.files["scan"] == clock.files["visit"]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A bench for a small corpus, in which something is wrong."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return Bench(synthetic_corpus(80, 1, tmp_path), tuple(installed({OURS}, [])), scratch, 1)


def test_ways_of_running_are_compared(bench: Bench) -> None:
    found = list(comparisons(bench, bench.corpus.files))
    assert len({comparison.way for comparison in found}) == len(found) == 5
    assert {comparison.violations for comparison in found} == {found[0].violations}
    assert found[0].violations > 0
    assert [comparison.differences for comparison in found] == [()] * 5


def test_a_difference_is_seen(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    check = Checker.check

    def forgetful(self: Checker, path: str, raw: bytes) -> FileReport:
        return FileReport(path) if self.whole_modules else check(self, path, raw)

    monkeypatch.setattr(Checker, "check", forgetful)
    *_, whole = comparisons(bench, bench.corpus.files)
    assert whole.differences
    assert all("only in sites [Violation(" in difference for difference in whole.differences)
