"""Rewrites of what reaches a name by one path so that it reaches it by another, keeping every local name."""

from __future__ import annotations

from collections.abc import Mapping

from ssot_lint.file import File, plain
from ssot_lint.model import Applicability, Fix, Refusal
from ssot_lint.rewriting.proof import Move, judge, refused_cycle, refused_guard, refused_place, worst
from ssot_lint.source.imports import add_import, move_names, replace_module
from ssot_lint.source.places import import_guard
from ssot_lint.source.replacements import to_edits
from ssot_lint.source.scan import Import
from ssot_lint.source.scopes import Binding, Statement
from ssot_lint.source.uses import Use

COMMENT_LOSS = Refusal("comment-loss", "a comment in the statement has no place in what would replace it")


def split(name: str) -> tuple[str, str]:
    """Give module and last name of a dotted name: ``("a.b", "c")`` for ``a.b.c`` and ``a.b:c``."""
    module, _, last = plain(name).rpartition(".")
    return module, last


def move_imported_names(file: File, imported: Import, moves: Mapping[int, Move]) -> dict[int, Fix | Refusal]:
    """Move names of one ``from`` statement, by their place in it; give for each its fix or refusal.

    Names that move for the same reason share one fix, so that the statement is split once.
    """
    outcomes: dict[int, Fix | Refusal] = {}
    for applicability in (Applicability.SAFE, Applicability.UNSAFE):
        group = {}
        for index, move in moves.items():
            verdict = _judge_imported_name(file, imported, index, move)
            if isinstance(verdict, Refusal):
                outcomes[index] = verdict
            elif verdict is applicability:
                group[index] = move
        if group:
            shared = _move_group(file, imported, group, applicability)
            outcomes.update((index, shared) for index in group)
    return outcomes


def _judge_imported_name(file: File, imported: Import, index: int, move: Move) -> Applicability | Refusal:
    alias = imported.node.names[index]
    statement = imported.statement
    local = alias.asname or alias.name
    refusal = (
        refused_place(file, statement)
        or refused_guard(file, statement, local, move)
        or refused_cycle(file, statement, split(move.new)[0], imported.module)
    )
    if refusal:
        return refusal
    verdict = _refused_awaits(file, statement, local, move) or judge(file, move)
    if _names_module(file, move):
        verdict = _judge_module(file, Binding(local, "from", statement, False), move)
    if verdict is Applicability.SAFE and file.is_patched_when_used(statement, move.old):
        return Applicability.UNSAFE
    return verdict


def _refused_awaits(file: File, statement: Statement, name: str, move: Move) -> Refusal | None:
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


def _names_module(file: File, move: Move) -> bool:
    origin = file.project.resolve(move.old).origin
    definition = file.project.definition(origin) if origin else None
    return definition is not None and definition.kind == "module"


def _move_group(file: File, imported: Import, moves: Mapping[int, Move], applicability: Applicability) -> Fix | Refusal:
    targets = {index: split(move.new) for index, move in moves.items()}
    replacements = move_names(file.scan, imported, targets)
    if replacements is None:
        return COMMENT_LOSS
    modules = ", ".join(sorted({module for module, _ in targets.values()}))
    return Fix(applicability, f"import from {modules}", to_edits(file.text, replacements))


def move_imported_module(file: File, imported: Import, index: int, move: Move) -> Fix | Refusal:
    """Move a module that an ``import`` statement names, with the uses that spell out its path."""
    alias = imported.node.names[index]
    statement = imported.statement
    new = plain(move.new)
    root = new.partition(".")[0]
    name = alias.asname or alias.name.partition(".")[0]
    refusal = (
        refused_place(file, statement)
        or refused_guard(file, statement, name, move)
        or refused_cycle(file, statement, new, alias.name)
    )
    if refusal:
        return refusal
    binding = Binding(name, "import", statement, False)
    edits = list(to_edits(file.text, (replace_module(file.scan, imported, index, new),)))
    if alias.asname:
        verdict = _judge_module(file, binding, move)
    else:
        path = tuple(alias.name.split("."))
        spelled = [use for use in _uses(file, binding) if use.path[: len(path)] == path]
        verdict = _judge_spelled(file, binding, spelled, move)
        if root != name:
            verdict = worst([verdict, _judge_root(file, binding, spelled, root)])
        edits += [file.edit(use.start, use.ends[len(path) - 1], new) for use in spelled]
    if isinstance(verdict, Refusal):
        return verdict
    return Fix(verdict, f"import {new}", tuple(sorted(edits)))


