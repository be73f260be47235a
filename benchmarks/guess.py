"""What might have moved in a tree that nothing is known about: names that some of its files import."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from ssot_lint.discovery import project_files

IMPORT = re.compile(r"^\s*from ([a-z]\w*(?:\.\w+)+) import (\w+)", re.MULTILINE)
SHARE = 0.02
"""In how many of the files a name is imported that makes a good subject: not everywhere, and not nowhere."""
NAMES = 4


def guess_moved(root: Path) -> dict[str, str]:
    """Let those `NAMES` names have moved that are imported in about a `SHARE` of the files below ``root``."""
    files = project_files(root)
    importers: Counter[str] = Counter()
    for path in files:
        text = root.joinpath(path).read_text(encoding="utf-8", errors="replace")
        importers.update({f"{module}.{name}" for module, name in IMPORT.findall(text)})
    wanted = max(1.0, len(files) * SHARE)
    usual = sorted(importers, key=lambda name: (abs(importers[name] - wanted), name))
    return {name: f"{name.rpartition('.')[0]}_home.{name.rpartition('.')[2]}" for name in usual[:NAMES]}
