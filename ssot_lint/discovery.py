"""Which files a run looks at: what git lists, else what a walk finds, and what was named on the command line.

Files are named by their path relative to the project root, with ``/``.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ssot_lint.cachefiles import CACHE
from ssot_lint.git import GitFailed, git
from ssot_lint.git import paths as git_paths
from ssot_lint.globs import matches_path
from ssot_lint.model import Failure

SUFFIXES = (".py", ".pyi")

NEVER_WALKED = (
    frozenset({".git", ".hg", ".svn", ".bzr", ".git-rewrite", ".jj", ".vscode", ".idea", ".direnv", ".eggs", ".pyenv"})
    | frozenset({".mypy_cache", ".pytest_cache", ".ruff_cache", ".pytype", ".pants.d", ".nox", ".tox", ".venv", "venv"})
    | frozenset({CACHE})
    | frozenset({"__pycache__", "__pypackages__", "_build", "buck-out", "dist", "node_modules", "site-packages"})
)
"""Directories without source of the project, by the names that ruff skips; where git answers, git decides."""


class PathError(Exception):
    """A path named on the command line is neither a file nor a directory; the text of the exception says so."""


@dataclass(frozen=True)
class Discovery:
    """The ``files`` to look at, in order, and which of them were ``named`` one by one; what could not be listed; and
    all files of the ``project``, if git told them.
    """

    files: tuple[str, ...]
    named: frozenset[str] = frozenset()
    failures: tuple[Failure, ...] = ()
    project: tuple[str, ...] | None = None


@dataclass(frozen=True)
class _Listing:
    """Python ``files``; what could not be listed; and all that git ``knows``, of whatever sort, if it was asked."""

    files: tuple[str, ...]
    failures: tuple[Failure, ...] = ()
    knows: tuple[str, ...] = ()

    def below(self, directory: str) -> _Listing:
        """The part of the listing below ``directory``, a path relative to the root."""
        if directory == ".":
            return self
        prefix = directory + "/"
        return _Listing(
            tuple(path for path in self.files if path.startswith(prefix)),
            knows=tuple(path for path in self.knows if path.startswith(prefix)),
        )


def discover(root: Path, paths: Sequence[str], exclude: Sequence[str], force_exclude: bool) -> Discovery:
    """Find the files to look at: ``paths`` that are files, and the Python files below those that are directories.

    ``paths`` are relative to the working directory. ``exclude`` is for files that were found rather than named, and
    with ``force_exclude`` for all. Raises `PathError` if something in ``paths`` does not exist.
    """
    named: set[str] = set()
    directories: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            directories.append(path)
        elif os.path.isfile(path):
            named.add(relative_path(root, path))
        else:
            raise PathError(_what_is_wrong(path))
    listing, project = _list_directories(root, directories) if directories else (_Listing(()), None)
    found = {path for path in listing.files if not matches_path(path, exclude)}
    if force_exclude:
        named = {path for path in named if not matches_path(path, exclude)}
    return Discovery(tuple(sorted(named | found)), frozenset(named), listing.failures, project)


def project_files(root: Path) -> tuple[str, ...]:
    """All Python files of the project at ``root``, in order."""
    return (_ask_git(root) or _walk(root, os.fspath(root))).files


def relative_path(root: Path, path: str) -> str:
    """Give ``path``, relative to the working directory or absolute, relative to ``root``, with ``/``."""
    relative = _relative(os.path.abspath(path), os.fspath(root))
    if _is_outside(relative):
        # One of the two may lead through a symbolic link; the last component stays as it was named.
        directory, name = os.path.split(os.path.abspath(path))
        resolved = _relative(os.path.join(os.path.realpath(directory), name), os.path.realpath(root))
        return relative if _is_outside(resolved) else resolved
    return relative


def _relative(path: str, start: str) -> str:
    try:
        return os.path.relpath(path, start).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")


def _is_outside(relative: str) -> bool:
    return relative == ".." or relative.startswith("../") or os.path.isabs(relative)


def _what_is_wrong(path: str) -> str:
    if os.path.exists(path):
        return f"{path} is neither a file nor a directory"
    if os.path.islink(path):
        return f"{path} is a symbolic link to nothing"
    return f"there is no file or directory {path}"


def _list_directories(root: Path, directories: Sequence[str]) -> tuple[_Listing, tuple[str, ...] | None]:
    """List the files below ``directories``; give those of the whole project, too, if git told them."""
    told = _ask_git(root)
    listings: list[_Listing] = []
    for directory in directories:
        relative = relative_path(root, directory)
        listing = told.below(relative) if told and not _is_outside(relative) else None
        # Named all the same: a directory that git ignores as a whole, another repository, one outside the project.
        listings.append(listing if listing and listing.knows else _walk(root, directory))
    files = tuple(path for listing in listings for path in listing.files)
    failures = dict.fromkeys(failure for listing in listings for failure in listing.failures)
    return _Listing(files, tuple(failures)), told.files if told else None


def _ask_git(root: Path) -> _Listing | None:
    """List what git tracks or does not ignore below ``root``; ``None`` if it knows nothing there or is not there."""
    try:
        answer = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    except GitFailed:
        return None
    if not answer:
        return None
    known = tuple(git_paths(answer))
    # A file with conflicts is listed once for each side.
    paths = sorted({path for path in known if path.endswith(SUFFIXES)})
    return _Listing(tuple(path for path in paths if _is_regular(os.path.join(root, path))), knows=known)


def _is_regular(path: str) -> bool:
    """Whether there is a file ``path`` that is no symbolic link: those are other names of files, or lead outside."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def _walk(root: Path, directory: str) -> _Listing:
    """List the Python files below ``directory``, without those that no project has for its source."""
    files: list[str] = []
    failures: list[Failure] = []
    relative = relative_path(root, directory)
    stack = [(directory, "" if relative == "." else relative + "/")]
    while stack:
        directory, prefix = stack.pop()
        try:
            entries = list(os.scandir(directory))
        except OSError as error:
            failures.append(Failure(prefix.rstrip("/") or ".", f"cannot list this directory: {error.strerror}"))
            continue
        files += [prefix + entry.name for entry in entries if _is_source(entry)]
        stack += [(entry.path, f"{prefix}{entry.name}/") for entry in entries if _is_walked(entry)]
    return _Listing(tuple(sorted(files)), tuple(failures))


def _is_source(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(SUFFIXES) and entry.is_file(follow_symlinks=False)


def _is_walked(entry: os.DirEntry[str]) -> bool:
    return entry.name not in NEVER_WALKED and entry.is_dir(follow_symlinks=False)
