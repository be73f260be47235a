"""Taking back: byte for byte, all or some of it, and nothing that somebody else has changed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ssot_lint.fixing.trail import made
from ssot_lint.journal import Journal, Run, Undone, Wanted, file_record, hash_of, undo
from ssot_lint.model import Hunk, Position, Range, Severity, Violation

BEFORE = b"\xef\xbb\xbfone = 1\r\ntwo = 2\r\nend = '\xe9'"
ONE, TWO = Hunk(9, b"1", b"11", ("T1",)), Hunk(18, b"2", b"", ("T2",))
BOTH = Hunk(18, b"2", b"22", ("T1", "T2"))

Begin = Callable[..., Run]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


@pytest.fixture
def journal(root: Path) -> Journal:
    return Journal(root / "cache")


@pytest.fixture
def begin(root: Path, journal: Journal) -> Begin:
    """Record a run and write what it makes of the files, ``BEFORE`` or no file, of which there are hunks."""

    def start(**files: Sequence[Hunk] | None) -> Run:
        records = []
        for name, hunks in files.items():
            before = None if hunks is None else BEFORE
            after = b"new" if hunks is None else made(BEFORE, hunks) if hunks else None
            records.append(file_record(f"{name}.py", before, after, hunks or (), mode=0o640))
            if after is not None:
                (root / f"{name}.py").write_bytes(after)
        return journal.finish(journal.begin("fix", "", records))

    return start


@pytest.fixture
def take_back(root: Path, journal: Journal) -> Callable[..., list[str]]:
    """Undo the last run and say what became of each file."""

    def run(*codes: str, path: str = "", write: bool = True, judge: str | None = None) -> list[str]:
        wanted = Wanted(lambda name: name.startswith(path), codes)
        last = journal.find(None)
        return [said(one) for one in undo(journal, last, root, wanted, lambda *_: judge, write=write)]

    return run


def said(undone: Undone) -> str:
    return " ".join(filter(None, (undone.path, undone.outcome, *undone.codes, undone.reason)))


def test_every_byte_is_back_and_the_mode(root: Path, begin: Begin, take_back: Callable[..., list[str]]) -> None:
    begin(a=[ONE, TWO])
    os.chmod(root / "a.py", 0o750)
    assert take_back() == ["a.py restored T1 T2"]
    assert (root / "a.py").read_bytes() == BEFORE
    assert stat.S_IMODE((root / "a.py").stat().st_mode) == 0o750


def test_a_run_that_is_undone_is_undone(
    root: Path, journal: Journal, begin: Begin, take_back: Callable[..., list[str]]
) -> None:
    name = begin(a=[ONE]).name
    take_back()
    assert journal.find(name).state == "undone"
    (root / "a.py").write_bytes(b"mine")
    assert [said(one) for one in undo(journal, journal.find(name), root, Wanted())] == []


def test_files_that_were_made_go_and_those_that_went_come_back(
    root: Path, begin: Begin, take_back: Callable[..., list[str]]
) -> None:
    begin(new=None, gone=[])
    assert take_back() == ["gone.py restored", "new.py restored"]
    assert not (root / "new.py").exists()
    assert (root / "gone.py").read_bytes() == BEFORE
    assert stat.S_IMODE((root / "gone.py").stat().st_mode) == 0o640


def test_what_was_changed_since_stays(root: Path, begin: Begin, take_back: Callable[..., list[str]]) -> None:
    begin(a=[ONE], b=[ONE], c=[ONE], new=None)
    (root / "a.py").write_bytes(b"mine")
    (root / "b.py").unlink()
    (root / "new.py").write_bytes(b"mine")
    assert take_back() == [
        "a.py refused T1 it was changed since",
        "b.py refused T1 it is not there any more",
        "new.py refused it was changed since",
        "c.py restored T1",
    ]
    assert (root / "a.py").read_bytes() == (root / "new.py").read_bytes() == b"mine"
    assert take_back() == [
        "a.py refused T1 it was changed since",
        "b.py refused T1 it is not there any more",
        "new.py refused it was changed since",
    ]


def test_what_was_never_written_is_as_it_was(root: Path, begin: Begin, take_back: Callable[..., list[str]]) -> None:
    begin(a=[ONE], b=[TWO], new=None, gone=[])
    (root / "a.py").write_bytes(BEFORE)
    (root / "new.py").unlink()
    (root / "gone.py").write_bytes(BEFORE)
    assert take_back() == ["a.py unchanged T1", "new.py unchanged", "gone.py unchanged", "b.py restored T2"]
    assert (root / "b.py").read_bytes() == BEFORE


def test_some_files(root: Path, journal: Journal, begin: Begin, take_back: Callable[..., list[str]]) -> None:
    run = begin(a=[ONE], b=[ONE])
    assert take_back(path="b") == ["b.py restored T1"]
    assert (root / "a.py").read_bytes() == made(BEFORE, [ONE])
    assert journal.find(run.name).state == "finished"
    assert take_back() == ["a.py restored T1"]
    assert journal.find(run.name).state == "undone"


def test_some_rules_and_the_others_later(root: Path, begin: Begin, take_back: Callable[..., list[str]]) -> None:
    begin(a=[ONE, TWO], b=[TWO])
    assert take_back("T1") == ["a.py restored T1"]
    assert (root / "a.py").read_bytes() == made(BEFORE, [TWO])
    assert take_back("T1") == []
    assert take_back("T2") == ["a.py restored T2", "b.py restored T2"]
    assert (root / "a.py").read_bytes() == (root / "b.py").read_bytes() == BEFORE


def test_what_was_done_for_a_rule_goes_with_its_changes(root: Path, journal: Journal) -> None:
    place = Range(Position(1, 7), Position(1, 8))
    violations = [Violation(code, "test", "test", Severity.ERROR, "bad", "a.py", place) for code in ("T1", "T2")]
    after = made(BEFORE, [ONE, TWO])
    run = journal.begin("fix", "", [file_record("a.py", BEFORE, after, [ONE, TWO], violations)])
    (root / "a.py").write_bytes(after or b"")
    list(undo(journal, run, root, Wanted(codes=["T1"])))
    (left,) = journal.find(run.name).files
    assert ([done.code for done in left.done], left.codes) == (["T2"], ("T2",))


def test_places_that_rules_share_are_undone_together(
    root: Path, begin: Begin, take_back: Callable[..., list[str]]
) -> None:
    begin(a=[ONE, BOTH])
    after = (root / "a.py").read_bytes()
    assert take_back("T1") == ["a.py refused T1 T1 and T2 changed the same place: undo them together"]
    assert (root / "a.py").read_bytes() == after
    assert take_back("T1", "T2") == ["a.py restored T1 T2"]
    assert (root / "a.py").read_bytes() == BEFORE


def test_of_part_of_a_file_somebody_judges(root: Path, begin: Begin, take_back: Callable[..., list[str]]) -> None:
    begin(a=[ONE, TWO])
    assert take_back("T1", judge="`x` would be undefined") == ["a.py refused T1 `x` would be undefined"]
    assert take_back(judge="not asked") == ["a.py restored T1 T2"]


def test_a_trial_writes_nothing(
    root: Path, journal: Journal, begin: Begin, take_back: Callable[..., list[str]]
) -> None:
    run = begin(a=[ONE], new=None)
    after = (root / "a.py").read_bytes()
    assert take_back(write=False) == ["a.py restored T1", "new.py restored"]
    assert (root / "a.py").read_bytes() == after
    assert journal.find(run.name) == run


def test_how_it_is_undone_is_shown(root: Path, journal: Journal, begin: Begin) -> None:
    run = begin(a=[Hunk(9, b"1", b"11", ("T1",))])
    (undone,) = undo(journal, run, root, Wanted(), write=False)
    assert "-\ufeffone = 11\r\n+\ufeffone = 1\r\n" in undone.diff


def test_an_undo_that_was_interrupted_goes_on(
    root: Path, journal: Journal, begin: Begin, take_back: Callable[..., list[str]]
) -> None:
    run = begin(a=[ONE, TWO], b=[ONE, TWO])
    steps = undo(journal, run, root, Wanted(codes=("T1",)))
    assert said(next(steps)) == "a.py restored T1"
    del steps
    assert take_back("T1") == ["b.py restored T1"]
    assert take_back() == ["a.py restored T2", "b.py restored T2"]
    assert (root / "a.py").read_bytes() == (root / "b.py").read_bytes() == BEFORE


def test_a_damaged_record_is_not_followed(
    root: Path, journal: Journal, begin: Begin, take_back: Callable[..., list[str]]
) -> None:
    run = begin(a=[ONE])
    (record,) = run.files
    journal.finish(run, files=[type(record)(record.path, hash_of(b"other"), record.after, record.hunks)])
    assert take_back() == ["a.py refused T1 its record is damaged"]


def test_a_file_that_cannot_be_written_is_left(root: Path, begin: Begin, take_back: Callable[..., list[str]]) -> None:
    begin(a=[ONE])
    os.chmod(root / "a.py", 0o444)
    assert take_back() == ["a.py refused T1 it is read-only"]
    os.chmod(root / "a.py", 0o644)
    assert take_back() == ["a.py restored T1"]
