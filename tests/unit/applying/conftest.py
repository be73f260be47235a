from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from ssot_lint.applying import Change

MakeChange = Callable[..., Change]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


@pytest.fixture
def change(root: Path) -> MakeChange:
    """Make a change of a file that is there, from ``old`` to ``new``; it may need others."""

    def make(
        path: str, needs: Iterable[str] = (), before: bytes | None = b"old\n", after: bytes | None = b"new\n"
    ) -> Change:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if before is not None:
            (root / path).write_bytes(before)
        return Change(path, before, after, needs=frozenset(needs), mode=0o644)

    return make
