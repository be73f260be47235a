"""What a command said, to be said again as long as nothing it went by has changed.

This is the way of most runs: nobody changed anything since the last one. So nothing is loaded here that such a run can
do without, and no file of the project is read.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ssot_lint.cache.tree import Times, is_settled, is_unchanged, look, tree_file
from ssot_lint.cachefiles import CACHE, edition, keep_alive, load, save
from ssot_lint.hashing import digest

SURROUNDINGS = ("COLUMNS", "FORCE_COLOR", "GITHUB_ACTIONS", "GITLAB_CI", "NO_COLOR", "TERM")
"""Variables that decide on how something is said."""
STARTED = time.time_ns()


class Said(NamedTuple):
    """What a command wrote to standard output, and its exit code."""

    text: str
    code: int


class Others(NamedTuple):
    """What a command goes by beside the files of the project: ``files``, and that there is something or not.

    A file that is not there must not come to be.
    """

    files: tuple[str, ...]
    there: tuple[str, ...]


class Asked:
    """A command with all that it was given: the same one says the same in the same surroundings."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        surroundings = [(name, os.environ.get(name)) for name in SURROUNDINGS]
        shown = sys.stdout.isatty(), sys.stderr.isatty()
        words = repr((edition(), os.getcwd(), sorted(given.items()), surroundings, shown))
        self._key = digest(words.encode("utf-8", "surrogateescape")).hex()
        self._cache: str | None = given["cache_dir"]

    def said(self) -> Said | None:
        """Give what the command said last, if it would say it again; ``None`` if that is not known."""
        for directory in self._directories():
            path = f"{directory}/said-{self._key}"
            kept = load(path)
            if kept:
                root, version, day, others, there, text, code = kept
                tree = load(tree_file(directory, root))
                if day != today() or not tree or tree[0] != version or not _are_same(others, there):
                    return None
                if not is_unchanged(root, tree):
                    return None
                keep_alive(path)
                return Said(text, code)
        return None

    def keep(self, said: Said, directory: str, root: str, version: bytes, others: Others) -> None:
        """Keep what the command has said of the project at ``root``, whose files were then those of ``version``."""
        seen = {path: look(path) for path in others.files}
        if all(times is None or is_settled(times, STARTED) for times in seen.values()):
            there = {path: os.path.exists(path) for path in others.there}
            save(f"{directory}/said-{self._key}", (root, version, today(), seen, there, *said))

    def _directories(self) -> Iterable[str]:
        """Give where the cache may be: where it was said to be, or in a directory around."""
        if self._cache is not None:
            yield os.path.join(os.getcwd(), self._cache)
            return
        directory, below = os.getcwd(), ""
        while directory != below:
            yield os.path.join(directory, CACHE)
            directory, below = os.path.dirname(directory), directory


def _are_same(files: Mapping[str, Times | None], there: Mapping[str, bool]) -> bool:
    return all(look(path) == times for path, times in files.items()) and all(
        os.path.exists(path) == was for path, was in there.items()
    )


def today() -> str:
    """Give the day, on which suppressions and shims may end."""
    return time.strftime("%Y-%m-%d")
