"""The arguments of a call, mapped to the parameters of the factory that takes its place."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_lint.file import File, ast_path
from ssot_lint.model import Edit
from ssot_lint.project.summary import Signature
from ssot_lint.rewriting.refused import Refused
from ssot_lint.source.places import last_name
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

    ``passed`` are the parameters that the call gives, ``added`` the expressions from its scope for others. It is
    ``is_doubtful`` that the call means the same: values were added, or dropped with what computing them does.
    """

    passed: tuple[str, ...]
    added: Mapping[str, str]
    edits: tuple[Edit, ...]
    is_doubtful: bool


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
    is_doubtful = bool(added) or any(_may_do_more(file, call.args[index].value) for index in dropped)
    return MappedArguments(tuple(passed), added, (*edits, *_rearrange(file, call, dropped, added)), is_doubtful)


def _parameter(
    argument: cst.Arg, index: int, entries: Mapping[str, Argument], drop: tuple[str, ...], old: Signature | None
) -> str | None:
    """Give the parameter of the factory that takes an argument of the call; ``None`` if it is dropped."""
    keyword = argument.keyword.value if argument.keyword else _name_at(index, old)
    position = _index_of(keyword, old) if argument.keyword else index
    for parameter, entry in entries.items():
        if position is not None and entry.position == position:
            return parameter
        if keyword is not None and entry.keyword == keyword:
            return parameter
    if keyword is not None and keyword in drop:
        return None
    name = f"'{keyword}'" if keyword else f"number {index + 1}"
    raise Refused("unknown-argument", f"the rule does not say what becomes of argument {name}")


def _positional(old: Signature | None) -> list[str]:
    return [parameter.name for parameter in (old.parameters if old else ()) if parameter.kind in POSITIONAL]


def _name_at(index: int, old: Signature | None) -> str | None:
    """Give the name of the parameter that takes the argument at ``index`` now."""
    names = _positional(old)
    return names[index] if index < len(names) else None


def parameter_of(entry: Argument, old: Signature | None) -> str | None:
    """Give the name of the parameter that takes the value of an entry now."""
    if entry.keyword is not None or entry.position is None:
        return entry.keyword
    return _name_at(entry.position, old)


def _index_of(keyword: str | None, old: Signature | None) -> int | None:
    """Give the position at which the argument of a keyword could be passed as well."""
    names = _positional(old)
    return names.index(keyword) if keyword in names else None


def _keyword_edit(file: File, argument: cst.Arg, parameter: str) -> Iterator[Edit]:
    start, end = file.span(argument)
    if argument.keyword is not None:
        if argument.keyword.value != parameter:
            yield file.edit(*file.span(argument.keyword), parameter)
    elif type(argument.value).__name__ in ("NamedExpr", "GeneratorExp") and not argument.value.lpar:
        yield file.edit(start, start, f"{parameter}=(")
        yield file.edit(end, end, ")")
    else:
        yield file.edit(start, start, f"{parameter}=")


def _may_do_more(file: File, value: cst.BaseExpression) -> bool:
    """Whether computing a value that is dropped may do something that would not be done any more."""
    nodes = list(ast.walk(ast.parse(f"({file.source(value)}\n)", mode="eval")))
    if any(isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)) for node in nodes):
        raise Refused("unknown-argument", f"what would be dropped does more than give a value: {file.source(value)}")
    return any(isinstance(node, ast.Call) for node in nodes)


def _rearrange(file: File, call: cst.Call, dropped: list[int], added: Mapping[str, str]) -> Iterator[Edit]:
    """Take arguments out, and put the new ones behind the last one that stays."""
    text = ", ".join(f"{parameter}={expression}" for parameter, expression in added.items())
    spans = [file.span(argument) for argument in call.args]
    kept = [index for index in range(len(spans)) if index not in dropped]
    if kept:
        yield from _drop(file, spans, kept, dropped)
        if text:
            end = spans[kept[-1]][1]
            yield file.edit(end, end, f", {text}")
    elif dropped or text:
        start, end = _open(file, call) + 1, file.span(call)[1] - 1
        _check_comments(file, start, end if dropped else start)
        yield file.edit(start, end if dropped else start, text)


def _drop(file: File, spans: list[tuple[int, int]], kept: list[int], dropped: list[int]) -> Iterator[Edit]:
    """Take arguments out with the comma that parts them from the next, or from the one before."""
    for index in dropped:
        if index < kept[-1]:
            start, end = spans[index][0], spans[index + 1][0]
        else:
            start, end = spans[index - 1][1], spans[index][1]
        _check_comments(file, start, end)
        yield file.edit(start, end, "")


def _check_comments(file: File, start: int, end: int) -> None:
    if "#" in file.text.string[start:end]:
        raise Refused("comment-loss", "a comment stands beside an argument that would be dropped")


def _open(file: File, call: cst.Call) -> int:
    """Give the offset of the parenthesis that opens the arguments."""
    return file.text.string.index("(", file.span(call.func)[1])


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
    if attributes:
        return root == "self" and _is_self(binding) and _sets_attribute(file, binding.statement, attributes, start)
    if binding.kind == "parameter":
        return not _is_variadic(binding)
    if binding.kind not in ("assign", "other") or binding.conditional or binding.statement.end > start:
        return False
    return binding.statement.scope is file.statement(call).scope


def _parameters(binding: Binding) -> ast.arguments | None:
    node = binding.statement.node
    return node.args if binding.kind == "parameter" and isinstance(node, FUNCTIONS) else None


def _is_variadic(binding: Binding) -> bool:
    """Whether a parameter takes several arguments: ``*a`` or ``**a``."""
    parameters = _parameters(binding)
    several = (parameters.vararg, parameters.kwarg) if parameters else ()
    return any(parameter is not None and parameter.arg == binding.name for parameter in several)


def _is_self(binding: Binding) -> bool:
    """Whether a name is the first parameter of a method that is called on an instance."""
    parameters = _parameters(binding)
    plain = [*parameters.posonlyargs, *parameters.args] if parameters else []
    decorators = getattr(binding.statement.node, "decorator_list", [])
    is_bound = not any(last_name(decorator) in ("staticmethod", "classmethod") for decorator in decorators)
    return bool(plain) and plain[0].arg == binding.name and is_bound


def _sets_attribute(file: File, method: Statement, attributes: list[str], offset: int) -> bool:
    """Whether ``__init__`` of the class of ``method`` surely sets the one attribute of ``self``, before ``offset``."""
    owner = method.scope.owner
    if owner is None or not isinstance(owner.node, ast.ClassDef) or len(attributes) != 1:
        return False
    constructor = next(
        (node for node in owner.node.body if isinstance(node, FUNCTIONS) and node.name == "__init__"), None
    )
    return constructor is not None and any(
        ast_path(target) == ("self", *attributes)
        and (constructor is not method.node or file.scan.span(node)[1] <= offset)
        for node in constructor.body
        for target in _targets(node)
    )


def _targets(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign) and node.value else []
