"""``ssot-lint check``: say what is wrong, and with ``--fix`` repair what can be."""

from __future__ import annotations

import sys
from typing import Any

import click

from ssot_lint.cache.replay import Asked
from ssot_lint.cli.console import write
from ssot_lint.cli.options import Command, cache_options, color_option, settings_options
from ssot_lint.cli.outputs import output_options

PLAIN = ("text", "concise", "json", "json-lines")
"""Formats that tell of nothing but the violations, wherever they are read."""


def check_options(command: Command) -> Command:
    """Give ``command`` the paths and options of ``check``, without ``--fix``."""
    for option in reversed(
        (
            click.argument("paths", nargs=-1, metavar="[PATHS|-]..."),
            click.option(
                "--unsafe-fixes/--no-unsafe-fixes", default=False, help="Apply fixes that a human must agree to, too."
            ),
            click.option("--diff", is_flag=True, help="Write nothing; print what fixing would change."),
            settings_options,
            click.option(
                "--exclude", multiple=True, metavar="GLOBS", help="Paths to leave out, instead of the configured ones."
            ),
            click.option("--force-exclude", is_flag=True, help="Leave out excluded files even if they are named."),
            output_options,
            click.option("--statistics", is_flag=True, help="Report counts per rule only."),
            click.option(
                "--since", metavar="REV", help="Only what is new since git's REV, or since the branch left it."
            ),
            click.option(
                "--baseline/--no-baseline", default=True, help="Whether to set aside what the baseline accepts."
            ),
            click.option("-e", "--exit-zero", is_flag=True, help="Exit with 0 even if violations remain."),
            click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 if something was fixed, too."),
            click.option("--stdin-filename", metavar="PATH", help="The path of what is read from standard input."),
            click.option(
                "-j", "--jobs", type=click.IntRange(min=0), default=0, help="Processes to use; 0 is one a core."
            ),
            cache_options,
            color_option,
            click.option("-q", "--quiet", is_flag=True, help="Print violations and errors only."),
        )
    ):
        command = option(command)
    return command


class CheckCommand(click.Command):
    """The command with an option whose value may be left out, and so only follows after ``=``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read ``--add-ignore`` as if it had an empty value: what comes after it is a path."""
        return super().parse_args(ctx, [f"{arg}=" if arg == "--add-ignore" else arg for arg in args])


@click.command(name="check", cls=CheckCommand)
@click.option("--fix/--no-fix", default=False, help="Repair what can be.")
@click.option(
    "--add-ignore", metavar="[=REASON]", help="Suppress what is wrong, with comments that say why; to mend it later."
)
@check_options
def command(**values: Any) -> int:
    """Say what is wrong.

    PATHS are files and directories, by default the working directory, or - for standard input.

    Exits with 0 if nothing is wrong or all of it was fixed, with 1 if violations remain, of whatever severity, and with
    2 for bad usage, a bad configuration or a bug.
    """
    asked = Asked(values) if _is_repeatable(values) else None
    said = asked.said() if asked else None
    if said is not None:
        write([said.text] if said.text else (), sys.stdout)
        return said.code
    from ssot_lint.cli.checking import CheckOptions, run_check

    return run_check(CheckOptions(**values), asked)


def _is_repeatable(values: dict[str, Any]) -> bool:
    """Whether the same command, as long as nothing changed, does nothing but say the same."""
    if any(values[name] for name in ("fix", "diff", "since", "no_cache", "output_file")):
        return False
    if values["add_ignore"] is not None or values["stdin_filename"] is not None or "-" in values["paths"]:
        return False
    return all(output.path is None and output.output_format in PLAIN for output in values["output_format"])
