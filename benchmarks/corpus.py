"""What the tools are let loose on: a tree of Python files, and what has moved in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ssot_lint.discovery import project_files

NETRA = "netra_backend.app.websocket_core"
NETRA_HOME = f"{NETRA}.websocket_manager"
NETRA_OLD = ("manager", "unified_manager", "websocket_manager_factory")
NETRA_PACKS = ("netra-websocket", "netra-execution", "netra-platform", "core")


@dataclass(frozen=True)
class Moves:
    """What has moved: ``modules``, with everything in them, and single ``names``; old to new dotted names."""

    modules: Mapping[str, str]
    names: Mapping[str, str]

    @cached_property
    def all(self) -> dict[str, str]:
        """Both together."""
        return {**self.modules, **self.names}


NETRA_MOVES = Moves(
    {f"{NETRA}.{name}": NETRA_HOME for name in NETRA_OLD},
    {f"{NETRA}.WebSocketManager": f"{NETRA_HOME}.WebSocketManager"},
)


@dataclass(frozen=True)
class Corpus:
    """The Python files below ``root``, which nobody writes to, and what has ``moved`` in it.

    The first of ``packs`` is that of the job ``pack``; without any, the rules are made from ``moved``.
    """

    about: str
    root: Path
    moved: Moves
    packs: tuple[str, ...] = ()

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The paths of the files relative to the root, in order."""
        return project_files(self.root)

    @cached_property
    def size(self) -> int:
        """How many bytes the files have."""
        return sum(os.stat(self.root / path).st_size for path in self.files)

    @property
    def has_homes(self) -> bool:
        """Whether there is anything where things are said to have moved."""
        homes = {*self.moved.modules.values(), *(new.rpartition(".")[0] for new in self.moved.names.values())}
        return any((self.root / f"{home.replace('.', '/')}.py").is_file() for home in homes)

    def __str__(self) -> str:
        return f"{self.about}: {len(self.files):,} files, {self.size / 1e6:,.1f} MB"


def directory_corpus(root: Path) -> Corpus:
    """Give the files below ``root`` as they are, with what is known to have moved there."""
    root = root.resolve()
    if (root / NETRA.replace(".", "/")).is_dir():
        return Corpus("netra", root, NETRA_MOVES, NETRA_PACKS)
    from benchmarks.guess import guess_moved

    return Corpus("directory", root, guess_moved(root), ("core",))
