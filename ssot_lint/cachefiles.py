"""The files of the cache: whole or not there at all, whoever else reads and writes them."""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import time
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from ssot_lint import __version__
from ssot_lint.hashing import digest

if TYPE_CHECKING:
    from pathlib import Path

CACHE = ".ssot_lint_cache"
"""Where runs leave what later ones can use, below the root, unless somebody says otherwise."""
MAGIC = b"ssot-lint cache 1\n"
CHECK_SIZE = 16
FAMILIES = ("packs-", "said-", "settings-", "state-", "tree-")
"""How the names of the files begin, without the database of summaries, which keeps itself in bounds."""
DAY = 86_400
KEPT_DAYS = 30
LARGEST = 256 * 1024 * 1024
"""How many bytes all files may take together."""
TAG = """\
Signature: 8a477f597d28d172789f06886806bc55
# A cache of ssot-lint, which may be deleted at any time. What this file is for: https://bford.info/cachedir/
"""


def load(path: str) -> Any:
    """Give the value that was saved in ``path``; ``None`` if there is none, or it is damaged."""
    try:
        with open(path, "rb", buffering=0) as file:
            raw = file.read()
    except OSError:
        return None
    start = len(MAGIC) + CHECK_SIZE
    body = raw[start:]
    # Only what is known to be whole is read: the format is not made for anything else.
    if not raw.startswith(MAGIC) or digest(body, CHECK_SIZE) != raw[len(MAGIC) : start]:
        return None
    try:
        return marshal.loads(body)
    except (ValueError, TypeError, EOFError):
        return None


def save(path: str, value: Any) -> bool:
    """Write ``value``, of plain values, to ``path`` for all to see at once; tell whether that could be done."""
    body = marshal.dumps(value)
    directory, name = os.path.split(path)
    unfinished = os.path.join(directory, f".{name}.{os.getpid()}")
    try:
        make_directory(directory)
        with open(unfinished, "wb") as file:
            file.writelines((MAGIC, digest(body, CHECK_SIZE), body))
        os.replace(unfinished, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(unfinished)
        return False
    return True


def make_directory(directory: str | Path) -> None:
    """Make the directory of the cache, with marks that keep git and backups away; one that exists is left as it is.

    Raises `OSError` where that cannot be done.
    """
    if os.path.isdir(directory):
        return
    os.makedirs(directory, exist_ok=True)
    for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", TAG)):
        with open(os.path.join(directory, name), "w", encoding="utf-8") as file:
            file.write(text)


def keep_alive(path: str) -> None:
    """Note, once a day, that a file is still in use."""
    with contextlib.suppress(OSError):
        if time.time() - os.stat(path).st_mtime > DAY:
            os.utime(path)


def clean(directory: str, largest: int = LARGEST) -> None:
    """Remove what nobody used for long, what writers that died have left, and the oldest of what is too much."""
    now = time.time()
    room = largest
    for name, size, used in sorted(_files(directory), key=lambda found: -found[2]):
        room -= size
        if room < 0 or now - used > (DAY if name.startswith(".") else KEPT_DAYS * DAY):
            with contextlib.suppress(OSError):
                os.unlink(os.path.join(directory, name))


def _files(directory: str) -> Iterator[tuple[str, int, float]]:
    """Give the names of the files of the cache, with their sizes and when they were used."""
    with contextlib.suppress(OSError), os.scandir(directory) as entries:
        for entry in entries:
            if entry.name.removeprefix(".").startswith(FAMILIES):
                status = entry.stat()
                yield entry.name, status.st_size, status.st_mtime


@cache
def edition() -> str:
    """Name all that what the tool finds in the same files depends on: its code, that of LibCST, and the Python."""
    python = ".".join(map(str, sys.version_info[:3]))
    code = digest(repr([*_own_code(), _libcst()]).encode(), 8).hex()
    return f"{__version__}-{sys.implementation.name}-{python}-{code}"


def _own_code() -> Iterator[object]:
    """Give what tells this code from another: the list of what was installed, or else when the files were written."""
    package = os.path.dirname(os.path.abspath(__file__))
    with contextlib.suppress(OSError):
        with open(f"{package}-{__version__}.dist-info/RECORD", "rb") as file:
            yield file.read()
        return
    waiting = [package]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    yield entry.path, status.st_size, status.st_mtime_ns
                elif entry.is_dir() and entry.name != "__pycache__":
                    waiting.append(entry.path)


def _libcst() -> bytes | None:
    """Give what tells the version of LibCST, without loading it."""
    for directory in sys.path:
        with contextlib.suppress(OSError), open(os.path.join(directory, "libcst", "_version.py"), "rb") as file:
            return file.read()
    return None
