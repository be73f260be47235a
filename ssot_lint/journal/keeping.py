"""The records of runs in a directory, one file each."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ssot_lint.cachefiles import make_directory
from ssot_lint.fixing.writing import UNFINISHED
from ssot_lint.journal.records import FileRecord, Run, State, from_json, to_json

DIRECTORY = "journal"
"""Where the records are in the directory of the cache."""
WRITING = ".writing"
"""What the name of a record ends in while files are written, so that nobody has to read all records to know."""
WRITTEN = ".json"
KEPT = 50
"""How many runs are remembered."""


class NoRecord(Exception):
    """There is no record of such a run; the message is a sentence that says so."""


class Journal:
    """The runs of one project, below the directory ``cache``; older ones than the last fifty are forgotten."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self.directory = cache / DIRECTORY

    def begin(self, command: str, request: str, files: Iterable[FileRecord], doubted: Iterable[str] = ()) -> Run:
        """Record that ``files`` are about to be written; raises `OSError` where that cannot be recorded.

        The ``doubted`` among them are to be verified then, and may be put back.
        """
        make_directory(self._cache)
        self.directory.mkdir(exist_ok=True)
        self._forget()
        started = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        run = Run(self._new_name(), started, command, request, os.getpid(), "writing", tuple(files), tuple(doubted))
        self._write(run)
        return run

    def go_on(self, run: Run, files: Iterable[FileRecord], doubted: Iterable[str] = ()) -> Run:
        """Record that ``files``, those that are written already included, are what ``run`` is about to write."""
        run = replace(run, files=tuple(files), doubted=tuple(doubted))
        self._write(run)
        return run

    def finish(self, run: Run, state: State = "finished", files: Iterable[FileRecord] | None = None) -> Run:
        """Record that nothing of ``run`` is being written any more, and what it wrote, if that is not all of it.

        Of a run that wrote nothing no record is left.
        """
        run = replace(run, state=state, files=run.files if files is None else tuple(files), doubted=(), left=())
        if run.files:
            self._write(run)
        (self.directory / (run.name + WRITING)).unlink(missing_ok=True)
        self._sweep(self.runs())
        return run

    def about_to_undo(self, run: Run, left: Iterable[FileRecord]) -> Run:
        """Record what is to be ``left`` of some files of ``run`` once they are written."""
        run = replace(run, left=tuple(left))
        self._write(run)
        return run

    def runs(self) -> list[Run]:
        """Give all runs, the last one first; what is no record is passed over."""
        # One that was interrupted between its end and saying so has two, of which the first by name is later.
        paths = {path.stem: path for path in sorted(self._paths(), reverse=True)}
        found = (self._read(paths[name]) for name in sorted(paths, reverse=True))
        return [run for run in found if run is not None]

    def find(self, name: str | None) -> Run:
        """Give the run of that name or, without one, the last that is not undone; raises `NoRecord`."""
        if name is None:
            last = next((run for run in self.runs() if run.state != "undone"), None)
            if last is None:
                raise NoRecord("there is no run that could be undone")
            return last
        run = next((run for run in self.runs() if run.name == name), None)
        if run is None:
            raise NoRecord(f"there is no record of a run {name}; `ssot-lint undo --list` names those that there are")
        return run

    def interrupted(self) -> Run | None:
        """Give the last run, if it was ended while it wrote."""
        if not any(self.directory.glob(f"*{WRITING}")):
            return None
        last = next(iter(self.runs()), None)
        return last if last and last.state == "writing" and not is_alive(last) else None

    def _new_name(self) -> str:
        """Name a run after the time, and so that names are in the order of the runs."""
        name = time.strftime("%Y%m%d-%H%M%S")
        last = max((path.stem for path in self._paths() if path.stem.startswith(name)), default=None)
        return name if last is None else f"{name}-{int(last[len(name) + 1 :] or 1) + 1:02}"

    def _paths(self) -> Iterator[Path]:
        for ending in (WRITING, WRITTEN):
            yield from self.directory.glob(f"[0-9]*{ending}")

    def _forget(self) -> None:
        """Remove the oldest records, and what processes that were killed could not finish."""
        runs = self.runs()
        for run in runs[KEPT - 1 :]:
            self._remove(run)
        self._sweep(runs)

    def _sweep(self, runs: Iterable[Run]) -> None:
        """Remove files that nobody will finish any more."""
        if any(run.state == "writing" and is_alive(run) for run in runs):
            return
        for path in self.directory.glob(f"{UNFINISHED}*"):
            with suppress(OSError):
                path.unlink()

    def _remove(self, run: Run) -> None:
        for ending in (WRITING, WRITTEN):
            with suppress(OSError):
                (self.directory / (run.name + ending)).unlink()

    def _read(self, path: Path) -> Run | None:
        try:
            return from_json(json.loads(path.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _write(self, run: Run) -> None:
        """Write a record whole: its file is never there with half of it."""
        from tempfile import mkstemp

        descriptor, name = mkstemp(prefix=UNFINISHED, suffix=".tmp", dir=self.directory)
        try:
            with open(descriptor, "w", encoding="ascii") as file:
                json.dump(to_json(run), file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, self.directory / (run.name + (WRITING if run.state == "writing" else WRITTEN)))
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(name)
            raise


def is_alive(run: Run) -> bool:
    """Tell whether another process, which began ``run``, is still there, as far as that can be asked."""
    if run.process == os.getpid() or os.name != "posix":  # elsewhere, to ask a process is to end it
        return False
    try:
        os.kill(run.process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
