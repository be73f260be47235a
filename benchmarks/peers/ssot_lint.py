"""ssot-lint itself, with a pack of one rule."""

from __future__ import annotations

import json

from benchmarks.corpus import Moves
from benchmarks.measure import Findings
from benchmarks.peers import Command, Peer, Request, lines_with

CODE = "BENCH101"


def pack_of(moved: Moves) -> str:
    """Write a pack whose only rule is about imports of what has ``moved``, as all tools understand it.

    What stands in strings is not looked at, and that two objects are the same is believed.
    """
    moves = "".join(f"{json.dumps(old)} = {json.dumps(new)}\n" for old, new in moved.all.items())
    head = '[pack]\nid = "benchmark"\nsummary = "What has moved"\n'
    rule = f'[[rule]]\nid = "{CODE}"\nkind = "legacy-import"\nsame-object = true\nstrings = "none"\n'
    return f"{head}{rule}[rule.moved]\n{moves}"


def arguments_for(packs: tuple[str, ...], request: Request) -> tuple[str, ...]:
    """Give the arguments of ``check`` with ``packs``, without those of its own command."""
    cache = ("--cache-dir", str(request.cache)) if request.cache else ("--no-cache",)
    named = tuple(word for pack in packs for word in ("--pack", pack))
    return ("--isolated", *named, *cache, "--quiet", "--output-format", "concise", *request.paths)


def check(request: Request) -> Command:
    """Find them."""
    return Command(("check", *arguments_for((_pack(request),), request)))


def fix(request: Request) -> Command:
    """Repair them."""
    return Command(("fix", "--unsafe-fixes", *arguments_for((_pack(request),), request)))


def parse(output: str) -> Findings:
    """Read the format ``concise``; a rule that crashed has another code."""
    return lines_with(f": {CODE} ", output)


def parse_all(output: str) -> Findings:
    """Read the same of the rules of any packs."""
    return lines_with(": ", output)


def _pack(request: Request) -> str:
    path = request.scratch / "pack.toml"
    path.write_text(pack_of(request.moved), encoding="utf-8")
    return str(path)


PEER = Peer("ssot-lint", "ssot-lint", parse, check, fix)
