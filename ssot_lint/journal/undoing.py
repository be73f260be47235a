"""What a run wrote, taken back: all of it, or what it did to some files or for some rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ssot_lint.fixing.diff import unified_diff
from ssot_lint.fixing.trail import inverted, made
from ssot_lint.fixing.writing import WriteRefused, write_file
from ssot_lint.journal.keeping import Journal
from ssot_lint.journal.records import FileRecord, Run, hash_of
from ssot_lint.model import Hunk

Outcome = Literal["restored", "unchanged", "refused"]
Judge = Callable[[str, Collection[bytes], bytes], "str | None"]
"""Says of a path, what it held and holds, and what it is to hold, what would be wrong with that."""


@dataclass(frozen=True)
class Undone:
    """What became of the file ``path``: it is ``restored``, was as it was before (``unchanged``), or ``refused``.

    ``codes`` are the rules whose changes were, or would be, taken back; ``diff`` shows how.
    """

    path: str
    outcome: Outcome
    codes: tuple[str, ...]
    reason: str = ""
    diff: str = ""


@dataclass(frozen=True)
class Wanted:
    """What to take back: what was done to the files of which ``path`` says yes, and for ``codes``, if there are any."""

    path: Callable[[str], bool] = lambda path: True
    codes: Collection[str] = ()

    def has(self, hunk: Hunk) -> bool:
        """Whether some of ``hunk`` is to be taken back."""
        return not self.codes or not set(self.codes).isdisjoint(hunk.codes)

    def others(self, hunk: Hunk) -> set[str]:
        """Give the rules of ``hunk`` whose changes are to stay."""
        return set(hunk.codes) - set(self.codes) if self.codes else set()


@dataclass(frozen=True)
class _Plan:
    """What to do with one file: write ``after`` where ``before`` is, and keep the record ``left`` of it."""

    file: FileRecord
    codes: tuple[str, ...]
    before: bytes | None
    after: bytes | None
    left: FileRecord

    @property
    def turn(self) -> int:
        """When to write it: files that come back first, those that go last, since others import from both."""
        return 0 if self.before is None else 2 if self.after is None else 1


def undo(
    journal: Journal,
    run: Run,
    root: Path,
    wanted: Wanted,
    judge: Judge = lambda path, known, after: None,
    *,
    write: bool = True,
) -> Iterator[Undone]:
    """Take back what is ``wanted`` of what ``run`` did in the project at ``root``; writes nothing unless ``write``.

    A file of which all is taken back gets the very bytes that it had; of one of which some changes stay ``judge``
    says whether it can be so. Refused is a file that is not as the run left it, since somebody changed it, and one in
    which what is taken back and what stays changed the same place.
    """
    files = list(map(_Current(root, run), run.files))
    plans: list[_Plan] = []
    for file in files:
        planned = _plan(file, root, wanted, judge) if wanted.path(file.path) else None
        if isinstance(planned, _Plan):
            plans.append(planned)
        elif planned:
            yield planned
    if write and plans:
        run = journal.about_to_undo(run, [plan.left for plan in plans])
    left = {file.path: file for file in files}
    for plan in sorted(plans, key=lambda plan: plan.turn):
        undone = _carry_out(plan, root, journal.directory if write else None)
        if undone.outcome == "restored":
            left[plan.file.path] = plan.left
        yield undone
    if write:
        is_undone = all(file.before == file.after for file in left.values())
        journal.finish(run, "undone" if is_undone else "finished", left.values())


class _Current:
    """Tells what is known of a file now, where an undo was interrupted that may have come to it."""

    def __init__(self, root: Path, run: Run) -> None:
        self._root = root
        self._left = {file.path: file for file in run.left}

    def __call__(self, file: FileRecord) -> FileRecord:
        left = self._left.get(file.path)
        return left if left and hash_of(_read(self._root / file.path)) == left.after else file


def _plan(file: FileRecord, root: Path, wanted: Wanted, judge: Judge) -> _Plan | Undone | None:
    """Find out what to do with a file; ``None`` if nothing of it is wanted."""
    touched = [hunk for hunk in file.hunks if wanted.has(hunk)]
    codes = tuple(sorted({code for hunk in touched for code in hunk.codes} - set().union(*map(wanted.others, touched))))
    if not touched:
        return None
    now = _read(root / file.path)
    if hash_of(now) == file.before:
        return Undone(file.path, "unchanged", codes)
    stay = tuple(hunk for hunk in file.hunks if not wanted.has(hunk))
    first = made(now or b"", inverted(file.hunks))
    after = None if file.before is None else made(first or b"", stay)
    reason = _refusal(file, now, first) or _shared_places(touched, wanted, codes)
    if not reason and stay and now is not None and after is not None:
        reason = judge(file.path, (first or b"", now), after)
    if reason:
        return Undone(file.path, "refused", codes, reason)
    return _Plan(file, codes, now, after, file.left(stay, after))


def _refusal(file: FileRecord, now: bytes | None, first: bytes | None) -> str | None:
    if hash_of(now) != file.after:
        return "it is not there any more" if now is None else "it was changed since"
    if file.before is not None and hash_of(first) != file.before:
        return "its record is damaged"
    return None


def _shared_places(touched: list[Hunk], wanted: Wanted, codes: tuple[str, ...]) -> str | None:
    others = sorted(set().union(*map(wanted.others, touched)))
    if not others:
        return None
    both = f"{', '.join(codes)} and {', '.join(others)}" if codes else ", ".join(others)
    return f"{both} changed the same place: undo them together"


def _carry_out(plan: _Plan, root: Path, scratch: Path | None) -> Undone:
    path = plan.file.path
    if scratch:
        try:
            write_file(root / path, plan.before, plan.after, root, mode=plan.file.mode, scratch=scratch)
        except WriteRefused as refused:
            return Undone(path, "refused", plan.codes, str(refused))
    return Undone(path, "restored", plan.codes, diff=unified_diff(path, plan.before, plan.after))


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
