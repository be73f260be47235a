"""``ssot-lint undo``: take back what a run wrote, to the byte."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssot_lint.cli.chosen import CacheOptions, SettingsOptions
from ssot_lint.cli.console import wants_color, write, write_bytes
from ssot_lint.cli.options import cache_dir_option, color_option, words
from ssot_lint.discovery import relative_path
from ssot_lint.reporting.paint import Paint

if TYPE_CHECKING:
    from ssot_lint.config import Settings
    from ssot_lint.journal import Journal, Run, Undone


@dataclass(frozen=True, kw_only=True)
class UndoOptions(CacheOptions, SettingsOptions):
    """What the command line asks for; the names are those of the options."""

    run: str | None
    list_runs: bool
    path: tuple[str, ...]
    diff: bool
    output_format: str
    color: str

    def wants(self, root: Path, path: str) -> bool:
        """Tell whether what was done to ``path`` is to be taken back."""
        asked = [relative_path(root, name) for name in self.path]
        return not asked or any(name in (".", path) or path.startswith(f"{name}/") for name in asked)

    def codes(self, run: Run) -> tuple[str, ...]:
        """Give the rules of ``run`` whose changes are to be taken back; none for all."""
        selectors = words(self.select)
        known = sorted({code for file in run.files for code in file.codes})
        for selector in selectors:
            if not any(code.startswith(selector) for code in known):
                raise click.UsageError(f"run {run.name} changed nothing for {selector}; it did for {', '.join(known)}.")
        return tuple(code for code in known if any(code.startswith(selector) for selector in selectors))


@click.command(name="undo")
@click.argument("run", required=False)
@click.option("--list", "list_runs", is_flag=True, help="List the runs that can be taken back, and take back nothing.")
@click.option("--path", multiple=True, metavar="PATH", help="Only in these files and directories.")
@click.option("--select", multiple=True, metavar="RULES", help="Only what was done for these rules: ids or prefixes.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would be changed.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@click.option("--config", metavar="FILE", help="The configuration file to use, wherever it is.")
@click.option("--isolated", is_flag=True, help="Look for no configuration file.")
@cache_dir_option
@color_option
def command(**values: Any) -> int:
    """Take back what a run wrote: the last one that is not undone, or RUN.

    Every file gets the very bytes that it had. One that was changed since is left alone and named, and so is one in
    which other rules have changed the same places. Exits with 1 if something was left.
    """
    options = UndoOptions(pack=(), ignore=(), no_cache=False, **values)
    from ssot_lint.journal import Journal, NoRecord

    settings = options.settings()
    journal = Journal(options.cache(settings.root) or settings.root)
    if options.list_runs:
        write(_listed(journal.runs(), options), sys.stdout)
        return 0
    try:
        run = journal.find(options.run)
    except NoRecord as missing:
        raise click.UsageError(f"{missing}.") from None
    return _undo(journal, run, settings, options)


def _undo(journal: Journal, run: Run, settings: Settings, options: UndoOptions) -> int:
    from ssot_lint.discovery import project_files
    from ssot_lint.fixing.versions import broken_version
    from ssot_lint.journal import Wanted, is_alive, undo
    from ssot_lint.project import Project

    if run.state == "writing" and is_alive(run):
        raise click.UsageError(f"run {run.name} is still writing.")
    root = settings.root
    project = Project(root, settings.src, lambda: project_files(root))
    wanted = Wanted(partial(options.wants, root), options.codes(run))
    found = sorted(
        undo(journal, run, root, wanted, partial(broken_version, project), write=not options.diff),
        key=lambda undone: undone.path,
    )
    if options.diff:
        write_bytes("".join(one.diff for one in found).encode("utf-8", "surrogateescape"), sys.stdout)
    stream = sys.stderr if options.diff else sys.stdout
    write(_told(run, found, options, Paint(wants_color(options.color, stream))), stream)
    return 1 if any(one.outcome == "refused" for one in found) else 0


def _told(run: Run, found: Sequence[Undone], options: UndoOptions, paint: Paint) -> Iterator[str]:
    """Yield what became of each file, then how many there were."""
    if options.output_format == "json":
        from ssot_lint.reporting.json import array

        yield from array(_as_object(run, one) for one in found)
        return
    for one in found:
        codes = f" ({', '.join(one.codes)})" if one.codes else ""
        outcome = paint.red(f"refused: {one.reason}") if one.outcome == "refused" else one.outcome
        yield f"{paint.bold(one.path)} {outcome}{codes}"
    restored = sum(one.outcome == "restored" for one in found)
    verb = "Would restore" if options.diff else "Restored"
    yield f"{verb} {restored} of {len(found)} {'file' if len(found) == 1 else 'files'} of run {run.name}."


def _as_object(run: Run, one: Undone) -> dict[str, Any]:
    return {
        "run": run.name,
        "filename": one.path,
        "outcome": one.outcome,
        "codes": list(one.codes),
        "reason": one.reason or None,
    }


def _listed(runs: Sequence[Run], options: UndoOptions) -> Iterator[str]:
    if options.output_format == "json":
        from ssot_lint.reporting.json import array

        yield from array(_run_as_object(run) for run in runs)
        return
    paint = Paint(wants_color(options.color, sys.stdout))
    for run in runs:
        codes = ", ".join(sorted({code for file in run.files for code in file.codes}))
        files = f"{len(run.files)} {'file' if len(run.files) == 1 else 'files'}"
        cells = (paint.bold(run.name), _state(run), files, codes, run.command)
        yield "  ".join(cell for cell in cells if cell)
    if not runs:
        yield "No run has written anything, or it is forgotten."


def _run_as_object(run: Run) -> dict[str, Any]:
    return {
        "run": run.name,
        "started": run.started,
        "command": run.command,
        "state": _state(run),
        "files": [
            {"filename": file.path, "before": file.before, "after": file.after, "codes": list(file.codes)}
            for file in run.files
        ],
    }


def _state(run: Run) -> str:
    """Say how a run ended: ``interrupted`` is one that wrote when it was killed."""
    from ssot_lint.journal import is_alive

    return run.state if run.state != "writing" or is_alive(run) else "interrupted"
