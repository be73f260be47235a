"""Changing the file of the baseline: one process after the other, whole or not at all, and nothing else in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir

from ssot_lint.baseline.entries import Entry, as_text, parse
from ssot_lint.fingerprint import digest
from ssot_lint.fixing.writing import write_file


def change(path: Path, changed: Callable[[Sequence[Entry]], Sequence[Entry]]) -> None:
    """Let ``changed`` say what entries the file ``path`` is to have instead of those that it has by then.

    Others that change the file wait meanwhile. Raises `ConfigurationErrors` for a file that cannot be read and
    `WriteRefused` for one that cannot be written.
    """
    with _alone(path):
        before = path.read_bytes() if path.exists() else None
        entries = parse(before.decode("utf-8"), path) if before is not None else ()
        after = as_text(changed(entries)).encode()
        if after != before:
            write_file(path, before, after, path.parent)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Wait until no other process of this user is here for the same ``path``.

    The lock is a file beside no project: it may stay, since it goes with the process that holds it.
    """
    user = os.getuid() if hasattr(os, "getuid") else ""
    name = f"ssot-lint-{user}-{digest(os.path.realpath(path))}.lock"
    with open(os.path.join(gettempdir(), name), "ab") as file:
        _lock(file.fileno())
        yield


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        import msvcrt

        while True:  # it gives up after ten seconds each time
            with suppress(OSError):
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                return

else:

    def _lock(descriptor: int) -> None:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
