"""What tests replace by its name: it has to be replaced where it will be looked up, or the move would undo the test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ssot_lint.model import Violation
from ssot_lint.moving.definitions import Definition
from ssot_lint.moving.request import CannotMove, Request
from ssot_lint.moving.strings import exact_strings, renamed_strings
from ssot_lint.project import Project
from ssot_lint.rewriting.following import move_with_strings
from ssot_lint.rewriting.names import is_late, split
from ssot_lint.rewriting.opening import opened, users
from ssot_lint.rewriting.proof import Move

PATCH = "patch-target"


def check_own_uses(project: Project, definition: Definition, request: Request) -> None:
    """Raise `CannotMove` where tests replace what moves for its old module and for others at once.

    ``project`` is the one in which it has moved, and nothing else.
    """
    module, last = split(request.old)
    replaced = next(exact_strings(project, request.old), None)
    if replaced is None or not _is_used_late(definition):
        return
    others = [file.path for file in users(project, module, last) if file.path != definition.file.path]
    if others:
        raise CannotMove(
            f"{replaced[0]}, line {replaced[1]} replaces {request.old} for {definition.file.path} and {others[0]}, "
            "which will look it up in two places"
        )


def left_with_reason(project: Project, request: Request, left: Iterable[Violation]) -> Iterator[Violation]:
    """Give those of ``left`` that are not strings which may simply follow, since nobody looks up what they replace.

    ``project`` is the one in which it has moved, and nothing else.
    """
    for violation in left:
        file = opened(project, violation.path)
        is_string = violation.refusal is not None and violation.refusal.code == PATCH
        if not (file and is_string and move_with_strings(file, Move(request.old, request.new)) is None):
            yield violation


def with_needed(project: Project, definition: Definition, request: Request) -> Mapping[str, bytes]:
    """Give the files with strings that replace what the definition uses, as names of its new module.

    ``project`` is the one in which all have moved. Raises `CannotMove` for what tests replace in the old module that
    others look up there, too: the definition would not do so any more.
    """
    after: dict[str, bytes | None] = {}
    module, new = definition.file.module or "", split(request.new)[0]
    for name in sorted({needed.name for needed in definition.needed}):
        if not _uses_late(definition, name):
            continue
        old = f"{module}.{name}"
        if project.sets_attribute(module.rpartition(".")[2], name):
            raise CannotMove(f"something sets an attribute `{name}`, perhaps of {module}, for {request.old} to use")
        others = (file for file in users(project, module, name) if file.module != new)
        is_shared = _is_used_outside(definition, name) or any(others)
        replaced = next(exact_strings(project, old), None)
        if is_shared and replaced is not None:
            raise CannotMove(
                f"{replaced[0]}, line {replaced[1]} replaces {old}: {request.old} would not look it up there any more"
            )
        for path in () if is_shared else project.mentions(old):
            renamed = renamed_strings(project.changed(after), path, old, f"{new}.{name}")
            if renamed is not None:
                after[path] = renamed
    return {path: raw for path, raw in after.items() if raw is not None}


def _is_used_outside(definition: Definition, name: str) -> bool:
    uses = (use for use in definition.file.uses if use.path[0] == name)
    return any(len(use.path) > 1 or not use.stored for use in uses if not definition.covers(use.start))


def _is_used_late(definition: Definition) -> bool:
    """Whether the old module itself looks up what moves when its code runs."""
    uses = (use for use in definition.file.uses if use.path[0] == definition.name)
    return any(is_late(definition.file, use.start) for use in uses if not definition.covers(use.start))


def _uses_late(definition: Definition, name: str) -> bool:
    """Whether the definition looks ``name`` up when its code runs."""
    uses = (use for use in definition.file.uses if use.path[0] == name and definition.covers(use.start))
    return any(is_late(definition.file, use.start) for use in uses)
