"""Containers that modules and classes hold, and the places where functions change them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from ssot_lint.source.places import enclosing_definitions, last_name
from ssot_lint.source.scan import Scan
from ssot_lint.source.scopes import Scope, Statement, parameters
from ssot_lint.source.state import (
    Function,
    decorator_names,
    enclosing_class,
    first_parameter,
    functions,
    is_class_reference,
    outer_statements,
    own_nodes,
    own_statements,
    stores,
)

DISPLAYS = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)
CONTAINERS = frozenset({
    "dict", "list", "set", "bytearray", "defaultdict", "OrderedDict", "deque", "Counter", "ChainMap",
    "LRUCache", "TTLCache", "LFUCache",
})  # fmt: skip
"""What is called to make a container that keeps what is put into it: not ``WeakValueDictionary``."""
CHANGING = frozenset({
    "append", "appendleft", "add", "extend", "extendleft", "insert", "update", "setdefault", "__setitem__",
    "pop", "popleft", "popitem", "remove", "discard", "clear", "sort", "reverse", "move_to_end", "subtract",
})  # fmt: skip
KEYED = frozenset({"setdefault", "pop", "add", "remove", "discard", "__setitem__"})
"""Methods whose first argument is a key."""
CARRIERS = frozenset({"request", "req"})
"""Names of what has attributes of a user, and others."""
WHEN_DEFINED = frozenset({"__init_subclass__", "__set_name__", "__class_getitem__", "__prepare__"})
"""Methods that run when a class is defined."""


@dataclass(frozen=True, eq=False)
class Change:
    """One place, in ``function``, where a container is changed: by which ``keys``, to hold which ``values``.

    ``by_instance`` says that it is reached as an attribute of ``self``.
    """

    node: ast.AST
    function: str
    scope: Scope
    keys: tuple[ast.expr, ...] = ()
    values: tuple[ast.expr, ...] = ()
    by_instance: bool = False

    @property
    def target(self) -> ast.expr:
        """What an assignment assigns to."""
        return next(one.target for one in stores(self.node))

    @property
    def row(self) -> int:
        """The row in which it stands."""
        row: int = getattr(self.node, "lineno", 1)
        return row


@dataclass(frozen=True, eq=False)
class Container:
    """A container bound as ``name`` (``Class.name`` in a class), at ``span``; ``made`` says what it is."""

    name: str
    made: str
    span: tuple[int, int]
    owner: ast.ClassDef | None = None
    changes: list[Change] = field(default_factory=list)


def container_word(value: ast.expr | None) -> str | None:
    """Say what ``value`` is if it is a container that can be changed: ``dict``, ``list``, ``deque`` ..."""
    if isinstance(value, DISPLAYS):
        return type(value).__name__.removesuffix("Comp").lower()
    name = last_name(value.func) if isinstance(value, ast.Call) else None
    return name if name in CONTAINERS else None


def containers(scan: Scan) -> list[Container]:
    """Give the containers of a file that functions change."""
    found = {container.name: container for container in _bound(scan)}
    if not found:
        return []
    at_import = _called_at_import(scan)
    last_names = {name.rpartition(".")[2] for name in found}
    for statement, node, scope in functions(scan):
        text = scan.text.string[statement.start : statement.end]
        if scan.text.is_ascii and not any(name in text for name in last_names):
            continue
        if node.name not in WHEN_DEFINED and not (statement.scope.kind == "module" and node.name in at_import):
            for name, change in _Place(scan, statement, node, scope).changes():
                container = found.get(name)
                if container is not None and not (change.by_instance and _is_own(container)):
                    container.changes.append(change)
    return [container for container in found.values() if container.changes]


def _is_own(container: Container) -> bool:
    """Whether each instance of a class has a container of its own in the place of that of the class."""
    return container.owner is not None and container.name.rpartition(".")[2] in own_attributes(container.owner)


def _bound(scan: Scan) -> Iterator[Container]:
    """Give the containers that are bound when the module is imported."""
    for statement in outer_statements(scan):
        for stored in stores(statement.node):
            made = container_word(stored.value)
            if made is None or not isinstance(stored.target, ast.Name):
                continue
            if statement.scope.kind == "module":
                yield Container(stored.target.id, made, scan.span(stored.target))
            elif statement.scope.kind == "class" and statement.scope.owner is not None:
                owner = statement.scope.owner.node
                if isinstance(owner, ast.ClassDef):
                    yield Container(f"{owner.name}.{stored.target.id}", made, scan.span(stored.target), owner)


def _called_at_import(scan: Scan) -> set[str]:
    """Give the functions of the module that nothing but its import calls."""
    at_import: set[str] = set()
    elsewhere: set[str] = set()
    for node in ast.iter_child_nodes(scan.tree):
        is_definition = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        used = {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}
        (elsewhere if is_definition else at_import).update(used)
    return at_import - elsewhere


class _Place:
    """A function that may change containers."""

    def __init__(self, scan: Scan, statement: Statement, node: Function, scope: Scope) -> None:
        self.node = node
        self.scope = scope
        self.owner = enclosing_class(statement.scope)
        self.name = ".".join([*reversed(list(enclosing_definitions(statement))), node.name])
        self._classes = frozenset(self._class_names())

    def _class_names(self) -> Iterator[str]:
        """Give the names by which the function knows the class in which it stands."""
        if self.owner is not None:
            yield self.owner.name
            first = first_parameter(self.node)
            if first is not None and ("classmethod" in decorator_names(self.node) or self.node.name == "__new__"):
                yield first

    def changes(self) -> Iterator[tuple[str, Change]]:
        """Give each change with the name of what it changes."""
        returned: set[str] = set()
        for statement in own_statements(self.node):
            if isinstance(statement, ast.Return) and isinstance(statement.value, ast.Name):
                returned.add(statement.value.id)
        for inner in own_nodes(self.node):
            for target, keys, values in changed(inner):
                name, by_instance = self._changed_name(without_items(target))
                # What is given back as it came is a decorator's, or that of a class: it runs when modules are imported.
                if name is not None and self._given(returned).isdisjoint(map(_plain_name, values)):
                    all_keys = (*keys, *_keys_on_the_way(target))
                    yield name, Change(inner, self.name, self.scope, all_keys, tuple(values), by_instance)

    def _given(self, returned: set[str]) -> set[str | None]:
        return {parameter.arg for parameter in parameters(self.node.args) if parameter.arg in returned}

    def _changed_name(self, target: ast.expr) -> tuple[str | None, bool]:
        """Give the name of the container that ``target`` may be, and whether an instance leads to it."""
        if isinstance(target, ast.Name):
            return (target.id if self._is_of_module(target.id) else None), False
        if not isinstance(target, ast.Attribute):
            return None, False
        if self.owner is not None:
            name = f"{self.owner.name}.{target.attr}"
            if is_class_reference(target.value, self._classes):
                return name, False
            if isinstance(target.value, ast.Name) and target.value.id == "self":
                return name, True
        if isinstance(target.value, ast.Name) and any(b.kind == "class" for b in self.scope.lookup(target.value.id)):
            return f"{target.value.id}.{target.attr}", False
        return None, False

    def _is_of_module(self, name: str) -> bool:
        for scope in self.scope.visible():
            if name in scope.global_names:
                return True
            if name in scope.bindings and name not in scope.outer:
                return scope.kind == "module"
        return False


def own_attributes(owner: ast.ClassDef) -> set[str]:
    """Give the attributes that methods of a class bind on their instance."""
    stored = (one for node in ast.walk(owner) for one in stores(node))
    attributes = (one.target for one in stored if isinstance(one.target, ast.Attribute))
    return {target.attr for target in attributes if isinstance(target.value, ast.Name) and target.value.id == "self"}


def without_items(target: ast.expr) -> ast.expr:
    """Give ``a`` for ``a[b]``, ``a[b][c]`` and ``a.setdefault(b, [])``."""
    while True:
        if isinstance(target, ast.Subscript):
            target = target.value
        elif isinstance(target, ast.Call) and last_name(target) in ("setdefault", "get"):
            if not isinstance(target.func, ast.Attribute):
                return target
            target = target.func.value
        else:
            return target


def _keys_on_the_way(target: ast.expr) -> Iterator[ast.expr]:
    """Give ``b`` and ``c`` for ``a[b][c]``."""
    while isinstance(target, (ast.Subscript, ast.Call)):
        if isinstance(target, ast.Subscript):
            yield target.slice
            target = target.value
        elif isinstance(target.func, ast.Attribute):
            yield from target.args[:1]
            target = target.func.value
        else:
            return


def _plain_name(value: ast.expr) -> str | None:
    return value.id if isinstance(value, ast.Name) else None


_Changed = tuple[ast.expr, list[ast.expr], list[ast.expr]]
"""What is changed, by which keys, to hold which values."""


def changed(node: ast.AST) -> Iterator[_Changed]:
    """Give what ``node`` changes, if it is a container."""
    if isinstance(node, ast.Delete):
        yield from ((item.value, [item.slice], []) for item in node.targets if isinstance(item, ast.Subscript))
    elif isinstance(node, ast.AugAssign):
        if isinstance(node.target, ast.Subscript):
            yield node.target.value, [node.target.slice], [node.value]
        elif not isinstance(node.value, ast.Constant):
            yield node.target, [], [node.value]
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
            is_keyed = node.func.attr in KEYED
            yield node.func.value, node.args[:1] if is_keyed else [], node.args[is_keyed:]
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        for stored in stores(node):
            if isinstance(stored.target, ast.Subscript):
                yield stored.target.value, [stored.target.slice], [stored.value]


def given_to_module(scan: Scan) -> Iterator[tuple[str, Change]]:
    """Give the variables of the module that functions set, by ``global``, to what they were given."""
    for statement, node, scope in functions(scan):
        name = ".".join([*reversed(list(enclosing_definitions(statement))), node.name])
        given = {parameter.arg for parameter in parameters(node.args)} if scope.global_names else set()
        for inner in own_nodes(node) if given else ():
            for stored in stores(inner):
                is_global = isinstance(stored.target, ast.Name) and stored.target.id in scope.global_names
                if isinstance(stored.target, ast.Name) and is_global and _root(stored.value) in given:
                    yield stored.target.id, Change(inner, name, scope, (), (stored.value,))


def _root(value: ast.expr) -> str | None:
    """Give ``a`` for ``a``, ``a.b`` and ``a[b]``."""
    while isinstance(value, (ast.Attribute, ast.Subscript)):
        value = value.value
    return value.id if isinstance(value, ast.Name) else None


def names_in(value: ast.expr, scope: Scope, *, deep: bool = True) -> Iterator[str]:
    """Give the names that ``value`` is made of, also those of what it was given a local name for.

    Unless ``deep``, those are only the value itself and, if it is a display, what that holds.
    """
    carriers: set[int] = set()
    for node in ast.walk(value) if deep else _parts(value):
        if isinstance(node, ast.Attribute):
            yield node.attr
            # `request.path` is of no user, `user.path` is.
            if isinstance(node.value, ast.Name) and node.value.id in CARRIERS:
                carriers.add(id(node.value))
        elif id(node) in carriers:
            continue
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and deep and node is not value:
            yield node.value
        elif isinstance(node, ast.Name):
            yield node.id
            for binding in scope.bindings.get(node.id, ()):
                if deep and binding.value is not None:
                    yield from names_in(binding.value, scope, deep=False)


def _parts(value: ast.expr) -> Iterator[ast.AST]:
    yield value
    if isinstance(value, (ast.List, ast.Set, ast.Tuple, ast.Dict, ast.JoinedStr, ast.FormattedValue)):
        for part in ast.iter_child_nodes(value):
            if isinstance(part, ast.expr):
                yield from _parts(part)
