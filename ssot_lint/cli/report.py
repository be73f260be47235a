"""``ssot-lint report``: what a project has set aside."""

from __future__ import annotations

import sys
from typing import Any

import click

from ssot_lint.cli.chosen import CacheOptions, SettingsOptions
from ssot_lint.cli.console import progress, wants_color, write
from ssot_lint.cli.options import cache_options, color_option, settings_options
from ssot_lint.reporting.paint import Paint


@click.command(name="report")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--suppressions", is_flag=True, help="Tell all that comments and the baseline set aside, and why.")
@settings_options
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
@cache_options
@color_option
def command(
    paths: tuple[str, ...],
    suppressions: bool,
    output_format: str,
    color: str,
    no_cache: bool,
    cache_dir: str | None,
    **values: Any,
) -> int:
    """Tell of a project what no run of check does.

    PATHS are files and directories, by default the working directory.
    """
    if not suppressions:
        raise click.UsageError("Say what to report: --suppressions.")
    from ssot_lint.ratchet.stated import state
    from ssot_lint.reporting.suppressions import as_json, as_text
    from ssot_lint.runner import RunOptions

    settings = SettingsOptions(**values).settings()
    options = RunOptions(cache=CacheOptions(no_cache=no_cache, cache_dir=cache_dir).cache(settings.root))
    statement = state(settings, paths or (".",), options, progress(quiet=False))
    paint = Paint(wants_color(color, sys.stdout))
    write(as_json(statement) if output_format == "json" else as_text(statement, paint), sys.stdout)
    return 0