def _uses(file: File, binding: Binding) -> list[Use]:
    """Give the uses in the file of a name that ``binding`` binds."""
    return [
        use
        for use in file.uses
        if use.path[0] == binding.name
        and any(other.statement is binding.statement for other in file.scan.lookup(binding.name, use.start) or ())
    ]


def _judge_module(file: File, binding: Binding, move: Move) -> Applicability | Refusal:
    """Judge a module by what is used of it: two modules are never one object, what they hold may be."""
    return _judge_spelled(file, binding, _uses(file, binding), move, depth=0)


def _judge_spelled(
    file: File, binding: Binding, uses: list[Use], move: Move, depth: int | None = None
) -> Applicability | Refusal:
    depth = plain(move.old).count(".") if depth is None else depth
    if file.project.resolve(move.new).status == "missing":
        return Refusal("target-missing", f"{plain(move.new)} does not exist")
    verdicts: list[Applicability | Refusal] = []
    for use in uses:
        if use.stored and len(use.path) <= depth + 2:
            return Refusal("rebinds-module", f"`{'.'.join(use.path)}` is assigned, which changes the old module itself")
        if len(use.path) <= depth + 1:
            verdicts.append(Applicability.SAFE if move.same_object else Applicability.UNSAFE)
        else:
            name = use.path[depth + 1]
            verdicts.append(
                judge(file, Move(f"{plain(move.old)}:{name}", f"{plain(move.new)}:{name}", move.same_object))
            )
    if not verdicts and not move.same_object:
        return Applicability.UNSAFE
    return worst(verdicts)


def _judge_root(file: File, binding: Binding, spelled: list[Use], root: str) -> Applicability | Refusal:
    """Judge that the first name of the path may go, and that of the new one may come."""
    name = binding.name
    others = [use for use in file.uses if use.path[0] == name and use not in spelled]
    if others and len(file.scan.lookup(name, binding.statement.start) or ()) < 2:
        return Refusal("mixed-bindings", f"`{name}` is used for more than the module that moves")
    if not file.is_free(root) and not _binds_package(file, root, binding.statement):
        return Refusal("name-taken", f"`{root}` means something else in this file")
    return Applicability.SAFE


def _binds_package(file: File, root: str, statement: Statement) -> bool:
    bindings = file.scan.lookup(root, statement.start) or ()
    return bool(bindings) and all(binding.target == root for binding in bindings)


def move_use(file: File, use: Use, depth: int, move: Move) -> Fix | Refusal:
    """Move a chain of attributes, the first ``depth`` names of ``use``, by importing what it names."""
    if use.stored and len(use.path) == depth:
        return Refusal("rebinds-module", f"`{'.'.join(use.path)}` is assigned, which changes the old module itself")
    bindings = file.scan.lookup(use.path[0], use.start) or ()
    if len(bindings) != 1 or bindings[0].kind not in ("import", "from"):
        return Refusal("mixed-bindings", f"`{use.path[0]}` is bound in more than one place, or not by an import")
    statement = bindings[0].statement
    module, name = split(move.new)
    refusal = refused_place(file, statement) or refused_cycle(file, statement, module)
    if refusal is None and import_guard(statement) is not None:
        refusal = Refusal("guarded-import", "the import that this goes through is guarded by `except ImportError`")
    verdict = refusal or judge(file, move)
    if isinstance(verdict, Refusal):
        return verdict
    if file.is_patched(move.old):
        verdict = Applicability.UNSAFE
    known = file.refer((name,), use.start)
    edits = [file.edit(use.start, use.ends[depth - 1], name)]
    if known is None or {plain(found) for found in known.names} != {plain(move.new)} or not known.certain:
        if not file.is_free(name):
            return Refusal("name-taken", f"`{name}` means something else in this file")
        edits += to_edits(file.text, add_import(file.scan, statement, module, name))
    return Fix(verdict, f"import {name} from {module}", tuple(sorted(edits)))


def move_string(file: File, start: int, string: str, move: Move) -> Fix | Refusal:
    """Move the old name with which a ``string`` begins that is handed to ``patch`` or the like; it starts at ``start``.

    Where the string ends with it, it names the place where others look the object up, and only they can say where
    that will be.
    """
    if string == move.old or _names_module(file, move):
        reason = "it patches the name in the old module; where to patch depends on who looks it up there"
        return Refusal("patch-target", reason)
    verdict = judge(file, move)
    if isinstance(verdict, Refusal):
        return verdict
    edit = file.edit(start, start + len(move.old), move.new)
    return Fix(Applicability.UNSAFE, f"patch {move.new}", (edit,))
