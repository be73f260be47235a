"""What might have moved in a tree that nothing is known about: names that some of its files import."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from benchmarks.corpus import Moves
from ssot_lint.discovery import project_files

IMPORT = re.compile(r"^\s*from ([a-z]\w*(?:\.\w+)+) import (\w+)", re.MULTILINE)
SHARE = 0.02
"""In how many of the files a name is imported that makes a good subject: not everywhere, and not nowhere."""
NAMES = 4


def guess_moved(root: Path) -> Moves:
    """Let those `NAMES` names have moved that are imported in about a `SHARE` of the files below ``root``.

    They are names in modules of the tree; where they have moved to does not exist.
    """
    files = project_files(root)
    importers: Counter[str] = Counter()
    for path in files:
        text = root.joinpath(path).read_text(encoding="utf-8", errors="replace")
        importers.update({f"{module}.{name}" for module, name in IMPORT.findall(text)})
    return Moves(
        {},
        {
            name: f"{name.rpartition('.')[0]}_moved.{name.rpartition('.')[2]}"
            for name in usual_names(importers, set(files))
        },
    )


def usual_names(importers: Counter[str], files: Collection[str]) -> list[str]:
    """Choose names of which so many files as ``importers`` says import each; they are of modules among ``files``."""
    wanted = max(1.0, len(files) * SHARE)
    known = [name for name in importers if _file_of(name.rpartition(".")[0]) & set(files)]
    return sorted(known, key=lambda name: (abs(importers[name] - wanted), name))[:NAMES]


def _file_of(module: str) -> set[str]:
    path = module.replace(".", "/")
    return {f"{path}.py", f"{path}/__init__.py"}
