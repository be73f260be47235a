"""``ssot-lint baseline``: accept what is there for now, so that nothing is added to it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssot_lint.cli.chosen import CacheOptions, SettingsOptions
from ssot_lint.cli.console import complain, progress, write
from ssot_lint.cli.options import cache_options, settings_options
from ssot_lint.reporting.summary import counted

if TYPE_CHECKING:
    from ssot_lint.baseline.entries import Entry
    from ssot_lint.config import Settings
    from ssot_lint.model import Report
    from ssot_lint.ratchet.held import Judged
    from ssot_lint.ratchet.turning import Terms
    from ssot_lint.runner import RunOptions


@dataclass(frozen=True, kw_only=True)
class BaselineOptions(CacheOptions, SettingsOptions):
    """What the command line asks for; the names are those of the options."""

    paths: tuple[str, ...]
    update: bool
    prune: bool
    reason: str
    owner: str
    until: str
    jobs: int
    quiet: bool

    def check(self) -> None:
        """Raise `click.UsageError` for options that do not go together."""
        if self.update and not self.reason.strip():
            raise click.UsageError("--update accepts more than before, so it has to say why: --reason TEXT.")

    def terms(self) -> Terms:
        """On which terms violations are accepted."""
        from ssot_lint.ratchet.turning import Terms

        return Terms(self.reason.strip(), self.owner.strip(), self.until)


def _read_date(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    from datetime import date

    from ssot_lint.baseline.entries import is_date

    if value and not is_date(value):
        raise click.BadParameter(f"{value!r} is no date; write YYYY-MM-DD.")
    if value and value < date.today().isoformat():
        raise click.BadParameter(f"{value} has passed.")
    return value


@click.command(name="baseline")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--prune", is_flag=True, help="Drop what is not there any more.")
@click.option("--update", is_flag=True, help="Accept what is new or has expired, too; needs a reason.")
@click.option("--reason", default="", metavar="TEXT", help="Why it is accepted.")
@click.option("--owner", default="", metavar="WHO", help="Who is to mend it.")
@click.option("--until", default="", metavar="YYYY-MM-DD", callback=_read_date, help="The last day it is accepted.")
@settings_options
@click.option("-j", "--jobs", type=click.IntRange(min=0), default=0, help="Processes to use; 0 is one a core.")
@cache_options
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def command(**values: Any) -> int:
    """Accept the violations that there are, by what they are and not by their rows.

    The first time, all are written to the baseline, a file to be committed. From then on `check` reports what is new,
    and what was accepted and is not there any more. Without an option, say what there is to do; exit with 1 if
    something is.
    """
    options = BaselineOptions(**values)
    options.check()
    from ssot_lint.fixing.writing import WriteRefused
    from ssot_lint.ratchet import baseline_path

    settings = options.settings()
    path = baseline_path(settings)
    try:
        return _change(options, settings, path) if path.exists() else _create(options, settings, path)
    except WriteRefused as refused:
        complain(f"{path.name}: {refused}")
        return 2


def _create(options: BaselineOptions, settings: Settings, path: Path) -> int:
    from ssot_lint import runner
    from ssot_lint.ratchet.turning import create

    if options.prune:
        raise click.UsageError(f"There is no baseline yet, {path.name}, so there is nothing to prune.")
    report = runner.run(settings, _paths(options), _run_options(options, settings), progress(options.quiet))
    accepted = create(path, report, options.terms())
    _say(options, [f"{path.name} accepts {_sum(accepted)}."])
    return _left(report, accepted)


def _change(options: BaselineOptions, settings: Settings, path: Path) -> int:
    from ssot_lint.ratchet.held import Held
    from ssot_lint.ratchet.turning import prune, update
    from ssot_lint.runner import load_rules

    held = Held(settings, load_rules(settings), path)
    judged = held.judge(_paths(options), _run_options(options, settings), progress(options.quiet))
    if options.update:
        accepted = update(path, judged, options.terms(), prunes=options.prune)
        _say(options, [f"Accepted {_sum(accepted)}.", *_pruned(judged if options.prune else None)])
        return _left(judged.report, accepted)
    if options.prune:
        prune(path, judged)
        _say(options, _pruned(judged))
        return 0
    _say(options, _status(path, judged))
    return 1 if judged.new or judged.stale or judged.expired else 0


def _paths(options: BaselineOptions) -> tuple[str, ...]:
    return options.paths or (".",)


def _run_options(options: BaselineOptions, settings: Settings) -> RunOptions:
    from ssot_lint.runner import RunOptions

    return RunOptions(jobs=options.jobs, cache=options.cache(settings.root))


def _say(options: BaselineOptions, lines: Iterable[str]) -> None:
    if not options.quiet:
        write(lines, sys.stdout)


def _sum(entries: Sequence[Entry]) -> str:
    rules, files = {entry.rule for entry in entries}, {entry.path for entry in entries}
    return f"{counted(len(entries), 'violation')} of {counted(len(rules), 'rule')} in {counted(len(files), 'file')}"


def _pruned(judged: Judged | None) -> Iterator[str]:
    if judged is not None:
        yield f"Dropped {counted(len(judged.stale), 'entry', 'entries')}."


def _status(path: Path, judged: Judged) -> Iterator[str]:
    """Say what is accepted, and what there is to do."""
    yield f"{path.name} accepts {_sum(judged.entries)}."
    if judged.stale:
        yield f"{len(judged.stale)} not there any more: `ssot-lint baseline --prune` drops them."
    if judged.expired:
        yield f"{len(judged.expired)} expired: mend them, or accept them anew."
    if judged.new:
        yield f"{len(judged.new)} new: mend them, or accept them by `ssot-lint baseline --update --reason TEXT`."


def _left(report: Report, accepted: Sequence[Entry]) -> int:
    """Say what could not be accepted, and give the exit code."""
    known = {(entry.path, entry.rule) for entry in accepted}
    left = [v for file in report.files for v in file.violations if (v.path, v.code) not in known]
    for violation in left:
        complain(f"{violation.path}: not accepted: {violation.code} {violation.message}")
    failures = [failure for file in report.files for failure in file.failures]
    for failure in failures:
        complain(f"{failure.path}: {failure.message}")
    return 1 if left or failures else 0
