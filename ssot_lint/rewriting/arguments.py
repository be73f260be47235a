"""The arguments of a call, mapped to the parameters of the factory that takes its place."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_lint.file import File
from ssot_lint.model import Edit
from ssot_lint.project.summary import Signature
from ssot_lint.rewriting.refused import Refused

if TYPE_CHECKING:
    import libcst as cst

    from ssot_lint.rewriting.outcomes import Outcomes

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
            if entries[parameter].required:
                _check_value(file, call, parameter, argument.value)
            passed.append(parameter)
            edits += _keyword_edit(file, argument, parameter)
    added = values_in_scope(file, file.span(call)[0], entries, passed)
    is_doubtful = bool(added) or any(_may_do_more(file, call.args[index].value) for index in dropped)
    return MappedArguments(tuple(passed), added, (*edits, *rearrange(file, call, dropped, added)), is_doubtful)


def _parameter(
    argument: cst.Arg, index: int, entries: Mapping[str, Argument], drop: tuple[str, ...], old: Signature | None
) -> str | None:
    """Give the parameter of the factory that takes an argument of the call; ``None`` if it is dropped."""
    keyword = argument.keyword.value if argument.keyword else _name_at(index, old)
    position = _index_of(keyword, old) if argument.keyword else index
    for parameter, entry in entries.items():
        # A name counts more than a position, where another callable may have another parameter.
        by_name = keyword is not None and entry.keyword is not None
        if entry.keyword == keyword if by_name else position is not None and entry.position == position:
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


def rearrange(file: File, call: cst.Call, dropped: list[int], added: Mapping[str, str]) -> Iterator[Edit]:
    """Take arguments out by their numbers, and put ``added`` ones behind the last one that stays; raises `Refused`."""
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


def values_in_scope(
    file: File, offset: int, entries: Mapping[str, Argument], passed: Sequence[str] = ()
) -> dict[str, str]:
    """Give the expressions to pass at ``offset`` for what is not ``passed`` there, by parameter of the factory.

    Raises `Refused` where a value is missed.
    """
    from ssot_lint.rewriting.outcomes import VALUE
    from ssot_lint.rewriting.scope_values import in_scope

    added: dict[str, str] = {}
    for parameter, entry in entries.items():
        if parameter in passed:
            continue
        tried = {expression: in_scope(file, expression, offset) for expression in entry.in_scope}
        surely = next((expression for expression, outcomes in tried.items() if outcomes == VALUE), None)
        if surely is not None:
            added[parameter] = surely
        elif entry.required:
            attempts = ", ".join(f"{expression} ({_doubt(outcomes)})" for expression, outcomes in tried.items())
            reason = f"no value for '{parameter}' is passed or in scope"
            raise Refused("no-context", f"{reason}; tried {attempts}" if attempts else reason)
    return added


def _doubt(outcomes: Outcomes) -> str:
    """Say why what may have these outcomes is not passed."""
    from ssot_lint.rewriting.outcomes import NOTHING, UNBOUND

    if outcomes in (UNBOUND, NOTHING):
        return "not there"
    return "it may not be there" if outcomes & UNBOUND else "it may be None"


def _check_value(file: File, call: cst.Call, parameter: str, value: cst.BaseExpression) -> None:
    """Refuse to pass what the code itself says may be no value at all."""
    from ssot_lint.rewriting.outcomes import is_missing
    from ssot_lint.rewriting.scope_values import outcomes_at

    if is_missing(outcomes_at(file, value, file.span(call)[0])):
        raise Refused("no-context", f"'{parameter}' needs a value, and `{file.source(value)}` may be None")
