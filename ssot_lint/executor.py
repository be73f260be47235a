"""Maps a function over files, in several processes where that pays; the results keep the order of the files.

A worker is a process and a pipe: so it is known which files a process was at when it died, and nothing else is lost.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext

Result = TypeVar("Result")
Function = Callable[[str], Result]

WORTH_PROCESSES = 200
"""From how many files on several processes are faster than one: starting them costs as much as reading some files."""

LARGEST_CHUNK = 64

PATIENCE = 10.0
"""How many seconds a process may take to finish when all its work is done."""


@dataclass(frozen=True)
class Crash:
    """Instead of a result: the function failed on ``item``, or the process died over it; ``message`` says how."""

    item: str
    message: str


def map_files(
    start: Callable[[], Function[Result]], items: Sequence[str], jobs: int, worth: int = WORTH_PROCESSES
) -> Iterator[Result | Crash]:
    """Yield the result for each of ``items``, in their order, as soon as it is known and all before it are.

    ``start`` makes the function, once a process; where processes cannot be forked it must be picklable. ``jobs`` is
    how many processes to use, 0 for one a core; fewer than ``worth`` items are worth none. An exception of the function
    becomes a `Crash`, one of ``start`` is raised. Where the function has a method ``finish``, that is called, once a
    process, after the last item.
    """
    jobs = min(jobs or available_cores(), len(items))
    if not items:
        return iter(())
    if jobs <= 1 or len(items) < worth:
        return _map_here(start(), items)
    return _map_in_processes(start, items, jobs)


def available_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def describe(error: BaseException) -> str:
    """Say in a line what ``error`` is and where it arose; with ``SSOT_LINT_DEBUG`` set, give the whole traceback."""
    if os.environ.get("SSOT_LINT_DEBUG"):
        import traceback

        return "".join(traceback.format_exception(error)).rstrip()
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f" ({os.path.basename(place.tb_frame.f_code.co_filename)}, line {place.tb_lineno})" if place else ""
    what = str(error).partition("\n")[0]
    return type(error).__name__ + (f": {what}" if what else "") + where


def _guarded(function: Function[Result], item: str) -> Result | Crash:
    try:
        return function(item)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong with one file, the others are not lost
        return Crash(item, describe(error))


def _map_here(function: Function[Result], items: Sequence[str]) -> Iterator[Result | Crash]:
    for item in items:
        yield _guarded(function, item)
    _finish(function)


def _finish(function: Function[Result]) -> None:
    finish = getattr(function, "finish", None)
    if finish:
        finish()


def _map_in_processes(
    start: Callable[[], Function[Result]], items: Sequence[str], jobs: int
) -> Iterator[Result | Crash]:
    size = max(1, min(LARGEST_CHUNK, len(items) // (jobs * 16)))
    chunks = [items[at : at + size] for at in range(0, len(items), size)]
    workers = _Workers(start, jobs)
    try:
        yield from workers.results(chunks)
        workers.finish()
    finally:
        workers.stop()


class _Workers(Generic[Result]):
    """The processes of one run: ``jobs`` of them, each busy with a chunk or idle."""

    def __init__(self, start: Callable[[], Function[Result]], jobs: int) -> None:
        import multiprocessing

        self.context: ForkContext | SpawnContext
        if sys.platform.startswith("linux"):
            # What is made before the fork is there after it: no process has to read the rules again.
            function = start()
            self.context, self.start = multiprocessing.get_context("fork"), lambda: function
        else:
            self.context, self.start = multiprocessing.get_context("spawn"), start
        self.idle = [_Worker(self.context, self.start) for _ in range(jobs)]
        self.busy: dict[Connection, tuple[_Worker[Result], int]] = {}

    def results(self, chunks: Sequence[Sequence[str]]) -> Iterator[Result | Crash]:
        """Yield the results of all ``chunks`` in order."""
        waiting = deque(range(len(chunks)))
        done: dict[int, list[Result | Crash]] = {}
        for wanted in range(len(chunks)):
            while wanted not in done:
                while self.idle and waiting:
                    self.ask(self.idle.pop(), waiting.popleft(), chunks)
                self.collect(done, chunks)
            yield from done.pop(wanted)

    def ask(self, worker: _Worker[Result], number: int, chunks: Sequence[Sequence[str]]) -> None:
        """Set ``worker`` to work on the chunk of that ``number``."""
        self.busy[worker.connection] = worker, number
        worker.ask(chunks[number])

    def collect(self, done: dict[int, list[Result | Crash]], chunks: Sequence[Sequence[str]]) -> None:
        """Wait until a chunk is answered and put its results into ``done``."""
        from multiprocessing.connection import wait

        ready = wait(list(self.busy))
        for connection in [connection for connection in self.busy if connection in ready]:
            worker, number = self.busy.pop(connection)
            try:
                done[number] = worker.answer()
                self.idle.append(worker)
            except (EOFError, OSError):
                worker.stop()
                done[number] = [self.alone(item) for item in chunks[number]]
                self.idle.append(_Worker(self.context, self.start))

    def alone(self, item: str) -> Result | Crash:
        """Give the result for one item of a chunk over which a process died, from a process of its own."""
        worker = _Worker(self.context, self.start)
        try:
            worker.ask([item])
            return worker.answer()[0]
        except (EOFError, OSError):
            worker.process.join()
            return Crash(item, f"the process that worked on it died (exit code {worker.process.exitcode})")
        finally:
            worker.stop()

    def finish(self) -> None:
        """Let all processes, now idle, finish; one that does not is no reason to wait for ever."""
        for worker in self.idle:
            worker.tell_to_finish()
        for worker in self.idle:
            worker.process.join(PATIENCE)

    def stop(self) -> None:
        """End all processes, whatever they are at."""
        for worker in [*self.idle, *(worker for worker, _ in self.busy.values())]:
            worker.stop()


class _Worker(Generic[Result]):
    """A process that answers a chunk of items with the results for them."""

    def __init__(self, context: ForkContext | SpawnContext, start: Callable[[], Function[Result]]) -> None:
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, start), daemon=True)
        self.process.start()
        # Only if nobody else holds its end does the death of the process end the conversation.
        theirs.close()

    def ask(self, chunk: Sequence[str]) -> None:
        """Set the process to work on ``chunk``."""
        self.connection.send(chunk)

    def tell_to_finish(self) -> None:
        """Let the process finish and end, if it is still there."""
        with contextlib.suppress(OSError):
            self.connection.send(None)

    def answer(self) -> list[Result | Crash]:
        """Wait for the results; raises `EOFError` or `OSError` if the process is dead."""
        results: list[Result | Crash] = self.connection.recv()
        return results

    def stop(self) -> None:
        """End the process, whatever it is at."""
        self.connection.close()
        self.process.terminate()
        self.process.join()


def _work(connection: Connection, start: Callable[[], Function[Result]]) -> None:
    """Answer chunks until nobody asks any more; what a worker process does."""
    import signal

    # An interrupt from the keyboard reaches every process; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    function = start()
    with contextlib.suppress(EOFError, OSError):
        while (chunk := connection.recv()) is not None:
            connection.send([_guarded(function, item) for item in chunk])
        _finish(function)
