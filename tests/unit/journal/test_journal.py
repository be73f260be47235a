"""Records of runs: what is kept, what is forgotten, what is passed over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_lint.journal import Journal, NoRecord, file_record, hash_of
from ssot_lint.journal.keeping import KEPT
from ssot_lint.model import Applicability, Edit, Fix, Hunk, Position, Range, Severity, Violation

BEFORE, AFTER = b"\xef\xbb\xbfold = '\xff'\r\n", b"\xef\xbb\xbfnew = '\xff'\r\n"
HUNK = Hunk(3, b"old", b"new", ("T1",), 7)


def violation(code: str = "T1") -> Violation:
    place = Range(Position(1, 1), Position(1, 4))
    fix = Fix(Applicability.SAFE, "write new", (Edit(place, "new"),))
    return Violation(code, "test", "test", Severity.ERROR, "old is bad", "a.py", place, fix=fix)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / ".ssot_lint_cache")


def begin(journal: Journal, count: int = 1) -> list[str]:
    record = file_record("a.py", BEFORE, AFTER, (HUNK,), [violation()], 0o644)
    return [journal.begin("fix", "request", [record]).name for _ in range(count)]


def test_a_record_comes_back_as_it_was(journal: Journal) -> None:
    gone = file_record("gone.py", BEFORE, None, mode=0o755)
    new = file_record("new.py", None, AFTER)
    run = journal.begin("fix .", "request", [file_record("a.py", BEFORE, AFTER, (HUNK,), [violation()]), gone, new])
    assert journal.runs() == [run]
    assert run.files[0].codes == ("T1",)
    assert journal.find(run.name) == run


def test_a_record_says_what_was_done_and_why(journal: Journal) -> None:
    (name,) = begin(journal)
    data = json.loads((journal.directory / f"{name}.writing").read_bytes())
    (file,) = data["files"]
    assert (file["filename"], file["before"], file["after"]) == ("a.py", hash_of(BEFORE), hash_of(AFTER))
    assert file["edits"] == [{"start": 3, "row": 7, "old": "old", "new": "new", "codes": ["T1"]}]
    (fix,) = file["fixes"]
    assert (fix["code"], fix["message"], fix["reason"]) == ("T1", "old is bad", "write new")
    assert (fix["applicability"], fix["proof"]) == ("safe", "safe: the pack vouches for it")
    assert fix["location"] == {"row": 1, "column": 1}


def test_changes_that_do_not_tell_all_are_one_change(journal: Journal) -> None:
    wrong = Hunk(3, b"old", b"other", ("T1",))
    record = file_record("a.py", BEFORE, AFTER, [wrong], [violation("T2"), violation("T1")])
    assert record.hunks == (Hunk(0, BEFORE, AFTER, ("T1", "T2")),)


def test_the_last_run_comes_first_whatever_the_second(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.strftime", lambda pattern: "20260101-000000" if "%H%M%S" in pattern else "2026")
    names = begin(journal, 12)
    assert names[:2] == ["20260101-000000", "20260101-000000-02"]
    assert [run.name for run in journal.runs()] == names[::-1]
    assert journal.find(None).name == names[-1]


def test_the_last_one_that_is_not_undone_is_meant(journal: Journal) -> None:
    first, second = begin(journal, 2)
    journal.finish(journal.find(second), "undone")
    assert journal.find(None).name == first
    journal.finish(journal.find(first), "undone")
    with pytest.raises(NoRecord, match="could be undone"):
        journal.find(None)
    assert journal.find(first).state == "undone"


def test_a_run_that_is_not_there(journal: Journal) -> None:
    with pytest.raises(NoRecord, match="20200101"):
        journal.find("20200101")


def test_old_runs_are_forgotten(journal: Journal) -> None:
    names = begin(journal, KEPT + 2)
    assert [run.name for run in journal.runs()] == names[:1:-1]


def test_what_is_no_record_is_passed_over(journal: Journal) -> None:
    (name,) = begin(journal)
    (journal.directory / "20990101-000000.json").write_text("{")
    (journal.directory / "20990101-000001.json").write_text('{"version": 0}')
    assert [run.name for run in journal.runs()] == [name]


def test_half_a_record_is_never_there(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="space"):
        begin(journal)
    assert list(journal.directory.iterdir()) == []


def test_a_run_that_was_ended_while_it_wrote(journal: Journal) -> None:
    assert journal.interrupted() is None
    begin(journal)
    interrupted = journal.interrupted()
    assert interrupted is not None
    assert journal.finish(interrupted).state == "finished"
    assert journal.interrupted() is None


def test_a_run_that_still_writes_is_not_disturbed(journal: Journal) -> None:
    code = "import sys; from pathlib import Path; from ssot_lint.journal import Journal\n"
    code += "Journal(Path(sys.argv[1])).begin('fix', '', []); print(flush=True); input()"
    command = [sys.executable, "-c", code, str(journal.directory.parent)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        (journal.directory / ".ssot-lint-half.tmp").touch()
        assert journal.interrupted() is None
        begin(journal)
        assert (journal.directory / ".ssot-lint-half.tmp").exists()
        other.communicate(b"\n")
    begin(journal)
    assert not (journal.directory / ".ssot-lint-half.tmp").exists()


def test_the_end_counts_even_if_the_run_is_ended_right_then(journal: Journal) -> None:
    (name,) = begin(journal)
    beginning = (journal.directory / f"{name}.writing").read_bytes()
    journal.finish(journal.find(name))
    assert os.listdir(journal.directory) == [f"{name}.json"]
    (journal.directory / f"{name}.writing").write_bytes(beginning)
    assert [run.state for run in journal.runs()] == ["finished"]
    assert journal.interrupted() is None


def test_a_run_without_files_leaves_no_record(journal: Journal) -> None:
    journal.finish(journal.begin("fix", "", [file_record("a.py", BEFORE, AFTER)]), files=[])
    assert os.listdir(journal.directory) == []


def test_the_cache_is_marked_as_one(journal: Journal) -> None:
    begin(journal)
    assert (journal.directory.parent / ".gitignore").exists()
