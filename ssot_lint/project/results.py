"""What calls give: is it certain that there is nothing to ``await``?

Certain is what an annotation says, or else what all ``return`` statements agree on: constants, displays, instances of
classes without ``__await__``. Whatever is not known may be awaitable.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from ssot_lint.project.definitions import NEUTRAL_BASES, NEUTRAL_METACLASSES, TYPING, UNUSUAL_BASES, Definition
from ssot_lint.project.facts import chain
from ssot_lint.project.questions import question
from ssot_lint.project.summary import ClassFacts
from ssot_lint.source.scan import DEFINITIONS, FUNCTIONS, parse
from ssot_lint.source.scopes import bound_names, parameters
from ssot_lint.source.text import NotText, Text

if TYPE_CHECKING:
    from ssot_lint.project import Project

Function = ast.FunctionDef | ast.AsyncFunctionDef
DEEPEST = 4
"""How many classes, calls and aliases are followed before nothing is certain any more."""
PLAIN_BUILTINS = frozenset({
    "bool", "bytearray", "bytes", "complex", "dict", "float", "frozenset", "int", "len", "list", "range", "repr", "set",
    "sorted", "str", "tuple", "type",
})  # fmt: skip
"""Builtins that are no awaitable as a type, and give none when they are called."""
PLAIN_TYPES = frozenset(
    f"{module}.{name}"
    for module in TYPING
    for name in ("Dict", "FrozenSet", "List", "Literal", "LiteralString", "NoReturn", "Set", "Text", "Tuple", "Type")
)
CHOICES = frozenset(f"{module}.{name}" for module in TYPING for name in ("Annotated", "Final", "Optional", "Union"))
"""Types that are what their arguments are."""
PLAIN_VALUES = (
    ast.Compare, ast.Constant, ast.Dict, ast.DictComp, ast.GeneratorExp, ast.JoinedStr, ast.Lambda, ast.List,
    ast.ListComp, ast.Set, ast.SetComp, ast.Tuple,
)  # fmt: skip


def gives_nothing_to_await(project: Project, definition: Definition, depth: int = 0) -> bool:
    """Tell whether calling what ``definition`` defines certainly gives an object that cannot be awaited."""
    if not definition.certain or definition.is_async or depth > DEEPEST:
        return False
    return _gives_nothing(project, definition.name, depth)


@question
def _gives_nothing(project: Project, origin: str, depth: int) -> bool:
    definition = project.definition(origin)
    home = _home(project, definition) if definition is not None else None
    if definition is None or home is None:
        return False
    module, name = home
    if definition.kind == "class":
        return _Types(project, module).is_plain_class(name, depth) and not _makes_itself(project, module, name)
    functions = _functions_of(project, definition)
    return bool(functions) and all(_is_plain(project, module, function, depth) for function in functions)


def gives_generator(project: Project, definition: Definition) -> bool:
    """Tell whether calling what ``definition`` defines runs a generator, be it for a context manager."""
    return any(_is_generator(function) for function in _functions_of(project, definition))


def _home(project: Project, definition: Definition) -> tuple[str, str] | None:
    """Give the module of a definition, and its name there."""
    located = project.module_of(definition.path) if definition.path else None
    return (located[0], definition.name[len(located[0]) + 1 :]) if located else None


def _functions_of(project: Project, definition: Definition) -> tuple[Function, ...]:
    home = _home(project, definition)
    raw = project.read(definition.path) if definition.path and definition.kind == "function" else None
    return _functions(raw, home[1]) if home and raw is not None else ()


def _makes_itself(project: Project, module: str, name: str) -> bool:
    """Whether a class says in ``__new__`` what calling it gives."""
    return project.resolve(f"{module}:{name}.__new__").status == "found"


@lru_cache(maxsize=4)
def _functions(raw: bytes, name: str) -> tuple[Function, ...]:
    """Give the functions that a module defines as ``name``, ``Class.method`` or not."""
    try:
        tree = parse(Text.read(raw).string)
    except (SyntaxError, NotText):
        return ()
    return tuple(_defined(tree.body, name.split(".")))


def _defined(body: Iterable[ast.stmt], path: list[str]) -> Iterator[Function]:
    for node in body:
        if isinstance(node, DEFINITIONS):
            if node.name == path[0] and isinstance(node, ast.ClassDef):
                yield from _defined(node.body, path[1:] or [""])
            elif [node.name] == path and isinstance(node, FUNCTIONS):
                yield node
        else:
            yield from _defined((inner for inner in ast.iter_child_nodes(node) if isinstance(inner, ast.stmt)), path)
            for handler in getattr(node, "handlers", ()):
                yield from _defined(handler.body, path)


def _is_plain(project: Project, module: str, node: Function, depth: int) -> bool:
    if _is_generator(node):
        return True
    inner = list(_inside(node))
    values = [part.value for part in inner if isinstance(part, ast.Return) and part.value is not None]
    bound = {name for part in [node, *inner] for name in _bound(part)}
    types = _Types(project, module)
    if types.is_plain(node.returns):
        return not any(types.is_async_call(value, bound) for value in values)
    return not _is_stub(node) and all(types.is_plain_value(value, bound, depth + 1) for value in values)


def _is_generator(node: Function) -> bool:
    return any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in _inside(node))


def _inside(node: Function) -> Iterator[ast.AST]:
    """Give all that a function runs itself."""
    for statement in node.body:
        yield from _own_nodes(statement)


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Give ``node`` and what is in it, without the insides of functions, classes and lambdas."""
    yield node
    if not isinstance(node, (*DEFINITIONS, ast.Lambda)):
        for child in ast.iter_child_nodes(node):
            yield from _own_nodes(child)


