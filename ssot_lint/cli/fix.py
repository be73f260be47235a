"""``ssot-lint fix``: ``check --fix`` by a shorter name."""

from __future__ import annotations

from typing import Any

import click

from ssot_lint.cli.check import CheckOptions, check_options, run_check


@click.command(name="fix")
@check_options
def command(**values: Any) -> int:
    """Repair what can be proved in PATHS, as `check --fix` does, and say what is left."""
    return run_check(CheckOptions(fix=True, **values))
