"""Files that were renamed, in the working tree and in commits."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint.baseline.renames import renamed, renamed_since
from ssot_lint.git import GitFailed, git

WHO = ("-c", "user.name=a", "-c", "user.email=a@b")
Commit = Callable[[], None]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in a directory of a repository, with four files."""
    root = tmp_path / "back end"
    root.mkdir()
    git(tmp_path, "init", "-q")
    for name in "abcd":
        (root / f"{name}.py").write_text("".join(f"{name}{number}\n" for number in range(40)))
    return root


@pytest.fixture
def commit(project: Path) -> Commit:
    def function() -> None:
        git(project, "add", "-A")
        git(project, *WHO, "commit", "-qm", "x")

    function()
    return function


def move(root: Path, old: str, new: str) -> None:
    (root / new).parent.mkdir(exist_ok=True)
    os.rename(root / old, root / new)


def test_staged_and_not_staged(project: Path, commit: Commit) -> None:
    git(project, "mv", "a.py", "e.py")
    move(project, "b.py", "sub/ä.py")
    index = (project.parent / ".git" / "index").read_bytes()
    assert renamed(project, ["a.py", "b.py", "x.py"]) == {"a.py": "e.py", "b.py": "sub/ä.py"}
    assert (project.parent / ".git" / "index").read_bytes() == index


def test_in_commits_one_after_the_other(project: Path, commit: Commit) -> None:
    move(project, "a.py", "e.py")
    commit()
    move(project, "c.py", "h.py")
    commit()
    move(project, "e.py", "f.py")
    with (project / "f.py").open("a") as file:
        file.write("changed\n")
    commit()
    move(project, "f.py", "g.py")
    assert renamed(project, ["a.py", "b.py", "c.py"]) == {"a.py": "g.py", "c.py": "h.py"}


def test_what_was_deleted_is_nowhere(project: Path, commit: Commit) -> None:
    (project / "a.py").unlink()
    commit()
    (project / "b.py").unlink()
    (project / "new.py").write_text("something else\n")
    move(project, "c.py", "e.py")
    commit()
    (project / "e.py").unlink()
    assert renamed(project, ["a.py", "b.py", "c.py"]) == {}


def test_of_two_renames_of_a_path_the_last_counts(project: Path, commit: Commit) -> None:
    move(project, "a.py", "e.py")
    commit()
    move(project, "b.py", "a.py")
    commit()
    move(project, "a.py", "f.py")
    commit()
    assert renamed(project, ["a.py"]) == {"a.py": "f.py"}


def test_there_and_back(project: Path, commit: Commit) -> None:
    move(project, "a.py", "e.py")
    commit()
    move(project, "e.py", "a.py")
    commit()
    (project / "a.py").unlink()
    assert renamed(project, ["a.py", "e.py"]) == {}


def test_without_a_repository_nothing_is_known(tmp_path: Path) -> None:
    assert renamed(tmp_path, ["a.py"]) == {}
    with pytest.raises(GitFailed):
        renamed_since(tmp_path, "HEAD")


def test_before_the_first_commit(project: Path) -> None:
    assert renamed(project, ["z.py"]) == {}


def test_since_a_revision(project: Path, commit: Commit) -> None:
    move(project, "a.py", "e.py")
    commit()
    move(project, "b.py", "f.py")
    assert renamed_since(project, "HEAD~1") == {"a.py": "e.py", "b.py": "f.py"}
    assert renamed_since(project, "HEAD") == {"b.py": "f.py"}


def test_more_than_fit_on_a_command_line(project: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ssot_lint.baseline.renames.CHUNK", 1)
    move(project, "a.py", "e.py")
    move(project, "b.py", "f.py")
    expected = {"a.py": "e.py", "b.py": "f.py"}
    assert renamed(project, ["a.py", "b.py"]) == expected
    commit()
    assert renamed(project, ["a.py", "b.py"]) == expected
