"""The tools that can do the jobs, one module each: what configures them, their command line, what they print."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from benchmarks.corpus import Moves
from benchmarks.measure import Findings

MODULES = ("ssot_lint", "ruff", "ast_grep", "semgrep", "flake8", "fixit", "rename")
"""The modules of the tools, in the order in which they are reported."""


@dataclass(frozen=True)
class Request:
    """What a tool is asked for: to find, or to repair, the imports of what has ``moved`` in ``paths``.

    It may write what it needs into ``scratch``; ``cache`` is where it may keep something between runs, if it is to.
    """

    moved: Moves
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

    One that is ``slow`` takes minutes for what others do in seconds. ``version`` are the arguments for which it prints
    its version; where ``needs`` does not occur in that, a plugin is missing.
    """

    name: str
    program: str
    parse: Callable[[str], Findings]
    check: Callable[[Request], Command] | None = None
    fix: Callable[[Request], Command] | None = None
    slow: bool = False
    version: Sequence[str] = ("--version",)
    needs: str = ""


@dataclass(frozen=True)
class Tool:
    """A peer that is there: the ``path`` of its program, and which ``version`` it is."""

    peer: Peer
    path: str
    version: str


def peers() -> tuple[Peer, ...]:
    """Give all peers that are known."""
    modules = (import_module(f"benchmarks.peers.{name}") for name in MODULES)
    return tuple(module.PEER for module in modules)


def installed(names: Collection[str], directories: Sequence[str]) -> Iterator[Tool]:
    """Find the peers of those ``names`` in ``directories``, beside the running Python, or on the path."""
    for peer in peers():
        path = find_program(peer.program, directories) if peer.name in names else None
        told = _ask(path, peer.version) if path else ""
        if path and told and peer.needs in told:
            yield Tool(peer, path, version_in(told))


def find_program(name: str, directories: Sequence[str]) -> str | None:
    """Give the path of a program, looked for in ``directories`` first."""
    if name == "python":
        return sys.executable
    for directory in (*directories, sysconfig.get_path("scripts"), None):
        path = shutil.which(name, path=directory)
        if path:
            return str(Path(path).absolute())
    return None


def version_in(told: str) -> str:
    """Find the version in what a tool says of itself."""
    return next((word.strip(",") for word in told.split() if word[0].isdigit()), "unknown")


def findings(paths: Sequence[str]) -> Findings:
    """Make findings of the path of each, as the tool spells it."""
    return Findings(len(paths), frozenset(path.removeprefix("./") for path in paths))


def lines_with(word: str, output: str) -> Findings:
    """Make findings of the lines ``path:row:column: ...`` that have ``word`` in them."""
    return findings([line.partition(":")[0] for line in output.splitlines() if word in line])


def _ask(path: str, arguments: Sequence[str]) -> str:
    answer = subprocess.run([path, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return "" if answer.returncode else answer.stdout
