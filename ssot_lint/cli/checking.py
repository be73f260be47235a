"""What `check` and `fix` do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from ssot_lint.cache.replay import Asked, Said
from ssot_lint.cli.chosen import CacheOptions, SettingsOptions
from ssot_lint.cli.console import complain, progress, wants_color, write, write_bytes
from ssot_lint.cli.options import words
from ssot_lint.cli.outputs import Output, outputs
from ssot_lint.formats import COUNTED, TELLING
from ssot_lint.model import Failure, FileReport, Report
from ssot_lint.reporting import ReportContext, render, render_statistics
from ssot_lint.reporting.paint import Paint
from ssot_lint.toml import ConfigurationErrors

if TYPE_CHECKING:
    from ssot_lint.config import Settings
    from ssot_lint.ratchet import Against
    from ssot_lint.runner import RunOptions


PROSE = ("text", "concise")
"""Formats among which other lines for people may stand."""


@dataclass(frozen=True, kw_only=True)
class CheckOptions(CacheOptions, SettingsOptions):
    """What the command line asks for; the names are those of the options."""

    paths: tuple[str, ...]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    exclude: tuple[str, ...]
    force_exclude: bool
    output_format: tuple[Output, ...]
    output_file: str | None
    statistics: bool
    since: str | None
    baseline: bool
    exit_zero: bool
    exit_non_zero_on_fix: bool
    stdin_filename: str | None
    jobs: int
    color: str
    quiet: bool
    interactive: bool = False
    add_ignore: str | None = None

    def settings(self) -> Settings:
        """The settings, with the paths to exclude that were given."""
        settings = super().settings()
        return replace(settings, exclude=words(self.exclude)) if self.exclude else settings

    def outputs(self) -> list[Output]:
        """The reports to write; raises `click.UsageError` if they get in each other's way."""
        environment = {} if self.statistics else os.environ
        return outputs(self.output_format, self.output_file, environment)

    def against(self) -> Against:
        """What to hold the run against."""
        from ssot_lint.ratchet import Against

        return Against(baseline=self.baseline, since=self.since)

    def run_options(self, root: Path) -> RunOptions:
        """What the runner is to do in the project at ``root``."""
        from ssot_lint.runner import RunOptions

        return RunOptions(
            fix=self.fix,
            unsafe=self.unsafe_fixes,
            diff=self.diff,
            jobs=self.jobs,
            force_exclude=self.force_exclude,
            cache=self.cache(root),
        )

    def explained(self, report: Report, paint: Paint) -> Iterator[str]:
        """Give the lines that explain what was fixed in ``report``, to go before it."""
        return iter(())


def run_check(options: CheckOptions, repeatable: Asked | None = None) -> int:
    """Do what ``options`` ask for and give the exit code; what a ``repeatable`` command says is kept."""
    try:
        return _run_check(options, repeatable)
    except ConfigurationErrors as errors:
        _report_mistakes(errors, options)
        raise


def _report_mistakes(errors: ConfigurationErrors, options: CheckOptions) -> None:
    """Write reports for programs all the same: who reads one must not take an old one, or none, for a clean run."""
    found = tuple(Failure(error.path if os.path.exists(error.path) else ".", str(error)) for error in errors.errors)
    report = Report((FileReport(".", failures=found),), checked=0)
    for output in options.outputs():
        if output.output_format in TELLING:
            output.write(
                render(output.output_format, report, ReportContext(Path.cwd(), environment=os.environ)), sys.stdout
            )


def _run_check(options: CheckOptions, repeatable: Asked | None) -> int:
    if "-" in options.paths or options.stdin_filename is not None:
        return _check_stdin(options)
    if options.add_ignore is not None and (options.fix or options.diff):
        raise click.UsageError("--add-ignore writes comments, and neither --fix nor --diff goes with it.")
    from ssot_lint.git import GitFailed
    from ssot_lint.ratchet import run

    asked = options.outputs()
    settings = options.settings()
    run_options = options.run_options(settings.root)
    try:
        show = progress(options.quiet or options.interactive)
        report = run(settings, options.paths or (".",), run_options, options.against(), show)
    except GitFailed as error:
        raise click.UsageError(f"--since {options.since}: {error}") from error
    if options.add_ignore is not None:
        report = _add_ignores(report, options.add_ignore, settings, run_options)
    if not report.checked and not options.quiet:
        complain("no Python files found under the given paths", "warning")
    if options.diff:
        write_bytes(_diff(report), sys.stdout)
    context = _context(options, settings)
    told = _print_report(report, options, asked, context, sys.stderr if options.diff else sys.stdout)
    code = exit_code(report, options)
    if repeatable is not None and run_options.cache is not None:
        from ssot_lint.cli.remembering import remember

        remember(repeatable, options, settings, report, Said("\n".join(told), code))
    return code


