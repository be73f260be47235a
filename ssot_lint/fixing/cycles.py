"""Law 10: no import cycle arises."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.fixing.rewrite import Rewrite, State
from ssot_lint.project import Project
from ssot_lint.project.cycles import asked_by, runs_at_import
from ssot_lint.rewriting.loading import closes_circle


def closes_cycles(rewrite: Rewrite) -> str | None:
    """Say which module, imported by the file, would import it in turn; ``None`` if that was so or is not."""
    module, project = rewrite.after.scan.module, rewrite.project
    if module is None:
        return None
    for goal in sorted(asked(rewrite.after, project) - asked(rewrite.before, project)):
        if closes_circle(project, module, goal) and not project.reaches(module, goal):
            return f"it would import {goal}, which imports it: a cycle"
    return None


def asked(state: State, project: Project) -> set[str]:
    """Give the modules of the project for which a file asks when it is imported."""
    return set(_asked(state, project))


def _asked(state: State, project: Project) -> Iterator[str]:
    for imported in state.scan.outer_imports:
        if runs_at_import(imported.statement):
            yield from asked_by(imported, lambda name: project.summary(name) is not None)
