"""Asking git: what it prints, what it says when it fails, and which directory it speaks of."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.git import GitFailed, git, paths


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    return tmp_path


def test_what_it_prints_is_given(repository: Path) -> None:
    (repository / "a b.py").touch()
    (repository / "ä.py").touch()
    assert paths(git(repository, "ls-files", "-z", "--others")) == ["a b.py", "ä.py"]
    assert git(repository, "hash-object", "--stdin", stdin=b"x\n") == b"587be6b4c3f93f93c489c0111bba5596147a26cb\n"


def test_the_directory_is_the_one_that_is_named(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    assert git(repository, "rev-parse", "--git-dir") == b".git\n"


def test_variables_are_set_for_it(repository: Path) -> None:
    assert (
        git(repository, "var", "GIT_AUTHOR_IDENT", variables={"GIT_AUTHOR_NAME": "N", "GIT_AUTHOR_EMAIL": "e"})[:5]
        == b"N <e>"
    )


def test_what_it_says_when_it_fails(repository: Path) -> None:
    with pytest.raises(GitFailed, match=r"^ambiguous argument 'nowhere': unknown revision"):
        git(repository, "log", "nowhere")


def test_it_may_not_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitFailed, match="git cannot be run: No such file"):
        git(tmp_path, "status")
