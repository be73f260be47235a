"""``ssot-lint fix``: ``check --fix`` by a shorter name."""

from __future__ import annotations

from typing import Any

import click

from ssot_lint.cli.check import CheckOptions, check_options, run_check


@click.command(name="fix")
@check_options
def command(**values: Any) -> int:
    """Repair what can be proved, and say what is left.

    The same as `check --fix`. PATHS are files and directories, by default the working directory, or - for standard
    input, which goes fixed to standard output.
    """
    return run_check(CheckOptions(fix=True, **values))
