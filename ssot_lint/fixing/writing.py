"""Writing a fixed file: whole or not at all, and never over what somebody else has written meanwhile."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path


class WriteRefused(Exception):
    """A file was not written and is as it was; the message is a sentence that says why."""


def write_file(path: Path, before: bytes, after: bytes, root: Path) -> None:
    """Make ``after`` the content of ``path``, which held ``before`` when it was read.

    Where ``path`` is a symbolic link inside ``root``, its target is replaced and the link stays. Mode and, where
    possible, owner stay as they are. Raises `WriteRefused` where the file has changed meanwhile, must not or cannot be
    written, or lies outside ``root``.
    """
    try:
        target = path.resolve(strict=True)
        _check_place(target, root)
        _replace(target, before, after)
    except OSError as error:
        raise WriteRefused(f"it could not be written: {error.strerror or error}") from error
    except RuntimeError as error:
        raise WriteRefused("it is a symbolic link in a circle") from error


def _check_place(target: Path, root: Path) -> None:
    if not target.is_relative_to(root.resolve()):
        raise WriteRefused(f"it leads out of the project, to {target}")
    mode = target.stat().st_mode
    if not stat.S_ISREG(mode):
        raise WriteRefused("it is not a regular file")
    # The superuser may write anything; a file without any write permission is meant to stay as it is all the same.
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise WriteRefused("it is read-only")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise WriteRefused(f"nothing can be written in its directory, {target.parent}")


def _replace(target: Path, before: bytes, after: bytes) -> None:
    """Write a neighbour, then let it take the place of ``target``; the neighbour never outlives an error."""
    from tempfile import mkstemp

    descriptor, name = mkstemp(prefix=".ssot-lint-", suffix=".tmp", dir=target.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        _dress(name, target.stat())
        if target.read_bytes() != before:
            raise WriteRefused("it was changed by somebody else while it was being fixed")
        os.replace(name, target)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _dress(name: str, model: os.stat_result) -> None:
    """Give the file ``name`` the owner and the mode of ``model``; changing the owner may clear bits of the mode."""
    own = os.stat(name)
    if (own.st_uid, own.st_gid) != (model.st_uid, model.st_gid):
        with suppress(OSError):
            os.chown(name, model.st_uid, model.st_gid)
    os.chmod(name, stat.S_IMODE(model.st_mode))
