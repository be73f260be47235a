"""A run that was interrupted while it wrote, brought to its end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ssot_lint.fixing import WriteRefused, write_file
from ssot_lint.fixing.trail import inverted, made
from ssot_lint.journal import FileRecord, Journal, Run, hash_of


@dataclass(frozen=True)
class Resumed:
    """A ``run`` that was brought to its end: how many of its files were still to be ``written`` or ``put_back``.

    ``changed`` are those that are neither what they were nor what they were to be: somebody else has changed them.
    """

    run: Run
    written: int
    put_back: int
    changed: tuple[str, ...]


def resume(journal: Journal, root: Path, request: str) -> Resumed | None:
    """Bring the last run in the project at ``root`` to its end, if it was interrupted and had the same ``request``.

    Files that it was to write are written as it would have done; those of a batch that was being verified by the user's
    command are put back, to be verified anew.
    """
    run = journal.interrupted()
    if run is None or run.request != request:
        return None
    counts = {"written": 0, "put back": 0}
    changed: list[str] = []
    files: list[FileRecord] = []
    for file in run.files:
        done = _bring_to_end(file, root, journal.directory, in_doubt=file.path in run.doubted)
        if done in counts:
            counts[done] += 1
        elif done == "changed":
            changed.append(file.path)
        if done in ("written", "as it is to be") or (done == "changed" and file.path not in run.doubted):
            files.append(file)
    return Resumed(journal.finish(run, files=files), counts["written"], counts["put back"], tuple(changed))


def _bring_to_end(file: FileRecord, root: Path, scratch: Path, *, in_doubt: bool) -> str:
    """Write or put back one file, and say what was done."""
    path = root / file.path
    try:
        now = path.read_bytes() if path.exists() else None
    except OSError:
        return "changed"
    wanted, other = (file.before, file.after) if in_doubt else (file.after, file.before)
    if hash_of(now) == wanted:
        return "as it was" if in_doubt else "as it is to be"
    hunks = inverted(file.hunks) if in_doubt else file.hunks
    then = made(now or b"", hunks) if wanted is not None else None
    if hash_of(now) != other or hash_of(then) != wanted:
        return "changed"
    try:
        write_file(path, now, then, root, mode=file.mode, scratch=scratch)
    except WriteRefused:
        return "changed"
    return "put back" if in_doubt else "written"
