"""The writing of changes, batch by batch."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ssot_lint.applying.batches import Batch, Cut, batches
from ssot_lint.applying.changes import Applied, Change, dependents
from ssot_lint.applying.command import complaint
from ssot_lint.fixing import WriteRefused, write_file
from ssot_lint.journal import Journal, Run
from ssot_lint.model import Refusal

Verify = Callable[[Sequence[Change]], Mapping[str, Refusal]]
"""Gives, of changes that are to be made together, those that must not be, by path and each with the reason."""


@dataclass(frozen=True, kw_only=True)
class Orders:
    """How changes are made in the project at ``root``.

    They are cut ``by`` something into batches, of which at most ``limit`` are made, each verified by a command of the
    user. With a ``journal`` it is recorded that the ``command`` made them; ``request`` is all that the run was asked.
    Without ``write`` it is only told what would be made.
    """

    root: Path
    journal: Journal | None = None
    command: str = ""
    request: str = ""
    by: Cut | None = None
    limit: int | None = None
    verify_command: str | None = None
    write: bool = True


def apply_changes(changes: Sequence[Change], orders: Orders, verify: Verify) -> Iterator[Applied]:
    """Make ``changes`` and tell of each what became of it, some time later.

    A change that ``verify`` refuses is not made, nor is one that needs it. A batch after which the user's command fails
    is put back, and the next one tried.
    """
    writer = _Writer(orders, verify)
    waiting = deque(batches(changes, orders.by, orders.root))
    while waiting and (orders.limit is None or writer.batches_made < orders.limit):
        count = len(waiting) if orders.limit is None else orders.limit - writer.batches_made
        chosen = [waiting.popleft() for _ in range(min(count, len(waiting)))]
        yield from writer.refuse(chosen)
        yield from writer.make(chosen, waiting)
    writer.finish()
    for batch in waiting:
        yield from (Applied(change, made=False) for change in batch.changes)


class _Writer:
    """What was made so far, and the record of it."""

    def __init__(self, orders: Orders, verify: Verify) -> None:
        self.batches_made = 0
        self._orders = orders
        self._verify = verify
        self._made: list[Change] = []
        self._run: Run | None = None

    def refuse(self, chosen: list[Batch]) -> Iterator[Applied]:
        """Take out of the batches ``chosen`` what must not be made together with the rest and what was made before."""
        while together := [change for batch in chosen for change in batch.changes]:
            refused = dict(self._verify([*self._made, *together]))
            for change in dependents(together, list(refused)):
                refused[change.path] = _blocked(change, refused)
            out = [change for change in together if change.path in refused]
            if not out:
                return
            yield from (Applied(change, made=False, refusal=refused[change.path]) for change in out)
            for index, batch in enumerate(chosen):
                chosen[index] = replace(batch, changes=tuple(change for change in batch.changes if change not in out))

    def make(self, chosen: list[Batch], waiting: deque[Batch]) -> Iterator[Applied]:
        """Make the batches ``chosen``; after one that is not made as a whole, the rest has to be verified anew."""
        todo = deque(batch for batch in chosen if batch.changes)
        while todo:
            batch = todo.popleft()
            outcome = self._make(batch, todo)
            self.batches_made += any(applied.made for applied in outcome)
            yield from outcome
            if not all(applied.made for applied in outcome):
                waiting.extendleft(reversed(todo))
                return

    def finish(self) -> None:
        """Record that all is written."""
        if self._run and self._orders.journal:
            self._orders.journal.finish(self._run, files=[change.record for change in self._made])

    def _make(self, batch: Batch, later: Sequence[Batch]) -> list[Applied]:
        if not self._orders.write:
            self._made += batch.changes
            return [Applied(change, made=True) for change in batch.changes]
        try:
            self._record(batch, later)
        except OSError as error:
            reason = f"not written, since no record of it could be kept (--no-cache goes without): {error}"
            return [Applied(change, made=False, failure=reason) for change in batch.changes]
        failures = self._write(batch)
        written = [change for change in batch.changes if change.path not in failures]
        refusal = self._refused_by_user(written) if written else None
        if refusal is not None:
            failures.update(self._put_back(written))
            written = []
        self._made += written
        return [
            Applied(
                change, change in written, None if change.path in failures else refusal, failures.get(change.path, "")
            )
            for change in batch.changes
        ]

    def _record(self, batch: Batch, later: Sequence[Batch]) -> None:
        """Record what is about to be written: all there is, or a batch that may be put back after it."""
        journal, is_sure = self._orders.journal, self._orders.verify_command is None
        if journal is None:
            return
        known = {file.path for file in self._run.files} if self._run else set()
        if known.issuperset(change.path for change in batch.changes) and is_sure:
            return
        planned = [*self._made, *batch.changes, *(c for other in later for c in other.changes if is_sure)]
        files = [change.record for change in planned]
        doubted = () if is_sure else [change.path for change in batch.changes]
        if self._run is None:
            self._run = journal.begin(self._orders.command, self._orders.request, files, doubted)
        else:
            self._run = journal.go_on(self._run, files, doubted)

    def _write(self, batch: Batch) -> dict[str, str]:
        """Write the files of a batch; give those that were not written, or were put back, with the reasons."""
        failures: dict[str, str] = {}
        written: list[Change] = []
        for change in batch.changes:
            missing = sorted(change.needs & failures.keys())
            reason = f"it needs {missing[0]}, which was not written" if missing else self._write_file(change)
            if reason is None:
                written.append(change)
                continue
            failures[change.path] = f"not fixed: {reason}"
            without = list(dependents(written, [change.path]))
            written = [other for other in written if other not in without]
            reasons = {other.path: f"not fixed: it needs {change.path}, which was not written" for other in without}
            failures |= {**reasons, **self._put_back(without)}
        return failures

    def _write_file(self, change: Change) -> str | None:
        """Write a file; give the reason if it is not written."""
        scratch = self._orders.journal.directory if self._orders.journal else None
        root = self._orders.root
        try:
            write_file(root / change.path, change.before, change.after, root, mode=change.mode, scratch=scratch)
        except WriteRefused as refused:
            return str(refused)
        return None

    def _put_back(self, changes: Sequence[Change]) -> dict[str, str]:
        """Make files what they were before; give those for which that could not be done."""
        failures: dict[str, str] = {}
        for change in reversed(changes):
            reason = self._write_file(replace(change, before=change.after, after=change.before))
            if reason is not None:
                failures[change.path] = f"not put back: {reason}"
        return failures

    def _refused_by_user(self, written: Sequence[Change]) -> Refusal | None:
        """Let the user's command judge what was written."""
        if self._orders.verify_command is None:
            return None
        try:
            reason = complaint(self._orders.verify_command, self._orders.root)
        except BaseException:
            self._put_back(written)
            raise
        return Refusal("verify-command", reason) if reason else None


def _blocked(change: Change, refused: Mapping[str, Refusal]) -> Refusal:
    missing = sorted(change.needs & refused.keys())
    because = f" ({refused[missing[0]].reason})" if missing else ""
    return Refusal("needs-other", f"it needs the change of {missing[0]}, which cannot be made{because}")
