"""The command line of the benchmarks."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.corpus import Corpus, directory_corpus
from benchmarks.jobs import JOBS, Bench, make_bench
from benchmarks.machine import this_machine
from benchmarks.measure import CommandFailed, measure
from benchmarks.peers import Installed, installed
from benchmarks.report import Table, as_json, lines_of
from benchmarks.synthetic import synthetic_corpus

DEFAULT_FILES = 2_000


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the command line asks for; the names are those of the options."""

    jobs: tuple[str, ...]
    synthetic: int | None
    seed: int
    directory: str | None
    peers: str | None
    tools: tuple[str, ...]
    rounds: int
    limit: float
    output: str | None

    def corpus(self) -> Corpus:
        """Take or make the corpus."""
        if self.directory:
            return directory_corpus(Path(self.directory))
        return synthetic_corpus(self.synthetic or DEFAULT_FILES, self.seed)

    def taking_part(self) -> Iterator[Installed]:
        """Find the tools that take part."""
        wanted = self.peers.split(",") if self.peers else None
        for tool in installed(self.tools):
            if tool.peer.name in wanted if wanted else not tool.peer.slow:
                yield tool


@click.command()
@click.argument("jobs", nargs=-1, type=click.Choice(list(JOBS)))
@click.option("--synthetic", type=click.IntRange(min=1), metavar="FILES", help="Make a corpus of so many files.")
@click.option("--seed", default=0, show_default=True, help="What the made corpus comes from.")
@click.option("--directory", type=click.Path(exists=True, file_okay=False), help="Use the files below a directory.")
@click.option("--peers", metavar="NAMES", help="The tools that take part; without it, all that are quick.")
@click.option("--tools", multiple=True, type=click.Path(exists=True), help="Where else to look for programs.")
@click.option("--rounds", default=3, show_default=True, help="How many turns each tool has.")
@click.option("--limit", default=170.0, show_default=True, help="How many seconds a command may take.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Keep the results in this file, as JSON.")
def main(**values: Any) -> None:
    """Measure ssot-lint and whichever other tools are installed at the same JOBS, by default all of them."""
    options = Options(**values)
    corpus = options.corpus()
    tools = tuple(options.taking_part())
    click.echo(f"{corpus}\n")
    with tempfile.TemporaryDirectory(prefix="ssot-lint-benchmark-") as scratch:
        tables = tuple(_tables(options, make_bench(corpus, tools, Path(scratch))))
    if options.output:
        versions = {tool.peer.name: tool.version for tool in tools}
        what = {"about": corpus.about, "files": len(corpus.files), "bytes": corpus.size}
        kept = as_json(this_machine(), versions, what, tables)
        Path(options.output).write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def _tables(options: Options, bench: Bench) -> Iterator[Table]:
    """Measure the jobs, one after the other, and print what came of each."""
    for name in options.jobs or JOBS:
        job = JOBS[name](bench)
        try:
            table = Table(job, measure(job, options.rounds, options.limit))
        except CommandFailed as error:
            click.echo(f"{name}: {error}\n", err=True)
        else:
            click.echo("\n".join(lines_of(table)))
            yield table
