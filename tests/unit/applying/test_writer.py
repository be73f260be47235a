"""Changes are made whole, recorded, verified and, if need be, put back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from ssot_lint.applying import Applied, Change, Orders, apply_changes
from ssot_lint.applying import writer as writer_module
from ssot_lint.fixing import write_file
from ssot_lint.journal import Journal, Wanted, undo
from ssot_lint.model import Refusal

MakeChange = Callable[..., Change]
SAYS_NO = f'"{sys.executable}" -c "import os, sys; sys.exit(os.path.getsize(\'b.py\') == 7)"'
"""Fails once ``b.py`` holds what is not wanted there."""


@pytest.fixture
def journal(root: Path) -> Journal:
    return Journal(root / "cache")


def agree(changes: Sequence[Change]) -> Mapping[str, Refusal]:
    return {}


@pytest.fixture
def made(root: Path, journal: Journal) -> Callable[..., list[str]]:
    """Make changes and tell what became of each."""

    def make(*changes: Change, verify: writer_module.Verify = agree, **orders: Any) -> list[str]:
        found = apply_changes(changes, Orders(root=root, **{"journal": journal, **orders}), verify)
        return [told(applied) for applied in found]

    return make


def told(applied: Applied) -> str:
    refusal = f" {applied.refusal.code}: {applied.refusal.reason}" if applied.refusal else ""
    outcome = "made" if applied.made else f"failed: {applied.failure}" if applied.failure else "left"
    return f"{applied.change.path} {outcome}{refusal}"


def contents(root: Path) -> str:
    return " ".join(path.read_text().strip() for path in sorted(root.glob("*.py")))


def test_all_is_written_and_recorded(
    root: Path, journal: Journal, change: MakeChange, made: Callable[..., list[str]]
) -> None:
    assert made(change("b.py"), change("a.py"), command="fix .", request="r") == ["a.py made", "b.py made"]
    assert contents(root) == "new new"
    (run,) = journal.runs()
    assert (run.state, run.command, run.request) == ("finished", "fix .", "r")
    assert [file.path for file in run.files] == ["a.py", "b.py"]


def test_without_a_journal_nothing_is_recorded(root: Path, change: MakeChange, made: Callable[..., list[str]]) -> None:
    assert made(change("a.py"), journal=None) == ["a.py made"]
    assert os.listdir(root) == ["a.py"]


def test_a_trial_writes_nothing(root: Path, change: MakeChange, made: Callable[..., list[str]]) -> None:
    assert made(change("a.py"), change("b.py"), write=False, by="file", limit=1) == ["a.py made", "b.py left"]
    assert sorted(os.listdir(root)) == ["a.py", "b.py"]
    assert contents(root) == "old old"


def test_the_record_is_there_before_the_first_file(
    root: Path, journal: Journal, change: MakeChange, made: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded: list[list[str]] = []

    def look(path: Path, *arguments: Any, **options: Any) -> None:
        recorded.append([file.path for file in journal.runs()[0].files])
        write_file(path, *arguments, **options)

    monkeypatch.setattr(writer_module, "write_file", look)
    made(change("a.py"), change("b.py"), by="file")
    assert recorded == [["a.py", "b.py"]] * 2


def test_files_come_and_go(root: Path, change: MakeChange, made: Callable[..., list[str]]) -> None:
    made(change("new.py", before=None), change("gone.py", ["new.py"], after=None))
    assert [path.name for path in root.glob("*.py")] == ["new.py"]


def test_no_record_no_change(root: Path, change: MakeChange, made: Callable[..., list[str]]) -> None:
    (root / "cache").write_text("in the way")
    (said,) = made(change("a.py"))
    assert said.startswith("a.py failed: not written, since no record of it could be kept")
    assert contents(root) == "old"


class TestWhatMustNotBe:
    def test_is_left_with_what_needs_it(
        self, root: Path, journal: Journal, change: MakeChange, made: Callable[..., list[str]]
    ) -> None:
        def verify(changes: Sequence[Change]) -> Mapping[str, Refusal]:
            return {one.path: Refusal("law-6", "no") for one in changes if one.path == "a.py"}

        assert made(change("a.py"), change("b.py", ["a.py"]), change("c.py"), verify=verify) == [
            "a.py left law-6: no",
            "b.py left needs-other: it needs the change of a.py, which cannot be made (no)",
            "c.py made",
        ]
        assert contents(root) == "old old new"
        assert [file.path for file in journal.runs()[0].files] == ["c.py"]

    def test_is_found_out_once_more_for_the_rest(self, change: MakeChange, made: Callable[..., list[str]]) -> None:
        def verify(changes: Sequence[Change]) -> Mapping[str, Refusal]:
            paths = {one.path for one in changes}
            wrong = "a.py" if "a.py" in paths else "b.py" if "b.py" in paths else ""
            return {wrong: Refusal("law-6", "no")} if wrong else {}

        assert made(*map(change, ("a.py", "b.py", "c.py")), verify=verify) == [
            "a.py left law-6: no", "b.py left law-6: no", "c.py made",
        ]  # fmt: skip

    def test_of_a_batch_what_was_made_before_counts(self, change: MakeChange, made: Callable[..., list[str]]) -> None:
        asked: list[list[str]] = []

        def verify(changes: Sequence[Change]) -> Mapping[str, Refusal]:
            asked.append([one.path for one in changes])
            return {"a.py": Refusal("law-6", "no")} if "a.py" in asked[-1] else {}

        made(*map(change, ("a.py", "b.py", "c.py")), verify=verify, by="file", limit=2)
        assert asked == [["a.py", "b.py"], ["b.py"], ["b.py", "c.py"]]

    def test_nothing_made_leaves_no_record(
        self, journal: Journal, change: MakeChange, made: Callable[..., list[str]]
    ) -> None:
        made(change("a.py"), verify=lambda changes: {one.path: Refusal("law-6", "no") for one in changes})
        assert journal.runs() == []


class TestWhatCannotBeWritten:
    def test_is_told_and_the_rest_is_written(
        self, root: Path, journal: Journal, change: MakeChange, made: Callable[..., list[str]]
    ) -> None:
        changes = [change("a.py"), change("b.py")]
        (root / "a.py").write_text("mine")
        said = made(*changes)
        assert said == ["a.py failed: not fixed: it was changed by somebody else meanwhile", "b.py made"]
        assert contents(root) == "mine new"
        assert [file.path for file in journal.runs()[0].files] == ["b.py"]

    def test_what_needs_it_is_not_written_or_put_back(
        self, root: Path, change: MakeChange, made: Callable[..., list[str]]
    ) -> None:
        # Of two that need each other one is written first.
        changes = [change("a.py", ["b.py"]), change("b.py", ["a.py"]), change("c.py", ["a.py"]), change("d.py")]
        (root / "a.py").write_text("mine")
        assert made(*changes) == [
            "b.py failed: not fixed: it needs a.py, which was not written",
            "a.py failed: not fixed: it was changed by somebody else meanwhile",
            "c.py failed: not fixed: it needs a.py, which was not written",
            "d.py made",
        ]
        assert contents(root) == "mine old old new"


class TestTheCommandOfTheUser:
    def test_runs_in_the_project_and_may_say_yes(
        self, root: Path, change: MakeChange, made: Callable[..., list[str]]
    ) -> None:
        command = f"\"{sys.executable}\" -c \"import sys; sys.exit(open('a.py').read() != 'new\\n')\""
        assert made(change("a.py"), verify_command=command) == ["a.py made"]

    def test_puts_a_batch_back_by_saying_no(
        self, root: Path, journal: Journal, change: MakeChange, made: Callable[..., list[str]]
    ) -> None:
        changes = change("a.py"), change("b.py", after=b"newest\n"), change("c.py")
        said = made(*changes, verify_command=SAYS_NO, by="file")
        assert said == [
            "a.py made",
            f"b.py left verify-command: `{SAYS_NO}` exited with 1 when it was written",
            "c.py made",
        ]
        assert contents(root) == "new old new"
        (run,) = journal.runs()
        assert ([file.path for file in run.files], run.doubted) == (["a.py", "c.py"], ())

    def test_the_rest_is_verified_anew_without_what_was_put_back(
        self, change: MakeChange, made: Callable[..., list[str]]
    ) -> None:
        asked: list[str] = []

        def verify(changes: Sequence[Change]) -> Mapping[str, Refusal]:
            asked.append(" ".join(one.path for one in changes))
            return {}

        made(
            change("a.py"),
            change("b.py", after=b"newest\n"),
            change("c.py"),
            verify=verify,
            verify_command=SAYS_NO,
            by="file",
        )
        assert asked == ["a.py b.py c.py", "a.py c.py"]

    def test_while_it_runs_it_is_recorded_what_is_in_doubt(
        self, journal: Journal, change: MakeChange, made: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[tuple[str, tuple[str, ...]]] = []

        def look(command: str, root: Path) -> str | None:
            (run,) = journal.runs()
            seen.append((" ".join(file.path for file in run.files), run.doubted))
            return None

        monkeypatch.setattr(writer_module, "complaint", look)
        made(change("a.py"), change("b.py"), verify_command="true", by="file")
        assert seen == [("a.py", ("a.py",)), ("a.py b.py", ("b.py",))]

    def test_a_limit_is_of_batches_that_are_made(
        self, root: Path, change: MakeChange, made: Callable[..., list[str]]
    ) -> None:
        changes = change("a.py"), change("b.py", after=b"newest\n"), change("c.py"), change("d.py")
        said = made(*changes, verify_command=SAYS_NO, by="file", limit=2)
        assert [line.split()[1] for line in said] == ["made", "left", "made", "left"]
        assert contents(root) == "new old new old"

    def test_its_output_does_not_disturb_ours(
        self, change: MakeChange, made: Callable[..., list[str]], capfd: pytest.CaptureFixture[str]
    ) -> None:
        made(change("a.py"), verify_command="echo hello")
        assert capfd.readouterr() == ("", "hello\n")

    def test_an_interrupt_puts_the_batch_back(
        self, root: Path, change: MakeChange, made: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(command: str, root: Path) -> str | None:
            raise KeyboardInterrupt

        monkeypatch.setattr(writer_module, "complaint", interrupt)
        with pytest.raises(KeyboardInterrupt):
            made(change("a.py"), verify_command="true")
        assert contents(root) == "old"

    def test_what_it_changes_itself_is_not_put_back(
        self, root: Path, change: MakeChange, made: Callable[..., list[str]]
    ) -> None:
        said = made(change("a.py"), verify_command="echo mine > a.py; false")
        assert said == ["a.py failed: not put back: it was changed by somebody else meanwhile"]
        assert contents(root) == "mine"

    def test_what_it_fails_with_is_told(self, change: MakeChange, made: Callable[..., list[str]]) -> None:
        (said,) = made(change("a.py"), verify_command="kill -9 $$")
        assert "was ended by signal 9" in said


def test_what_was_applied_can_be_undone(
    root: Path, journal: Journal, change: MakeChange, made: Callable[..., list[str]]
) -> None:
    made(change("a.py"), change("new.py", before=None), change("gone.py", after=None))
    list(undo(journal, journal.find(None), root, Wanted()))
    assert sorted(path.name for path in root.glob("*.py")) == ["a.py", "gone.py"]
    assert contents(root) == "old old"