def _add_ignores(report: Report, reason: str, settings: Settings, options: RunOptions) -> Report:
    """Suppress what is in ``report``, and give what is left."""
    from ssot_lint.reporting.summary import counted
    from ssot_lint.runner import load_rules
    from ssot_lint.silencing import silence

    if settings.require_reason and not reason.strip():
        raise click.UsageError("The configuration (require-reason) demands a reason: --add-ignore=REASON.")
    done = silence(settings, load_rules(settings), report, reason, options)
    what = f"suppressed {counted(done.violations, 'violation')} in {counted(done.files, 'file')}"
    complain(what, "note")
    return done.report


def _check_stdin(options: CheckOptions) -> int:
    """Check standard input; what fixing makes of it goes to standard output, and the report then not."""
    if options.paths not in ((), ("-",)):
        raise click.UsageError("Standard input can only be checked alone.")
    if options.add_ignore is not None:
        raise click.UsageError("--add-ignore is for files.")
    if options.since is not None:
        raise click.UsageError("--since is for files; what git had of standard input is not known.")
    from ssot_lint.ratchet import run_source

    asked = options.outputs()
    settings = options.settings()
    name = options.stdin_filename
    raw = sys.stdin.buffer.read()
    report, after = run_source(settings, name, raw, options.run_options(settings.root), options.against())
    stream = sys.stderr if options.fix or options.diff else sys.stdout
    if options.diff:
        write_bytes(_diff(report), sys.stdout)
    elif options.fix:
        write_bytes(after, sys.stdout)
    path = report.files[0].path if report.files else "-"
    _print_report(report, options, asked, _context(options, settings, {path: after}), stream)
    return exit_code(report, options)


def _context(options: CheckOptions, settings: Settings, sources: dict[str, bytes] | None = None) -> ReportContext:
    return ReportContext(
        root=settings.root,
        unsafe=options.unsafe_fixes,
        diff=options.diff,
        quiet=options.quiet,
        sources=sources or {},
        environment=os.environ,
    )


def _diff(report: Report) -> bytes:
    return "".join(file.diff or "" for file in report.files).encode("utf-8", "surrogateescape")


def _print_report(
    report: Report, options: CheckOptions, asked: Sequence[Output], context: ReportContext, stream: TextIO
) -> list[str]:
    """Print what is wrong in the formats that are asked for, and what could not be done to standard error.

    Gives the lines of the reports.
    """
    told: list[str] = []
    for note in report.notes:
        complain(note, "note")
    is_read = all(output.output_format in PROSE or output.path or output.beside for output in asked)
    prose = stream if is_read else sys.stderr
    write(options.explained(report, Paint(wants_color(options.color, prose))), prose)
    for output in asked:
        color = output.path is None and wants_color(options.color, output.stream(stream))
        lines = list(_lines(report, options, output, replace(context, color=color)))
        output.write(iter(lines), stream)
        told += lines
    for file in report.files:
        for failure in file.failures:
            complain(f"{failure.path}: {failure.message}")
    return told


def _lines(report: Report, options: CheckOptions, output: Output, context: ReportContext) -> Iterator[str]:
    if options.statistics and output.output_format in COUNTED:
        return render_statistics(output.output_format, report, context)
    # With a diff, violations stand in a text that is nowhere: there is no code to show.
    output_format = "concise" if options.diff and output.output_format == "text" else output.output_format
    return render(output_format, report, context)


def exit_code(report: Report, options: CheckOptions) -> int:
    """Give 1 if violations remain, something could not be done, or a diff or a fix counts as well; else 0."""
    if options.exit_zero:
        return 0
    remain = any(file.violations or file.failures or file.diff for file in report.files)
    fixed = options.exit_non_zero_on_fix and any(file.fixed for file in report.files)
    return 1 if remain or fixed else 0
