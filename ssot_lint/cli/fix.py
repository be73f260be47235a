"""``ssot-lint fix``: ``check --fix``, and all that makes a migration one that can be reviewed and defended."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from ssot_lint.cli.check import check_options
from ssot_lint.cli.checking import CheckOptions, run_check
from ssot_lint.reporting.paint import Paint

if TYPE_CHECKING:
    from pathlib import Path

    from ssot_lint.applying import Cut
    from ssot_lint.model import Report
    from ssot_lint.runner import RunOptions

CUTS: tuple[Cut, ...] = ("file", "directory", "owner")
"""What `--by` knows."""


@dataclass(frozen=True, kw_only=True)
class FixOptions(CheckOptions):
    """What the command line asks for beyond what `check` knows."""

    explain: bool
    by: str | None
    limit: int | None
    verify_command: str | None

    def run_options(self, root: Path) -> RunOptions:
        """What the runner is to do in the project at ``root``."""
        options = replace(
            super().run_options(root),
            by=next((cut for cut in CUTS if cut == self.by), "file" if self.limit is not None else None),
            limit=self.limit,
            verify_command=self.verify_command,
            command=self.command(),
        )
        if not self.interactive:
            return options
        from ssot_lint.cli.asking import Questions

        return replace(options, ask=Questions(root, self.color), jobs=1)

    def command(self) -> str:
        """Give the command, as it could be typed, with what decides on what is fixed."""
        words = ["fix", *self.paths]
        words += ["--unsafe-fixes"] if self.unsafe_fixes else []
        lists = (("--select", self.select), ("--ignore", self.ignore), ("--pack", self.pack))
        words += [word for name, values in lists for value in values for word in (name, value)]
        words += ["--by", self.by] if self.by else []
        words += ["--limit", str(self.limit)] if self.limit is not None else []
        return shlex.join(words)

    def explained(self, report: Report, paint: Paint) -> Iterator[str]:
        """Explain each edit of ``report``, if that is wanted."""
        if not self.explain:
            return iter(())
        from ssot_lint.reporting.explanation import explain

        return explain(report, paint)


@click.command(name="fix")
@click.option("-i", "--interactive", is_flag=True, help="Show each fix as a diff and ask whether to make it.")
@click.option("--explain", is_flag=True, help="Say of each edit for which rule it was made, and what proves it.")
@click.option(
    "--by",
    type=click.Choice(CUTS),
    help="Cut what is fixed into batches; owners are those in CODEOWNERS. Otherwise all is one.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Make at most N batches; files, unless --by cuts otherwise.",
)
@click.option(
    "--verify-command",
    metavar="COMMAND",
    help="Run this in the project after each batch, and put the batch back if it fails.",
)
@check_options
def command(**values: Any) -> int:
    """Repair what can be proved, and say what is left.

    PATHS are files and directories, by default the working directory, or - for standard input, which goes fixed to
    standard output. A file in which a fix would break a law stays as it is. `ssot-lint undo` takes back what was
    written.
    """
    options = FixOptions(fix=True, **values)
    if options.interactive and ("-" in options.paths or options.stdin_filename is not None):
        raise click.UsageError("--interactive asks on standard input, and so cannot fix it.")
    return run_check(options)
