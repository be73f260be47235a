"""ruff and its rule TID251, ``banned-api``. It repairs none of them."""

from __future__ import annotations

import json

from benchmarks.measure import Findings
from benchmarks.peers import Command, Peer, Request, lines_with

CODE = "TID251"


def check(request: Request) -> Command:
    """Find them."""
    configuration = request.scratch / "ruff.toml"
    banned = "".join(f'{json.dumps(old)}.msg = "moved"\n' for old in request.moved.all)
    text = f'[lint]\nselect = ["{CODE}"]\n[lint.flake8-tidy-imports.banned-api]\n{banned}'
    configuration.write_text(text, encoding="utf-8")
    cache = ("--cache-dir", str(request.cache)) if request.cache else ("--no-cache",)
    form = ("--quiet", "--exit-zero", "--output-format", "concise")
    return Command(("check", "--config", str(configuration), *cache, *form, *request.paths))


def parse(output: str) -> Findings:
    """Read the format ``concise``; files that are not Python have other codes."""
    return lines_with(f": {CODE} ", output)


PEER = Peer("ruff", "ruff", parse, check)
