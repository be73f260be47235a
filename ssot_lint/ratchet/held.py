"""A run held against the baseline: what it accepts is set aside, what it accepts in vain is told."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from ssot_lint import runner
from ssot_lint.baseline.acceptance import Acceptance, accepted_by
from ssot_lint.baseline.entries import Entry, read_entries
from ssot_lint.baseline.renames import renamed
from ssot_lint.config import Settings
from ssot_lint.discovery import relative_path
from ssot_lint.model import FILE_START, Anchor, FileReport, Position, Range, Report, Violation
from ssot_lint.own_rules import (
    EXPIRED_SUPPRESSION,
    NOT_PYTHON,
    OWN_RULES,
    PACK,
    RULE_CRASHED,
    STALE_ENTRY,
    UNREADABLE,
)
from ssot_lint.rule import Rule
from ssot_lint.runner import Progress, Rules, RunOptions

HALF_CHECKED = frozenset({NOT_PYTHON.code, UNREADABLE.code, RULE_CRASHED.code})
"""Rules whose violations keep others from being found."""


@dataclass(frozen=True)
class Judged:
    """A run held against the ``entries`` of the baseline: what is ``new``, which of them are ``stale`` or ``expired``.

    ``matched`` are the violations that the baseline knows, by the fingerprint of their entry.
    """

    report: Report
    entries: tuple[Entry, ...]
    matched: Mapping[str, Violation]
    stale: tuple[Entry, ...]
    expired: tuple[Entry, ...]

    @property
    def new(self) -> list[Violation]:
        """The violations that the baseline does not know."""
        known = set(self.matched.values())
        return [violation for file in self.report.files for violation in file.violations if violation not in known]


class Held:
    """The baseline in the file ``path``, and the runs that are held against it."""

    def __init__(self, settings: Settings, rules: Rules, path: Path) -> None:
        self._settings = settings
        self._rules = rules
        self._path = path
        self._today = date.today().isoformat()
        self.entries = read_entries(path)
        self._gone = tuple(
            path for path in sorted({e.path for e in self.entries}) if not os.path.exists(settings.root / path)
        )

    @property
    def acceptance(self) -> Acceptance:
        """What the baseline accepts, as long as nobody asked git for files that were renamed."""
        return accepted_by(self.entries, self._today, {})

    def run(
        self,
        paths: Sequence[str],
        options: RunOptions,
        progress: Progress | None = None,
        also: Acceptance | None = None,
    ) -> Report:
        """Run, and report what neither the baseline accepts nor ``also``, and what the baseline accepts in vain."""
        judged = self.judge(paths, options, progress, also)
        return replace(judged.report, files=tuple(self._with_own(judged)), gone=self._former(judged))

    def judge(
        self,
        paths: Sequence[str],
        options: RunOptions,
        progress: Progress | None = None,
        also: Acceptance | None = None,
    ) -> Judged:
        """Run, and hold what is found against the baseline; what is accepted ``also`` is set aside, too."""
        writes = options.fix or options.diff
        acceptance = self._knowing_renames if writes and self._gone else self.acceptance
        acceptance = acceptance.with_more(also) if also else acceptance
        options = replace(options, acceptance=acceptance)
        report = runner.run(self._settings, paths, options, progress, self._rules)
        if self._gone and not writes and any(file.violations for file in report.files):
            acceptance = self._knowing_renames
            report = replace(report, files=tuple(map(acceptance.apply, report.files)))
        report = replace(report, compared=True)
        matched = dict(self._matched(report, acceptance))
        stale = tuple(e for e in self._judged(report, paths) if e.fingerprint not in matched)
        expired = tuple(e for e in self.entries if e.expired(self._today) and e.fingerprint in matched)
        return Judged(report, self.entries, matched, stale, expired)

    @cached_property
    def _renames(self) -> Mapping[str, str]:
        """Where files are now that the baseline knows under other names."""
        return renamed(self._settings.root, self._gone) if self._gone else {}

    @cached_property
    def _knowing_renames(self) -> Acceptance:
        former: dict[str, tuple[str, ...]] = {}
        for entry in self.entries:
            now = self._renames.get(entry.path)
            if now is not None and entry.place not in former.get(now, ()):
                former[now] = (*former.get(now, ()), entry.place)
        return accepted_by(self.entries, self._today, former)

    def _matched(self, report: Report, acceptance: Acceptance) -> Iterator[tuple[str, Violation]]:
        """Give the violations of which there is an entry, one that has expired included, each with its fingerprint."""
        known = replace(acceptance, aside={entry.fingerprint: entry.aside for entry in self.entries})
        for file in report.files:
            for violation in (*file.accepted, *file.violations):
                found = known.find(violation)
                if found is not None:
                    yield found, violation

    def _judged(self, report: Report, paths: Sequence[str]) -> Iterator[Entry]:
        """Give the entries of which this run can tell whether they are still needed."""
        looked_at = set(report.paths) - {file.path for file in report.files if _is_half_checked(file)}
        root = self._settings.root
        directories = tuple(relative_path(root, path) for path in paths if os.path.isdir(path))
        for entry in self.entries:
            if entry.rule not in self._active:
                continue
            if entry.path not in self._gone:
                if entry.path in looked_at:
                    yield entry
            elif directories:  # a file that was named is there; what has become of another is not worth asking git
                now = self._renames.get(entry.path)
                covered = any(directory == "." or entry.path.startswith(directory + "/") for directory in directories)
                if now in looked_at or (now is None and covered):
                    yield entry

    @cached_property
    def _active(self) -> AbstractSet[str]:
        """The codes of the rules that are checked."""
        return {rule.id for rule in self._rules.selected} | (OWN_RULES.keys() - self._rules.ignored)

    # What is said about the baseline itself.

    def _with_own(self, judged: Judged) -> list[FileReport]:
        violations = [*self._stale(judged.stale), *self._expired(judged.expired)]
        own = tuple(violation for violation in violations if violation.code in self._active)
        if not own:
            return list(judged.report.files)
        files = [*judged.report.files, FileReport(self._name, own)]
        return sorted(files, key=lambda file: file.path)

    def _former(self, judged: Judged) -> dict[str, Violation]:
        """Give what stale entries accepted, as far as it is known."""
        rules = {rule.id: rule for rule in self._rules.selected}
        return {entry.fingerprint: _former(entry, rules.get(entry.rule)) for entry in judged.stale}

    @property
    def _name(self) -> str:
        return relative_path(self._settings.root, os.fspath(self._path))

    def _stale(self, entries: Iterable[Entry]) -> Iterator[Violation]:
        """Say once for each file what is accepted in vain."""
        by_path: dict[str, list[Entry]] = {}
        for entry in entries:
            by_path.setdefault(entry.path, []).append(entry)
        for path, stale in by_path.items():
            first = min(stale, key=lambda entry: entry.row)
            more = f" and {len(stale) - 1} more" if len(stale) > 1 else ""
            what = f" (`{first.statement}`)" if first.statement else ""
            message = (
                f"the baseline accepts {first.rule}{what}{more} in {path}, where it is not broken any more; "
                "`ssot-lint baseline --prune` removes what is not needed"
            )
            yield STALE_ENTRY.violation(self._name, message, _row(first.row))

    def _expired(self, entries: Iterable[Entry]) -> Iterator[Violation]:
        for entry in entries:
            owner = f" by {entry.owner}" if entry.owner else ""
            message = (
                f"{entry.rule} in {entry.path} was accepted{owner} until {entry.until}; mend it, or accept it anew"
            )
            yield EXPIRED_SUPPRESSION.violation(self._name, message, _row(entry.row))


def _is_half_checked(file: FileReport) -> bool:
    said = (*file.violations, *file.accepted, *file.suppressed)
    return bool(file.failures) or any(violation.code in HALF_CHECKED for violation in said)


def _row(row: int) -> Range:
    return Range(Position(max(row, 1), 1), Position(max(row, 1), 1))


def _former(entry: Entry, rule: Rule | None) -> Violation:
    """Give the violation that ``entry`` accepted, as it was."""
    known = rule or OWN_RULES[entry.rule]
    return Violation(
        code=entry.rule,
        kind=known.kind if isinstance(known, Rule) else known.name,
        pack=known.pack if isinstance(known, Rule) else PACK,
        severity=known.severity,
        message=f"{entry.statement or entry.symbol or entry.path}: not broken any more",
        path=entry.path,
        range=FILE_START,
        symbol=entry.symbol or None,
        anchor=Anchor(entry.place, entry.definition, text=entry.statement, number=entry.number),
    )
