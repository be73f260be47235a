"""All that is set aside in a project, and on which terms: by comments, and by the baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ssot_lint.baseline.entries import Entry, read_entries
from ssot_lint.config import Settings
from ssot_lint.model import Report
from ssot_lint.ratchet import Against, baseline_path, run
from ssot_lint.runner import Progress, RunOptions, load_rules
from ssot_lint.source.text import NotText, Text
from ssot_lint.suppression import Directive, directives, may_suppress


@dataclass(frozen=True)
class Stated:
    """A suppression in the file ``path``, and how many ``violations`` it sets aside; ``expired`` if its day is past."""

    path: str
    directive: Directive
    violations: int
    expired: bool


@dataclass(frozen=True)
class Statement:
    """The suppressions in the files that were looked at, in their order, and the ``baseline`` of the project."""

    suppressions: tuple[Stated, ...]
    baseline: tuple[Entry, ...]


def state(settings: Settings, paths: Sequence[str], options: RunOptions, progress: Progress | None = None) -> Statement:
    """Tell what is set aside in ``paths``; raises what a run does."""
    report = run(settings, paths, options, Against(), progress)
    entries = read_entries(baseline_path(settings))
    return Statement(tuple(_suppressions(settings, report)), entries)


def _suppressions(settings: Settings, report: Report) -> Iterator[Stated]:
    known, today = load_rules(settings).known, date.today()
    aside = Counter(
        (violation.path, violation.set_aside.row, violation.code)
        for file in report.files
        for violation in file.suppressed
        if violation.set_aside
    )
    for path in report.paths:
        for directive in _directives(settings, path, known):
            row = directive.place.start.row
            count = sum(aside[path, row, code] for code in directive.codes)
            yield Stated(path, directive, count, directive.expired(today))


def _directives(settings: Settings, path: str, known: frozenset[str]) -> tuple[Directive, ...]:
    try:
        raw = (settings.root / path).read_bytes()
    except OSError:
        return ()
    if not may_suppress(raw):
        return ()
    try:
        return directives(Text.read(raw).string, known)
    except NotText:
        return directives(Text.read_anyway(raw).string, known)
