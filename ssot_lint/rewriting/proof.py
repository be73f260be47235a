"""May a name be replaced by another? The index decides; what it does not know, a human has to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ssot_lint.file import File, plain
from ssot_lint.globs import is_test_path
from ssot_lint.model import Applicability, Refusal
from ssot_lint.project import Project
from ssot_lint.rewriting.loading import closes_circle, goes_through, may_fail
from ssot_lint.rewriting.names import runs_later, split
from ssot_lint.rewriting.replaced import is_stored_here, may_be_replaced
from ssot_lint.source.places import (
    enclosing_definitions,
    import_guard,
    in_type_checking,
    is_negative_test,
)
from ssot_lint.source.scopes import Block, Statement

LEGACY_WORDS = ("legacy", "deprecat", "backward", "compat")


@dataclass(frozen=True)
class Move:
    """A name as the code has it (``a.b:c`` where the module is certain) and the name that is to take its place.

    With ``same_object`` the pack vouches that both are one object, for code that is not in the tree.
    """

    old: str
    new: str
    same_object: bool = False


def judge(file: File, move: Move) -> Applicability | Refusal:
    """Say whether replacing ``move.old`` by ``move.new`` is proved, needs a human, or must not be done."""
    before, after = file.project.resolve(move.old), file.project.resolve(move.new)
    if after.status == "missing":
        return Refusal("target-missing", f"{plain(move.new)} does not exist")
    if before.status == "found" == after.status:
        if before.origin == after.origin:
            return Applicability.SAFE
        if before.origin in after.possible or after.origin in before.possible:
            # One of them has a fallback, for an import that may fail: most likely the same, but that is no proof.
            return Applicability.SAFE if move.same_object else Applicability.UNSAFE
        reason = f"{plain(move.old)} is {before.origin}, but {plain(move.new)} is {after.origin}"
        return Refusal("different-object", reason)
    return Applicability.SAFE if move.same_object else Applicability.UNSAFE


def is_module(file: File, move: Move) -> bool:
    """Tell whether it is a module that moves, by what the index knows of the old name or else of the new one."""
    for name in (move.old, move.new):
        origin = file.project.resolve(name).origin
        definition = file.project.definition(origin) if origin else None
        if definition is not None:
            return definition.kind == "module"
    return False


def worst(verdicts: list[Applicability | Refusal]) -> Applicability | Refusal:
    """Give the verdict that holds for all: the first refusal, else unsafe if any is."""
    for verdict in verdicts:
        if isinstance(verdict, Refusal):
            return verdict
    return Applicability.UNSAFE if Applicability.UNSAFE in verdicts else Applicability.SAFE


def is_doubtful(file: File, statement: Statement, move: Move, *, looked_up_later: bool | None = None) -> bool:
    """Tell whether both names may give different objects, or the old one fail, though they have the same origin.

    That is where something else may be put in the place of the old one before it is looked up, ``looked_up_later``
    than its module is imported (as in a function), and where an import that may fail is expected to. What is put in
    the place of the new one is meant for whoever uses the object.
    """
    old, new = split(move.old)[0], split(move.new)[0]
    if file.project.sets_module(old):
        return True
    if import_guard(statement) is not None and may_fail(file.project, old, new):
        return True
    later = runs_later(statement) if looked_up_later is None else looked_up_later
    return later and may_be_replaced(file, move.old)


def refused_store(file: File, move: Move) -> Refusal | None:
    """Say why what reaches ``move.old`` has to stay: the file itself replaces it there."""
    if not is_stored_here(file, move.old):
        return None
    return Refusal("rebinds-module", f"{plain(move.old)} is assigned in this file, which changes the old module itself")


def refused_place(file: File, statement: Statement) -> Refusal | None:
    """Say why an import at ``statement`` has to stay whatever it names: a test may be about the old path itself."""
    if is_negative_test(statement):
        return Refusal("negative-test", "this code proves what happens on the old path; moved, it would prove nothing")
    if not is_test_path(file.path):
        return None
    file_name = file.path.rpartition("/")[2]
    for name in (*enclosing_definitions(statement), file_name):
        if any(word in name.lower() for word in LEGACY_WORDS):
            return Refusal("negative-test", f"{name!r} tests the old path by its name; moved, it would prove nothing")
    return None


def refused_guard(file: File, statement: Statement, name: str, move: Move) -> Refusal | None:
    """Say why an import of ``name`` at ``statement`` guarded by ``except ImportError`` has to stay.

    It may not where both branches would become the same import, or where the old name may not exist: then it is the
    other branch that runs today.
    """
    guard = import_guard(statement)
    if guard is None:
        return None
    if file.project.resolve(move.old).status != "found" and not move.same_object:
        return Refusal(
            "guarded-import", "the old name may not exist, so it is the `except ImportError` that runs today"
        )
    if any(other == plain(move.new) for other in _other_branches(*guard, name)):
        return Refusal("guarded-import", "both branches of the `try` would become the same import")
    return None


def _other_branches(guard: Statement, block: Block, name: str) -> list[str]:
    """Give the dotted names that the branches of ``guard`` besides ``block`` import as ``name``."""
    return [
        plain(binding.target)
        for binding in guard.scope.bindings.get(name, [])
        if binding.target is not None
        and any(owner is guard and other is not block for owner, other in binding.statement.ancestors())
    ]


def refused_awaits(file: File, statement: Statement, name: str, move: Move) -> Refusal | None:
    """Refuse to import as ``name`` a function that is called as if it were async and is not, or the other way round."""
    origin = file.project.resolve(move.new).origin
    definition = file.project.definition(origin) if origin else None
    if definition is None or definition.kind != "function" or not definition.certain:
        return None
    if file.project.resolve(move.old).origin == origin:
        return None
    for offset, awaited in file.calls_of(name):
        bound_here = any(binding.statement is statement for binding in file.scan.lookup(name, offset) or ())
        if bound_here and awaited != definition.is_async:
            what = "async, but it is called without `await`" if definition.is_async else "not async, but it is awaited"
            reason = f"{plain(move.new)} is {what} in line {file.text.row(offset)}"
            return Refusal("await-mismatch", reason)
    return None


def refused_cycle(
    file: File, statement: Statement, module: str, name: str = "", instead_of: str = ""
) -> Refusal | None:
    """Say why an import of ``name`` from ``module`` at ``statement`` must not be: it would close an import cycle.

    None is closed that was not there already through ``instead_of``, the dotted name imported there now.
    """
    if file.module is None:
        return None
    if module == file.module:
        return Refusal("would-cycle", f"{module} would import from itself")
    if runs_later(statement) or in_type_checking(statement) or not closes_circle(file.project, file.module, module):
        return None
    if instead_of and goes_through(file.project, instead_of, module, name):
        return None
    return Refusal("would-cycle", f"{module} imports this module, so importing it here would close a cycle")


def prepare(project: Project, names: Iterable[str]) -> None:
    """Ask the project what moves between ``names`` ask: what importing them runs, and what tests replace."""
    project.sets_module("")
    for name in names:
        module = name if project.summary(name) is not None else split(name)[0]
        project.load(module)
        project.reaches(module, "")
        project.spells(module)
