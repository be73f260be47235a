"""Which files a run looks at."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from ssot_lint.discovery import PathError, discover, project_files, relative_path


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x = 1\n")


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)
    return project


@pytest.fixture
def repository(root: Path) -> Path:
    git(root, "init", "-q")
    return root


def find(root: Path, *paths: str, exclude: tuple[str, ...] = (), force_exclude: bool = False) -> tuple[str, ...]:
    return discover(root, paths, exclude, force_exclude).files


def test_git_lists_tracked_and_untracked_files_that_it_does_not_ignore(repository: Path) -> None:
    write(repository, "b/tracked.py", "a/untracked.pyi", "ignored.py", "b/notes.txt", "dist/kept.py")
    (repository / ".gitignore").write_text("ignored.py\n")
    git(repository, "add", "b")
    assert find(repository, ".") == ("a/untracked.pyi", "b/tracked.py", "dist/kept.py")


def test_a_deleted_file_that_git_still_tracks_is_dropped(repository: Path) -> None:
    write(repository, "here.py", "gone.py")
    git(repository, "add", ".")
    (repository / "gone.py").unlink()
    assert find(repository, ".") == ("here.py",)


def test_odd_names_are_given_as_they_are(repository: Path) -> None:
    names = ("späte.py", "two words.py", "new\nline.py", os.fsdecode(b"latin-\xe9.py"))
    write(repository, *names)
    assert find(repository, ".") == tuple(sorted(names))


def test_a_file_with_conflicts_is_listed_once(repository: Path) -> None:
    write(repository, "x.py")
    git(repository, "add", "x.py")
    blob = subprocess.run(
        ["git", "hash-object", "x.py"], cwd=repository, check=True, capture_output=True, text=True
    ).stdout.strip()
    git(repository, "rm", "-q", "--cached", "x.py")
    stages = "".join(f"100644 {blob} {stage}\tx.py\n" for stage in (1, 2, 3))
    subprocess.run(["git", "update-index", "--index-info"], cwd=repository, check=True, input=stages, text=True)
    assert project_files(repository) == ("x.py",)


def test_the_variables_of_a_git_hook_do_not_mislead(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repository, "sub/x.py", "sub/ignored.py")
    (repository / ".gitignore").write_text("ignored.py\n")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", "elsewhere")
    assert project_files(repository / "sub") == ("x.py",)
    assert find(repository, ".") == ("sub/x.py",)


def test_without_git_a_walk_skips_what_is_no_source(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "z.py", "a/b/c.py", "a/readme.md", ".venv/lib/x.py", "a/node_modules/x.py", "__pycache__/x.py")
    monkeypatch.setenv("PATH", "")
    assert find(root, ".") == ("a/b/c.py", "z.py")
    assert project_files(root) == ("a/b/c.py", "z.py")


def test_symbolic_links_are_not_followed(repository: Path, tmp_path: Path) -> None:
    write(tmp_path, "outside/x.py")
    write(repository, "real.py")
    (repository / "outside.py").symlink_to(tmp_path / "outside" / "x.py")
    (repository / "again.py").symlink_to("real.py")
    (repository / "directory").symlink_to(tmp_path / "outside")
    assert find(repository, ".") == ("real.py",)
    for entry in (repository / ".git").iterdir():
        assert entry.exists()
    os.rename(repository / ".git", tmp_path / "git")
    assert find(repository, ".") == ("real.py",)


def test_a_directory_named_like_a_module_is_a_directory(root: Path) -> None:
    write(root, "x.py/inner.py", "other.py")
    assert find(root, "x.py") == ("x.py/inner.py",)
    assert find(root, ".") == ("other.py", "x.py/inner.py")


def test_a_named_file_is_taken_whatever_its_name_and_once(root: Path) -> None:
    write(root, "script", "a.py")
    assert find(root, "script", "a.py", "./a.py", str(root / "a.py"), ".") == ("a.py", "script")


def test_exclude_is_for_found_files_and_with_force_for_named_ones(root: Path) -> None:
    write(root, "backups/old.py", "new.py")
    assert find(root, ".", exclude=("backups/**",)) == ("new.py",)
    assert find(root, "backups/old.py", exclude=("backups/**",)) == ("backups/old.py",)
    assert find(root, "backups/old.py", "new.py", exclude=("backups/**",), force_exclude=True) == ("new.py",)


def test_paths_are_relative_to_the_working_directory_and_reported_relative_to_the_root(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository, "sub/x.py", "sub/deep/y.py", "top.py", "subtle.py")
    monkeypatch.chdir(repository / "sub")
    assert find(repository, ".") == ("sub/deep/y.py", "sub/x.py")
    assert find(repository, "x.py", "../top.py") == ("sub/x.py", "top.py")
    assert find(repository, "..") == ("sub/deep/y.py", "sub/x.py", "subtle.py", "top.py")


def test_a_directory_that_git_ignores_is_walked_when_it_is_named(repository: Path) -> None:
    write(repository, "generated/x.py", "docs/notes.txt", "docs/build/y.py", "z.py")
    (repository / ".gitignore").write_text("generated/\ndocs/build/\n")
    assert find(repository, ".") == ("z.py",)
    assert find(repository, "generated") == ("generated/x.py",)
    assert find(repository, "docs") == ()


def test_a_directory_outside_the_project_is_walked(root: Path, tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/x.py")
    assert find(root, "../elsewhere") == ("../elsewhere/x.py",)
    assert find(root, "../elsewhere/x.py") == ("../elsewhere/x.py",)


def test_a_root_behind_a_symbolic_link_is_the_same_root(root: Path, tmp_path: Path) -> None:
    write(root, "x.py")
    (tmp_path / "link").symlink_to(root)
    assert relative_path(root, str(tmp_path / "link" / "x.py")) == "x.py"
    assert relative_path(tmp_path / "link", str(root / "x.py")) == "x.py"


def test_files_that_were_named_are_told_from_those_that_were_found(root: Path) -> None:
    write(root, "a.py", "sub/b.py")
    assert discover(root, ["a.py", "sub"], (), False).named == {"a.py"}


def test_the_project_is_known_if_git_told(repository: Path) -> None:
    write(repository, "a.py", "sub/b.py")
    assert discover(repository, ["a.py"], (), False).project is None
    assert discover(repository, ["sub"], (), False).project == ("a.py", "sub/b.py")


def test_without_git_only_what_is_named_is_walked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "sub/b.py", "other/c.py")
    walked: list[str] = []
    scandir = os.scandir

    def note(directory: str) -> object:
        walked.append(directory)
        return scandir(directory)

    monkeypatch.setattr(os, "scandir", note)
    assert find(root, "sub") == ("sub/b.py",)
    assert walked == ["sub"]


def test_what_is_not_there_is_named(root: Path) -> None:
    (root / "dangling.py").symlink_to("nothing.py")
    os.mkfifo(root / "pipe.py")
    with pytest.raises(PathError, match=r"^there is no file or directory nix\.py$"):
        find(root, "nix.py")
    with pytest.raises(PathError, match=r"^dangling\.py is a symbolic link to nothing$"):
        find(root, "dangling.py")
    with pytest.raises(PathError, match=r"^pipe\.py is neither a file nor a directory$"):
        find(root, "pipe.py")


def test_a_directory_that_cannot_be_listed_is_a_failure_and_the_rest_is_listed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, "closed/x.py", "open/y.py")
    scandir = os.scandir

    def refuse(directory: str) -> object:
        if directory.endswith("closed"):
            raise PermissionError(13, "Permission denied", directory)
        return scandir(directory)

    monkeypatch.setattr(os, "scandir", refuse)
    discovery = discover(root, ["."], (), False)
    assert discovery.files == ("open/y.py",)
    assert [(failure.path, failure.message) for failure in discovery.failures] == [
        ("closed", "cannot list this directory: Permission denied")
    ]
