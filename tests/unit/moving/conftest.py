from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ssot_lint.moving import Planned, Request, plan_move
from ssot_lint.project import Project


@dataclass(frozen=True)
class Outcome:
    """What a move plans: the files that change (``None``: gone), what is left (path, row, refusal), the notes."""

    files: Mapping[str, str | None]
    left: tuple[str, ...]
    notes: tuple[str, ...]


Move = Callable[..., Outcome]


@pytest.fixture
def move(tmp_path: Path) -> Move:
    """Plan a move in a project of ``files``."""

    def run(
        files: Mapping[str, str | bytes], old: str, new: str, roots: tuple[str, ...] = (".",), **options: Any
    ) -> Outcome:
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(text if isinstance(text, bytes) else text.encode())
        python = sorted(path for path in files if path.endswith(".py"))
        project = Project(tmp_path, roots, lambda: python)
        return told(plan_move(project, tmp_path, Request(old=old, new=new, **options)))

    return run


def told(planned: Planned) -> Outcome:
    files = {one.path: None if one.after is None else one.after.decode("latin-1") for one in planned.changes}
    left = (f"{v.path}:{v.range.start.row} {v.refusal.code if v.refusal else ''}" for v in planned.left)
    return Outcome(files, tuple(left), planned.notes)
