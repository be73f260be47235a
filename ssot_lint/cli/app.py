"""The commands, each imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from ssot_lint import __version__

COMMANDS = ("check", "fix", "rules", "explain", "test", "trace", "baseline", "report", "move", "undo")


class Commands(click.Group):
    """The group of `COMMANDS`; each is ``command`` in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order in which a user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and give the command ``cmd_name``, if there is such a one."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"ssot_lint.cli.{cmd_name}").command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="ssot-lint %(version)s")
def app() -> None:
    """One thing, one home, one way to get it: find the code that goes around that, and repair what can be proved."""
