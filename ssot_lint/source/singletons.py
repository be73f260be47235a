"""Objects that code makes once and keeps for good, in every form that people have for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ssot_lint.source.places import enclosing_definitions, last_name
from ssot_lint.source.scan import FUNCTIONS, Scan
from ssot_lint.source.scopes import Scope, Statement
from ssot_lint.source.state import (
    Function,
    Stored,
    calls_made,
    decorator_names,
    enclosing_class,
    first_parameter,
    functions,
    is_class_reference,
    is_namespace,
    outer_statements,
    own_nodes,
    own_statements,
    stores,
)

CLASS_METHODS = frozenset({"__new__", "__init_subclass__", "__class_getitem__"})
CLASS_PARAMETERS = frozenset({"cls", "klass", "class_", "clazz"})
CACHES = frozenset({"functools.cache", "functools.lru_cache", "async_lru.alru_cache"})
METACLASSES = frozenset({"type", "ABCMeta", "EnumMeta", "EnumType"})
BY_EXPRESSION = re.compile(r":=|\b(?:setattr|setdefault|globals)\s*\(")
"""What stands where an expression puts something somewhere."""
NAMED_SO = "singleton"
"""What stands in the name of a base, metaclass or decorator that makes a class have one object only."""


@dataclass(frozen=True, eq=False)
class Kept:
    """An object that is put into ``holder`` for good; ``accessor`` is the function or class that does it.

    One of the ``calls`` makes it, or it is an instance of the class ``itself``; of any class, if there is neither. It
    is reported at ``span``, and ``gives`` says that the ``function`` returns something.
    """

    accessor: str
    holder: str
    span: tuple[int, int]
    calls: tuple[ast.Call, ...] = ()
    itself: str | None = None
    gives: bool = False
    function: Function | None = None
    made_so: bool = False
    """Whether ``holder`` is the base, metaclass or decorator that lets there be one object only."""


def singletons(scan: Scan) -> list[Kept]:
    """Give what a file keeps, one for each holder: where it is asked for rather than where it is just made."""
    found: dict[str, Kept] = {}
    for kept in _all(scan):
        key = f"{kept.holder} {kept.itself}" if kept.made_so else kept.holder
        known = found.get(key)
        if known is None or (kept.gives and not known.gives):
            found[key] = kept
    return sorted(found.values(), key=lambda kept: kept.span)


def _all(scan: Scan) -> Iterator[Kept]:
    mechanisms: set[str] = set()
    # Most of a file is expressions, and most files keep nothing by one.
    by_expression = BY_EXPRESSION.search(scan.text.string) is not None
    for statement, node, scope in functions(scan):
        place = _Place(scan, statement, node, scope)
        yield from _cached(place)
        nodes = own_nodes(node) if by_expression else own_statements(node)
        for stored in (stored for inner in nodes for stored in stores(inner)):
            for kept in place.kept(stored):
                if kept.itself is None and not kept.calls:
                    mechanisms.add(kept.accessor.partition(".")[0])
                yield kept
    yield from _made_so(scan, frozenset(mechanisms))


class _Place:
    """A function that may keep something."""

    def __init__(self, scan: Scan, statement: Statement, node: Function, scope: Scope) -> None:
        self.scan = scan
        self.statement = statement
        self.node = node
        self.scope = scope
        self.owner = enclosing_class(statement.scope)
        self.names = [*reversed(list(enclosing_definitions(statement))), node.name]
        self._classes = frozenset(self._class_names())

    def _class_names(self) -> Iterator[str]:
        """Give the names by which the function knows the class in which it stands."""
        if self.owner is not None:
            yield self.owner.name
            first = first_parameter(self.node)
            is_method = self.node.name in CLASS_METHODS or "classmethod" in decorator_names(self.node)
            if first is not None and (is_method or self._is_metaclass):
                yield first

    @property
    def _is_metaclass(self) -> bool:
        bases = {last_name(base) or "" for base in self.owner.bases} if self.owner else set()
        return any(base in METACLASSES or base.endswith("Meta") for base in bases)

    def make(self, holder: str, calls: Iterable[ast.Call] = (), itself: str | None = None) -> Kept:
        """Make what is kept here."""
        gives = any(isinstance(inner, ast.Return) and inner.value is not None for inner in own_statements(self.node))
        span = name_span(self.scan, self.node)
        return Kept(".".join(self.names), holder, span, tuple(calls), itself, gives, self.node)

    def kept(self, stored: Stored) -> Iterator[Kept]:
        """Tell what ``stored`` keeps, if it is kept for good."""
        if self.owner is not None and self._is_borg(stored):
            yield self.make(f"{self.owner.name}.__dict__", itself=self.owner.name)
            return
        if self._is_any_class(stored):
            yield Kept(self.names[0], ".".join(self.names), name_span(self.scan, self._outermost()), gives=True)
            return
        holder = self._holder(stored.target)
        if holder is None:
            return
        calls = list(made_by(stored.value, self.scope))
        if self.owner is not None and any(map(self._makes_own, calls)):
            if self._is_metaclass and self.node.name == "__call__":
                yield Kept(self.owner.name, holder, name_span(self.scan, self.owner), gives=True)
            else:
                yield self.make(holder, itself=self.owner.name)
        elif calls:
            yield self.make(holder, calls)

    def _outermost(self) -> Function:
        """Give the outermost function around this one."""
        outermost = self.node
        for owner, _ in self.statement.ancestors():
            if isinstance(owner.node, FUNCTIONS):
                outermost = owner.node
        return outermost

    def _makes_own(self, call: ast.Call) -> bool:
        """Whether ``call`` makes an instance of the class in which the function stands."""
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("__new__", "__call__"):
            return True
        return is_class_reference(call.func, self._classes) and isinstance(call.func, (ast.Name, ast.Attribute))

    def _is_borg(self, stored: Stored) -> bool:
        """Whether an object is given a ``__dict__`` that others have, too."""
        target, value = stored.target, stored.value
        if not (isinstance(target, ast.Attribute) and target.attr == "__dict__"):
            return False
        if isinstance(value, ast.Attribute):
            return last_name(target.value) is not None and value.attr != "__dict__"
        return isinstance(value, ast.Name) and any(
            b.statement.scope.kind == "module" for b in self.scope.lookup(value.id)
        )

    def _is_any_class(self, stored: Stored) -> bool:
        """Whether an inner function keeps what the class makes that a function around it was given."""
        if not isinstance(stored.value, ast.Call) or not isinstance(stored.value.func, ast.Name):
            return False
        made = stored.value.func.id
        bindings = self.scope.lookup(made)
        is_given = any(b.kind == "parameter" and b.statement is not self.statement for b in bindings)
        target = stored.target
        if not is_given or not bindings:
            return False
        if isinstance(target, ast.Subscript):
            is_one = isinstance(target.slice, ast.Constant) and made in CLASS_PARAMETERS
            return is_one or made in _names(target.slice)
        is_outer = isinstance(target, ast.Name) and target.id in self.scope.outer
        return (is_outer or isinstance(target, ast.Attribute)) and made in CLASS_PARAMETERS

    def _holder(self, target: ast.expr) -> str | None:
        """Say what ``target`` is, if it outlives the call."""
        if isinstance(target, ast.Name):
            return target.id if target.id in self.scope.global_names else None
        if isinstance(target, ast.Attribute):
            return self._attribute(target)
        if isinstance(target, ast.Subscript):
            return self._item(target)
        return None

    def _attribute(self, target: ast.Attribute) -> str | None:
        if self.owner is not None and is_class_reference(target.value, self._classes):
            return f"{self.owner.name}.{target.attr}"
        if isinstance(target.value, ast.Name):
            bindings = self.scope.lookup(target.value.id)
            if bindings and all(
                b.kind in ("function", "class") and b.statement.scope.kind == "module" for b in bindings
            ):
                return f"{target.value.id}.{target.attr}"
        return None

    def _item(self, target: ast.Subscript) -> str | None:
        key = ast.unparse(target.slice)
        is_one = isinstance(target.slice, ast.Constant)
        if is_namespace(target.value):
            is_asked = isinstance(target.slice, ast.Name) and self.names == ["__getattr__"]
            return key.strip("'\"") if is_one or is_asked else None
        if isinstance(target.value, ast.Attribute):
            holder = self._attribute(target.value)
            is_class = not self._classes.isdisjoint(_names(target.slice)) or self._is_metaclass
            return f"{holder}[{key}]" if holder and (is_one or is_class) else None
        if isinstance(target.value, ast.Name) and is_one:
            bindings = self.scope.lookup(target.value.id)
            if bindings and all(b.statement.scope.kind == "module" and b.kind != "parameter" for b in bindings):
                return f"{target.value.id}[{key}]"
        return None


def _names(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def made_by(value: ast.expr, scope: Scope) -> Iterator[ast.Call]:
    """Give the calls that make ``value``, also where it was given a local name first."""
    if isinstance(value, ast.Name) and value.id not in scope.outer:
        for binding in scope.bindings.get(value.id, ()):
            if binding.value is not None and not isinstance(binding.value, ast.Name):
                yield from calls_made(binding.value)
        return
    yield from calls_made(value)


def name_span(scan: Scan, node: Function | ast.ClassDef) -> tuple[int, int]:
    """Give where the name of a definition stands."""
    start = scan.text.string.index(node.name, scan.span(node)[0] + len("def"))
    return start, start + len(node.name)


def _cached(place: _Place) -> Iterator[Kept]:
    """Look for a cache on a function without parameters."""
    if not any(is_cache(place.scan, decorator) for decorator in place.node.decorator_list):
        return
    arguments = place.node.args
    given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    is_class_method = "classmethod" in decorator_names(place.node)
    if len(given) > is_class_method or arguments.vararg or arguments.kwarg:
        return
    returned = [inner.value for inner in own_statements(place.node) if isinstance(inner, ast.Return) and inner.value]
    calls = [call for value in returned for call in made_by(value, place.scope)]
    if place.owner is not None and any(map(place._makes_own, calls)):
        yield place.make(f"the cache of {place.node.name}", itself=place.owner.name)
    elif calls:
        yield place.make(f"the cache of {place.node.name}", calls)


def is_cache(scan: Scan, decorator: ast.expr) -> bool:
    """Whether ``decorator`` is one that keeps the results of a function."""
    node = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        bindings = scan.scope.lookup(node.value.id)
        return any(f"{binding.target}.{node.attr}" in CACHES for binding in bindings)
    if isinstance(node, ast.Name):
        return any(str(binding.target).replace(":", ".") in CACHES for binding in scan.scope.lookup(node.id))
    return False


def _made_so(scan: Scan, mechanisms: frozenset[str]) -> Iterator[Kept]:
    """Look for classes of which a base, metaclass or decorator lets there be one object only."""
    for statement in outer_statements(scan):
        node = statement.node
        if not isinstance(node, ast.ClassDef) or NAMED_SO in node.name.lower():
            continue
        metaclasses = [keyword.value for keyword in node.keywords if keyword.arg == "metaclass"]
        for maker in map(last_name, (*node.decorator_list, *metaclasses, *node.bases)):
            if maker is not None and (maker in mechanisms or NAMED_SO in maker.lower()):
                yield Kept(node.name, maker, name_span(scan, node), itself=node.name, gives=True, made_so=True)
                break
