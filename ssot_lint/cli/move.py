"""``ssot-lint move``: a codemod without a pack."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ssot_lint.cli.chosen import CacheOptions, SettingsOptions
from ssot_lint.cli.console import complain, wants_color, write, write_bytes
from ssot_lint.cli.options import cache_options, color_option
from ssot_lint.discovery import relative_path

if TYPE_CHECKING:
    from pathlib import Path

    from ssot_lint.config import Settings
    from ssot_lint.moving import Planned, Request


@dataclass(frozen=True, kw_only=True)
class MoveOptions(CacheOptions, SettingsOptions):
    """What the command line asks for; the names are those of the options."""

    old: str
    new: str
    paths: tuple[str, ...]
    rename: bool
    shim: bool
    dry_run: bool
    allow_dirty: bool
    output_format: str
    color: str

    def request(self, root: Path) -> Request:
        """What is to move."""
        from ssot_lint.moving import Request

        wanted = tuple(relative_path(root, path) for path in self.paths)
        return Request(
            old=self.old, new=self.new, renames=self.rename, shim=self.shim, wanted=partial(_is_below, wanted)
        )

    def command(self) -> str:
        """Give the command as it could be typed."""
        flags = [*(["--rename"] if self.rename else []), *(["--shim"] if self.shim else [])]
        return shlex.join(["move", self.old, self.new, *self.paths, *flags])


def _is_below(directories: tuple[str, ...], path: str) -> bool:
    return not directories or any(name in (".", path) or path.startswith(f"{name}/") for name in directories)


@click.command(name="move")
@click.argument("old")
@click.argument("new")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--rename", is_flag=True, help="NEW ends in another name than OLD, and that is meant.")
@click.option("--shim", is_flag=True, help="Let the old path go on to work, with a warning.")
@click.option("-n", "--dry-run", is_flag=True, help="Write nothing; print what would be changed.")
@click.option("--allow-dirty", is_flag=True, help="Write even if git has changes that are not committed.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", help="How to report what is left."
)
@click.option("--config", metavar="FILE", help="The configuration file to use, wherever it is.")
@click.option("--isolated", is_flag=True, help="Look for no configuration file.")
@cache_options
@color_option
def command(**values: Any) -> int:
    """Move the module, package, class or function OLD to NEW, with all that reaches it.

    Both are dotted names; if NEW is a module or package that is there, OLD moves into it. Imports, attributes and the
    strings by which tests replace things follow; PATHS limit which files do. All of it is done or, where something
    cannot be proved, nothing, unless --shim keeps the old path alive. What has moved by hand already is only followed.

    In a git work tree with changes that are not committed nothing is written without --allow-dirty. `ssot-lint undo`
    takes a move back.
    """
    options = MoveOptions(pack=(), select=(), ignore=(), **values)
    from ssot_lint.moving import BadRequest, CannotMove, plan_move

    settings = options.settings()
    if _finish_interrupted(options, settings):
        return 0
    try:
        planned = plan_move(_project(settings, options), settings.root, options.request(settings.root))
    except BadRequest as bad:
        raise click.UsageError(f"{bad}.") from None
    except CannotMove as cannot:
        complain(f"{options.old} cannot move to {options.new}: {cannot}")
        return 1
    return _carry_out(planned, options, settings)


def _project(settings: Settings, options: MoveOptions) -> Any:
    from ssot_lint.discovery import project_files
    from ssot_lint.project import Project
    from ssot_lint.project.store import SummaryStore

    cache = options.cache(settings.root)
    store = SummaryStore(cache) if cache else None
    return Project(settings.root, settings.src, lambda: project_files(settings.root), store=store)


def _finish_interrupted(options: MoveOptions, settings: Settings) -> bool:
    """Bring the same move to its end if it was interrupted while it wrote; tell whether that is all there was to do."""
    cache = options.cache(settings.root)
    if options.dry_run or cache is None or not any(cache.glob("journal/*.writing")):
        return False
    from ssot_lint.applying import finish_interrupted
    from ssot_lint.journal import Journal

    interrupted = Journal(cache).interrupted()
    for note in finish_interrupted(cache, settings.root, options.command()):
        complain(note, "note")
    return interrupted is not None and interrupted.request == options.command()


def _carry_out(planned: Planned, options: MoveOptions, settings: Settings) -> int:
    """Write what is planned, or show it, and report what is left."""
    is_dirty = not options.dry_run and not options.allow_dirty and _is_dirty(settings.root)
    failures: list[str] = []
    if options.dry_run or is_dirty:
        write_bytes("".join(_diffs(planned)).encode("utf-8", "surrogateescape"), sys.stdout)
    else:
        failures = list(_write(planned, options, settings))
    stream = sys.stderr if options.dry_run or is_dirty else sys.stdout
    color = wants_color(options.color, stream)
    write(_report(planned, options, settings, color=color, is_written=stream is sys.stdout and not failures), stream)
    for note in planned.notes:
        complain(note, "note")
    for failure in failures:
        complain(failure)
    if is_dirty and planned.changes:
        complain("git has changes that are not committed, so nothing was written; --allow-dirty writes", "note")
    return 1 if planned.left or failures else 0


def _is_dirty(root: Path) -> bool:
    """Whether git knows of changes in the work tree that are not committed; outside of git nothing is dirty."""
    from ssot_lint.git import GitFailed, git

    try:
        return bool(git(root, "status", "--porcelain", "--", "."))
    except GitFailed:
        return False


def _diffs(planned: Planned) -> Iterator[str]:
    from ssot_lint.fixing import unified_diff

    for change in planned.changes:
        yield unified_diff(change.path, change.before, change.after)


def _write(planned: Planned, options: MoveOptions, settings: Settings) -> Iterator[str]:
    """Write the changes, and give what went wrong."""
    from ssot_lint.applying import Orders, apply_changes
    from ssot_lint.journal import Journal

    cache = options.cache(settings.root)
    orders = Orders(
        root=settings.root,
        journal=Journal(cache) if cache else None,
        command=options.command(),
        request=options.command(),
    )
    for applied in apply_changes(planned.changes, orders, lambda changes: {}):
        if not applied.made:
            yield f"{applied.change.path}: {applied.failure}"


def _report(
    planned: Planned, options: MoveOptions, settings: Settings, *, color: bool, is_written: bool
) -> Iterator[str]:
    """Yield what is left on the old path, then what was done."""
    from ssot_lint.model import FileReport, Report
    from ssot_lint.reporting import ReportContext, render

    by_path = {violation.path: violation.path for violation in planned.left}
    files = tuple(
        FileReport(path, tuple(violation for violation in planned.left if violation.path == path)) for path in by_path
    )
    context = ReportContext(root=settings.root, color=color, quiet=True)
    output_format = "json" if options.output_format == "json" else "concise"
    yield from render(output_format, Report(files, len(files)), context)
    if options.output_format == "text":
        request, count = planned.request, len(planned.changes)
        number = f"{count} {'file' if count == 1 else 'files'}"
        if planned.changes:
            verb = "Moved" if is_written else "Would move"
            yield f"{verb} {request.old} to {request.new}: {number} {'changed' if is_written else 'to change'}."
        else:
            why = "; --shim would keep the old path alive for what is left" if planned.left else ""
            yield f"Nothing moved{why}."
