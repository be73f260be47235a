"""The tools that can do the jobs, one module each: what configures them, their command line, what they print."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from benchmarks.measure import Findings, Parser

NAMES = ("ssot_lint", "ruff")
"""The modules of the tools, in the order in which they are reported."""


@dataclass(frozen=True)
class Request:
    """What a tool is asked for: to find, or to repair, the imports of what has ``moved`` in ``paths``.

    It may write what it needs into ``scratch``, which is empty; ``cache`` is where it may keep something between
    runs, if it is to.
    """

    moved: Mapping[str, str]
    scratch: Path
    paths: tuple[str, ...] = (".",)
    cache: Path | None = None


@dataclass(frozen=True)
class Command:
    """The ``arguments`` for the program of a tool, and ``variables`` for its environment."""

    arguments: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Peer:
    """A tool: ``program`` runs it; ``check`` and ``fix`` write its configuration and give its command.

    One that is ``slow`` takes minutes for what others do in seconds; one that is ``cached`` keeps something between
    runs.
    """

    name: str
    program: str
    check: Callable[[Request], Command] | None
    parse: Parser
    fix: Callable[[Request], Command] | None = None
    slow: bool = False
    cached: bool = False
    version: Sequence[str] = ("--version",)


@dataclass(frozen=True)
class Installed:
    """A tool that is there: the ``path`` of its program, and which ``version`` it is."""

    peer: Peer
    path: str
    version: str


def peers() -> tuple[Peer, ...]:
    """Give all tools that are known."""
    modules = (import_module(f"benchmarks.peers.{name}") for name in NAMES)
    return tuple(module.PEER for module in modules)


def installed(directories: Sequence[str]) -> Iterator[Installed]:
    """Find the tools that are in ``directories``, beside the running Python, or on the path."""
    for peer in peers():
        path = find_program(peer.program, directories)
        if path:
            yield Installed(peer, path, _version(path, peer.version))


def find_program(name: str, directories: Sequence[str]) -> str | None:
    """Give the path of a program, looked for in ``directories`` first."""
    for directory in (*directories, sysconfig.get_path("scripts"), None):
        path = sys.executable if name == "python" else shutil.which(name, path=directory)
        if path:
            return str(Path(path).absolute())
    return None


def _version(path: str, arguments: Sequence[str]) -> str:
    answer = subprocess.run([path, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    words = answer.stdout.split()
    return next((word.strip(",") for word in words if word[0].isdigit()), "unknown")


def findings(paths: Sequence[str]) -> Findings:
    """Make findings of the path of each, as the tool spells it."""
    return Findings(len(paths), frozenset(path.removeprefix("./") for path in paths))


def lines_with(word: str, output: str) -> Findings:
    """Make findings of the lines ``path:row:column: ...`` that have ``word`` in them."""
    return findings([line.partition(":")[0] for line in output.splitlines() if word in line])
