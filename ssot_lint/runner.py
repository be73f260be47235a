"""A whole run: find the files, check or fix each, and gather what there is to say in the order of their paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ssot_lint.discovery import Discovery, discover, relative_path
from ssot_lint.executor import Crash, map_files
from ssot_lint.globs import matches_path
from ssot_lint.hashing import digest
from ssot_lint.joining import Joined, join
from ssot_lint.judging import Outcome, Sight, Work, Worker
from ssot_lint.model import FileReport, Report
from ssot_lint.own_rules import RULE_CRASHED

if TYPE_CHECKING:
    from ssot_lint.applying import Cut
    from ssot_lint.baseline.acceptance import Acceptance
    from ssot_lint.cache import Amnesia
    from ssot_lint.cache.recall import Recall
    from ssot_lint.config import Settings
    from ssot_lint.judging import Ask
    from ssot_lint.packs import Pack
    from ssot_lint.rule import Rule

WORTH_JUDGING = 16
"""From how many files that have to be read closely on several processes are faster than one."""
WORTH_SCREENING = 3000
"""The same for files in which no more than words are looked for."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """What to do: ``fix`` what can be, with ``unsafe`` also what a human must agree to; with ``diff`` write nothing.

    ``jobs`` is how many processes to use, 0 for one a core; with ``force_exclude`` files that were named are excluded
    like those that were found. ``cache`` is the directory for what runs tell later ones, if they are to; without
    ``recall`` that does not include reports. What is in the ``acceptance`` does not count, and is not fixed. What
    fixing changes is cut ``by`` something into batches, of which at most ``limit`` are written, each verified by the
    ``verify_command`` of the user; it is recorded that the ``command`` wrote them. To ``ask`` the user about each fix
    takes one process.
    """

    fix: bool = False
    unsafe: bool = False
    diff: bool = False
    jobs: int = 0
    force_exclude: bool = False
    cache: Path | None = None
    recall: bool = True
    acceptance: Acceptance | None = None
    by: Cut | None = None
    limit: int | None = None
    verify_command: str | None = None
    command: str = ""
    ask: Ask | None = None


@dataclass(frozen=True)
class Rules:
    """The rules of all packs that the settings name: those that are ``selected``, and the ids of all, ``known``.

    ``ignored`` are the codes of those of the tool's own rules that are left out, ``binding`` those of rules that no
    comment may suppress. ``source`` is the digest of all packs; empty if that is not known.
    """

    selected: tuple[Rule, ...]
    known: frozenset[str]
    ignored: frozenset[str] = frozenset()
    source: bytes = b""
    binding: frozenset[str] = frozenset()


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
    notes = _finish_interrupted(work, found.files)
    reports = [FileReport(failure.path, failures=(failure,)) for failure in found.failures]
    changes: list[Outcome] = []
    worker = Worker(work)
    recall = _recall(worker, found)
    suspects = _suspects(worker, found.files, recall, reports)
    if len(suspects) >= WORTH_JUDGING:
        worker.prepare()
    judged = map_files(worker.itself, suspects, options.jobs, WORTH_JUDGING)
    for done, outcome in enumerate(judged, len(found.files) - len(suspects) + 1):
        if isinstance(outcome, Crash):
            reports.append(worker.checker.heard(_crashed(outcome)))
        elif outcome:
            recall.keep(outcome.found, outcome.testimony)
            changes += [outcome] if outcome.before != outcome.after else []
            reports += [outcome.report] if outcome.before == outcome.after else []
        if progress:
            progress(done, len(found.files))
    if not options.fix and not options.diff:
        recall.save()
    joined = join(worker, reports, changes)
    # Only now: so all files were judged by the same project, and a run that was interrupted has changed nothing.
    reports = [*joined.reports, *_write(worker, joined, found.files)]
    telling = sorted((r for r in reports if r != FileReport(r.path)), key=lambda report: report.path)
    return Report(tuple(telling), len(found.files), paths=found.files, notes=notes, version=recall.version)


def _recall(worker: Worker, found: Discovery) -> Recall | Amnesia:
    """Give what is known from earlier runs of the files that were ``found``."""
    from ssot_lint.cache import recalled

    return recalled(worker, found.project)


def _suspects(worker: Worker, files: Sequence[str], recall: Recall | Amnesia, reports: list[FileReport]) -> list[str]:
    """Give the files that have to be checked, and add to ``reports`` what is known of the others."""
    work = worker.work
    sights = _sights(worker, recall.to_screen(files, work.named))
    suspects = []
    for path in files:
        sight, named = sights.get(path), path in work.named
        if sight is not None:
            recall.sees(path, sight)
        if recall.holds(path, named):
            report = work.accepted(recall.report(path, named))
            if work.fixes(report):
                suspects.append(path)
            else:
                reports.append(report)
        elif sight is None or sight.suspect:
            suspects.append(path)
        else:
            recall.keep_silence(path, named)
    return suspects


def _sights(worker: Worker, files: Sequence[str]) -> dict[str, Sight]:
    seen = map_files(worker.screening, files, worker.work.options.jobs, WORTH_SCREENING)
    return {
        path: Sight(suspect=True) if isinstance(sight, Crash) else sight
        for path, sight in zip(files, seen, strict=True)
    }


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
    worker = Worker(Work(settings, rules, replace(options, recall=False), frozenset({path})))
    outcome = worker.judge(path, raw)
    worker.finish()
    return Report((outcome.report,), 1), raw if options.diff else outcome.after


def load_rules(settings: Settings) -> Rules:
    """Load the packs of ``settings`` and select their rules; raises `ConfigurationErrors`."""
    from ssot_lint.config import binding_rules, ignored_own_rules, select_rules

    packs = packs_of(settings.packs, settings)
    rules = tuple(rule for pack in packs for rule in pack.rules)
    selected = select_rules(rules, settings.select, settings.ignore, settings.per_file_ignores, settings.source)
    ignored = ignored_own_rules(settings.select, settings.ignore)
    source = digest(b"".join(pack.digest for pack in packs))
    binding = binding_rules(rules, settings.no_suppress, settings.source) if settings.no_suppress else frozenset()
    return Rules(selected, frozenset(rule.id for rule in rules), ignored, source, binding)


def rules_of(packs: Sequence[str], settings: Settings) -> Iterator[Rule]:
    """Load the rules of ``packs``, paths among them starting at the root; raises `ConfigurationErrors`."""
    for pack in packs_of(packs, settings):
        yield from pack.rules


def packs_of(packs: Sequence[str], settings: Settings) -> tuple[Pack, ...]:
    """Load ``packs``, paths among them starting at the root; raises `ConfigurationErrors`."""
    from ssot_lint.packs import load_packs
    from ssot_lint.toml import ConfigurationSite

    return load_packs(packs, settings.root, ConfigurationSite("packs", "--pack", settings.source))


def _crashed(crash: Crash) -> FileReport:
    message = f"the tool crashed on this file, please report it: {crash.message}"
    return FileReport(crash.item, (RULE_CRASHED.violation(crash.item, message),))


def _finish_interrupted(work: Work, files: Sequence[str]) -> tuple[str, ...]:
    """Bring a run like this one to its end, if it was interrupted while it wrote, and tell so."""
    options = work.options
    # Only where there is one is there something to load.
    if not options.fix or options.diff or not options.cache or not any(options.cache.glob("journal/*.writing")):
        return ()
    from ssot_lint.applying import finish_interrupted, request_of

    return tuple(finish_interrupted(options.cache, work.settings.root, request_of(work, files)))


def _write(worker: Worker, joined: Joined, files: Sequence[str]) -> Iterator[FileReport]:
    """Write what fixing made of the files, or tell what it would; one that stays as it was is reported so."""
    if not joined.changes:
        return
    from ssot_lint.applying import write

    yield from write(worker, joined.changes, joined.needs, files)
