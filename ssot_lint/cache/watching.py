"""What has to stay the same for the files of a project to be the same ones: its directories, and what git goes by."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from ssot_lint.cache.tree import Times, look
from ssot_lint.cachefiles import CACHE
from ssot_lint.discovery import NEVER_WALKED
from ssot_lint.git import GitFailed, git, paths

GIT = ".git"
IGNORE = ".gitignore"


def watched(root: Path) -> tuple[dict[str, Times | None], dict[str, Times | None]]:
    """Give the directories below ``root`` in which files of the project may come to be, and files that git goes by.

    The former are relative to ``root``, the latter absolute; each with its times, or ``None`` for what is not there:
    that must not come to be, either.
    """
    try:
        ignored = frozenset(
            path.rstrip("/")
            for path in paths(git(root, "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory"))
            if path.endswith("/")
        )
        guards = [*_files_of_git(root), *_ignores_above(root)]
    except GitFailed:
        directories = list(_walk(root, lambda path, name: name in NEVER_WALKED))
        return _seen(root, directories), {}
    directories = list(_walk(root, lambda path, name: name in (GIT, CACHE) or path in ignored))
    guards += [os.path.join(root, directory, IGNORE) for directory in directories]
    return _seen(root, directories), {path: look(path) for path in guards}


def _seen(root: Path, directories: list[str]) -> dict[str, Times | None]:
    return {directory: look(os.path.join(root, directory)) for directory in directories}


def _walk(root: Path, is_left_out: Callable[[str, str], bool]) -> Iterator[str]:
    """Give the directories below ``root``, that itself as ``""``; other repositories are not entered."""
    waiting = [""]
    while waiting:
        directory = waiting.pop()
        yield directory
        try:
            with os.scandir(os.path.join(root, directory)) as entries:
                found = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
        except OSError:  # nor can any file in it be found
            continue
        if directory and any(entry.name == GIT for entry in found):
            continue
        for entry in found:
            path = f"{directory}/{entry.name}" if directory else entry.name
            if not is_left_out(path, entry.name):
                waiting.append(path)


def _files_of_git(root: Path) -> Iterator[str]:
    """Give the files in which git keeps what it tracks, and what it ignores."""
    for name in ("index", "info/exclude", "config"):
        path = git(root, "rev-parse", "--git-path", name)
        yield os.path.normpath(os.path.join(root, os.fsdecode(path).rstrip("\n")))
    home = os.path.expanduser("~")
    yield os.path.join(home, ".gitconfig")
    yield "/etc/gitconfig"
    settings = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    yield os.path.join(settings, "git", "config")
    yield os.path.join(settings, "git", "ignore")
    try:
        named = git(root, "config", "--path", "--get", "core.excludesFile")
    except GitFailed:  # there is no such setting
        return
    yield os.fsdecode(named).rstrip("\n")


def _ignores_above(root: Path) -> Iterator[str]:
    """Give where lists of what to ignore may be that hold for ``root``, from above it."""
    top = os.fsdecode(git(root, "rev-parse", "--show-toplevel")).rstrip("\n")
    directory = os.fspath(root)
    while directory != top and len(directory) > len(top):
        directory = os.path.dirname(directory)
        yield os.path.join(directory, IGNORE)
