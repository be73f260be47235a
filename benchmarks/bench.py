"""What jobs are made of: a corpus, the tools that take part, and somewhere to write."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import count
from pathlib import Path

from benchmarks.copies import changed_files, copy_files, homes
from benchmarks.corpus import Corpus, Moves
from benchmarks.measure import Contender, Findings
from benchmarks.peers import Command, Request, Tool
from benchmarks.peers.ssot_lint import arguments_for, pack_of, parse_all

OURS = "ssot-lint"
RUFF = "ruff"


@dataclass(frozen=True)
class Bench:
    """Makes contenders: of the ``tools``, for the ``corpus``; what they need is written below ``scratch``.

    ``few`` is how many files slow tools have to do with.
    """

    corpus: Corpus
    tools: tuple[Tool, ...]
    scratch: Path
    few: int
    numbers: Iterator[int] = field(default_factory=count)

    def new_directory(self) -> Path:
        """Make an empty directory, for what a contender needs or keeps."""
        path = self.scratch / str(next(self.numbers))
        path.mkdir()
        return path

    def request(
        self, paths: Sequence[str] = (".",), *, moved: Moves | None = None, cache: Path | None = None
    ) -> Request:
        """Ask for the imports of what has moved in the corpus, or of ``moved`` instead."""
        return Request(moved or self.corpus.moved, self.new_directory(), tuple(paths), cache)

    def contender(self, tool: Tool, command: Command, name: str = "") -> Contender:
        """Let ``tool`` run ``command`` in the corpus."""
        line = (tool.path, *command.arguments)
        return Contender(name or tool.peer.name, line, self.corpus.root, tool.peer.parse, variables=command.variables)

    def checks(self, names: Sequence[str], request: Request, name: str = "") -> Iterator[Contender]:
        """Let those of the tools called ``names`` that can look for what ``request`` asks for."""
        for tool in self.tools:
            if tool.peer.name in names and tool.peer.check:
                yield self.contender(tool, tool.peer.check(request), name)

    def fixes(self, names: Sequence[str], paths: Sequence[str]) -> Iterator[Contender]:
        """Let those of the tools called ``names`` that can repair what has moved in copies of the files ``paths``.

        Where nothing is at the new places, there is nothing right to do.
        """
        for tool in self.tools:
            if tool.peer.name in names and tool.peer.fix and self.corpus.has_homes:
                copy = self.copied(paths)
                contender = copy.contender(tool, tool.peer.fix(copy.request(paths)))
                restore = partial(copy_files, self.corpus, paths, copy.corpus.root)
                yield replace(contender, before=restore, parse=partial(copy.left, self.corpus, paths))

    def packs(self, packs: Sequence[str], request: Request, name: str = "") -> Iterator[Contender]:
        """Let ssot-lint check all rules of ``packs``; without any, those about what has moved."""
        tool = self.tool(OURS)
        if tool:
            arguments = arguments_for(tuple(packs) or (self.pack,), request)
            yield replace(self.contender(tool, Command(("check", *arguments)), name), parse=parse_all)

    @cached_property
    def pack(self) -> str:
        """The path of a pack about what has moved in the corpus."""
        path = self.new_directory() / "pack.toml"
        path.write_text(pack_of(self.corpus.moved), encoding="utf-8")
        return str(path)

    def tool(self, name: str) -> Tool | None:
        """Give the tool of that ``name``, if it takes part."""
        return next((tool for tool in self.tools if tool.peer.name == name), None)

    @property
    def quick(self) -> tuple[str, ...]:
        """The names of the tools that can take all files."""
        return tuple(tool.peer.name for tool in self.tools if not tool.peer.slow)

    @property
    def everybody(self) -> tuple[str, ...]:
        """The names of all tools."""
        return tuple(tool.peer.name for tool in self.tools)

    @cached_property
    def touched(self) -> tuple[str, ...]:
        """The files that import something that has moved."""
        found = (self.found(contender) for contender in self.checks((OURS, RUFF), self.request()))
        return tuple(sorted(frozenset[str]().union(*(findings.files for findings in found))))

    @cached_property
    def copy(self) -> Bench:
        """A bench for a copy of the whole corpus, in which files can be changed."""
        return self.copied(self.corpus.files)

    def found(self, contender: Contender) -> Findings:
        """Give what ``contender`` finds, without measuring anything."""
        answer = subprocess.run(contender.command, cwd=contender.cwd, capture_output=True, text=True, check=False)
        return contender.parse(answer.stdout)

    def left(self, original: Corpus, paths: Sequence[str], _: str) -> Findings:
        """Say how much is left to repair in ``paths``, and which of them are not what they are in ``original``.

        Who judges that is ruff, if it takes part, and not what a tool says of itself.
        """
        judge = RUFF if self.tool(RUFF) else OURS
        left = sum(self.found(contender).count for contender in self.checks((judge,), self.request(paths)))
        return Findings(left, changed_files(original, paths, self.corpus.root))

    def copied(self, paths: Sequence[str]) -> Bench:
        """Give a bench for copies of the files ``paths``, and of those in which what has moved is defined."""
        copy = replace(self, corpus=replace(self.corpus, root=self.new_directory()))
        copy_files(self.corpus, {*homes(self.corpus), *paths}, copy.corpus.root)
        return copy
