"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ssot_lint.cachefiles import CACHE

Command = TypeVar("Command", bound=Callable[..., Any])


def settings_options(command: Command) -> Command:
    """Give ``command`` the options of `SettingsOptions`."""
    for option in reversed(
        (
            click.option(
                "--select",
                multiple=True,
                metavar="RULES",
                help="Rules to check: ids, prefixes, kinds, packs, compliance:TAG, ALL.",
            ),
            click.option(
                "--ignore", multiple=True, metavar="RULES", help="Rules to leave out, named likewise; SL003 too."
            ),
            click.option("--pack", multiple=True, help="Packs to load instead of the configured ones: ids or paths."),
            click.option("--config", metavar="FILE", help="The configuration file to use, wherever it is."),
            click.option("--isolated", is_flag=True, help="Look for no configuration file."),
        )
    ):
        command = option(command)
    return command


def cache_options(command: Command) -> Command:
    """Give ``command`` the options of `CacheOptions`."""
    help = "Use nothing of earlier runs, and leave nothing: no record for `undo` either."
    return click.option("--no-cache", is_flag=True, help=help)(cache_dir_option(command))


def cache_dir_option(command: Command) -> Command:
    """Give ``command`` the option ``--cache-dir``."""
    cache_dir = click.option(
        "--cache-dir",
        metavar="DIR",
        envvar="SSOT_LINT_CACHE_DIR",
        show_envvar=True,
        help=f"Where the cache is, instead of {CACHE} in the project.",
    )
    return cache_dir(command)


def color_option(command: Command) -> Command:
    """Give ``command`` the option ``--color``."""
    choice = click.Choice(["auto", "always", "never"])
    return click.option("--color", type=choice, default="auto", help="When to write in colour.")(command)


def words(values: tuple[str, ...]) -> tuple[str, ...]:
    """Split the values of an option that takes lists with commas and may be repeated."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())
