"""The laws of every fix of every kind, checked for one file.

Law 2, that fixing twice changes nothing more, is kept by `ssot_lint.fixing.settle`, which goes on until it does not.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ssot_lint.fixing.apply import apply, is_safe
from ssot_lint.fixing.bounds import strays
from ssot_lint.fixing.calls import changes_awaits
from ssot_lint.fixing.counts import changes_tests
from ssot_lint.fixing.cycles import closes_cycles
from ssot_lint.fixing.names import changes_names
from ssot_lint.fixing.rewrite import Rewrite, State, Step
from ssot_lint.model import Violation
from ssot_lint.project import Project
from ssot_lint.source.scan import Scan
from ssot_lint.source.text import Text


@dataclass(frozen=True)
class Broken:
    """A law that a fix breaks: its number in the list of the laws, and how, for people."""

    law: int
    reason: str


def broken_law(rewrite: Rewrite) -> Broken | None:
    """Give the first law that ``rewrite`` breaks; ``None`` if it keeps them all."""
    for number, law in LAWS:
        reason = law(rewrite)
        if reason is not None:
            return Broken(number, reason)
    return None


def does_not_compile(rewrite: Rewrite) -> str | None:
    """Law 1: the result parses and compiles where the input did."""
    for step in rewrite.steps:
        if not step.after.is_python:
            return "the file would not be valid Python any more"
    if rewrite.after.is_newer or rewrite.before.is_newer:
        return None if rewrite.before.is_newer else "the file would need a newer Python"
    error = compiles(rewrite.after)
    if error is None or compiles(rewrite.before) is not None:
        return None
    return f"the file would not compile any more: {error}"


def compiles(state: State) -> str | None:
    """Compile a file and say why that cannot be done."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(state.text.encode(state.text.string), state.path, "exec", dont_inherit=True)
        except SyntaxError as error:
            return f"{error.msg} (line {error.lineno})"
        except (RecursionError, MemoryError, ValueError):
            return "it is nested too deeply"
    return None


def leaves_violations(rewrite: Rewrite) -> str | None:
    """Law 3: the violations that were fixed are gone and no other appears."""
    before, after = tally(rewrite.reported.violations), tally(rewrite.remaining.violations)
    fixed = tally(violation for step in rewrite.steps for violation in step.violations)
    for violation in rewrite.remaining.violations:
        sort = sort_of(violation)
        if after[sort] > before[sort]:
            return f"another violation would appear: {violation.code} {violation.message}"
        if after[sort] > before[sort] - fixed[sort] and fixed[sort]:
            return "the violation would still be there"
    return None


def tally(violations: Iterable[Violation]) -> Counter[tuple[str, str | None, str]]:
    """Count violations by what they say."""
    return Counter(map(sort_of, violations))


def sort_of(violation: Violation) -> tuple[str, str | None, str]:
    """Give what a violation says, wherever it stands."""
    return violation.code, violation.symbol, violation.message


def loses_comments(rewrite: Rewrite) -> str | None:
    """Law 5: no comment disappears from a safe fix, but suppressions that nobody needs."""
    for step in rewrite.steps:
        lost = (
            step.before.comments
            - Counter(step.removed_suppressions.values())
            - _after_safe_fixes(step, rewrite.project).comments
        )
        if lost:
            return f"a comment would be lost: {min(lost)}"
    return None


def _after_safe_fixes(step: Step, project: Project) -> State:
    safe = [fix for fix in step.plan.fixes if is_safe(fix)]
    if len(safe) == len(step.plan.fixes):
        return step.after
    text = step.before.text
    return State(step.before.path, Text(apply(text, safe), text.encoding, text.bom), project)


def imports_nothing(rewrite: Rewrite) -> str | None:
    """Law 6: every import it writes resolves in the index; of what is outside the project nothing is known."""
    for name in sorted(imported_names(rewrite.after.scan) - imported_names(rewrite.before.scan)):
        if not exists(rewrite.project, name):
            return f"it would import {name.replace(':', '.')}, which cannot be found"
    return None


def imported_names(scan: Scan) -> set[str]:
    """Give what a file imports, ``a.b:c`` for ``from a.b import c``; a module out of reach as it is spelled."""
    names: set[str] = set()
    for imported in scan.imports:
        for alias in imported.node.names:
            if isinstance(imported.node, ast.Import):
                names.add(alias.name)
            else:
                module = imported.module or "." * imported.node.level + (imported.node.module or "")
                names.add(module if alias.name == "*" else f"{module}:{alias.name}")
    return names


def exists(project: Project, name: str) -> bool:
    """Tell whether an import of ``name``, as `imported_names` gives it, finds something, or may."""
    root = re.split("[.:]", name, maxsplit=1)[0]
    if not root:
        return False
    status = project.resolve(name).status
    return status == "found" or (status == "unknown" and not project.is_first_party(root))


Law = Callable[[Rewrite], "str | None"]
LAWS: tuple[tuple[int, Law], ...] = (
    (1, does_not_compile),
    (3, leaves_violations),
    (4, strays),
    (5, loses_comments),
    (6, imports_nothing),
    (7, changes_names),
    (8, changes_awaits),
    (9, changes_tests),
    (10, closes_cycles),
)
"""Each law under its number, as a function that says how it is broken. Later ones rely on the first."""
