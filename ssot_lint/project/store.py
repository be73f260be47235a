"""Keeps the summaries of modules from one run to the next, by the content of the files.

Nothing depends on it: whatever is wrong with the store, or with the directory it is in, summaries are made anew.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ssot_lint.cachefiles import edition, make_directory
from ssot_lint.hashing import blake2b

if TYPE_CHECKING:
    from ssot_lint.project.database import Database
    from ssot_lint.project.summary import ModuleSummary

# The modules behind this are loaded when a summary is needed: most runs need none.

BATCH = 1000
"""How many new summaries wait in memory before they are written."""

FAMILY = "summaries-*.sqlite"
SECONDS_OF_A_DAY = 86_400
KEY_SIZE = 20
CHECKSUM_SIZE = 8
ESSENCE_SIZE = 8


class SummaryStore:
    """The summaries in ``directory``, which is made when there is something to write.

    An open store belongs to one process: `close` it before a fork, and in the end. It opens by itself, also again.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._is_usable = True
        self._database: Database | None = None
        self._was_looked_for = False
        self._essences: dict[str, bytes] = {}
        self._new: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()

    def summarize(self, raw: bytes, module: str, path: str, is_package: bool) -> ModuleSummary:
        """Give the summary of the file ``path`` with the bytes ``raw``: the one that was kept, or else a new one."""
        key = _key(raw, module, path, is_package) if self._is_usable else b""
        kept = self._find(key, module) if key else None
        if kept is not None:
            return kept
        from ssot_lint.project.summarize import summarize

        summary = summarize(raw, module, path, is_package)
        if key:
            self._keep(key, module, summary)
        return summary

    def essence(self, module: str) -> bytes | None:
        """Give the `packing.essence` of the summary that was given last for ``module``, if it is known."""
        return self._essences.get(module)

    def close(self) -> None:
        """Write what is new, and let go of the database."""
        if self._new or self._used:
            self._write()
        with self._or_without():
            if self._database:
                self._database.close()
        self._database, self._was_looked_for = None, False

    def _find(self, key: bytes, module: str) -> ModuleSummary | None:
        row = None
        with self._or_without():
            if not self._was_looked_for:
                self._was_looked_for = True
                self._database = self._open() if os.path.exists(self._path) else None
            row = self._database.get(key) if self._database else None
        if row is None:
            return None
        from ssot_lint.project.packing import unpack

        used, value = row
        checksum, kept = value[:CHECKSUM_SIZE], value[CHECKSUM_SIZE:]
        if checksum != _checksum(key, kept):
            return None
        self._essences[module] = kept[:ESSENCE_SIZE]
        if used != _today():
            self._used.add(key)
        return unpack(kept[ESSENCE_SIZE:])

    def _keep(self, key: bytes, module: str, summary: ModuleSummary) -> None:
        from ssot_lint.project.packing import essence, pack

        self._essences[module] = essence(summary)
        kept = self._essences[module] + pack(summary)
        self._new[key] = _checksum(key, kept) + kept
        if len(self._new) >= BATCH:
            self._write()

    def _write(self) -> None:
        with self._or_without():
            if self._is_usable and self._database is None:
                make_directory(self._directory)
                self._database, self._was_looked_for = self._open(), True
            if self._database:
                self._database.write(self._new, self._used, _today())
        self._new.clear()
        self._used.clear()

    @property
    def _path(self) -> Path:
        return self._directory / FAMILY.replace("*", edition())

    def _open(self) -> Database:
        from ssot_lint.project.database import Database

        return Database(self._path, FAMILY)

    @contextlib.contextmanager
    def _or_without(self) -> Iterator[None]:
        """Let what is wrong with the store be no error: it is not used any more."""
        try:
            yield
        except (OSError, ImportError):  # a Python may have been built without SQLite
            self._is_usable, self._database = False, None


def _today() -> int:
    return int(time.time() // SECONDS_OF_A_DAY)


def _key(raw: bytes, module: str, path: str, is_package: bool) -> bytes:
    digest = blake2b(ascii((module, path, is_package)).encode(), digest_size=KEY_SIZE)
    digest.update(raw)
    return digest.digest()


def _checksum(key: bytes, kept: bytes) -> bytes:
    """Tell damage, also where a value came to stand under another key."""
    return blake2b(kept, digest_size=CHECKSUM_SIZE, key=key).digest()
