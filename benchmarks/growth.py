"""What becomes of the price when the input doubles: projects from one seed, each with all files of the smaller ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from benchmarks.bench import OURS, Bench
from benchmarks.measure import Contender, Job
from benchmarks.synthetic import synthetic_corpus

LARGEST_FIRST = 1_000
FACTORS = (1, 2, 4)
WHOLE_PROJECT = ("core",)
"""A pack with rules for which every file has to be read."""


def growing_imports(bench: Bench) -> Job:
    """Make the job of finding legacy imports in ever larger projects."""
    contenders = [
        contender for larger in _larger(bench) for contender in larger.checks((OURS,), larger.request(), _name(larger))
    ]
    return _job("growth-imports", "legacy imports", contenders)


def growing_project(bench: Bench) -> Job:
    """Make the job of rules for which every file of ever larger projects has to be read."""
    contenders = [
        contender
        for larger in _larger(bench)
        for contender in larger.packs(WHOLE_PROJECT, larger.request(), _name(larger))
    ]
    return _job("growth-project", f"the pack {WHOLE_PROJECT[0]}", contenders)


GROWTH_JOBS: Mapping[str, Callable[[Bench], Job]] = {
    "growth-imports": growing_imports,
    "growth-project": growing_project,
}


def _larger(bench: Bench) -> Iterator[Bench]:
    """Benches for projects of as many files as the corpus has, at most `LARGEST_FIRST`, and for larger ones."""
    files = min(len(bench.corpus.files), LARGEST_FIRST)
    for factor in FACTORS:
        yield replace(bench, corpus=synthetic_corpus(files * factor, 0))


def _name(bench: Bench) -> str:
    return f"{len(bench.corpus.files):,} files, {bench.corpus.size / 1e6:.1f} MB"


def _job(name: str, about: str, contenders: list[Contender]) -> Job:
    return Job(name, f"{about}, projects that double, nothing cached", tuple(contenders), contenders[0].name)
