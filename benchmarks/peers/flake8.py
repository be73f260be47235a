"""flake8 with flake8-tidy-imports, whose I251 is what ruff's TID251 was made from. It repairs nothing."""

from __future__ import annotations

from benchmarks.measure import Findings
from benchmarks.peers import Command, Peer, Request, lines_with

CODE = "I251"


def check(request: Request) -> Command:
    """Find them."""
    configuration = request.scratch / "flake8.ini"
    banned = "".join(f"\n  {old} = moved" for old in request.moved.all)
    configuration.write_text(f"[flake8]\nselect = {CODE}\nbanned-modules ={banned}\n", encoding="utf-8")
    return Command(("--config", str(configuration), *request.paths))


def parse(output: str) -> Findings:
    """Read lines with a place and a code."""
    return lines_with(f": {CODE} ", output)


PEER = Peer("flake8-tidy-imports", "flake8", parse, check, slow=True, needs="tidy-imports")
