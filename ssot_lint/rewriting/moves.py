"""Rewrites of what reaches a name by one path so that it reaches it by another, keeping every local name."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from ssot_lint.file import File, plain
from ssot_lint.model import Applicability, Fix, Refusal
from ssot_lint.rewriting.names import is_late, is_pattern, is_shown, refused_name, split
from ssot_lint.rewriting.proof import (
    Move,
    is_doubtful,
    is_module,
    judge,
    refused_awaits,
    refused_cycle,
    refused_guard,
    refused_place,
    refused_store,
    worst,
)
from ssot_lint.rewriting.reaching import imports_together, reach
from ssot_lint.rewriting.replaced import may_be_replaced
from ssot_lint.rewriting.submodules import refused_unload
from ssot_lint.source.imports import move_names, remove_name, replace_module
from ssot_lint.source.replacements import to_edits
from ssot_lint.source.scan import Import
from ssot_lint.source.scopes import Binding, Statement
from ssot_lint.source.uses import Use

COMMENT_LOSS = Refusal("comment-loss", "a comment in the statement has no place in what would replace it")


def move_imported_names(file: File, imported: Import, moves: Mapping[int, Move]) -> dict[int, Fix | Refusal]:
    """Move names of one ``from`` statement, by their place in it; give for each its fix or refusal.

    Names that move for the same reason share one fix, so that the statement is split once.
    """
    outcomes: dict[int, Fix | Refusal] = {}
    for applicability in (Applicability.SAFE, Applicability.UNSAFE):
        group = {}
        for index, move in moves.items():
            verdict = judge_imported_name(file, imported, index, move)
            if isinstance(verdict, Refusal):
                outcomes[index] = verdict
            elif verdict is applicability:
                group[index] = move
        if group:
            shared = move_group(file, imported, group, applicability)
            outcomes.update((index, shared) for index in group)
    return outcomes


def judge_imported_name(file: File, imported: Import, index: int, move: Move) -> Applicability | Refusal:
    """Say whether one name of a ``from`` statement may move, by its place in it."""
    alias = imported.node.names[index]
    statement = imported.statement
    local = alias.asname or alias.name
    binding = Binding(local, "from", statement, False)
    of_module = is_module(file, move)
    module, name = (plain(move.new), "") if of_module else split(move.new)
    refusal = (
        refused_place(file, statement)
        or refused_guard(file, statement, local, move)
        or refused_cycle(file, statement, module, name, instead_of=move.old)
        or refused_store(file, move)
        or refused_unload(file, imported, index, module)
        or refused_awaits(file, statement, local, move)
    )
    if refusal:
        return refusal
    verdict = _judge_module(file, binding, move) if of_module else judge(file, move)
    if verdict is Applicability.SAFE and (
        is_doubtful(file, statement, move) or (of_module and _is_passed_on(file, binding))
    ):
        return Applicability.UNSAFE
    return verdict


def move_group(file: File, imported: Import, moves: Mapping[int, Move], applicability: Applicability) -> Fix | Refusal:
    """Move those names of a ``from`` statement that may."""
    targets = {index: split(move.new) for index, move in moves.items()}
    replacements = move_names(file.scan, imported, targets)
    if replacements is None:
        return COMMENT_LOSS
    modules = ", ".join(sorted({module for module, _ in targets.values()}))
    return Fix(applicability, f"import from {modules}", to_edits(file.text, replacements))


def move_star(file: File, imported: Import, move: Move) -> Fix | Refusal:
    """Replace the module of a star import where the new one brings the very same names and objects."""
    old, new = plain(move.old), plain(move.new)
    exports = file.project.star_exports(old)
    if exports is None or exports != file.project.star_exports(new):
        return Refusal("partly-legacy-star", f"{new} is not known to bring the same names")
    statement = imported.statement
    refusal = (
        refused_place(file, statement)
        or refused_guard(file, statement, "*", replace(move, old=old, new=new))
        or refused_cycle(file, statement, new, "*", instead_of=old)
        or refused_unload(file, imported, 0, new)
    )
    verdict = refusal or worst([judge(file, Move(f"{old}:{name}", f"{new}:{name}")) for name in sorted(exports)])
    if isinstance(verdict, Refusal):
        return verdict
    if is_doubtful(file, statement, Move(f"{old}:*", f"{new}:*")):
        verdict = Applicability.UNSAFE
    return Fix(verdict, f"import from {new}", to_edits(file.text, (replace_module(file.scan, imported, 0, new),)))


def move_imported_module(file: File, imported: Import, index: int, move: Move) -> Fix | Refusal:
    """Move a module that an ``import`` statement names, with the uses that spell out its path.

    Each of these asks for it, and all have one fix; so that is made once for a file.
    """
    made = _SHARED.setdefault(file, {})
    key = (id(imported), index, move)
    if key not in made:
        made[key] = _move_imported_module(file, imported, index, move)
    return made[key]


_SHARED: WeakKeyDictionary[File, dict[tuple[int, int, Move], Fix | Refusal]] = WeakKeyDictionary()


def _move_imported_module(file: File, imported: Import, index: int, move: Move) -> Fix | Refusal:
    alias = imported.node.names[index]
    statement = imported.statement
    new = plain(move.new)
    binding = Binding(alias.asname or alias.name.partition(".")[0], "import", statement, False)
    path = tuple(alias.name.split("."))
    spelled = [] if alias.asname else [use for use in _uses(file, binding) if use.path[: len(path)] == path]
    refusal = (
        refused_place(file, statement)
        or refused_guard(file, statement, binding.name, move)
        or refused_cycle(file, statement, new, instead_of=alias.name)
        or refused_unload(file, imported, index, new, spelled)
    )
    if refusal:
        return refusal
    if alias.asname:
        verdict = _judge_module(file, binding, move)
    else:
        verdict = worst(
            [
                _judge_uses(file, spelled, move, depth=len(path)),
                _judge_root(file, imported, index, spelled, new),
            ]
        )
    if isinstance(verdict, Refusal):
        return verdict
    if any("#" in file.text.string[use.start : use.ends[len(path) - 1]] for use in spelled):
        return COMMENT_LOSS
    if is_doubtful(file, statement, Move(f"{plain(move.old)}:", f"{new}:"), looked_up_later=False) or (
        alias.asname and _is_passed_on(file, binding)
    ):
        verdict = Applicability.UNSAFE
    removed = remove_name(file.scan, imported, index) if _is_there(file, imported, index, new) else None
    edits = list(to_edits(file.text, removed or (replace_module(file.scan, imported, index, new),)))
    edits += [file.edit(use.start, use.ends[len(path) - 1], new) for use in spelled]
    return Fix(verdict, f"import {new}", tuple(sorted(edits)))


def _is_there(file: File, imported: Import, index: int, new: str) -> bool:
    """Whether another import of the block binds just what this one would, before anything can use it."""
    local = imported.node.names[index].asname
    together = imports_together(file, imported.statement)
    return any(
        (alias.name, alias.asname) == (new, local) and not (other is imported and number == index)
        for other in file.scan.imports
        if isinstance(other.node, ast.Import) and other.statement.block is imported.statement.block
        if other.statement.start <= imported.statement.start or other in together
        for number, alias in enumerate(other.node.names)
    )


def _uses(file: File, binding: Binding) -> list[Use]:
    """Give the uses in the file of a name that ``binding`` binds."""
    return [
        use
        for use in file.uses
        if use.path[0] == binding.name
        and any(other.statement is binding.statement for other in file.scan.lookup(binding.name, use.start) or ())
    ]


def _is_passed_on(file: File, binding: Binding) -> bool:
    """Whether another module takes from this one the module that ``binding`` binds."""
    at_module_level = binding.statement.scope.kind == "module"
    return at_module_level and file.module is not None and bool(file.project.importers(file.module, binding.name))


def _judge_module(file: File, binding: Binding, move: Move) -> Applicability | Refusal:
    """Judge a module by what is used of it: two modules are never one object, what they hold may be."""
    return _judge_uses(file, _uses(file, binding), move, depth=1)


def _judge_uses(file: File, uses: list[Use], move: Move, depth: int) -> Applicability | Refusal:
    """Judge a module by ``uses`` of it, the first ``depth`` names of which spell the module."""
    old, new = plain(move.old), plain(move.new)
    if file.project.resolve(new).status == "missing":
        return Refusal("target-missing", f"{new} does not exist")
    verdicts: list[Applicability | Refusal] = []
    for use in uses:
        if len(use.path) > depth:
            name = use.path[depth]
            verdicts.append(_judge_attribute(file, use, Move(f"{old}:{name}", f"{new}:{name}", move.same_object)))
        elif use.stored and depth > 1:
            return Refusal("rebinds-module", f"`{'.'.join(use.path)}` is assigned, which changes the package itself")
        elif not use.stored:
            verdicts.append(Applicability.SAFE if move.same_object else Applicability.UNSAFE)
    if not verdicts and not move.same_object:
        return Applicability.UNSAFE
    return worst(verdicts)


def _judge_attribute(file: File, use: Use, move: Move) -> Applicability | Refusal:
    """Judge one attribute of a module that ``use`` looks up when it runs."""
    verdict = refused_store(file, move) or judge(file, move)
    if verdict is Applicability.SAFE and is_shown(file, use.start):
        return Applicability.UNSAFE
    if verdict is Applicability.SAFE and not use.quoted and is_late(file, use.start):
        here = ".".join((file.module or "", *use.path))
        if may_be_replaced(file, move.old) or file.project.spells(here):
            return Applicability.UNSAFE
    return verdict


def _judge_root(file: File, imported: Import, index: int, spelled: list[Use], new: str) -> Applicability | Refusal:
    """Judge that the first name of the path may go, and that of the new one may come."""
    name, root = (path.partition(".")[0] for path in (imported.node.names[index].name, new))
    if name == root:
        return Applicability.SAFE
    statement = imported.statement
    is_used = any(use.path[0] == name and use not in spelled for use in file.uses)
    if (is_used or _is_passed_on(file, Binding(name, "import", statement, False))) and not _is_bound_besides(
        file, imported, index, name
    ):
        return Refusal("mixed-bindings", f"`{name}` is used for more than the module that moves")
    offsets = [statement.start, *(use.start for use in spelled)]
    if all(_is_package(file, root, offset) for offset in offsets):
        return Applicability.SAFE
    return refused_name(file, statement, root) or Applicability.SAFE


def _is_bound_besides(file: File, imported: Import, index: int, name: str) -> bool:
    """Whether another import binds the first name of the path, whatever happens."""
    statement = imported.statement
    besides = [alias.name for number, alias in enumerate(imported.node.names) if number != index and not alias.asname]
    return any(alias.partition(".")[0] == name for alias in besides) or any(
        binding.target == name and not binding.conditional and binding.statement.scope is statement.scope
        for binding in file.scan.lookup(name, statement.start) or ()
        if binding.statement is not statement
    )


def _is_package(file: File, root: str, offset: int) -> bool:
    """Whether ``root`` stands for the package of that name at ``offset``."""
    bindings = file.scan.lookup(root, offset) or ()
    return bool(bindings) and all(binding.target == root for binding in bindings)


def move_use(file: File, use: Use, depth: int, move: Move) -> Fix | Refusal:
    """Move a chain of attributes, the first ``depth`` names of ``use``, by importing what it names."""
    bindings = file.scan.lookup(use.path[0], use.start) or ()
    statement = _import_before(bindings)
    if statement is None:
        return Refusal("mixed-bindings", f"`{use.path[0]}` may be several things, or is not bound by an import")
    module, name = split(move.new)
    verdict = refused_place(file, statement) or _judge_attribute(file, use, move)
    if isinstance(verdict, Refusal):
        return verdict
    if "#" in file.text.string[use.start : use.ends[depth - 1]]:
        return COMMENT_LOSS
    if depth == len(use.path) and is_pattern(file, use.start):
        return Refusal("value-pattern", "without a dot, this pattern would bind the name and match whatever comes")
    reached = reach(file, use.start, move.new, statement)
    if isinstance(reached, Refusal):
        return reached
    if is_late(file, use.start) and file.module and file.project.spells(f"{file.module}.{reached.name}"):
        verdict = Applicability.UNSAFE  # a test may replace the name that is there, for other uses than this one
    replaced = file.edit(use.start, use.ends[depth - 1], reached.name)
    return Fix(verdict, f"import {name} from {module}", tuple(sorted((*reached.edits, replaced))))


def _import_before(bindings: Sequence[Binding]) -> Statement | None:
    """Give the first import that binds a name, if nothing binds it to something else."""
    if len({binding.target for binding in bindings}) != 1 or bindings[0].target is None:
        return None
    certain = [binding.statement for binding in bindings if not binding.conditional]
    return certain[0] if certain else bindings[0].statement if len(bindings) == 1 else None
