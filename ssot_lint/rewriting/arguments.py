"""The arguments of a call, mapped to the parameters of the factory that takes its place."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_lint.file import File, ast_path
from ssot_lint.model import Edit
from ssot_lint.project import Signature
from ssot_lint.rewriting.refused import Refused
from ssot_lint.source.scan import FUNCTIONS
from ssot_lint.source.scopes import Binding, Statement

if TYPE_CHECKING:
    import libcst as cst

POSITIONAL = ("positional-only", "positional")
VARIADIC = ("var-positional", "var-keyword")


@dataclass(frozen=True, kw_only=True)
class Argument:
    """Where the value of a parameter of the factory comes from in the old call.

    It is passed there as ``keyword`` or at ``position`` (from 0, without ``self``). Where it is not, the first of the
    expressions ``in_scope`` that is bound at the call is passed; without one, a ``required`` value is missed.
    """

    keyword: str | None = None
    position: int | None = None
    required: bool = False
    in_scope: tuple[str, ...] = ()


@dataclass(frozen=True)
class MappedArguments:
    """The arguments of a call as a factory takes them; all are passed by keyword.

    ``passed`` are the parameters that the call gives, ``added`` the expressions from its scope for others.
    """

    passed: tuple[str, ...]
    added: Mapping[str, str]
    edits: tuple[Edit, ...]


def map_arguments(
    file: File, call: cst.Call, entries: Mapping[str, Argument], drop: tuple[str, ...], old: Signature | None
) -> MappedArguments:
    """Map the arguments of ``call`` by ``entries``; ``old`` is the signature of what it calls, where that is known.

    Raises `Refused` for what the entries do not say, and where a value is missed.
    """
    passed: list[str] = []
    dropped: list[int] = []
    edits: list[Edit] = []
    for index, argument in enumerate(call.args):
        if argument.star:
            raise Refused("star-arguments", f"`{file.source(argument)}` may pass anything")
        parameter = _parameter(argument, index, entries, drop, old)
        if parameter is None:
            dropped.append(index)
        elif parameter in passed:
            raise Refused("unknown-argument", f"'{parameter}' would be passed twice")
        else:
            passed.append(parameter)
            edits += _keyword_edit(file, argument, parameter)
    added = _from_scope(file, call, entries, passed)
    return MappedArguments(tuple(passed), added, (*edits, *_drop(file, call, dropped), *_insert(file, call, added)))


def _parameter(
    argument: cst.Arg, index: int, entries: Mapping[str, Argument], drop: tuple[str, ...], old: Signature | None
) -> str | None:
    """Give the parameter of the factory that takes an argument of the call; ``None`` if it is dropped."""
    keyword = argument.keyword.value if argument.keyword else _name_at(index, old)
    for parameter, entry in entries.items():
        if argument.keyword is None and entry.position == index:
            return parameter
        if keyword is not None and entry.keyword == keyword:
            return parameter
    if keyword is not None and keyword in drop:
        return None
    name = f"'{keyword}'" if keyword else f"number {index + 1}"
    raise Refused("unknown-argument", f"the rule does not say what becomes of argument {name}")


def _name_at(index: int, old: Signature | None) -> str | None:
    """Give the name of the parameter that takes the argument at ``index`` now."""
    positional = [parameter for parameter in (old.parameters if old else ()) if parameter.kind in POSITIONAL]
    return positional[index].name if index < len(positional) else None


def _keyword_edit(file: File, argument: cst.Arg, parameter: str) -> Iterator[Edit]:
    start, _ = file.span(argument)
    if argument.keyword is None:
        yield file.edit(start, start, f"{parameter}=")
    elif argument.keyword.value != parameter:
        yield file.edit(*file.span(argument.keyword), parameter)


def _drop(file: File, call: cst.Call, dropped: list[int]) -> Iterator[Edit]:
    """Take arguments out with the comma that parts them from the next, or from the one before."""
    spans = [file.span(argument) for argument in call.args]
    kept = [index for index in range(len(spans)) if index not in dropped]
    for index in dropped:
        if not kept:
            start, end = _open(file, call) + 1, file.span(call)[1] - 1
        elif index < kept[-1]:
            start, end = spans[index][0], spans[index + 1][0]
        else:
            start, end = spans[index - 1][1], spans[index][1]
        if "#" in file.text.string[start:end]:
            raise Refused("comment-loss", "a comment stands beside an argument that would be dropped")
        yield file.edit(start, end, "")
        if not kept:
            return


def _open(file: File, call: cst.Call) -> int:
    """Give the offset of the parenthesis that opens the arguments."""
    return file.text.string.index("(", file.span(call.func)[1])


def _insert(file: File, call: cst.Call, added: Mapping[str, str]) -> Iterator[Edit]:
    if not added:
        return
    text = ", ".join(f"{parameter}={expression}" for parameter, expression in added.items())
    if call.args:
        end = file.span(call.args[-1])[1]
        yield file.edit(end, end, f", {text}")
    else:
        start = _open(file, call) + 1
        yield file.edit(start, start, text)


def _from_scope(file: File, call: cst.Call, entries: Mapping[str, Argument], passed: list[str]) -> dict[str, str]:
    """Give the expressions to pass for what the call does not, by parameter of the factory."""
    added: dict[str, str] = {}
    for parameter, entry in entries.items():
        if parameter in passed:
            continue
        bound = next((expression for expression in entry.in_scope if _is_bound(file, call, expression)), None)
        if bound is not None:
            added[parameter] = bound
        elif entry.required:
            tried = f"; tried {', '.join(entry.in_scope)}" if entry.in_scope else ""
            raise Refused("no-context", f"no value for '{parameter}' is passed or in scope{tried}")
    return added


def _is_bound(file: File, call: cst.Call, expression: str) -> bool:
    """Whether ``a`` or ``self.a`` surely has a value at the call."""
    root, *attributes = expression.split(".")
    start = file.span(call)[0]
    bindings = file.scan.lookup(root, start)
    if not bindings or len(bindings) != 1:
        return False
    binding = bindings[0]
    if binding.kind == "parameter":
        return not attributes or (root == "self" and _sets_attribute(binding.statement, attributes))
    return not attributes and _is_before(file, binding, call, start)


def _is_before(file: File, binding: Binding, call: cst.Call, start: int) -> bool:
    """Whether a local name is bound on every path before the call."""
    same_scope = binding.statement.scope is file.statement(call).scope
    return same_scope and not binding.conditional and binding.kind != "delete" and binding.statement.end <= start


def _sets_attribute(method: Statement, attributes: list[str]) -> bool:
    """Whether ``__init__`` of the class of ``method`` surely sets the one attribute of ``self``."""
    owner = method.scope.owner
    if owner is None or not isinstance(owner.node, ast.ClassDef) or len(attributes) != 1:
        return False
    constructor = next(
        (node for node in owner.node.body if isinstance(node, FUNCTIONS) and node.name == "__init__"), None
    )
    return constructor is not None and any(
        ast_path(target) == ("self", *attributes) for node in constructor.body for target in _targets(node)
    )


def _targets(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign) and node.value else []
