"""A whole run: find the files, check or fix each, and gather what there is to say in the order of their paths."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ssot_lint.check import Checker, unreadable
from ssot_lint.discovery import discover, project_files, relative_path
from ssot_lint.executor import Crash, map_files
from ssot_lint.globs import matches_path
from ssot_lint.model import Applicability, Failure, FileReport, Report
from ssot_lint.own_rules import RULE_CRASHED
from ssot_lint.project import Project
from ssot_lint.project.store import SummaryStore

if TYPE_CHECKING:
    from ssot_lint.baseline.acceptance import Acceptance
    from ssot_lint.config import Settings
    from ssot_lint.rule import Rule

OBJECTS_OF_A_FILE = 100_000
"""How many objects the tree of a large file has."""
WORTH_JUDGING = 16
"""From how many files that have to be read closely on several processes are faster than one."""
WORTH_SCREENING = 3000
"""The same for files in which no more than words are looked for."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """What to do: ``fix`` what can be, with ``unsafe`` also what a human must agree to; with ``diff`` write nothing.

    ``jobs`` is how many processes to use, 0 for one a core; with ``force_exclude`` files that were named are excluded
    like those that were found. ``cache`` is the directory for what runs tell later ones, if they are to. What is in the
    ``acceptance`` does not count, and is not fixed.
    """

    fix: bool = False
    unsafe: bool = False
    diff: bool = False
    jobs: int = 0
    force_exclude: bool = False
    cache: Path | None = None
    acceptance: Acceptance | None = None


@dataclass(frozen=True)
class Work:
    """What a process needs to know to do its part; ``named`` are the files that the user named one by one."""

    settings: Settings
    rules: Rules
    options: RunOptions
    named: frozenset[str] = frozenset()
    project: tuple[str, ...] | None = None

    def accepted(self, report: FileReport) -> FileReport:
        """Give ``report`` with what is accepted set aside."""
        acceptance = self.options.acceptance
        return acceptance.apply(report) if acceptance else report

    def store(self) -> SummaryStore | None:
        """Make the store of summaries, if there is to be one."""
        return SummaryStore(self.options.cache) if self.options.cache else None

    def checker(self, store: SummaryStore | None = None) -> Checker:
        """Make the checker, with an index of its own that uses ``store``."""
        settings = self.settings
        project = Project(
            settings.root, settings.src, lambda: self.project or project_files(settings.root), store=store
        )
        return Checker(
            self.rules.selected,
            project,
            per_file_ignores=settings.per_file_ignores,
            require_reason=settings.require_reason,
            known=self.rules.known,
            ignored=self.rules.ignored,
        )


@dataclass(frozen=True)
class Rules:
    """The rules of all packs that the settings name: those that are ``selected``, and the ids of all, ``known``.

    ``ignored`` are the codes of those of the tool's own rules that are left out.
    """

    selected: tuple[Rule, ...]
    known: frozenset[str]
    ignored: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """What came of one file: its report and, where fixing changed it, the bytes it had and those it is to have."""

    report: FileReport
    before: bytes
    after: bytes


def run(
    settings: Settings,
    paths: Sequence[str],
    options: RunOptions,
    progress: Progress | None = None,
    rules: Rules | None = None,
) -> Report:
    """Check or fix ``paths`` (files and directories, relative to the working directory) and report.

    ``progress`` is told how many files of how many are done; ``rules`` are those of the settings, if they are loaded
    already. Raises `PathError` for a path that is not there and `ConfigurationErrors` for packs and selectors that are
    wrong.
    """
    rules = rules or load_rules(settings)
    found = discover(settings.root, paths, settings.exclude, options.force_exclude or settings.force_exclude)
    work = Work(settings, rules, options, found.named, found.project)
    reports = [FileReport(failure.path, failures=(failure,)) for failure in found.failures]
    changes: list[Outcome] = []
    worker = _Worker(work)
    screened = map_files(worker.screening, found.files, options.jobs, WORTH_SCREENING)
    suspects = [path for path, suspect in zip(found.files, screened, strict=True) if suspect]
    if len(suspects) >= WORTH_JUDGING:
        worker.prepare()
    judged = map_files(worker.itself, suspects, options.jobs, WORTH_JUDGING)
    for done, outcome in enumerate(judged, len(found.files) - len(suspects) + 1):
        if isinstance(outcome, Crash):
            reports.append(worker.checker.heard(_crashed(outcome)))
        elif outcome and outcome.before != outcome.after:
            changes.append(outcome)
        elif outcome:
            reports.append(outcome.report)
        if progress:
            progress(done, len(found.files))
    # Only now: so all files were judged by the same project, and a run that was interrupted has changed nothing.
    reports += _write(work, changes)
    return Report(tuple(sorted(reports, key=lambda report: report.path)), len(found.files), paths=found.files)


def run_source(
    settings: Settings, name: str | None, raw: bytes, options: RunOptions, rules: Rules | None = None
) -> tuple[Report, bytes]:
    """Check or fix what is not in a file, as if its path were ``name``, and give the bytes that fixing makes of it.

    Raises `ConfigurationErrors` as `run` does.
    """
    path = relative_path(settings.root, name) if name else "-"
    rules = rules or load_rules(settings)
    if (options.force_exclude or settings.force_exclude) and matches_path(path, settings.exclude):
        return Report((), 0), raw
    worker = _Worker(Work(settings, rules, options, frozenset({path})))
    outcome = worker.judge(path, raw)
    worker.finish()
    return Report((outcome.report,), 1), outcome.after


def load_rules(settings: Settings) -> Rules:
    """Load the packs of ``settings`` and select their rules; raises `ConfigurationErrors`."""
    from ssot_lint.config import ignored_own_rules, select_rules

    rules = tuple(rules_of(settings.packs, settings))
    selected = select_rules(rules, settings.select, settings.ignore, settings.per_file_ignores, settings.source)
    ignored = ignored_own_rules(settings.select, settings.ignore)
    return Rules(selected, frozenset(rule.id for rule in rules), ignored)


def rules_of(packs: Sequence[str], settings: Settings) -> Iterator[Rule]:
    """Load ``packs``, paths among them starting at the root; raises `ConfigurationErrors`."""
    from ssot_lint.packs import load_packs
    from ssot_lint.toml import ConfigurationSite

    for pack in load_packs(packs, settings.root, ConfigurationSite("packs", "--pack", settings.source)):
        yield from pack.rules


class _Worker:
    """What one process does: read a file, check it or fix it."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.store = work.store()
        self.checker = work.checker(self.store)
        _collect_garbage_rarely()

    def __reduce__(self) -> tuple[type[_Worker], tuple[Work]]:
        """Travel to a process that is not forked as what it is made of."""
        return _Worker, (self.work,)

    def itself(self) -> _Worker:
        """Give what forked processes share: all that was found out so far."""
        return self

    def screening(self) -> Callable[[str], bool]:
        """Give `screens`; what it needs to know is found out here, before processes are forked."""
        _ = self.checker.triggers
        self.finish()  # a database that is open must not be forked
        return self.screens

    def screens(self, path: str) -> bool:
        """Tell whether there may be something to say about the file ``path``."""
        raw = self._read(path)
        return isinstance(raw, OSError) or self.checker.screens(path, raw, explicit=path in self.work.named)

    def prepare(self) -> None:
        """Find out what all processes need to know, before they are forked: once, and not in each of them."""
        self.checker.prepare()
        self.finish()  # a database that is open must not be forked
        gc.freeze()

    def __call__(self, path: str) -> Outcome | None:
        """Give the outcome for the file ``path``; ``None`` if there is nothing to say about it."""
        raw = self._read(path)
        if isinstance(raw, OSError):
            message = f"the file cannot be read: {raw.strerror}"
            report = self.checker.heard(FileReport(path, (unreadable(path, message),)))
            return Outcome(self.work.accepted(report), b"", b"")
        outcome = self.judge(path, raw)
        return None if outcome.report == FileReport(path) else outcome

    def _read(self, path: str) -> bytes | OSError:
        try:
            with open(f"{self.work.settings.root}/{path}", "rb", buffering=0) as file:
                return file.read()
        except OSError as error:
            return error

    def finish(self) -> None:
        """Keep what was learned of the project for other runs."""
        if self.store:
            self.store.close()

    def judge(self, path: str, raw: bytes) -> Outcome:
        """Check, or fix, the file ``path`` whose bytes are ``raw``."""
        options = self.work.options
        report = self.work.accepted(self.checker.check(path, raw, explicit=path in self.work.named))
        if not (options.fix or options.diff) or not _fixable(report, options.unsafe):
            return Outcome(report, raw, raw)
        from ssot_lint.fixing import fix_file

        fixed = fix_file(_Accepting(self), path, raw, options.unsafe)
        if not options.diff:
            return Outcome(fixed.report, raw, fixed.raw)
        from ssot_lint.fixing import unified_diff

        diff = unified_diff(path, raw, fixed.raw)
        return Outcome(replace(fixed.report, diff=diff or None), raw, raw)


