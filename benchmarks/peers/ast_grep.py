"""ast-grep, with patterns for whole statements: it knows no names, and what it moves it moves with the others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from benchmarks.corpus import Moves
from benchmarks.measure import Findings
from benchmarks.peers import Command, Peer, Request, findings


def rules(moved: Moves) -> Iterator[dict[str, Any]]:
    """Yield the rules: for names and modules that ``moved``, and how they are imported."""
    for old, new in moved.modules.items():
        yield _rule({"pattern": f"from {old} import $$$NAMES"}, f"from {new} import $$$NAMES")
        package, _, name = old.rpartition(".")
        yield _rule(_names(package, name))
        yield _rule({"kind": "import_statement", "has": {"field": "name", "regex": f"^{re.escape(old)}(\\.|\\s|$)"}})
    for old, new in moved.names.items():
        module, _, name = old.rpartition(".")
        yield _rule(
            {"all": [{"pattern": f"from {module} import $$$NAMES"}, _names(module, name)]},
            f"from {new.rpartition('.')[0]} import $$$NAMES",
        )


def check(request: Request) -> Command:
    """Find them."""
    return Command(("scan", "--rule", _configuration(request), "--json=stream", *request.paths))


def fix(request: Request) -> Command:
    """Repair them."""
    return Command(("scan", "--rule", _configuration(request), "--update-all", *request.paths))


def parse(output: str) -> Findings:
    """Read an object a line."""
    return findings([json.loads(line)["file"] for line in output.splitlines()])


def _rule(rule: dict[str, Any], fixed: str | None = None) -> dict[str, Any]:
    return {"language": "python", "rule": rule, **({"fix": fixed} if fixed else {})}


def _names(module: str, name: str) -> dict[str, Any]:
    """The imports from ``module`` in which ``name`` is listed."""
    of_module = {"has": {"field": "module_name", "regex": f"^{re.escape(module)}$"}}
    return {
        "kind": "import_from_statement",
        "all": [of_module, {"has": {"field": "name", "regex": f"^{name}(\\s|$)"}}],
    }


def _configuration(request: Request) -> str:
    """Write the rules, as documents of JSON, which is YAML."""
    path = request.scratch / "ast-grep.yml"
    documents = [json.dumps({"id": f"moved-{number}", **rule}) for number, rule in enumerate(rules(request.moved))]
    path.write_text("\n---\n".join(documents), encoding="utf-8")
    return str(path)


PEER = Peer("ast-grep", "ast-grep", parse, check, fix)
