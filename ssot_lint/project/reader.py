"""Read the statements of a module as an import would run them: what they bind, import and define."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ssot_lint.project import facts, flow
from ssot_lint.project.flow import State
from ssot_lint.project.summary import Bound, BoundKind, ClassFacts, FunctionFacts, Star
from ssot_lint.source.scan import FUNCTIONS, imported_module
from ssot_lint.source.scopes import bound_names, pattern_names, walruses

TRY = tuple(getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name))


@dataclass(frozen=True)
class Source:
    """The source of one module; ``partial`` says that it is not Python, and only its imports were read."""

    string: str
    tree: ast.Module
    module: str
    is_package: bool
    partial: bool = False


class Reader:
    """Reads a module statement by statement; then ``state``, ``asides`` and the others hold what it found.

    ``asides`` are bindings that an import never makes, ``members`` the names of each class, ``aliased`` what aliases
    of other names of the module stood for when they were made.
    """

    def __init__(self, source: Source) -> None:
        self.state = State()
        self.asides: dict[str, list[Bound]] = {}
        self.members: dict[str, dict[str, tuple[Bound, ...]]] = {}
        self.aliased: dict[Bound, tuple[str, tuple[Bound, ...]]] = {}
        self.stars: list[Star] = []
        self.imports: dict[str, None] = {}
        self._module = source.module
        self._is_package = source.is_package
        self._submodules: set[str] = set()
        self._has_walrus = ":=" in source.string
        self._may_yield = "yield" in source.string
        self._block(source.tree.body, self.state)

    # Statements, each in the state in which it finds the module.

    def _block(self, body: Iterable[ast.stmt], state: State) -> bool:
        """Read statements in order; tell whether what follows them can run."""
        is_branch = state.outer is not None
        for node in body:
            goes_on = self._statement(node, state)
            if is_branch and not goes_on:
                return False
        return True

    def _statement(self, node: ast.stmt, state: State) -> bool:
        if self._has_walrus:
            self._walrus(node, state)
        if isinstance(node, ast.Import):
            self._import(node, state)
        elif isinstance(node, ast.ImportFrom):
            self._import_from(node, state)
        elif isinstance(node, FUNCTIONS):
            self._bind(state, node.name, [Bound("function", node.lineno, facts=self._function(node, state))])
        elif isinstance(node, ast.ClassDef):
            self._class(node, state)
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            self._assignment(node, state)
        elif isinstance(node, ast.Delete):
            for name in (name for target in node.targets for name in bound_names(target)):
                self._bind(state, name, [Bound("absent", node.lineno)])
        else:
            return self._compound(node, state)
        return True

    def _bind(self, state: State, name: str, bounds: Iterable[Bound]) -> None:
        if state.aside:
            bounds = [replace(bound, aside=True) for bound in bounds]
            if not state.class_name:
                self.asides.setdefault(name, []).extend(bounds)
        state.set(name, bounds)

    def _compound(self, node: ast.stmt, state: State) -> bool:
        if isinstance(node, ast.If):
            return self._if(node, state)
        if isinstance(node, TRY):
            return self._try(node, state)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            return self._with(node, state)
        if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            return self._loop(node, state)
        if isinstance(node, ast.Match):
            return self._match(node, state)
        if type(node).__name__ == "TypeAlias":
            self._bind(state, facts.field(node, "name").id, [Bound("value", node.lineno)])
        return not flow.is_end(node)

    def _if(self, node: ast.If, state: State) -> bool:
        test = flow.classify(node.test)
        if test == "open":
            return self._choose(state, flow.bodies(node))
        runs, aside = (node.body, node.orelse) if test in ("always", "not typing") else (node.orelse, node.body)
        self._block(aside, state.branch(aside=True))
        return self._block(runs, state)

    def _choose(self, state: State, bodies: Iterable[list[ast.stmt]]) -> bool:
        """Read bodies of which one runs."""
        branches = [(body, state.branch()) for body in bodies]
        ends = [branch for body, branch in branches if self._block(body, branch)]
        state.join(ends)
        return bool(ends)

    def _try(self, node: ast.Try, state: State) -> bool:
        body = state.branch()
        goes_on = self._block(node.body, body)
        handlers = [(handler, state.interrupted(body, node.body[0])) for handler in node.handlers]
        ends = [body] if goes_on and self._block(node.orelse, body) else []
        for handler, branch in handlers:
            if self._block(handler.body, branch):
                ends.append(branch)
        state.join(ends)
        return self._block(node.finalbody, state) and bool(ends)

    def _with(self, node: ast.With | ast.AsyncWith, state: State) -> bool:
        for item in node.items:
            for name in bound_names(item.optional_vars):
                self._bind(state, name, [Bound("value", node.lineno)])
        if not flow.suppresses(node):
            return self._block(node.body, state)
        body = state.branch()
        ends = [body] if self._block(node.body, body) else []
        state.join([*ends, state.interrupted(body, node.body[0])])
        return True

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, state: State) -> bool:
        body = state.branch()
        if not isinstance(node, ast.While):
            for name in bound_names(node.target):
                self._bind(body, name, [Bound("value", node.lineno)])
        self._block(node.body, body)
        state.join([body, state.branch()])
        return self._block(node.orelse, state)

    def _match(self, node: ast.Match, state: State) -> bool:
        branches = [] if flow.is_irrefutable(node.cases[-1]) else [state.branch()]
        for case in node.cases:
            branch = state.branch()
            for name in pattern_names(case.pattern):
                self._bind(branch, name, [Bound("value", node.lineno)])
            if self._block(case.body, branch):
                branches.append(branch)
        state.join(branches)
        return bool(branches)

    # Imports.

    def _import(self, node: ast.Import, state: State) -> None:
        for alias in node.names:
            root = alias.name.partition(".")[0]
            target = alias.name if alias.asname else root
            kind: BoundKind = "value" if alias.asname and self._is_shadowed(alias.name, state) else "module"
            self._imports_module(alias.name, state, node.lineno)
            self._bind(state, alias.asname or root, [Bound(kind, node.lineno, target)])

    def _import_from(self, node: ast.ImportFrom, state: State) -> None:
        module = imported_module(node, self._module, self._is_package)
        if module is not None:
            self._imports_module(module, state, node.lineno)
        for alias in node.names:
            target = None if module is None else f"{module}:{alias.name}"
            if alias.name == "*":
                if module is not None and not state.aside:
                    self.stars.append(Star(module, node.lineno, state.conditional))
                continue
            if target is not None and not state.aside:
                self.imports[target] = None
            self._bind(state, alias.asname or alias.name, [Bound("name", node.lineno, target)])

    def _is_shadowed(self, module: str, state: State) -> bool:
        """Whether ``import module as name`` may bind what this package has under the name of its submodule."""
        package, _, name = module.partition(f"{self._module}.")
        first = name.partition(".")[0]
        others = [bound for bound in state.get(first) if bound.target != f"{self._module}.{first}"]
        return self._is_package and not package and bool(others)

    def _imports_module(self, module: str, state: State, row: int) -> None:
        """Note that a statement imports ``module``.

        A package that imports a submodule for the first time has it as an attribute then, in place of what was bound.
        """
        if state.aside:
            return
        self.imports[module] = None
        prefix = f"{self._module}."
        if not self._is_package or not module.startswith(prefix) or state.class_name:
            return
        name = module[len(prefix) :].partition(".")[0]
        if name not in self._submodules and state.get(name):
            state.set(name, [*state.get(name), Bound("module", row, prefix + name)])
        self._submodules.add(name)

    # Assignments.

    def _assignment(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign, state: State) -> None:
        if isinstance(node, ast.AugAssign):
            for name in bound_names(node.target):
                self._bind(state, name, [Bound("value", node.lineno)])
        elif node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                self._assign(target, node.value, state)

    def _assign(self, target: ast.expr, value: ast.expr, state: State) -> None:
        # All values first: what a name stood for before may go to another in the same statement.
        for name, bounds in list(self._assigned(target, value, state)):
            self._bind(state, name, bounds)

    def _assigned(self, target: ast.expr, value: ast.expr, state: State) -> Iterator[tuple[str, list[Bound]]]:
        if isinstance(target, ast.Name):
            if not (isinstance(value, ast.Name) and value.id == target.id and state.get(target.id)):
                yield target.id, self._values(value, state)
            return
        pairs = flow.pairs(target, value)
        for inner, item in pairs:
            yield from self._assigned(inner, item, state)
        for name in bound_names(target) if not pairs else ():
            yield name, [Bound("value", value.lineno)]

    def _walrus(self, node: ast.stmt, state: State) -> None:
        for walrus, conditional in walruses(node):
            before = (state.get(walrus.target.id) or (flow.ABSENT,)) if conditional else ()
            self._bind(state, walrus.target.id, [*before, *self._values(walrus.value, state)])

    def _values(self, value: ast.expr, state: State) -> list[Bound]:
        """Give what a name that is assigned ``value`` may stand for."""
        return [self._value(choice, state) for choice in flow.choices(value)]

    def _value(self, value: ast.expr, state: State) -> Bound:
        chain = facts.chain(value)
        if not chain or state.in_class(chain[0]):
            return Bound("value", value.lineno)
        return self._alias(chain, value.lineno, state)

    def _alias(self, chain: list[str], row: int, state: State) -> Bound:
        bounds = state.get(chain[0])
        first = bounds[0] if len(bounds) == 1 else None
        if first is not None and first.kind in ("module", "name") and not self._may_be_bound_since(first):
            if len(chain) == 1 or first.target is None:
                return replace(first, row=row, via=chain[0], aside=False)
            return Bound("name", row, facts.extended(first.target, chain[1:]))
        via = chain[0] if len(chain) == 1 else None
        bound = Bound("name", row, facts.extended(f"{self._module}:{chain[0]}", chain[1:]), via)
        self.aliased[bound] = (chain[0], bounds)
        return bound

    def _may_be_bound_since(self, bound: Bound) -> bool:
        """Whether a name may stand for something else than ``bound``, the last binding of it: a star came after."""
        return bound in self.aliased or any(star.row > bound.row for star in self.stars)

    # Definitions.

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, state: State) -> FunctionFacts:
        decorators = tuple(self.refer(decorator, state) for decorator in node.decorator_list)
        return facts.function(node, decorators, self._may_yield)

    def _class(self, node: ast.ClassDef, state: State) -> None:
        name = f"{state.class_name}.{node.name}" if state.class_name else node.name
        inner = State(state, class_name=name)
        self._block(node.body, inner)
        self._bind(state, node.name, [Bound("class", node.lineno, facts=self._class_facts(node, state))])
        self.members[name] = {
            member: tuple(replace(b, kind="value") if b.kind in ("name", "module") else b for b in bounds)
            for member, bounds in inner.changes.items()
        }

    def _class_facts(self, node: ast.ClassDef, state: State) -> ClassFacts:
        def refer(expression: ast.expr) -> str | None:
            return self.refer(expression, state)

        return facts.class_(node, refer)

    def refer(self, expression: ast.expr, state: State) -> str | None:
        """Give the target that a base class or decorator names; ``None`` for what is no name."""
        chain = facts.chain(facts.head(expression))
        if not chain:
            return None
        bounds = state.get(chain[0])
        if len(bounds) == 1 and bounds[0].kind in ("module", "name"):
            target = bounds[0].target
            return None if target is None else facts.extended(target, chain[1:])
        if not bounds and not self.stars and hasattr(builtins, chain[0]):
            return facts.extended(f"builtins:{chain[0]}", chain[1:])
        return facts.extended(f"{self._module}:{chain[0]}", chain[1:])