@dataclass(frozen=True)
class _Accepting:
    """What fixing sees of a worker: what is accepted is not fixed."""

    worker: _Worker

    @property
    def project(self) -> Project:
        """The project of the files."""
        return self.worker.checker.project

    def check(self, path: str, raw: bytes) -> FileReport:
        """Say what is wrong with the file ``path`` if its bytes are ``raw``."""
        return self.worker.work.accepted(self.worker.checker.check(path, raw))


def _collect_garbage_rarely() -> None:
    """Let what is there stay, and look for cycles once a file or so: trees are made of many objects and die whole.

    With the thresholds of the interpreter, the collector takes longer than the parser.
    """
    gc.freeze()
    gc.set_threshold(OBJECTS_OF_A_FILE, 20, 20)


def _fixable(report: FileReport, unsafe: bool) -> bool:
    return any(
        violation.fix and (unsafe or violation.fix.applicability is Applicability.SAFE)
        for violation in report.violations
    )


def _crashed(crash: Crash) -> FileReport:
    message = f"the tool crashed on this file, please report it: {crash.message}"
    return FileReport(crash.item, (RULE_CRASHED.violation(crash.item, message),))


def _write(work: Work, changes: Sequence[Outcome]) -> Iterator[FileReport]:
    """Write what fixing made of the files; one that cannot be written is reported as it is."""
    if not changes:
        return
    from ssot_lint.fixing import WriteRefused, write_file

    root = work.settings.root
    for change in changes:
        path = change.report.path
        try:
            write_file(root / path, change.before, change.after, root)
            yield change.report
        except WriteRefused as refused:
            report = work.accepted(work.checker().check(path, change.before))
            yield replace(report, failures=(Failure(path, f"not fixed: {refused}"),))