def _is_stub(node: Function) -> bool:
    """Whether a function has nothing to do, or does not do it, and waits to be replaced."""
    return all(
        isinstance(statement, (ast.Pass, ast.Raise))
        or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        for statement in node.body
    )


def _bound(node: ast.AST) -> Iterator[str]:
    """Give the names that ``node`` binds in a function."""
    if isinstance(node, FUNCTIONS):
        yield node.name
        yield from (parameter.arg for parameter in parameters(node.args))
    elif isinstance(node, ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield from bound_names(node)
    elif isinstance(node, ast.alias):
        yield (node.asname or node.name).partition(".")[0]
    elif isinstance(node, ast.ExceptHandler) and node.name:
        yield node.name


class _Types:
    """What annotations and values of a module say."""

    def __init__(self, project: Project, module: str) -> None:
        self._project = project
        self._module = module

    def is_plain(self, annotation: ast.expr | None, depth: int = 0) -> bool:
        """Tell whether no object of the type ``annotation`` can be awaited."""
        if isinstance(annotation, ast.Constant):
            return annotation.value is None or self._is_plain_text(annotation.value, depth)
        if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
            return self.is_plain(annotation.left, depth) and self.is_plain(annotation.right, depth)
        if isinstance(annotation, ast.Subscript):
            if self._name(annotation.value) in CHOICES:
                inner = annotation.slice
                return all(
                    self.is_plain(item, depth) for item in (inner.elts if isinstance(inner, ast.Tuple) else [inner])
                )
            return self._is_plain_name(annotation.value, depth)
        return annotation is not None and self._is_plain_name(annotation, depth)

    def _is_plain_text(self, value: object, depth: int) -> bool:
        if not isinstance(value, str) or depth > DEEPEST:
            return False
        try:
            return self.is_plain(ast.parse(value.strip(), mode="eval").body, depth + 1)
        except SyntaxError:
            return False

    def _is_plain_name(self, expression: ast.expr, depth: int) -> bool:
        name = self._name(expression)
        if name is None:
            return False
        builtin = name.removeprefix("builtins.")
        return builtin in PLAIN_BUILTINS or name in PLAIN_TYPES or self._is_plain_origin(name, depth)

    def _name(self, expression: ast.expr) -> str | None:
        """Give the one origin that an expression names, ``builtins.`` before those of Python itself."""
        path = chain(expression)
        if not path:
            return None
        resolution = self._project.resolve(f"{self._module}:{'.'.join(path)}")
        if resolution.status == "missing" and len(path) == 1 and hasattr(builtins, path[0]):
            return f"builtins.{path[0]}"
        return next(iter(resolution.possible)) if len(resolution.possible) == 1 else None

    def _is_plain_origin(self, origin: str, depth: int) -> bool:
        definition = self._project.definition(origin)
        home = _home(self._project, definition) if definition is not None else None
        if definition is None or home is None or definition.kind != "class" or not definition.certain:
            return False
        return _Types(self._project, home[0]).is_plain_class(home[1], depth + 1)

    def is_plain_class(self, name: str, depth: int) -> bool:
        """Tell whether no instance of the class ``name`` of the module can be awaited."""
        summary = self._project.summary(self._module)
        bounds = summary.names.get(name, ()) if summary else ()
        facts = bounds[-1].facts if bounds else None
        if summary is None or not isinstance(facts, ClassFacts) or depth > DEEPEST:
            return False
        metaclasses = {target for keyword, target in facts.keywords if keyword == "metaclass"}
        return (
            f"{name}.__await__" not in summary.names
            and all(target and self._origin(target) in NEUTRAL_METACLASSES for target in metaclasses)
            and all(target is not None and self._is_plain_base(self._origin(target), depth) for target in facts.bases)
        )

    def _origin(self, target: str) -> str:
        resolution = self._project.resolve(target)
        return next(iter(resolution.possible)) if len(resolution.possible) == 1 else "?"

    def _is_plain_base(self, origin: str, depth: int) -> bool:
        return (
            origin in NEUTRAL_BASES
            or origin in UNUSUAL_BASES
            or origin.startswith("builtins.")
            or self._is_plain_origin(origin, depth)
        )

    # Values.

    def is_plain_value(self, value: ast.expr, bound: set[str], depth: int) -> bool:
        """Tell whether ``value`` cannot be awaited; ``bound`` are the names that the function binds itself."""
        if isinstance(value, PLAIN_VALUES):
            return True
        if isinstance(value, ast.BoolOp):
            return all(self.is_plain_value(operand, bound, depth) for operand in value.values)
        if isinstance(value, ast.IfExp):
            return all(self.is_plain_value(part, bound, depth) for part in (value.body, value.orelse))
        if isinstance(value, ast.UnaryOp):
            return isinstance(value.op, ast.Not)
        return isinstance(value, ast.Call) and self._is_plain_call(value, bound, depth)

    def _is_plain_call(self, call: ast.Call, bound: set[str], depth: int) -> bool:
        name = self._called(call, bound)
        if name is None:
            return False
        definition = self._project.definition(name)
        if definition is None:
            return name.startswith("builtins.") and name.removeprefix("builtins.") in PLAIN_BUILTINS
        return gives_nothing_to_await(self._project, definition, depth)

    def is_async_call(self, value: ast.expr, bound: set[str]) -> bool:
        """Tell whether ``value`` is a call of what is known to be async."""
        name = self._called(value, bound) if isinstance(value, ast.Call) else None
        definition = self._project.definition(name) if name else None
        return definition is not None and definition.is_async

    def _called(self, call: ast.Call, bound: set[str]) -> str | None:
        path = chain(call.func)
        return self._name(call.func) if path and path[0] not in bound else None
