"""The command line: options in, text and an exit code out. The only place that prints.

Exit codes: 0 clean or all fixed; 1 violations remain; 2 bad usage, bad configuration, or a bug; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from ssot_lint.cli.app import app
from ssot_lint.cli.console import complain, drain, write

MISTAKE = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line ``arguments`` (those of the process, if ``None``) and exit."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line ``arguments`` and give the exit code. The one place where any error ends."""
    try:
        code: int | None = app.main(arguments, prog_name="ssot-lint", standalone_mode=False)
        return code or 0
    except click.ClickException as error:
        error.show()
        return MISTAKE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError as error:
        complain(str(error))
        drain(sys.stdout)
        return MISTAKE
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported in a line and with the right exit code
        return _report(error)


def _report(error: Exception) -> int:
    # What these are is loaded by whoever raises them; a clean run needs neither.
    from ssot_lint.discovery import PathError
    from ssot_lint.toml import ConfigurationErrors

    if isinstance(error, ConfigurationErrors):
        write(map(str, error.errors), sys.stderr)
    elif isinstance(error, PathError):
        complain(str(error))
    else:
        _report_bug(error)
    return MISTAKE


def _report_bug(error: Exception) -> None:
    from ssot_lint.executor import describe

    complain(f"this is a bug of ssot-lint, please report it: {describe(error)}")
    if "SSOT_LINT_DEBUG" not in os.environ:
        complain("set SSOT_LINT_DEBUG=1 to see the whole traceback", "note")
