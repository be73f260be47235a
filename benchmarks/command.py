"""The command line of the benchmarks."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from benchmarks.bench import Bench
from benchmarks.copies import spread
from benchmarks.corpus import Corpus, directory_corpus
from benchmarks.growth import GROWTH_JOBS
from benchmarks.identical import comparisons
from benchmarks.jobs import JOBS, SLOW_JOBS
from benchmarks.machine import this_machine
from benchmarks.measure import Job, measure
from benchmarks.peers import Tool, installed, peers
from benchmarks.report import aligned, job_as_json, lines_of
from benchmarks.stages import rows_of, stages
from benchmarks.synthetic import corpora, synthetic_corpus

DEFAULT_FILES = 2_000
SHOWN = 5
"""How many differences are printed."""
MakeJob = Callable[[Bench], Job]


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the command line asks for; the names are those of the options."""

    jobs: tuple[str, ...]
    synthetic: int | None
    seed: int
    directory: str | None
    pypi: tuple[str, ...]
    peers: str | None
    tools: tuple[str, ...]
    slow: bool
    slow_files: int
    rounds: int
    limit: float
    stages: bool
    growth: bool
    identical: bool
    sample: int | None
    output: str | None

    def corpus(self) -> Corpus:
        """Take or make the corpus."""
        if self.directory:
            return directory_corpus(Path(self.directory))
        if self.pypi:
            from benchmarks.pypi import pypi_corpus

            return pypi_corpus(self.pypi)
        return synthetic_corpus(self.synthetic or DEFAULT_FILES, self.seed)

    def makers(self) -> Mapping[str, MakeJob]:
        """The jobs to do; what is not a job is done instead of all of them, or beside some."""
        every = {**JOBS, **SLOW_JOBS, **GROWTH_JOBS}
        names = list(self.jobs)
        if not (names or self.stages or self.growth or self.identical):
            names = [*JOBS, *(SLOW_JOBS if self.slow else ())]
        return {name: every[name] for name in [*names, *(GROWTH_JOBS if self.growth else ())]}

    def taking_part(self) -> tuple[Tool, ...]:
        """Find the tools that take part; raises `click.UsageError` for one that is not known."""
        slow = self.slow or not SLOW_JOBS.keys().isdisjoint(self.jobs)
        usual = [peer.name for peer in peers() if slow or not peer.slow]
        names = self.peers.split(",") if self.peers else usual
        if unknown := set(names) - {peer.name for peer in peers()}:
            raise click.UsageError(f"Not among the tools {', '.join(peer.name for peer in peers())}: {unknown}")
        tools = tuple(installed(names, self.tools))
        if missing := set(names) - {tool.peer.name for tool in tools}:
            click.echo(f"not installed: {', '.join(sorted(missing))}", err=True)
        return tools

    def results(self) -> Path:
        """The file for the results."""
        return Path(self.output) if self.output else corpora() / "results" / f"{datetime.now():%Y%m%d-%H%M%S}.json"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("jobs", nargs=-1, type=click.Choice([*JOBS, *SLOW_JOBS]))
@click.option("--synthetic", type=click.IntRange(min=10), metavar="FILES", help="Make a corpus of so many files.")
@click.option("--seed", default=0, show_default=True, help="What the corpus that is made comes from.")
@click.option("--directory", type=click.Path(exists=True, file_okay=False), help="Take the files below a directory.")
@click.option("--pypi", multiple=True, metavar="NAME", help="Take a package from the index of pip.")
@click.option("--peers", metavar="NAMES", help="Which tools take part, instead of all that are quick.")
@click.option("--tools", multiple=True, type=click.Path(exists=True), help="Where else there are programs.")
@click.option("--slow", is_flag=True, help="Measure the slow tools, too, on few files.")
@click.option("--slow-files", default=40, show_default=True, help="On how many.")
@click.option("--rounds", default=3, show_default=True, help="How many turns each tool has.")
@click.option("--limit", default=170.0, show_default=True, help="How many seconds a command may take.")
@click.option("--stages", is_flag=True, help="Measure the stages of a run of ssot-lint.")
@click.option("--growth", is_flag=True, help="Measure projects that were made of FILES, twice and four times as many.")
@click.option("--identical", is_flag=True, help="Compare what ssot-lint says in several ways of running it.")
@click.option("--sample", type=click.IntRange(min=1), metavar="FILES", help="Compare on so many files only.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="The file for the results, JSON.")
def main(**values: Any) -> None:
    """Measure ssot-lint and whichever other tools are installed at the same JOBS, by default all that are quick.

    In each round every tool has its turn. Ratios are medians of the ratios within a round; seconds are medians.
    """
    options = Options(**values)
    results, tools, corpus = options.results(), options.taking_part(), options.corpus()
    click.echo(f"{corpus}\n")
    kept: dict[str, Any] = {
        "machine": asdict(this_machine()),
        "versions": {tool.peer.name: tool.version for tool in tools},
        "corpus": {"about": corpus.about, "files": len(corpus.files), "bytes": corpus.size},
    }
    with tempfile.TemporaryDirectory(prefix="ssot-lint-benchmark-") as scratch:
        bench = Bench(corpus, tools, Path(scratch), options.slow_files)
        for job in _jobs(options, bench):
            kept.setdefault("jobs", []).append(job)
            _keep(kept, results)
        if options.stages:
            kept["stages"] = _stages(bench)
        if options.identical:
            kept["identical"] = _identical(bench, options.sample or len(corpus.files))
        _keep(kept, results)
    click.echo(f"results: {results}")


def _keep(kept: Mapping[str, Any], results: Path) -> None:
    """Write what is known so far: jobs take long, and a run may be interrupted."""
    results.parent.mkdir(parents=True, exist_ok=True)
    results.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def _jobs(options: Options, bench: Bench) -> Iterator[dict[str, Any]]:
    """Do the jobs, one after the other, print what came of each and give what is kept of it."""
    for make in options.makers().values():
        outcome = measure(make(bench), options.rounds, options.limit)
        click.echo("\n".join(lines_of(outcome)))
        yield job_as_json(outcome)


def _stages(bench: Bench) -> dict[str, float]:
    """Measure the stages of a run, print them and give what is kept of them."""
    packs = bench.corpus.packs[:1] or (bench.pack,)
    clock = stages(bench.corpus, packs)
    click.echo("stages: all rules of a pack, one process")
    click.echo("\n".join(aligned(list(rows_of(clock)))) + "\n")
    return dict(clock.seconds)


def _identical(bench: Bench, files: int) -> dict[str, int]:
    """Compare the ways of running, print what differs and give how much that is."""
    paths = spread(bench.corpus.files, files)
    click.echo(f"identical: {len(paths):,} files")
    kept: dict[str, int] = {}
    for comparison in comparisons(bench, paths):
        kept[comparison.way] = len(comparison.differences)
        click.echo(f"  {comparison.way}: {comparison.violations:,} violations, {kept[comparison.way]} differences")
        click.echo("".join(f"    {difference[:500]}\n" for difference in comparison.differences[:SHOWN]), nl=False)
    return kept
