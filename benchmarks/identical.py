"""Whether ssot-lint says the same however it is run: processes, cache, sites or whole modules."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import partial

from benchmarks.bench import OURS, Bench
from ssot_lint.config import Settings, default_settings
from ssot_lint.executor import Crash, map_files
from ssot_lint.judging import Work
from ssot_lint.model import FileReport, Violation
from ssot_lint.runner import RunOptions, load_rules

PROCESSES = 4


@dataclass(frozen=True)
class Comparison:
    """How many violations one ``way`` of running has, and the first ``differences`` to the way it is compared with."""

    way: str
    violations: int
    differences: tuple[str, ...]


def comparisons(bench: Bench, files: Sequence[str]) -> Iterator[Comparison]:
    """Compare ways of checking ``files`` of the corpus with all its packs; the first is what the others are held to."""
    cache = ("--cache-dir", str(bench.new_directory()))
    ways = {
        "one process, no cache": ("--jobs", "1", "--no-cache"),
        f"{PROCESSES} processes, no cache": ("--jobs", str(PROCESSES), "--no-cache"),
        "an empty cache": cache,
        "a full cache": cache,
    }
    reference: Counter[str] | None = None
    for way, options in ways.items():
        said = Counter(_said(bench, files, options))
        reference = said if reference is None else reference
        yield Comparison(way, said.total(), _differences(reference, said))
    yield _whole_modules(bench, files)


def _said(bench: Bench, files: Sequence[str], options: Sequence[str]) -> Iterator[str]:
    """Yield the violations that a run reports, each as a line of JSON."""
    tool = bench.tool(OURS)
    if not tool:
        raise LookupError(f"{OURS} does not take part")
    packs = (word for pack in bench.corpus.packs or (bench.pack,) for word in ("--pack", pack))
    command = [tool.path, "check", "--isolated", *packs, *options, "--quiet", "--output-format", "json", *files]
    answer = subprocess.run(command, cwd=bench.corpus.root, capture_output=True, text=True, check=False)
    for violation in json.loads(answer.stdout):
        yield json.dumps(violation, sort_keys=True)


def _differences(reference: Counter[str], said: Counter[str]) -> tuple[str, ...]:
    return (*(f"missing: {line}" for line in reference - said), *(f"new: {line}" for line in said - reference))


def _whole_modules(bench: Bench, files: Sequence[str]) -> Comparison:
    """Compare the sites of files with the whole modules."""
    root = bench.corpus.root
    settings = replace(default_settings(root), root=root, packs=bench.corpus.packs or (bench.pack,))
    results = list(map_files(partial(_Both, settings), files, 0))
    differences = (result for result in results if isinstance(result, str))
    crashes = (result.message for result in results if isinstance(result, Crash))
    counts = sum(result for result in results if isinstance(result, int))
    return Comparison("whole modules", counts, (*differences, *crashes))


class _Both:
    """Checks a file by its sites and as a whole; gives the number of violations, or what the difference is."""

    def __init__(self, settings: Settings) -> None:
        self.root = settings.root
        self.sites = Work(settings, load_rules(settings), RunOptions()).checker()
        # What rules need to know of the project is the same for both, and dear: it is found out once, before the fork.
        _ = self.sites.triggers
        self.sites.prepare()
        self.whole = copy(self.sites)
        self.whole.whole_modules = True

    def __call__(self, path: str) -> int | str:
        raw = (self.root / path).read_bytes()
        sites, whole = self.sites.check(path, raw), self.whole.check(path, raw)
        return len(sites.violations) if sites == whole else _difference(sites, whole)


def _difference(sites: FileReport, whole: FileReport) -> str:
    only: list[Violation] = [violation for violation in whole.violations if violation not in sites.violations]
    gone: list[Violation] = [violation for violation in sites.violations if violation not in whole.violations]
    return f"{sites.path}: only in the whole {only[:1]}, only in sites {gone[:1]}"
