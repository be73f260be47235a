"""What the tools are told, and what is read of what they print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.corpus import Moves
from benchmarks.measure import Findings
from benchmarks.peers import Peer, Request, find_program, installed, peers, version_in

MOVES = Moves({"app.old": "app.new"}, {"app.Thing": "app.new.Thing"})
PEERS = {peer.name: peer for peer in peers()}
PRINTED = {
    "ssot-lint": (
        "a.py:1:15: BENCH101 [*] app.old moved to app.new\n"
        "broken.py:1:1: SL006 rule BENCH101 crashed\n"
        "b/c.py:2:1: BENCH101 app.Thing moved\n"
    ),
    "ruff": (
        "a.py:1:15: TID251 `app.old` is banned: moved\n"
        "broken.py:2:1: invalid-syntax: Expected an expression\n"
        "b/c.py:2:1: TID251 `app.Thing` is banned: moved\n"
    ),
    "ast-grep": '{"file": "a.py", "text": "from app.old import X"}\n{"file": "b/c.py", "text": "import app.old"}\n',
    "semgrep": json.dumps({"errors": [], "results": [{"path": "a.py"}, {"path": "b/c.py"}]}),
    "flake8-tidy-imports": (
        "./a.py:1:1: I251 Banned import 'app.old' used - moved.\n"
        "./broken.py:1:2: E999 SyntaxError: invalid syntax\n"
        "./b/c.py:2:1: I251 Banned import 'app.Thing' used - moved.\n"
    ),
    "Fixit": "a.py@1:0 Moved: moved (has autofix)\nb/c.py@2:0 Moved: moved\n",
}


def test_every_peer_that_checks_has_an_example() -> None:
    assert PRINTED.keys() == {peer.name for peer in peers() if peer.check}


@pytest.mark.parametrize("name", PRINTED)
def test_findings_are_read(name: str) -> None:
    assert PEERS[name].parse(PRINTED[name]) == Findings(2, frozenset({"a.py", "b/c.py"}))


@pytest.mark.parametrize("name", PRINTED)
def test_nothing_is_found_in_nothing(name: str) -> None:
    nothing = '{"results": []}' if name == "semgrep" else ""
    assert PEERS[name].parse(nothing) == Findings()


@pytest.mark.parametrize("peer", PEERS.values(), ids=PEERS)
def test_what_has_moved_is_told(peer: Peer, tmp_path: Path) -> None:
    """The old and the new names, and where to look, are in the command or in what it reads."""
    for ask in filter(None, (peer.check, peer.fix)):
        command = ask(Request(MOVES, tmp_path, ("somewhere.py",)))
        written = "".join(path.read_text() for path in tmp_path.iterdir())
        told = "\n".join((*command.arguments, *command.variables.values(), written)).replace("\\", "")
        assert "app.old" in told
        assert "Thing" in told
        assert command.arguments[-1] == "somewhere.py"
        assert peer.fix is None or "app.new" in told


@pytest.mark.parametrize("name", ["ssot-lint", "ruff"])
def test_a_cache_is_used_only_if_there_is_to_be_one(name: str, tmp_path: Path) -> None:
    check = PEERS[name].check
    assert check
    assert "--no-cache" in check(Request(MOVES, tmp_path)).arguments
    arguments = check(Request(MOVES, tmp_path, cache=tmp_path / "cache")).arguments
    assert arguments[arguments.index("--cache-dir") + 1] == str(tmp_path / "cache")
    assert "--no-cache" not in arguments


@pytest.mark.parametrize(
    ("told", "version"),
    [
        ("ruff 0.17.6\n", "0.17.6"),
        ("fixit, version 2.2.1\n", "2.2.1"),
        ("7.5.0 (flake8-tidy-imports: 4.12.0, mccabe: 0.7.0) CPython 3.11.7 on Linux\n", "7.5.0"),
        ("no idea\n", "unknown"),
    ],
)
def test_versions(told: str, version: str) -> None:
    assert version_in(told) == version


class TestInstalled:
    @pytest.fixture
    def programs(self, tmp_path: Path) -> Path:
        """A directory with programs that say what they are."""
        for name, says in (("semgrep", "1.2.3"), ("flake8", "7.0 (mccabe: 0.7.0)")):
            program = tmp_path / name
            program.write_text(f"#!/bin/sh\necho '{says}'\n")
            program.chmod(0o700)
        return tmp_path

    def test_programs_are_found_where_one_says(self, programs: Path) -> None:
        (tool,) = installed({"semgrep"}, [str(programs)])
        assert (tool.peer.name, tool.path, tool.version) == ("semgrep", str(programs / "semgrep"), "1.2.3")

    def test_a_plugin_may_be_missing(self, programs: Path) -> None:
        assert list(installed({"flake8-tidy-imports"}, [str(programs)])) == []

    def test_a_program_may_be_missing(self) -> None:
        assert find_program("no-program-has-this-name", []) is None
