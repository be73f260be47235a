"""What was chosen by the options that several commands share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssot_lint.cachefiles import CACHE
from ssot_lint.cli.options import words

if TYPE_CHECKING:
    from ssot_lint.config import Settings


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


def _pack(name: str) -> str:
    """Give a path on the command line, which starts at the working directory, as one from anywhere."""
    is_path = name.endswith(".toml") or "/" in name or "\\" in name
    return str(Path.cwd() / name) if is_path else name
