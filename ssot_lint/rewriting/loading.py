"""What importing a module runs: where that closes a circle, what may fail on the way, what else is there afterwards."""

from __future__ import annotations

import sys

from ssot_lint.project import Project
from ssot_lint.project.questions import question
from ssot_lint.source.scan import scan
from ssot_lint.source.text import NotText, Text


def packages_around(module: str) -> frozenset[str]:
    """Give ``a`` and ``a.b`` for ``a.b.c``."""
    parts = module.split(".")
    return frozenset(".".join(parts[:length]) for length in range(1, len(parts)))


@question
def closes_circle(project: Project, own: str, module: str) -> bool:
    """Tell whether an import of ``module``, made when ``own`` is imported, asks for what is not ready by then.

    That is ``own`` itself, or a package around it that imports it. That such a package has been started already, so
    that nothing it imports comes first, is taken into account.
    """
    around = packages_around(own)
    unready = {own, *(package for package in around if project.reaches(package, own))}
    if not any(project.reaches(module, goal) for goal in unready):
        return False
    return not unready.isdisjoint(project.load(module, running=around | {own}).asks)


@question
def goes_through(project: Project, old: str, module: str, name: str) -> bool:
    """Tell whether importing ``old`` needs ``name`` of ``module``, or what is there whenever ``name`` is.

    Then an import of ``name`` can close no circle that was not closed before.
    """
    taken = {step.rpartition(".") for step in project.resolve(old).chain}
    found = [last for package, _, last in taken if package == module]
    return name in found or any(_stand_together(project, module, name, other) for other in found)


def _stand_together(project: Project, module: str, first: str, second: str) -> bool:
    """Whether ``module`` imports nothing between binding one name and the other."""
    summary = project.summary(module)
    raw = project.read(summary.path) if summary and summary.path else None
    rows = [[bound.row for bound in summary.names.get(name, ())] for name in (first, second)] if summary else []
    if raw is None or not all(rows):
        return False
    try:
        scanned = scan(Text.read(raw))
    except (NotText, SyntaxError):
        return False
    between = range(min(map(min, rows)), max(map(max, rows)))
    return not any(scanned.text.row(imported.statement.start) in between for imported in scanned.outer_imports)


@question
def may_fail(project: Project, old: str, new: str) -> bool:
    """Tell whether an import of ``old`` may fail in what it runs where that of ``new`` does not."""
    for module in project.load(old).starts - project.load(new).starts:
        summary = project.summary(module)
        if summary is None or summary.opaque or not project.is_python(module):
            return True
        for target in summary.imports:
            is_standard = target.partition(":")[0].partition(".")[0] in sys.stdlib_module_names
            if not is_standard and project.resolve(target).status != "found":
                return True
    return False
