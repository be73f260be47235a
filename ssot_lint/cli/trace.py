"""``ssot-lint trace``: every path to an object, and who takes it; which shims are still needed."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import click

from ssot_lint.cli.chosen import SettingsOptions
from ssot_lint.cli.console import wants_color, write
from ssot_lint.cli.options import color_option
from ssot_lint.globs import matches_path
from ssot_lint.reporting.paint import Paint
from ssot_lint.reporting.traces import FORMATS, render_shims, render_trace

if TYPE_CHECKING:
    from ssot_lint.config import Settings
    from ssot_lint.tracing import Tree


@click.command(name="trace")
@click.argument("name", required=False)
@click.option("--shims", is_flag=True, help="Instead: who still needs the modules that only pass names on.")
@click.option("--no-tests", is_flag=True, help="Leave test files out.")
@click.option("--output-format", type=click.Choice(FORMATS), default="text", help="How to report.")
@click.option("--config", metavar="FILE", help="The configuration file to use, wherever it is.")
@click.option("--isolated", is_flag=True, help="Look for no configuration file.")
@color_option
def command(
    name: str | None, shims: bool, no_tests: bool, output_format: str, config: str | None, isolated: bool, color: str
) -> int:
    """Tell every path by which an object can be imported, and who uses which.

    NAME is any of its paths, such as package.module.Name. What a test file imports is a path, too, if another file
    takes it from there.
    """
    if shims == (name is not None):
        raise click.UsageError("Give a NAME, or --shims.")
    settings = SettingsOptions(config=config, isolated=isolated, pack=(), select=(), ignore=()).settings()
    tree = _tree(settings)
    paint = Paint(wants_color(color, sys.stdout))
    if name is None:
        from ssot_lint.tracing import trace_shims

        found = [shim for shim in trace_shims(tree) if not matches_path(shim.path, settings.exclude)]
        lines = render_shims(output_format, [shim.without_tests() if no_tests else shim for shim in found], paint)
    else:
        from ssot_lint.tracing import UnknownName, trace

        try:
            traced = trace(tree, name)
        except UnknownName as unknown:
            raise click.UsageError(str(unknown)) from None
        lines = render_trace(output_format, traced.without_tests() if no_tests else traced, paint)
    write(lines, sys.stdout)
    return 0


def _tree(settings: Settings) -> Tree:
    from ssot_lint.discovery import project_files
    from ssot_lint.judging import OBJECTS_OF_A_FILE
    from ssot_lint.tracing import Tree

    # As in a run: with the thresholds of the interpreter, the collector takes longer than the parser.
    gc.set_threshold(OBJECTS_OF_A_FILE, 20, 20)
    return Tree(settings.root, settings.src, project_files(settings.root))
