"""The writing of a whole run, and the end of one that was interrupted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ssot_lint.applying.changes import Change
from ssot_lint.applying.reports import fix_files
from ssot_lint.applying.resuming import resume
from ssot_lint.applying.writer import Orders
from ssot_lint.hashing import digest
from ssot_lint.journal import Journal
from ssot_lint.judging import Accepting, Outcome, Work, Worker
from ssot_lint.model import FileReport, Violation


def request_of(work: Work, files: Sequence[str]) -> str:
    """Name all that a run is asked to do with ``files``: what would be written depends on nothing else but them."""
    options, rules = work.options, work.rules.selected
    asked = (files, rules, options.unsafe, options.by, options.limit, options.verify_command)
    return digest(repr(asked).encode("utf-8", "surrogateescape")).hex()


def finish_interrupted(cache: Path, root: Path, request: str) -> Iterator[str]:
    """Bring the last run to its end if it was interrupted, and tell so; if it was another one, tell how to undo it."""
    journal = Journal(cache)
    interrupted = journal.interrupted()
    if interrupted is None:
        return
    resumed = resume(journal, root, request)
    if resumed is None:
        how = f"`ssot-lint undo {interrupted.name}` takes back what it wrote"
        yield f"run {interrupted.name} (`{interrupted.command}`) was interrupted while it wrote; {how}"
        return
    done = [f"{resumed.written} more written"] if resumed.written else []
    done += [f"{resumed.put_back} put back, to be verified again"] if resumed.put_back else []
    done += [f"changed since: {', '.join(resumed.changed)}"] if resumed.changed else []
    what = f" ({'; '.join(done)})" if done else ""
    yield f"run {interrupted.name} was interrupted while it wrote, and was brought to its end first{what}"


def write(
    worker: Worker, changes: Sequence[Outcome], needs: Mapping[str, frozenset[str]], files: Sequence[str]
) -> Iterator[FileReport]:
    """Write what fixing made of files, or tell what it would; one that stays as it was is reported so.

    ``needs`` are, for files that must not change without others, their paths; ``files`` are all that the run looked at.
    """
    options = worker.work.options
    orders = Orders(
        root=worker.work.settings.root,
        journal=Journal(options.cache) if options.cache else None,
        command=options.command,
        request=request_of(worker.work, files),
        by=options.by,
        limit=options.limit,
        verify_command=options.verify_command,
        write=not options.diff,
    )
    causes = _causes_elsewhere(changes)
    fixed = [(one.report, _change(one, needs, causes.get(one.report.path, ()))) for one in changes]
    yield from fix_files(fixed, Accepting(worker.work, worker.checker), orders)


def _causes_elsewhere(changes: Sequence[Outcome]) -> Mapping[str, Sequence[Violation]]:
    """Give, for files that change for the sake of violations in others, these violations."""
    causes: dict[str, list[Violation]] = {}
    for violation in (violation for outcome in changes for violation in outcome.report.fixed):
        for path, _ in violation.fix.elsewhere if violation.fix else ():
            causes.setdefault(path, []).append(violation)
    return causes


def _change(outcome: Outcome, needs: Mapping[str, frozenset[str]], causes: Sequence[Violation]) -> Change:
    report = outcome.report
    codes = tuple(sorted({violation.code for violation in causes}))
    hunks = tuple(hunk if hunk.codes else replace(hunk, codes=codes) for hunk in report.hunks)
    needed = needs.get(report.path, frozenset())
    return Change(report.path, outcome.before, outcome.after, hunks, (*report.fixed, *causes), needed)
