"""The file in which summaries are kept: rows of a key and a value, and when they were used last."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

TABLE = "CREATE TABLE IF NOT EXISTS summary (key BLOB PRIMARY KEY, used INTEGER NOT NULL, value BLOB NOT NULL)"
OLDEST_HALF = "SELECT key FROM summary ORDER BY used LIMIT (SELECT count(*) + 1 FROM summary) / 2"

SECONDS_OF_A_DAY = 86_400
KEPT_DAYS = 30
LARGEST = 512 * 1024 * 1024
"""How many bytes the rows may take: more than 100,000 modules."""

PATIENCE = 3.0
"""How many seconds to wait for other processes that write."""

BETWEEN_ATTEMPTS = 0.02


class Unusable(OSError):
    """The database cannot be used: it is locked or damaged, may not be written, the disk is full."""


class Database:
    """The database in the file ``path``, opened, or made if there is none.

    ``family`` is a glob for its name and those of its predecessors, which are removed some time. Several processes may
    have a database open, but each must open it for itself. All that is done with it raises `Unusable` if it cannot be
    done; a file that is damaged is removed then, so that the next run begins anew.
    """

    def __init__(self, path: Path, family: str) -> None:
        self._path = path
        self._family = family
        with self._translated():
            self._connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            try:
                self._prepare()
            except sqlite3.Error:
                self._connection.close()
                raise

    def _prepare(self) -> None:
        """Make it what it should be; when several processes begin anew, SQLite lets some fail where they could wait."""
        end = time.monotonic() + PATIENCE
        while not self._is_prepared(is_last_attempt=time.monotonic() > end):
            time.sleep(BETWEEN_ATTEMPTS)

    def _is_prepared(self, is_last_attempt: bool) -> bool:
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")  # a summary that is lost is made again
            self._connection.execute(TABLE)
        except sqlite3.OperationalError as error:
            if is_last_attempt or "locked" not in str(error):
                raise
            return False
        return True

    def get(self, key: bytes) -> tuple[int, bytes] | None:
        """Give the day when a row was used last, and its value; ``None`` if there is no such row."""
        with self._translated():
            row: tuple[int, bytes] | None = self._connection.execute(
                "SELECT used, value FROM summary WHERE key = ?", (key,)
            ).fetchone()
        return row

    def write(self, values: Mapping[bytes, bytes], used: Iterable[bytes], today: int) -> None:
        """Write ``values`` by their keys, and that rows were ``used``, in one transaction; ``today`` is a day's number.

        What is too old is removed on the first time of a day, half of the rows whenever they take too much room.
        """
        with self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            rows = ((key, today, value) for key, value in values.items())
            self._connection.executemany("INSERT OR REPLACE INTO summary VALUES (?, ?, ?)", rows)
            touched = ((today, key) for key in used)
            self._connection.executemany("UPDATE summary SET used = ? WHERE key = ?", touched)
            is_first = self._number("user_version") != today
            if is_first:
                self._connection.execute("DELETE FROM summary WHERE used < ?", (today - KEPT_DAYS,))
                self._connection.execute(f"PRAGMA user_version = {today:d}")
            if self._size() > LARGEST:
                self._connection.execute(f"DELETE FROM summary WHERE key IN ({OLDEST_HALF})")
            self._connection.execute("COMMIT")
        if is_first:
            self._remove_predecessors()

    def close(self) -> None:
        """Let go of the file."""
        with self._translated():
            self._connection.close()

    def _size(self) -> int:
        return (self._number("page_count") - self._number("freelist_count")) * self._number("page_size")

    def _number(self, pragma: str) -> int:
        return int(self._connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    def _remove_predecessors(self) -> None:
        oldest = time.time() - KEPT_DAYS * SECONDS_OF_A_DAY
        for path in self._path.parent.glob(self._family):
            if path != self._path and path.stat().st_mtime < oldest:
                _remove(path)

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            # Exactly this class stands for damage; its subclasses for what may be otherwise next time.
            if type(error) is sqlite3.DatabaseError:
                _remove(self._path)
            raise Unusable(str(error)) from error


def _remove(path: Path) -> None:
    for companion in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            os.unlink(f"{path}{companion}")
