"""Changing the baseline: nothing of others is lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ssot_lint.baseline.entries import Entry, read_entries
from ssot_lint.baseline.keeping import change
from ssot_lint.fixing.writing import WriteRefused
from ssot_lint.toml import ConfigurationErrors

ONE, TWO = Entry("a.py", "a", "X1", "01", row=2), Entry("b.py", "b", "X1", "02", row=3)

ADD = """\
import sys
from pathlib import Path
from ssot_lint.baseline.entries import Entry
from ssot_lint.baseline.keeping import change
for number in range(20):
    name = f"{sys.argv[2]}-{number}"
    change(Path(sys.argv[1]), lambda entries: [*entries, Entry(name, name, "X1", name)])
"""


def test_what_is_there_is_told_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    seen: list[Sequence[Entry]] = []

    def changed(entries: Sequence[Entry]) -> Sequence[Entry]:
        seen.append(entries)
        return [TWO, ONE][: len(seen)]

    change(path, changed)
    assert [entry.fingerprint for entry in read_entries(path)] == ["02"]
    change(path, changed)
    assert read_entries(path) == (ONE, TWO)
    assert [[entry.fingerprint for entry in entries] for entries in seen] == [[], ["02"]]
    assert [file.name for file in tmp_path.iterdir()] == ["base.json"]


def test_without_a_change_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    change(path, lambda _: [ONE])
    before = path.stat()
    change(path, lambda entries: entries)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_is_not_understood_stays(tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    path.write_text("<<<<<<< HEAD\n")
    with pytest.raises(ConfigurationErrors):
        change(path, lambda entries: entries)
    assert path.read_text() == "<<<<<<< HEAD\n"


def test_a_file_that_is_not_to_be_written_stays(tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    change(path, lambda _: [ONE])
    path.chmod(0o444)
    with pytest.raises(WriteRefused, match="read-only"):
        change(path, lambda _: [TWO])
    assert read_entries(path) == (ONE,)


def test_processes_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    names = ("a", "b", "c")
    processes = [subprocess.Popen([sys.executable, "-c", ADD, str(path), name]) for name in names]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert {entry.path for entry in read_entries(path)} == {
        f"{name}-{number}" for name in names for number in range(20)
    }
