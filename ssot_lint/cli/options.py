"""The options that several commands share, and the settings they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ssot_lint.discovery import CACHE

if TYPE_CHECKING:
    from ssot_lint.config import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True)
class SettingsOptions:
    """The options that say which settings apply; each that is given beats the configuration file."""

    config: str | None
    isolated: bool
    pack: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]

    def settings(self) -> Settings:
        """Find, read and adapt the settings; raises `ConfigurationErrors`."""
        from ssot_lint.config import default_settings, find_settings, read_settings

        if self.config and self.isolated:
            raise click.UsageError("--config and --isolated exclude each other.")
        if self.config:
            settings = read_settings(Path(self.config))
        elif self.isolated:
            settings = default_settings(Path.cwd())
        else:
            settings = find_settings(Path.cwd())
        given: dict[str, Any] = {
            "packs": tuple(map(_pack, self.pack)),
            "select": words(self.select),
            "ignore": words(self.ignore),
        }
        return replace(settings, **{name: value for name, value in given.items() if value})


@dataclass(frozen=True, kw_only=True)
class CacheOptions:
    """The options that say where a run leaves what later ones can use."""

    no_cache: bool
    cache_dir: str | None

    def cache(self, root: Path) -> Path | None:
        """Give the directory of the cache for the project at ``root``; ``None`` if there is to be none."""
        if self.no_cache:
            return None
        return Path.cwd() / self.cache_dir if self.cache_dir else root / CACHE


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


def _pack(name: str) -> str:
    """Give a path on the command line, which starts at the working directory, as one from anywhere."""
    is_path = name.endswith(".toml") or "/" in name or "\\" in name
    return str(Path.cwd() / name) if is_path else name
