"""The jobs: what each tool is asked to do, side by side."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.measure import Contender, Job
from benchmarks.padding import padded
from benchmarks.peers import Command, Installed, Request
from benchmarks.peers.ssot_lint import arguments_for, pack_of

OURS = "ssot-lint"
RUFF = "ruff"
MAP_SIZES = (10, 100, 1_500)


@dataclass(frozen=True)
class Bench:
    """What jobs are made of: the ``corpus``, the ``tools`` that take part, and a directory to write into."""

    corpus: Corpus
    tools: tuple[Installed, ...]
    scratch: Path
    numbers: Iterator[int]

    def new_directory(self) -> Path:
        """Make an empty directory, for what a contender needs or keeps."""
        path = self.scratch / str(next(self.numbers))
        path.mkdir()
        return path

    def request(self, moved: Mapping[str, str] | None = None, cached: bool = False) -> Request:
        """Ask for the imports of what has moved in the corpus, or of ``moved`` instead."""
        scratch = self.new_directory()
        return Request(moved or self.corpus.moved, scratch, cache=scratch / "cache" if cached else None)

    def tool(self, name: str) -> Installed | None:
        """Give the tool of that name, if it takes part."""
        return next((tool for tool in self.tools if tool.peer.name == name), None)

    def contender(self, tool: Installed, command: Command, name: str | None = None) -> Contender:
        """Let ``tool`` run ``command`` on the corpus."""
        return Contender(
            name or tool.peer.name,
            (tool.path, *command.arguments),
            self.corpus.root,
            tool.peer.parse,
            variables=command.variables,
        )

    def checking(self, name: str, request: Request, label: str | None = None) -> Iterator[Contender]:
        """Let the tool ``name`` look for what ``request`` asks for, if it takes part and can."""
        tool = self.tool(name)
        if tool and tool.peer.check:
            yield self.contender(tool, tool.peer.check(request), label)

    def checking_packs(
        self, packs: Sequence[str], request: Request | None = None, label: str | None = None
    ) -> Iterator[Contender]:
        """Let ssot-lint check all rules of ``packs``; without any, those about what has moved."""
        request = request or self.request()
        tool = self.tool(OURS)
        if tool:
            command = Command(("check", *arguments_for(tuple(packs) or (self.pack(),), request)))
            yield self.contender(tool, command, label)

    def pack(self) -> str:
        """Write the pack about what has moved in the corpus and give its path."""
        path = self.new_directory() / "pack.toml"
        path.write_text(pack_of(self.corpus.moved), encoding="utf-8")
        return str(path)


def imports(bench: Bench) -> Job:
    """Make the job of finding the imports of what has moved, without a cache."""
    contenders = [
        contender
        for tool in bench.tools
        if not tool.peer.slow
        for contender in bench.checking(tool.peer.name, bench.request())
    ]
    return Job("imports", "legacy imports, nothing cached", tuple(contenders), RUFF)


def pack(bench: Bench) -> Job:
    """Make the job of all rules of one pack, beside what ruff can do of it."""
    ours = bench.checking_packs(bench.corpus.packs[:1])
    return Job("pack", "all rules of a pack; ruff only legacy imports", (*ours, *_ruff(bench)), RUFF)


def all_packs(bench: Bench) -> Job:
    """Make the job of all rules of all packs, beside what ruff can do of it."""
    ours = bench.checking_packs(bench.corpus.packs)
    return Job("all-packs", "all rules of all packs; ruff only legacy imports", (*ours, *_ruff(bench)), RUFF)


def one_file(bench: Bench) -> Job:
    """Make the job of a file in which no rule can fire, beside the start of a Python with click."""
    path = clean_file(bench.corpus)
    request = replace(bench.request(), paths=(path,))
    click = Contender("import click", (sys.executable, "-c", "import click"), bench.new_directory())
    ours = bench.checking_packs(bench.corpus.packs[:1], request)
    ruff = bench.checking(RUFF, replace(bench.request(), paths=(path,)))
    return Job("one-file", "one clean file, nothing cached", (*ours, *ruff, click), click.name, repeat=5)


def moved_names(bench: Bench) -> Job:
    """Make the job of maps of more and more moved names of which the same ones occur."""
    contenders: list[Contender] = []
    for size in MAP_SIZES:
        moved = padded(bench.corpus, size)
        contenders += bench.checking(OURS, bench.request(moved), f"{OURS}, {size:,} names")
        contenders += bench.checking(RUFF, bench.request(moved), f"{RUFF}, {size:,} names")
    return Job("moved-names", "maps of moved names", tuple(contenders), f"{OURS}, {MAP_SIZES[0]} names")


JOBS: Mapping[str, Callable[[Bench], Job]] = {
    "imports": imports,
    "pack": pack,
    "all-packs": all_packs,
    "one-file": one_file,
    "moved-names": moved_names,
}


def make_bench(corpus: Corpus, tools: Sequence[Installed], scratch: Path) -> Bench:
    """Make a bench whose jobs write below ``scratch``, an empty directory."""
    return Bench(corpus, tuple(tools), scratch, count())


def clean_file(corpus: Corpus) -> str:
    """Find a file of the usual size in which nothing that has moved can be imported."""
    words = {old.rpartition(".")[2].encode() for old in corpus.moved}
    by_size = sorted(corpus.files, key=lambda path: ((corpus.root / path).stat().st_size, path))
    middle = len(by_size) // 2
    for path in [*by_size[middle:], *by_size[:middle]]:
        raw = (corpus.root / path).read_bytes()
        if not any(word in raw for word in words):
            return path
    raise ValueError("what has moved is mentioned in every file")


def _ruff(bench: Bench) -> Iterator[Contender]:
    return bench.checking(RUFF, bench.request())
