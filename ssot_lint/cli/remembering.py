"""Keeping what a command said, with all that it went by: to say it again while nothing changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ssot_lint.cache.replay import Asked, Others, Said
from ssot_lint.config import CONFIGURATION_NAMES, Settings
from ssot_lint.packs import builtin_packs
from ssot_lint.ratchet import baseline_path

if TYPE_CHECKING:
    from ssot_lint.cli.checking import CheckOptions
    from ssot_lint.model import Report

GLOB = frozenset("*?[")


def remember(asked: Asked, options: CheckOptions, settings: Settings, report: Report, said: Said) -> None:
    """Keep what was ``said`` of the ``report``, unless it went by something that nobody watches."""
    cache = options.cache(settings.root)
    is_whole = report.version and report.checked and not report.notes and not any(f.failures for f in report.files)
    others = list(_others(options, settings)) if is_whole else [None]
    files = tuple(path for path in others if path is not None)
    if cache is not None and len(files) == len(others):
        there = tuple(os.path.join(directory, ".git") for directory in _around() if settings.source is None)
        asked.keep(said, os.fspath(cache), os.fspath(settings.root), report.version, Others(files, there))


def _others(options: CheckOptions, settings: Settings) -> Iterator[str | None]:
    """Give the files, there or not, that decide on the settings and the rules; ``None`` for what cannot be watched."""
    if options.config:
        yield os.path.abspath(options.config)
    elif not options.isolated:
        for directory in _around():
            yield from (os.path.join(directory, name) for name in CONFIGURATION_NAMES)
            if settings.source is not None and directory == os.fspath(settings.source.parent):
                break
    for name in settings.packs:
        yield from _files_of_pack(name, settings.root)
    baseline = baseline_path(settings)
    # What the baseline accepts also depends on the files that git knows to be renamed.
    yield os.fspath(baseline) if not baseline.exists() else None


def _files_of_pack(name: str, root: Path) -> Iterator[str | None]:
    if not GLOB.isdisjoint(name):
        directory, last = os.path.split(os.path.join(root, name))
        if not GLOB.isdisjoint(directory) or "**" in last:
            yield None
        else:
            yield directory
            yield from map(os.fspath, sorted(Path(directory).glob(last)))
    else:
        builtin = builtin_packs().get(name)
        yield os.fspath(builtin) if builtin else os.path.join(root, name)


def _around() -> Iterator[str]:
    """Give the working directory and those around it."""
    here = Path.cwd()
    yield from map(os.fspath, (here, *here.parents))
