"""What the files of a project are: known by size and times while those stay the same, else by their bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping

from ssot_lint.cachefiles import edition
from ssot_lint.hashing import digest

SECOND = 1_000_000_000
MOMENT = SECOND // 50
"""How long, in nanoseconds, two changes of a file may carry the same time: a tick of the clock, with room to spare."""
COARSE_MOMENT = 2 * SECOND + MOMENT
"""The same where times are whole seconds, or every other second."""

Times = tuple[int, int, int]
"""The size of a file, and when its contents and anything about it were changed last."""
Seen = tuple[int, int, int, bytes]
"""The times of a file, and the digest of its bytes."""

UNTOLD: Times = (-1, 0, 0)
"""Stands for times that tell nothing: the file had just been changed, and may have been again within them."""
ABSENT = b""
"""Stands for the digest of a file that is not there, or cannot be read."""


class Tree:
    """The files below ``root``, as they are now and, in ``before``, as an earlier run has seen them."""

    def __init__(self, root: str, before: Mapping[str, Seen]) -> None:
        self._root = root
        self._before = before
        self._now = time.time_ns()
        self._times: dict[str, Times | None] = {}
        self._digests: dict[str, bytes] = {}

    def glance(self, path: str) -> bytes | None:
        """Give the digest of a file that has not changed; ``None`` for one that would have to be read."""
        if path not in self._times:
            self._times[path] = now = self._look(path)
            before = self._before.get(path)
            if before is not None and now == before[:3]:
                self._digests[path] = before[3]
        return self._digests.get(path)

    def settle(self) -> None:
        """Wait a moment if a file at which was glanced has just been changed, so that its times tell something."""
        young = [path for path, times in self._times.items() if times and not self._is_telling(times)]
        if young:
            time.sleep(MOMENT / SECOND)
            self._now = time.time_ns()
        for path in young:
            del self._times[path]
            self._digests.pop(path, None)
            self.glance(path)

    def digest(self, path: str) -> bytes:
        """Give the digest of the bytes of the file ``path``, which is read only if it may have changed."""
        known = self.glance(path)
        if known is None:
            known = self._digests[path] = self._read(path)
        return known

    def learn(self, path: str, found: bytes) -> None:
        """Take the digest of a file, or the print of a directory, that somebody has read after the first `glance`."""
        self._digests[path] = found

    def digests(self) -> dict[str, bytes]:
        """Give the digests of all files that are there, as far as they are known."""
        return {path: found for path, found in self._digests.items() if found != ABSENT}

    def seen(self) -> dict[str, Seen]:
        """Give what another run needs to know all those files again."""
        return {path: (*self.told(self._times.get(path)), found) for path, found in self.digests().items()}

    def told(self, times: Times | None) -> Times:
        """Give ``times``, if they were the same when the run began, and tell something."""
        return times if times and is_settled(times, self._now) else UNTOLD

    def restless(self, paths: Iterable[str]) -> frozenset[str]:
        """Give those of ``paths`` that may not have been the same all the time since they were looked at first."""
        return frozenset(
            path
            for path in paths
            if (times := self._times.get(path)) is None or not self._is_telling(times) or self._look(path) != times
        )

    def _look(self, path: str) -> Times | None:
        return look(f"{self._root}/{path}")

    def _read(self, path: str) -> bytes:
        try:
            with open(f"{self._root}/{path}", "rb", buffering=0) as file:
                return digest(file.read())
        except OSError:
            return ABSENT

    def _is_telling(self, times: Times) -> bool:
        return is_settled(times, self._now)


def look(path: str) -> Times | None:
    """Give the times of a file or directory; ``None`` if it is not there."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def is_settled(times: Times, now: int) -> bool:
    """Tell whether a file was last changed so long before ``now`` that another change would show."""
    _, changed, created = times
    moment = MOMENT if changed % SECOND or created % SECOND else COARSE_MOMENT
    return max(changed, created) + moment <= now


Kept = tuple[bytes, dict[str, Seen], dict[str, Times | None], dict[str, Times | None]]
"""What is kept of a tree: a name for the contents of its files; they and other files and directories that were read;
the directories in which files may come to be, relative as the files are; files that decide on which files count.
"""


def tree_file(directory: str, root: str) -> str:
    """Give the file, in the ``directory`` of the cache, for the tree below ``root``."""
    return f"{directory}/tree-{digest(repr((root, edition())).encode('utf-8', 'surrogateescape')).hex()}"


def is_unchanged(root: str, tree: Kept) -> bool:
    """Tell whether nothing in the ``tree`` below ``root`` has changed, by sizes and times; nothing is read."""
    _, files, directories, guards = tree
    stat = os.stat
    try:
        for path, (size, changed, created, _) in files.items():
            status = stat(f"{root}/{path}")
            if status.st_mtime_ns != changed or status.st_size != size or status.st_ctime_ns != created:
                return False
    except OSError:
        return False
    return are_unchanged(root, directories, guards)


def are_unchanged(root: str, directories: Mapping[str, Times | None], guards: Mapping[str, Times | None]) -> bool:
    """Tell whether ``directories`` below ``root``, and files anywhere, are as they were, or still not there."""
    return all(look(f"{root}/{path}") == times for path, times in directories.items()) and all(
        look(path) == times for path, times in guards.items()
    )
