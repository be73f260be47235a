"""Fixit, with a rule of its own. Lists of names of which only some have moved are reported and left."""

from __future__ import annotations

import json

from benchmarks.measure import Findings
from benchmarks.peers import Command, Peer, Request, findings

RULE = """
import json
import os

import libcst as cst
from fixit import LintRule

MOVED = json.loads(os.environ["MOVED"])


def dotted(name):
    if isinstance(name, cst.Attribute):
        return f"{dotted(name.value)}.{name.attr.value}"
    return name.value


class MovedRule(LintRule):
    MESSAGE = "moved"

    def visit_Import(self, node):
        if any(dotted(alias.name) in MOVED for alias in node.names):
            self.report(node)

    def visit_ImportFrom(self, node):
        if node.relative:
            return
        module = dotted(node.module)
        names = [] if isinstance(node.names, cst.ImportStar) else [alias.name.value for alias in node.names]
        if module in MOVED:
            self.report(node, replacement=moved_to(node, MOVED[module]))
        elif any(f"{module}.{name}" in MOVED for name in names):
            home, _, last = MOVED.get(f"{module}.{names[0]}", "").rpartition(".")
            self.report(node, replacement=moved_to(node, home) if names == [last] else None)


def moved_to(node, home):
    return node.with_changes(module=cst.parse_expression(home))
"""


def check(request: Request) -> Command:
    """Find them."""
    return _command(request, "lint")


def fix(request: Request) -> Command:
    """Repair them."""
    return _command(request, "fix", "--automatic")


def parse(output: str) -> Findings:
    """Read lines of a path, ``@`` and what there is."""
    return findings([line.partition("@")[0] for line in output.splitlines() if "@" in line])


def _command(request: Request, *words: str) -> Command:
    request.scratch.joinpath("moved_rule.py").write_text(RULE, encoding="utf-8")
    variables = {"PYTHONPATH": str(request.scratch), "MOVED": json.dumps(request.moved.all)}
    return Command(("--quiet", "--rules", "moved_rule", *words, *request.paths), variables)


PEER = Peer("Fixit", "fixit", parse, check, fix, slow=True)
