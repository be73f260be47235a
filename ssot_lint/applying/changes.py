"""What is to become of files, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ssot_lint.journal import FileRecord, file_record
from ssot_lint.model import Hunk, Refusal, Violation


@dataclass(frozen=True)
class Change:
    """What is to become of the file ``path``: it holds ``before`` and is to hold ``after`` (``None``: no file).

    ``hunks`` say what changes, ``fixed`` what for. ``needs`` are paths of other files without whose changes this one
    must not be made. ``mode`` is that of a file that goes or comes.
    """

    path: str
    before: bytes | None
    after: bytes | None
    hunks: tuple[Hunk, ...] = ()
    fixed: tuple[Violation, ...] = ()
    needs: frozenset[str] = frozenset()
    mode: int | None = None

    @property
    def record(self) -> FileRecord:
        """The record of the change in a journal."""
        return file_record(self.path, self.before, self.after, self.hunks, self.fixed, self.mode)


@dataclass(frozen=True)
class Applied:
    """What became of a change: made, or not, for a ``refusal`` of it or a ``failure`` to make it.

    One without any of them was not made since it is none of the batches that were asked for.
    """

    change: Change
    made: bool
    refusal: Refusal | None = None
    failure: str = ""


def in_order(changes: Iterable[Change]) -> list[Change]:
    """Give ``changes`` so that each comes after those it needs, as far as that can be: by path otherwise."""
    by_path = {change.path: change for change in sorted(changes, key=lambda change: change.path)}
    ordered: dict[str, Change] = {}

    def visit(path: str, on_the_way: frozenset[str]) -> None:
        if path in ordered or path in on_the_way or path not in by_path:
            return
        for needed in sorted(by_path[path].needs):
            visit(needed, on_the_way | {path})
        ordered[path] = by_path[path]

    for path in by_path:
        visit(path, frozenset())
    return list(ordered.values())


def dependents(changes: Iterable[Change], paths: Iterable[str]) -> Iterator[Change]:
    """Give those of ``changes`` that need, by way of others or not, one of ``paths``, these left out."""
    left = list(changes)
    unmade = set(paths)
    while found := [change for change in left if change.path not in unmade and not unmade.isdisjoint(change.needs)]:
        yield from found
        unmade.update(change.path for change in found)
