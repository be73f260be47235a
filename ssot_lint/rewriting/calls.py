"""Rewrites of a call so that it goes to a factory: its arguments, its ``await``, the import of the factory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssot_lint.file import File, Reference, ast_path, dotted_path, plain
from ssot_lint.model import Applicability, Edit, Fix, Refusal
from ssot_lint.project.definitions import Definition
from ssot_lint.rewriting.arguments import VARIADIC, Argument, MappedArguments, map_arguments, parameter_of
from ssot_lint.rewriting.awaiting import Callees, edit_await
from ssot_lint.rewriting.comparing import check_identity, check_surroundings
from ssot_lint.rewriting.defaults import defaults
from ssot_lint.rewriting.names import importable, is_late, is_shown, split
from ssot_lint.rewriting.reaching import Reached, reach
from ssot_lint.rewriting.refused import Refused
from ssot_lint.rewriting.replaced import may_be_replaced
from ssot_lint.source.places import enclosing_definitions, is_negative_test
from ssot_lint.source.scopes import Statement

if TYPE_CHECKING:
    import libcst as cst


@dataclass(frozen=True, kw_only=True)
class Factory:
    """What takes the place of a call: the dotted ``name``, how its arguments are found, which ones may be dropped.

    ``is_async`` is for factories that are not in the tree; ``shared`` ones may give an object that exists already.
    """

    name: str
    arguments: Mapping[str, Argument]
    drop: tuple[str, ...] = ()
    is_async: bool | None = None
    shared: bool = False


def call_factory(
    file: File, call: cst.Call, called: Reference, factory: Factory, old: Definition | None
) -> Fix | Refusal:
    """Rewrite ``call``, which calls what ``called`` names, into a call of ``factory``.

    ``old`` is the definition of what is called now, where it is known.
    """
    signature = old.signature if old else None
    try:
        check_surroundings(file, call)
        definition = definition_of(file, factory)
        arguments = map_arguments(file, call, factory.arguments, factory.drop, signature)
        check_signature(definition, factory.name, (*arguments.passed, *arguments.added))
        if factory.shared:
            check_identity(file, call, factory.name, factory.arguments)
        reached = _reach_factory(file, call, called, factory.name)
        callees = Callees(old, definition, factory.name, is_async(factory, definition))
        await_edits, was_awaited = edit_await(file, call, callees)
        edits = [*arguments.edits, *reached.edits, *await_edits, _callee(file, call, reached.name)]
    except Refused as refused:
        return refused.refusal
    doubts = (
        arguments.is_doubtful,
        factory.shared,
        was_awaited,
        _defaults_differ(file, old, definition, factory, arguments),
        _may_be_inside(file, definition),
        _may_be_mocked(file, call, called),
        is_shown(file, file.span(call)[0]),
    )
    applicability = Applicability.UNSAFE if any(doubts) else Applicability.SAFE
    return Fix(applicability, f"get it from {split(factory.name)[1]}", tuple(sorted(edits, key=in_text)))


def stands_in(file: File, call: cst.Call, name: str) -> bool:
    """Tell whether ``call`` stands in the definition of what the dotted ``name`` stands for."""
    origin = file.project.resolve(name).origin
    path = [file.module or "", *reversed(list(enclosing_definitions(file.statement(call))))]
    return any(".".join(path[:depth]) == origin for depth in range(2, len(path) + 1))


def in_text(edit: Edit) -> tuple[int, int, int, int]:
    """Sort by place alone: insertions at one place keep their order."""
    start, end = edit.range.start, edit.range.end
    return start.row, start.column, end.row, end.column


def definition_of(file: File, factory: Factory) -> Definition | None:
    """Give the definition of ``factory``, where it is known; raises `Refused` where too little is."""
    resolution = file.project.resolve(factory.name)
    if resolution.status == "missing":
        raise Refused("target-missing", f"{factory.name} does not exist")
    definition = file.project.definition(resolution.origin) if resolution.origin else None
    if factory.is_async is None and (definition is None or not definition.certain):
        reason = f"it is not known whether {factory.name} is async; say so with `await` in the rule"
        raise Refused("unknown-factory", reason)
    return definition


def is_async(factory: Factory, definition: Definition | None) -> bool:
    """Tell whether what ``factory`` gives is to be awaited."""
    return definition is not None and definition.is_async if factory.is_async is None else factory.is_async


def check_signature(definition: Definition | None, factory: str, passed: tuple[str, ...]) -> None:
    """Refuse a call of ``factory`` by keywords that Python would refuse."""
    signature = definition.signature if definition else None
    if signature is None:
        return
    named = {parameter.name for parameter in signature.parameters if parameter.kind in ("positional", "keyword-only")}
    anything = any(parameter.kind == "var-keyword" for parameter in signature.parameters)
    for name in passed:
        if name not in named and not anything:
            raise Refused("unknown-argument", f"{factory} takes no argument '{name}'")
    for parameter in signature.parameters:
        if parameter.required and parameter.name not in passed and parameter.kind not in VARIADIC:
            raise Refused("missing-argument", f"{factory} needs an argument '{parameter.name}', which nothing gives")


def _defaults_differ(
    file: File, old: Definition | None, new: Definition | None, factory: Factory, arguments: MappedArguments
) -> bool:
    """Whether an argument that is not passed has another value in the factory than it had."""
    omitted = [name for name in factory.arguments if name not in (*arguments.passed, *arguments.added)]
    if old is None or new is None or not omitted:
        return False
    before, after = defaults(file.project, old), defaults(file.project, new)
    pairs = ((parameter_of(factory.arguments[name], old.signature), name) for name in omitted)
    return any(old_name in before and name in after and before[old_name] != after[name] for old_name, name in pairs)


def _callee(file: File, call: cst.Call, name: str) -> Edit:
    if "#" in file.source(call.func):
        raise Refused("comment-loss", "a comment stands in the middle of what is called")
    return file.edit(*file.span(call.func), name)


def _reach_factory(file: File, call: cst.Call, called: Reference, factory: str) -> Reached:
    """Make the factory available at the call, where the class was imported."""
    names = sorted(called.names)
    wanted, method = importable(file.project, factory)
    instead_of = names[0] if names else ""
    beside = _import_of(file, call, called)
    if beside is not None and is_negative_test(beside):
        raise Refused("negative-test", "the import of what is called is there to prove something")
    reached = reach(file, file.span(call)[0], wanted, beside, instead_of, apart=True)
    if isinstance(reached, Refusal):
        raise Refused(reached.code, reached.reason)
    return replace(reached, name=f"{reached.name}.{method}") if method else reached


def _may_be_inside(file: File, definition: Definition | None) -> bool:
    """Whether it may be the factory itself that runs the code of this file, so that it would call itself for ever."""
    if definition is None or definition.path is None or file.module is None:
        return False
    located = file.project.module_of(definition.path)
    return located is not None and file.project.reaches(located[0], file.module)


def _may_be_mocked(file: File, call: cst.Call, called: Reference) -> bool:
    """Whether a test may replace the class where this call finds it; what takes its place would not be replaced."""
    if not is_late(file, file.span(call)[0]):
        return False
    spelled = ".".join(dotted_path(call.func) or ())
    is_global = all(binding.statement.scope.kind == "module" for binding in called.bindings)
    names = {plain(name) for name in called.names} if "." in spelled or not is_global else set()
    if spelled and is_global and file.module is not None:
        names.add(f"{file.module}.{spelled}")
    return any(may_be_replaced(file, name) for name in names)


def _import_of(file: File, call: cst.Call, called: Reference) -> Statement | None:
    """Give the import through which a called name came, also by way of ``name = Class``; the nearest of several.

    Raises `Refused` where none of several comes before the call for certain.
    """
    bindings = called.bindings
    while len(bindings) == 1 and bindings[0].kind == "assign":
        path = ast_path(bindings[0].value)
        bindings = tuple(file.scan.lookup(path[0], bindings[0].statement.start) or ()) if path else ()
    if len(bindings) > 1:
        statement = file.statement(call)
        around = [statement.block, *(block for _, block in statement.ancestors())]
        before = [b.statement for b in bindings if b.statement.block in around and b.statement.end <= statement.start]
        if not before or file.import_of(before[-1]) is None:
            raise Refused("mixed-bindings", "it is imported in several places, none of them surely before the call")
        return before[-1]
    return bindings[0].statement if bindings and file.import_of(bindings[0].statement) is not None else None
