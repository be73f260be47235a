"""What a definition says of itself: parameters, bases, decorators, the fields of a dataclass."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ssot_lint.project.summary import ClassFacts, FunctionFacts, Parameter, ParameterKind, Signature
from ssot_lint.source.places import last_name
from ssot_lint.source.scan import DEFINITIONS


def chain(expression: ast.expr | None) -> list[str]:
    """Give ``["a", "b", "c"]`` for ``a.b.c``; empty for any other expression."""
    path: list[str] = []
    while isinstance(expression, ast.Attribute):
        path.append(expression.attr)
        expression = expression.value
    if not isinstance(expression, ast.Name):
        return []
    return [expression.id, *reversed(path)]


def extended(target: str, rest: Iterable[str]) -> str:
    """Give the target of the attribute ``rest`` of ``target``."""
    return ".".join((target, *rest))


def head(expression: ast.expr) -> ast.expr:
    """Give ``a.b`` for ``a.b(...)`` and ``a.b[...]``."""
    while isinstance(expression, (ast.Call, ast.Subscript)):
        expression = expression.func if isinstance(expression, ast.Call) else expression.value
    return expression


def field(node: ast.AST, name: str) -> Any:
    """Give a field that only some nodes, or only the nodes of newer Pythons, have."""
    return getattr(node, name, None)


def function(
    node: ast.FunctionDef | ast.AsyncFunctionDef, decorators: tuple[str | None, ...], may_yield: bool
) -> FunctionFacts:
    """Give the facts of a function whose decorators are known; ``may_yield`` if its file has the word at all."""
    is_async = isinstance(node, ast.AsyncFunctionDef) and not (may_yield and _is_generator(node))
    return FunctionFacts(Signature(tuple(_parameters(node.args))), is_async, decorators)


def _is_generator(node: ast.AsyncFunctionDef) -> bool:
    """Whether a call gives an asynchronous generator, which is not to be awaited."""
    return any(isinstance(inner, ast.Yield) for statement in node.body for inner in _own_nodes(statement))


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Give ``node`` and what is in it, without the bodies of functions and classes inside."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (*DEFINITIONS, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))


def _parameters(arguments: ast.arguments) -> Iterator[Parameter]:
    plain = [*arguments.posonlyargs, *arguments.args]
    optional_from = len(plain) - len(arguments.defaults)
    for index, argument in enumerate(plain):
        kind: ParameterKind = "positional-only" if index < len(arguments.posonlyargs) else "positional"
        yield Parameter(argument.arg, kind, index < optional_from)
    if arguments.vararg:
        yield Parameter(arguments.vararg.arg, "var-positional", False)
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield Parameter(argument.arg, "keyword-only", default is None)
    if arguments.kwarg:
        yield Parameter(arguments.kwarg.arg, "var-keyword", False)


def class_(node: ast.ClassDef, refer: Callable[[ast.expr], str | None]) -> ClassFacts:
    """Give the facts of a class; ``refer`` gives the target that an expression names."""
    options = tuple(option for decorator in node.decorator_list for option in _options(decorator))
    return ClassFacts(
        bases=tuple(refer(base) for base in node.bases),
        keywords=tuple((keyword.arg or "**", refer(keyword.value)) for keyword in node.keywords),
        decorators=tuple(refer(decorator) for decorator in node.decorator_list),
        dataclass_options=options,
        fields=tuple(_fields(node, "kw_only" in options)) if node.decorator_list else (),
    )


def _options(decorator: ast.expr) -> Iterator[str]:
    """Give ``kw_only`` and ``no-init`` where a decorator asks for them, ``?`` for what cannot be known."""
    for keyword in decorator.keywords if isinstance(decorator, ast.Call) else ():
        value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if keyword.arg == "kw_only" and value is True:
            yield "kw_only"
        elif keyword.arg == "init" and value is False:
            yield "no-init"
        elif keyword.arg is None or not isinstance(value, bool):
            yield "?"


def _fields(node: ast.ClassDef, keyword_only: bool) -> Iterator[Parameter]:
    """Give the parameters that a dataclass makes of the annotated names of its body."""
    for statement in node.body:
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        annotation = _annotation(statement.annotation)
        if annotation == "KW_ONLY":
            keyword_only = True
        elif annotation != "ClassVar":
            call = statement.value if isinstance(statement.value, ast.Call) else None
            settings = _settings(call) if call is not None and last_name(call) == "field" else {}
            if settings.get("init", True):
                is_keyword = settings.get("kw_only", keyword_only)
                has_default = statement.value is not None if not settings else settings.get("default", False)
                yield Parameter(statement.target.id, "keyword-only" if is_keyword else "positional", not has_default)


def _settings(call: ast.Call) -> dict[str, bool]:
    """Read the arguments of ``dataclasses.field``."""
    settings = {"default": False}
    for keyword in call.keywords:
        if keyword.arg in ("default", "default_factory"):
            settings["default"] = True
        elif keyword.arg in ("init", "kw_only") and isinstance(keyword.value, ast.Constant):
            settings[keyword.arg] = bool(keyword.value.value)
    return settings


def _annotation(annotation: ast.expr) -> str | None:
    """Give the last name of an annotation without its subscript, also where it is quoted."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return annotation.value.partition("[")[0].rpartition(".")[2].strip()
    return last_name(head(annotation))
