"""Writing a file: whole or not at all, and never over what somebody else has written meanwhile."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

UNFINISHED = ".ssot-lint-"
"""How the names of files start that are to take the place of others."""
COMPILED = "__pycache__"


class WriteRefused(Exception):
    """A file was not written and is as it was; the message is a sentence that says why."""


def write_file(
    path: Path,
    before: bytes | None,
    after: bytes | None,
    root: Path,
    *,
    mode: int | None = None,
    scratch: Path | None = None,
) -> None:
    """Make ``after`` the content of ``path``, which held ``before`` when it was read; ``None`` is no file.

    Where ``path`` is a symbolic link inside ``root``, its target is replaced and the link stays. Mode and, where
    possible, owner stay as they are; a new file has ``mode``, or what new files have. Directories are made for a new
    file, and those that hold nothing any more go with one that goes. What is not finished stands in the directory
    ``scratch``, or beside ``path`` if there is none or that is on another disk. Raises `WriteRefused` where the file
    has changed meanwhile, must not or cannot be written, or lies outside ``root``.
    """
    try:
        if before is None:
            _create(path, after or b"", root, mode, scratch)
        elif after is None:
            _delete(path, before, root)
        else:
            _replace(path.resolve(strict=True), before, after, root, scratch)
    except OSError as error:
        raise WriteRefused(f"it could not be written: {error.strerror or error}") from error
    except RuntimeError as error:
        raise WriteRefused("it is a symbolic link in a circle") from error


def _check_place(target: Path, root: Path) -> None:
    _check_root(target, root)
    mode = target.stat().st_mode
    if not stat.S_ISREG(mode):
        raise WriteRefused("it is not a regular file")
    # The superuser may write anything; a file without any write permission is meant to stay as it is all the same.
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise WriteRefused("it is read-only")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise WriteRefused(f"nothing can be written in its directory, {target.parent}")


def _check_root(target: Path, root: Path) -> None:
    if not target.is_relative_to(root.resolve()):
        raise WriteRefused(f"it leads out of the project, to {target}")


def _replace(target: Path, before: bytes, after: bytes, root: Path, scratch: Path | None) -> None:
    def get_ready(name: str) -> None:
        _dress(name, target.stat())
        _check_content(target, before)

    _check_place(target, root)
    _put(target, after, scratch, get_ready)


def _create(path: Path, after: bytes, root: Path, mode: int | None, scratch: Path | None) -> None:
    def get_ready(name: str) -> None:
        os.chmod(name, 0o666 & ~_umask() if mode is None else mode)
        if os.path.lexists(path):
            raise WriteRefused("there is such a file already")

    _check_root(path.parent.resolve(), root)
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(path, after, scratch, get_ready)


def _delete(path: Path, before: bytes, root: Path) -> None:
    _check_place(path.resolve(strict=True), root)
    if path.is_symlink():
        raise WriteRefused("it is a symbolic link")
    _check_content(path, before)
    path.unlink()
    _drop_empty(path.parent, root)


def _check_content(path: Path, before: bytes) -> None:
    if path.read_bytes() != before:
        raise WriteRefused("it was changed by somebody else meanwhile")


def _drop_empty(directory: Path, root: Path) -> None:
    """Remove directories that hold nothing but compiled modules: Python would still take them for packages."""
    while directory != root and directory.is_relative_to(root):
        entries = [entry.name for entry in os.scandir(directory)]
        if entries not in ([], [COMPILED]):
            return
        if entries:
            from shutil import rmtree

            rmtree(directory / COMPILED)
        directory.rmdir()
        directory = directory.parent


def _put(target: Path, content: bytes, scratch: Path | None, get_ready: Callable[[str], None]) -> None:
    """Let a file with ``content`` take the place of ``target`` at once, after ``get_ready`` had a look at it."""
    try:
        _put_from(scratch or target.parent, target, content, get_ready)
    except OSError as error:
        if scratch is None or error.errno != errno.EXDEV:
            raise
        _put_from(target.parent, target, content, get_ready)


def _put_from(directory: Path, target: Path, content: bytes, get_ready: Callable[[str], None]) -> None:
    """Write a file in ``directory``, then let it take the place of ``target``; it never outlives an error."""
    from tempfile import mkstemp

    descriptor, name = mkstemp(prefix=UNFINISHED, suffix=".tmp", dir=directory)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        get_ready(name)
        os.replace(name, target)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _umask() -> int:
    """Give the permissions that new files do not get; they can only be read by setting them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _dress(name: str, model: os.stat_result) -> None:
    """Give the file ``name`` the owner and the mode of ``model``; changing the owner may clear bits of the mode."""
    own = os.stat(name)
    if (own.st_uid, own.st_gid) != (model.st_uid, model.st_gid):
        with suppress(OSError):
            os.chown(name, model.st_uid, model.st_gid)
    os.chmod(name, stat.S_IMODE(model.st_mode))
