"""The jobs: what the tools are asked to do, side by side."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import count

from benchmarks.bench import OURS, RUFF, Bench
from benchmarks.copies import spread, touch
from benchmarks.corpus import Corpus
from benchmarks.measure import Contender, Job
from benchmarks.padding import padded
from benchmarks.peers import Request

MAP_SIZES = (10, 100, 1_500)
EDITED = (1, 10, 100)
FIXED = ("left", "changed")


def imports(bench: Bench) -> Job:
    """Make the job of finding the imports of what has moved."""
    contenders = tuple(bench.checks(bench.quick, bench.request()))
    return Job("imports", "legacy imports, nothing cached", contenders, RUFF, same=True)


def few_imports(bench: Bench) -> Job:
    """Make the same job for slow tools and few files, half of them with such imports."""
    paths = {*spread(bench.touched, bench.few // 2), *spread(bench.corpus.files, bench.few - bench.few // 2)}
    contenders = tuple(bench.checks(bench.everybody, bench.request(sorted(paths))))
    return Job("few-imports", f"legacy imports in {len(paths)} files, nothing cached", contenders, RUFF, same=True)


def pack(bench: Bench) -> Job:
    """Make the job of all rules of one pack, beside what ruff can do of it."""
    contenders = (*bench.packs(bench.corpus.packs[:1], bench.request()), *_ruff(bench))
    return Job("pack", "all rules of a pack (ruff: legacy imports), nothing cached", contenders, RUFF)


def all_packs(bench: Bench) -> Job:
    """Make the job of all rules of all packs, beside what ruff can do of it."""
    contenders = (*bench.packs(bench.corpus.packs, bench.request()), *_ruff(bench))
    return Job("all-packs", "all rules of all packs (ruff: legacy imports), nothing cached", contenders, RUFF)


def one_file(bench: Bench) -> Job:
    """Make the job of a file in which no rule can fire, beside the start of a Python with click."""
    request = bench.request([clean_file(bench.corpus)])
    click = Contender("import click", (sys.executable, "-c", "import click"), bench.new_directory())
    packs = bench.corpus.packs[:1]
    cached = tuple(bench.packs(packs, replace(_cached(bench), paths=request.paths), f"{OURS}, cached"))
    contenders = (*bench.packs(packs, request), *cached, *bench.checks((RUFF,), request), click)
    return Job("one-file", "one clean file", contenders, click.name, warm_up=cached, repeat=5)


def warm(bench: Bench) -> Job:
    """Make the job of files that have not changed since the last run."""
    contenders = (
        *bench.checks((OURS,), _cached(bench), f"{OURS}, legacy imports"),
        *bench.packs(bench.corpus.packs[:1], _cached(bench), f"{OURS}, a pack"),
        *bench.packs(bench.corpus.packs, _cached(bench), f"{OURS}, all packs"),
        *bench.checks((RUFF,), _cached(bench)),
    )
    return Job("warm", "nothing has changed since the last run", contenders, RUFF, contenders, repeat=2)


def fix(bench: Bench) -> Job:
    """Make the job of repairing all imports of what has moved."""
    paths = bench.touched
    contenders = tuple(bench.fixes(bench.quick, paths))
    return Job("fix", f"all legacy imports of {len(paths)} files repaired", contenders, OURS, counted=FIXED)


def few_fixes(bench: Bench) -> Job:
    """Make the same job for slow tools and few files."""
    paths = spread(bench.touched, bench.few)
    contenders = tuple(bench.fixes(bench.everybody, paths))
    return Job("few-fixes", f"all legacy imports of {len(paths)} files repaired", contenders, OURS, counted=FIXED)


def moved_names(bench: Bench) -> Job:
    """Make the job of maps of more and more moved names, of which the same ones occur."""
    requests = [(size, bench.request(moved=padded(bench.corpus, size))) for size in MAP_SIZES]
    contenders = [
        contender
        for name in (OURS, RUFF)
        for size, request in requests
        for contender in bench.checks((name,), request, f"{name}, {size:,} names")
    ]
    return Job("moved-names", "maps of moved names, nothing cached", tuple(contenders), f"{OURS}, {MAP_SIZES[0]} names")


def editing(bench: Bench, edited: int) -> Job:
    """Make the job of ``edited`` files that have changed since the last run: the whole tree, and only they by name."""
    copy = bench.copy
    paths = spread(copy.corpus.files, edited)
    packs = copy.corpus.packs[:1]
    ours, ours_named, ruff, ruff_named = (_cached(copy) for _ in range(4))
    warm_up = (
        *copy.packs(packs, ours),
        *copy.packs(packs, ours_named),
        *copy.checks((RUFF,), ruff),
        *copy.checks((RUFF,), ruff_named),
    )
    contenders = (
        *copy.packs(packs, ours, f"{OURS}, the tree"),
        *copy.packs(packs, replace(ours_named, paths=paths), f"{OURS}, named"),
        *copy.checks((RUFF,), ruff, f"{RUFF}, the tree"),
        *copy.checks((RUFF,), replace(ruff_named, paths=paths), f"{RUFF}, named"),
    )
    rounds = count(1)

    def before() -> None:
        touch((copy.corpus.root / path for path in paths), f"changed {next(rounds)}")

    name = f"editing-{edited}"
    return Job(name, f"{len(paths)} files have changed since the last run", contenders, "", warm_up, before, repeat=2)


JOBS: Mapping[str, Callable[[Bench], Job]] = {
    "imports": imports,
    "pack": pack,
    "all-packs": all_packs,
    "one-file": one_file,
    "warm": warm,
    "moved-names": moved_names,
    **{f"editing-{edited}": partial(editing, edited=edited) for edited in EDITED},
    "fix": fix,
}
SLOW_JOBS: Mapping[str, Callable[[Bench], Job]] = {"few-imports": few_imports, "few-fixes": few_fixes}


def clean_file(corpus: Corpus) -> str:
    """Find a file of the usual size in which nothing that has moved can be imported."""
    words = {old.rpartition(".")[2].encode() for old in corpus.moved.all}
    by_size = sorted(corpus.files, key=lambda path: ((corpus.root / path).stat().st_size, path))
    middle = len(by_size) // 2
    for path in [*by_size[middle:], *by_size[:middle]]:
        raw = (corpus.root / path).read_bytes()
        if not any(word in raw for word in words):
            return path
    raise ValueError("what has moved is mentioned in every file")


def _ruff(bench: Bench) -> Iterator[Contender]:
    return bench.checks((RUFF,), bench.request())


def _cached(bench: Bench) -> Request:
    """A request with a cache of its own, so that what one contender leaves helps nobody else."""
    return bench.request(cache=bench.new_directory())
