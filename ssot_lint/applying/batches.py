"""A migration in pieces that can be reviewed one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ssot_lint.applying.changes import Change, in_order

Cut = Literal["file", "directory", "owner"]
NOBODY = "nobody"
"""What the batch of files is called that nobody owns."""


@dataclass(frozen=True)
class Batch:
    """Changes that are made together or not at all where one needs another; ``name`` is what they have in common."""

    name: str
    changes: tuple[Change, ...]


def batches(changes: Iterable[Change], by: Cut | None, root: Path) -> list[Batch]:
    """Cut ``changes`` of the project at ``root``: a batch for each file, directory or owner; without ``by`` it is one.

    A file that others need is in a batch with them: in the first one, by name, that it could be in.
    """
    changes = in_order(changes)
    name = _naming(by, root)
    batch_of = {change.path: name(change.path) for change in changes}
    _join(changes, batch_of)
    names = sorted(set(batch_of.values()))
    return [Batch(name, tuple(change for change in changes if batch_of[change.path] == name)) for name in names]


def _naming(by: Cut | None, root: Path) -> Callable[[str], str]:
    if by == "file":
        return lambda path: path
    if by == "directory":
        return lambda path: path.rpartition("/")[0] or "."
    if by == "owner":
        from ssot_lint.owners import find_owners

        owners = find_owners(root)
        return lambda path: " ".join(owners.of(path)) or NOBODY
    return lambda path: ""


def _join(changes: list[Change], batch_of: dict[str, str]) -> None:
    """Move changes to the batches of those that they need, or that need them, until none is apart."""
    is_settled = False
    while not is_settled:
        is_settled = True
        for change in changes:
            together = [path for path in (change.path, *change.needs) if path in batch_of]
            first = min(batch_of[path] for path in together)
            for path in together:
                if batch_of[path] != first:
                    batch_of[path], is_settled = first, False
