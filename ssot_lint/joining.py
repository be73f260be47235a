"""Fixes that span files, in a run: made when all files are judged, with the others of the files that they change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_lint.judging import Accepting, Outcome, Worker

if TYPE_CHECKING:
    from ssot_lint.model import FileReport, Fix


@dataclass(frozen=True)
class Joined:
    """What a run has to say and to write: ``reports`` of files that stay, ``changes`` of others.

    For each file that must not change without others, ``needs`` has their paths.
    """

    reports: Sequence[FileReport]
    changes: Sequence[Outcome]
    needs: Mapping[str, frozenset[str]]


def join(worker: Worker, reports: Sequence[FileReport], changes: Sequence[Outcome]) -> Joined:
    """Make the fixes of ``reports`` that span files; ``changes`` are what becomes of files by the others."""
    if not any(worker.work.fixes_jointly(report) for report in reports):
        return Joined(reports, changes, {})
    from ssot_lint.fixing.jointly import fix_jointly

    checker = Accepting(worker.work, worker.checker)
    wanted = [report for report in reports if not report.failures]
    read = checker.project.read
    joined = fix_jointly(checker, wanted, read, worker.work.options.unsafe, _choice(worker, wanted, read))
    outcomes = [worker.outcome(fixed, read(path) or b"") for path, fixed in joined.fixed.items()]
    others = {report.path: report for report in reports if report.path not in joined.fixed} | dict(joined.reports)
    said = [outcome.report for outcome in outcomes if outcome.before == outcome.after]
    changed = [change for change in changes if change.report.path not in joined.fixed]
    changed += [outcome for outcome in outcomes if outcome.before != outcome.after]
    return Joined([*others.values(), *said], changed, joined.needs)


def _choice(
    worker: Worker, reports: Sequence[FileReport], read: Callable[[str], bytes | None]
) -> Callable[[str, Fix], bool]:
    """Give what tells the fixes, each by the path of its file, that the user wants: all if nobody is asked."""
    ask = worker.work.options.ask
    if ask is None:
        return lambda path, fix: True
    by_path = {report.path: report for report in reports}
    return lambda path, fix: path in by_path and ask(by_path[path], read(path) or b"")(fix)
