"""Fixes that span files, in a run: made when all files are judged, with the others of the files that they change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_lint.judging import Accepting, Outcome, Worker

if TYPE_CHECKING:
    from ssot_lint.model import FileReport


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
    joined = fix_jointly(checker, wanted, read, worker.work.options.unsafe)
    outcomes = [worker.outcome(fixed, read(path) or b"") for path, fixed in joined.fixed.items()]
    others = {report.path: report for report in reports if report.path not in joined.fixed} | dict(joined.reports)
    said = [outcome.report for outcome in outcomes if outcome.before == outcome.after]
    changed = [change for change in changes if change.report.path not in joined.fixed]
    changed += [outcome for outcome in outcomes if outcome.before != outcome.after]
    return Joined([*others.values(), *said], changed, joined.needs)
