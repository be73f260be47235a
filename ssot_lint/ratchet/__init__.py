"""Runs that are held against what was there before: against the baseline, against a revision."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ssot_lint import runner
from ssot_lint.model import Report

if TYPE_CHECKING:
    from ssot_lint.config import Settings
    from ssot_lint.ratchet.held import Held
    from ssot_lint.runner import Progress, Rules, RunOptions

BASELINE = ".ssot-baseline.json"
"""The name of the baseline below the root, if the configuration gives no other."""


@dataclass(frozen=True, kw_only=True)
class Against:
    """What to hold a run against: the ``baseline``, if there is one, and the revision ``since`` which all is new."""

    baseline: bool = True
    since: str | None = None


def baseline_path(settings: Settings) -> Path:
    """Give where the baseline is, whether or not there is one."""
    return settings.root / (settings.baseline or BASELINE)


def run(
    settings: Settings, paths: Sequence[str], options: RunOptions, against: Against, progress: Progress | None = None
) -> Report:
    """Check or fix ``paths`` as `runner.run` does, and set aside what was there before.

    Raises what that does, `ConfigurationErrors` also for the baseline, and `GitFailed` for a revision that git does
    not know.
    """
    rules = runner.load_rules(settings)
    held = _held(settings, rules, against)
    if against.since is not None:
        from ssot_lint.ratchet.revision import run_since

        return run_since(settings, paths, options, against.since, rules, held, progress)
    if held is None:
        return runner.run(settings, paths, options, progress, rules)
    return held.run(paths, options, progress)


def run_source(
    settings: Settings, name: str | None, raw: bytes, options: RunOptions, against: Against
) -> tuple[Report, bytes]:
    """Check or fix what is not in a file, as `runner.run_source` does, without what the baseline accepts in ``name``.

    Raises what that does, and `ConfigurationErrors` for the baseline.
    """
    rules = runner.load_rules(settings)
    held = _held(settings, rules, against)
    if held is not None:
        options = replace(options, acceptance=held.acceptance)
    report, after = runner.run_source(settings, name, raw, options, rules)
    return replace(report, compared=held is not None), after


def _held(settings: Settings, rules: Rules, against: Against) -> Held | None:
    """Give what the baseline accepts, if there is one and it counts."""
    path = baseline_path(settings)
    if not against.baseline or not os.path.exists(path):
        return None
    from ssot_lint.ratchet.held import Held

    return Held(settings, rules, path)
