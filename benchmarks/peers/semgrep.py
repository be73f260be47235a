"""semgrep, which knows where a name is from; its repairs are regular expressions on the statement it found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from benchmarks.corpus import Moves
from benchmarks.measure import Findings
from benchmarks.peers import Command, Peer, Request, findings

QUIETLY = ("--metrics=off", "--disable-version-check", "--quiet")


def rules(moved: Moves) -> Iterator[dict[str, Any]]:
    """Yield the rules: for names and modules that ``moved``, and how they are imported."""
    for old, new in moved.modules.items():
        package, _, name = old.rpartition(".")
        patterns = [f"from {old} import $NAME", f"import {old}"]
        either = {"pattern-either": [{"pattern": pattern} for pattern in patterns]}
        yield _rule([either], old, new)
        yield _rule(_from(package, name))
    for old, new in moved.names.items():
        module, _, name = old.rpartition(".")
        yield _rule(_from(module, name), module, new.rpartition(".")[0])


def check(request: Request) -> Command:
    """Find them."""
    return Command(("scan", "--config", _configuration(request), *QUIETLY, "--json", *request.paths))


def fix(request: Request) -> Command:
    """Repair them."""
    return Command(("scan", "--config", _configuration(request), *QUIETLY, "--autofix", *request.paths))


def parse(output: str) -> Findings:
    """Read the JSON of a scan."""
    return findings([result["path"] for result in json.loads(output)["results"]])


def _from(module: str, name: str) -> list[dict[str, Any]]:
    """The imports of ``name`` from ``module``; for semgrep, those from modules below are such, too."""
    below = {"pattern-not-regex": f"from\\s+{re.escape(module)}\\s*\\."}
    return [{"pattern": f"from {module} import {name}"}, below]


def _rule(patterns: list[dict[str, Any]], old: str | None = None, new: str | None = None) -> dict[str, Any]:
    fixed = {"fix-regex": {"regex": f"{re.escape(old)}\\b", "replacement": new}} if old else {}
    return {"languages": ["python"], "severity": "WARNING", "message": "moved", "patterns": patterns, **fixed}


def _configuration(request: Request) -> str:
    """Write the rules, as JSON, which is YAML."""
    path = request.scratch / "semgrep.yml"
    numbered = [{"id": f"moved-{number}", **rule} for number, rule in enumerate(rules(request.moved))]
    path.write_text(json.dumps({"rules": numbered}), encoding="utf-8")
    return str(path)


PEER = Peer("semgrep", "semgrep", parse, check, fix, slow=True, version=("--version", "--disable-version-check"))
