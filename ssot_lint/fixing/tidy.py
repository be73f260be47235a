"""Imports that fixing has made unused: they go, unless somebody else may use them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from ssot_lint.fixing.apply import Change, Plan
from ssot_lint.fixing.rewrite import State
from ssot_lint.fixing.settle import Checks, Settled, follow
from ssot_lint.project import Project
from ssot_lint.source.imports import remove_name
from ssot_lint.source.scan import Import, Scan
from ssot_lint.source.scopes import Statement
from ssot_lint.source.uses import uses


def tidy(checker: Checks, start: Settled) -> Settled:
    """Remove the imported names that the file used before the steps of ``start`` and does not use after them."""
    now = start
    if not start.steps:
        return now
    were_used = _used(start.steps[0].before.scan)
    while True:
        changes = _together(_removals(checker.project, now.state, were_used))
        following = follow(checker, now, Plan((), changes)) if changes else None
        if not isinstance(following, Settled):
            return now
        now = following


def _together(removals: Iterable[tuple[Statement, tuple[Change, ...]]]) -> tuple[Change, ...]:
    """Give the changes of those removals that can be made in one pass: the file is checked again after each.

    That is one name of a statement, and not all statements of a block, which would leave nothing where there has to be
    something.
    """
    together: list[Change] = []
    last: Statement | None = None
    room: dict[int, int] = {}
    for statement, changes in removals:
        block = statement.block
        left = room.setdefault(id(block), max(len(block.statements) - 1, 1))
        if statement is last or not left or (together and together[-1].end > changes[0].start):
            continue
        last, room[id(block)] = statement, left - 1
        together.extend(changes)
    return tuple(together)


def _removals(project: Project, state: State, were_used: set[str]) -> Iterator[tuple[Statement, tuple[Change, ...]]]:
    """Give what to change for each name that can go, with the statement that imports it, in the order of the text."""
    used = _used(state.scan)
    for imported in state.scan.imports:
        for index, name in enumerate(_local_names(imported)):
            if name not in were_used or name in used:
                continue
            if _is_there(project, imported, index) and _is_used_elsewhere(project, state, name):
                continue
            replacements = remove_name(state.scan, imported, index)
            if replacements:
                changes = (Change(change.start, change.end, 0, change.content) for change in replacements)
                yield imported.statement, tuple(changes)


def _local_names(imported: Import) -> Iterator[str]:
    for alias in imported.node.names:
        yield alias.asname or alias.name.partition(".")[0]


def _used(scan: Scan) -> set[str]:
    """Give the names used in the code, and the words of its strings: an annotation, ``__all__``, a patch."""
    used = {use.path[0] for use in uses(scan)}
    for node in ast.walk(scan.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            used.update(node.value.replace(".", " ").split() if "\n" not in node.value else ())
            used.add(node.value)
    return used


def _is_there(project: Project, imported: Import, index: int) -> bool:
    """Whether what is imported may be there: what is gone nobody else can take from the file either."""
    if not isinstance(imported.node, ast.ImportFrom) or imported.module is None:
        return True
    return project.resolve(f"{imported.module}:{imported.node.names[index].name}").status != "missing"


def _is_used_elsewhere(project: Project, state: State, name: str) -> bool:
    """Whether another file may take ``name`` from this one: by a ``from``, or by naming the module in any other way."""
    module = state.scan.module
    if state.path.endswith("__init__.py"):
        return True
    if module is None:
        return False
    if project.importers(module, name) or project.importers(module, "*"):
        return True
    last = module.rpartition(".")[2]
    named = re.compile(rb"\b" + re.escape(last.encode()) + rb"\b(?!\s+import\b)")
    others = (path for path in project.mentions(last, name) if path != state.path)
    return any(named.search(project.read(path) or b"") for path in others)
