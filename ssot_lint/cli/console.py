"""Writing to the terminal, a file or a pipe."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from typing import IO, TextIO

PROGRESS_AFTER = 0.5
"""Seconds before which a run needs no sign of life."""

PROGRESS_EVERY = 0.1


def write(lines: Iterable[str], stream: IO[str]) -> None:
    """Write ``lines`` to ``stream``; a reader who goes away early only misses the rest."""
    # Whatever the encoding of the stream, a character that it does not have must not end the run.
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    try:
        stream.writelines(line + "\n" for line in lines)
        stream.flush()
    except BrokenPipeError:
        silence(stream)


def write_bytes(raw: bytes, stream: TextIO) -> None:
    """Write ``raw`` to ``stream`` as it is, without a change of encoding or newlines."""
    try:
        stream.flush()
        stream.buffer.write(raw)
        stream.buffer.flush()
    except BrokenPipeError:
        silence(stream)


def silence(stream: IO[str]) -> None:
    """Let all that is still written to ``stream`` vanish, also what Python flushes when it ends."""
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def drain(stream: IO[str]) -> None:
    """Write what is still held back for ``stream``; what cannot be written must not spoil the exit code later."""
    try:
        stream.flush()
    except OSError:
        silence(stream)


def complain(message: str, word: str = "error") -> None:
    """Write a line to standard error that starts with ``word``, and further ones for further lines of ``message``."""
    write([f"ssot-lint: {word}: {message}"], sys.stderr)


def wants_color(choice: str, stream: TextIO) -> bool:
    """Whether to write in colour to ``stream``: ``choice`` is ``always``, ``never`` or ``auto``."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def progress(quiet: bool) -> Callable[[int, int], None] | None:
    """Give what shows on standard error how many files of how many are done; ``None`` if nobody is there to see it."""
    if quiet or not sys.stderr.isatty():
        return None
    due = time.monotonic() + PROGRESS_AFTER
    shown = False

    def show(done: int, total: int) -> None:
        nonlocal due, shown
        now = time.monotonic()
        if done == total and shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        elif now >= due:
            due, shown = now + PROGRESS_EVERY, True
            sys.stderr.write(f"\r{done} of {total} files")
            sys.stderr.flush()

    return show
