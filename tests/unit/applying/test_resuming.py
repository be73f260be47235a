"""A run that is killed while it writes: at whatever moment, it can be undone, and started again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_lint.applying import Change, Orders, apply_changes, finish_interrupted, resume
from ssot_lint.journal import Journal, Wanted, undo

MakeChange = Callable[..., Change]
CALLS = ("open", "fsync", "chmod", "replace", "unlink", "mkdir", "rmdir", "scandir", "stat")
"""What writing asks of the operating system; before one of those calls the process is killed."""
KILLED = f"""
import os, signal, sys
from pathlib import Path

import hashlib, json, shutil, tempfile  # they ask, too, when they are imported
from ssot_lint.applying import Change, Orders, apply_changes
from ssot_lint.journal import Journal


def mortal(function):
    def call(*arguments, **keywords):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **keywords)

    return call


changes = eval(sys.argv[2])
for moment in range(1000):
    root = Path(sys.argv[1], str(moment))
    for change in changes:
        if change.before is not None:
            (root / change.path).parent.mkdir(exist_ok=True, parents=True)
            (root / change.path).write_bytes(change.before)
    child = os.fork()
    if not child:
        left = moment
        for name in {CALLS!r}:
            setattr(os, name, mortal(getattr(os, name)))
        orders = Orders(root=root, journal=Journal(root / "cache"), request="r")
        print(*apply_changes(changes, orders, lambda changes: {{}}), file=sys.stderr)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""
BEFORE = {"a.py": b"old a\r\n", "b/b.py": b"\xef\xbb\xbfold b", "c.py": b"old c\n", "gone/d.py": b"old d\n"}
AFTER = {"a.py": b"new a\r\n", "b/b.py": b"\xef\xbb\xbfnew b", "c.py": b"new c\n", "new/e.py": b"new e\n"}
PATHS = sorted({*BEFORE, *AFTER})
CHANGES = [Change(path, BEFORE.get(path), AFTER.get(path), mode=0o644) for path in PATHS]


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Projects in which the same run was killed, each a call later; in the last one it came to its end."""
    root = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-c", KILLED, str(root), repr(CHANGES)]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return sorted(root.iterdir(), key=lambda path: int(path.name))


def contents(root: Path) -> Mapping[str, bytes]:
    """Give all files of a project; what is not finished stands in the cache."""
    paths = (path for path in root.rglob("*") if path.is_file() and root / "cache" not in path.parents)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def test_every_file_is_as_it_was_or_as_it_is_to_be(killed: list[Path]) -> None:
    assert len(killed) > 20
    written = []
    for root in killed:
        now = contents(root)
        assert all(now.get(path) in (BEFORE.get(path), AFTER.get(path)) for path in {*PATHS, *now}), root.name
        written.append(sum(now.get(path) == AFTER.get(path) for path in PATHS))
    assert written == sorted(written)
    assert set(written) == set(range(len(PATHS) + 1)), "killed before, after and between all files"


def test_it_can_be_undone(killed: list[Path], tmp_path: Path) -> None:
    undone = 0
    for killed_root in killed:
        root = shutil.copytree(killed_root, tmp_path / killed_root.name)
        journal = Journal(root / "cache")
        if contents(root) != BEFORE:
            assert {one.outcome for one in undo(journal, journal.find(None), root, Wanted())} <= {
                "restored",
                "unchanged",
            }
            undone += 1
        assert contents(root) == BEFORE, root.name
    assert undone > 10


def test_started_again_it_ends_in_the_same_state(killed: list[Path], tmp_path: Path) -> None:
    for killed_root in killed:
        root = shutil.copytree(killed_root, tmp_path / killed_root.name)
        journal = Journal(root / "cache")
        resume(journal, root, "r")
        now = contents(root)
        left = [change for change in CHANGES if now.get(change.path) != change.after]
        orders = Orders(root=root, journal=journal, request="r")
        assert all(applied.made for applied in apply_changes(left, orders, lambda changes: {}))
        assert contents(root) == AFTER, root.name
        assert resume(journal, root, "r") is None
        assert not list(root.rglob(".ssot-lint-*"))
        list(undo(journal, journal.find(None), root, Wanted()))
        assert contents(root) == BEFORE


class TestResume:
    @pytest.fixture
    def journal(self, root: Path) -> Journal:
        return Journal(root / "cache")

    def test_what_was_not_written_is(self, root: Path, journal: Journal, change: MakeChange) -> None:
        changes = [change("a.py"), change("b.py"), change("c.py")]
        run = journal.begin("fix", "r", [one.record for one in changes])
        (root / "a.py").write_bytes(b"new\n")
        (root / "c.py").write_bytes(b"mine\n")
        resumed = resume(journal, root, "r")
        assert resumed is not None
        assert (resumed.written, resumed.put_back, resumed.changed) == (1, 0, ("c.py",))
        assert [(root / path).read_bytes() for path in ("a.py", "b.py", "c.py")] == [b"new\n", b"new\n", b"mine\n"]
        found = journal.find(run.name)
        assert (found.state, len(found.files)) == ("finished", 3)

    def test_what_was_in_doubt_is_put_back(self, root: Path, journal: Journal, change: MakeChange) -> None:
        changes = [change("a.py"), change("b.py"), change("new.py", before=None)]
        journal.begin("fix", "r", [one.record for one in changes], ["b.py", "new.py"])
        for one in changes:
            (root / one.path).write_bytes(b"new\n")
        resumed = resume(journal, root, "r")
        assert resumed is not None
        assert (resumed.written, resumed.put_back) == (0, 2)
        assert contents(root) == {"a.py": b"new\n", "b.py": b"old\n"}
        assert [file.path for file in resumed.run.files] == ["a.py"]

    def test_another_run_is_none_of_ours(self, root: Path, journal: Journal, change: MakeChange) -> None:
        journal.begin("fix", "another", [change("a.py").record])
        assert resume(journal, root, "r") is None
        assert contents(root) == {"a.py": b"old\n"}

    def test_nor_is_one_that_came_to_its_end(self, root: Path, journal: Journal, change: MakeChange) -> None:
        journal.finish(journal.begin("fix", "r", [change("a.py").record]))
        assert resume(journal, root, "r") is None

    def test_a_file_that_cannot_be_written_is_told(self, root: Path, journal: Journal, change: MakeChange) -> None:
        journal.begin("fix", "r", [change("a.py").record])
        os.chmod(root / "a.py", 0o444)
        resumed = resume(journal, root, "r")
        assert resumed is not None
        assert resumed.changed == ("a.py",)

    def test_what_is_told(self, root: Path, journal: Journal, change: MakeChange) -> None:
        assert list(finish_interrupted(root / "cache", root, "r")) == []
        changes = [change("a.py"), change("b.py"), change("c.py")]
        name = journal.begin("fix src", "r", [one.record for one in changes], ["b.py"]).name
        (root / "b.py").write_bytes(b"new\n")
        (root / "c.py").write_bytes(b"mine\n")
        assert list(finish_interrupted(root / "cache", root, "another")) == [
            f"run {name} (`fix src`) was interrupted while it wrote; `ssot-lint undo {name}` takes back what it wrote"
        ]
        assert list(finish_interrupted(root / "cache", root, "r")) == [
            f"run {name} was interrupted while it wrote, and was brought to its end first "
            "(1 more written; 1 put back, to be verified again; changed since: c.py)"
        ]
        assert list(finish_interrupted(root / "cache", root, "r")) == []
