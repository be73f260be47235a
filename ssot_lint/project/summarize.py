"""Make the summary of a module from its source: follow its statements as an import would run them."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ssot_lint.project import exports, facts, flow
from ssot_lint.project.flow import State
from ssot_lint.project.summary import Bound, BoundKind, ClassFacts, FunctionFacts, ModuleSummary, Star
from ssot_lint.source.scan import FUNCTIONS, Scan, parse, scan
from ssot_lint.source.scopes import Binding, bound_names, pattern_names
from ssot_lint.source.text import NotText, Text

TRY = tuple(getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name))


def summarize(raw: bytes, module: str, path: str, is_package: bool) -> ModuleSummary:
    """Give the summary of the file ``path`` with the bytes ``raw``; one that is ``broken`` for what is not Python."""
    try:
        text = Text.read(raw)
    except NotText:
        return ModuleSummary(module, path, is_package, broken=True, dynamic=True)
    return Reader(_scan(text, module, is_package), path).summary()


def _scan(text: Text, module: str, is_package: bool) -> Scan:
    try:
        return scan(text, module, is_package)
    except SyntaxError:
        from ssot_lint.source.grammar import lower, whole_imports

        lowered = lower(text)
        if lowered is not None:
            return Scan(text, parse(lowered.string), module, is_package, newer=True)
        return Scan(text, whole_imports(text), module, is_package, partial=True)


class Reader:
    """Reads the statements of one module in their order."""

    def __init__(self, scan: Scan, path: str) -> None:
        self._scan = scan
        self._path = path
        self._module = scan.module or ""
        self._state = State()
        self._asides: dict[str, list[Bound]] = {}
        self._members: dict[str, tuple[Bound, ...]] = {}
        self._stars: list[Star] = []
        self._imports: dict[str, None] = {}
        self._aliased: dict[Bound, tuple[str, tuple[Bound, ...]]] = {}
        self._has_walrus = ":=" in scan.text.string

    def summary(self) -> ModuleSummary:
        """Give the summary of the module."""
        self._block(self._scan.tree.body, self._state)
        listed = exports.read(self._scan.tree, self._refer_to_exports)
        tricks = exports.tricks(self._scan)
        return ModuleSummary(
            self._module,
            self._path,
            self._scan.is_package,
            names=self._names(),
            stars=tuple(self._stars),
            exports=listed.names if listed else None,
            computes_exports=listed is not None and listed.names is None,
            imports=tuple(self._imports),
            dynamic="globals" in tricks or self._scan.partial,
            broken=self._scan.partial,
            replaced="replaced" in tricks,
            open_path="path" in tricks or "__path__" in self._state.changes,
        )

    def _names(self) -> Mapping[str, tuple[Bound, ...]]:
        names = {name: list(bounds) for name, bounds in self._state.changes.items()}
        for name, bounds in self._asides.items():
            names.setdefault(name, []).extend(bounds)
        for name, bindings in self._scan.scope.bindings.items():
            rebinds = [self._rebound(b) for b in bindings if b.statement.scope.kind == "function"]
            if rebinds:
                names.setdefault(name, []).extend(rebinds)
        settled = {name: tuple(dict.fromkeys(map(self._settle, bounds))) for name, bounds in names.items()}
        return {**settled, **self._members}

    def _settle(self, bound: Bound) -> Bound:
        """Turn an alias of a name that was bound anew afterwards into a value of its own."""
        root, before = self._aliased.get(bound, ("", ()))
        return bound if not root or self._state.get(root) == before else replace(bound, kind="value")

    def _rebound(self, binding: Binding) -> Bound:
        """What a function binds in the module by ``global``."""
        row = binding.statement.node.lineno
        if binding.target is not None:
            kind: BoundKind = "name" if ":" in binding.target else "module"
            return Bound(kind, row, binding.target, rebinds=True)
        chain = facts.chain(binding.value)
        outer = binding.statement.scope.lookup(chain[0]) if chain else []
        if not chain or len(outer) != 1:
            return Bound("value", row, rebinds=True)
        is_local = outer[0].statement.scope.kind != "module" and outer[0].target is None
        root = outer[0].target or f"{self._module}:{chain[0]}"
        return Bound("value", row, None if is_local else _extend(root, chain[1:]), rebinds=True)

    # Statements, each in the state in which it finds the module.

    def _block(self, body: Iterable[ast.stmt], state: State) -> bool:
        """Read statements in order; tell whether what follows them can run."""
        stops = state.outer is not None
        for node in body:
            goes_on = self._statement(node, state)
            if stops and not goes_on:
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
                self._bind(state, name, [flow.ABSENT])
        else:
            return self._compound(node, state)
        return True

    def _bind(self, state: State, name: str, bounds: Iterable[Bound]) -> None:
        if state.aside:
            bounds = [replace(bound, aside=True) for bound in bounds]
            if not state.class_name:
                self._asides.setdefault(name, []).extend(bounds)
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
            self._bind(state, flow.field(node, "name").id, [Bound("value", node.lineno)])
        return not flow.is_end(node)

    def _if(self, node: ast.If, state: State) -> bool:
        test = flow.classify(node.test)
        if test == "open":
            return self._choose(state, [node.body, node.orelse])
        runs, aside = (node.orelse, node.body) if test in ("typing", "never") else (node.body, node.orelse)
        if test in ("typing", "never", "always", "not typing"):
            self._block(aside, state.branch(aside=True))
        return self._block(runs, state) if runs else True

    def _choose(self, state: State, bodies: Iterable[list[ast.stmt]]) -> bool:
        """Read bodies of which one runs."""
        branches = [(body, state.branch()) for body in bodies]
        ends = [branch for body, branch in branches if self._block(body, branch)]
        state.join(ends)
        return bool(ends)

    def _try(self, node: ast.Try, state: State) -> bool:
        body = state.branch()
        ends = [body] if self._block([*node.body, *node.orelse], body) else []
        for handler in node.handlers:
            branch = state.interrupted(body, flow.catches_import_error(handler.type))
            if self._block(handler.body, branch):
                ends.append(branch)
            if handler.name:
                branch.changes.pop(handler.name, None)
        state.join(ends)
        return self._block(node.finalbody, state) and bool(ends)

    def _with(self, node: ast.With | ast.AsyncWith, state: State) -> bool:
        for item in node.items:
            for name in bound_names(item.optional_vars) if item.optional_vars else ():
                self._bind(state, name, [Bound("value", node.lineno)])
        if not flow.suppresses(node):
            return self._block(node.body, state)
        body = state.branch()
        ends = [body] if self._block(node.body, body) else []
        state.join([*ends, state.interrupted(body, flow.suppresses_import_error(node))])
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
        branches = [state.branch()]
        for case in node.cases:
            branch = state.branch()
            for name in pattern_names(case.pattern):
                self._bind(branch, name, [Bound("value", node.lineno)])
            if self._block(case.body, branch):
                branches.append(branch)
        state.join(branches)
        return True

    # Bindings.

    def _import(self, node: ast.Import, state: State) -> None:
        for alias in node.names:
            root = alias.name.partition(".")[0]
            target = alias.name if alias.asname else root
            self._imports_module(alias.name, state, node.lineno)
            self._bind(state, alias.asname or root, [Bound("module", node.lineno, target)])

    def _import_from(self, node: ast.ImportFrom, state: State) -> None:
        module = self._scan.imported_module(node)
        if module is not None:
            self._imports_module(module, state, node.lineno)
        for alias in node.names:
            if alias.name == "*":
                if module is not None and not state.aside:
                    self._stars.append(Star(module, node.lineno, state.conditional))
                continue
            target = None if module is None else f"{module}:{alias.name}"
            if target is not None and not state.aside:
                self._imports[target] = None
            self._bind(state, alias.asname or alias.name, [Bound("name", node.lineno, target)])

    def _imports_module(self, module: str, state: State, row: int) -> None:
        """Note that a statement imports ``module``; a package that imports a submodule for the first time binds it."""
        if state.aside:
            return
        if self._scan.is_package and module.startswith(f"{self._module}.") and not state.class_name:
            name = module[len(self._module) + 1 :].partition(".")[0]
            submodule = f"{self._module}.{name}"
            again = any(f"{done}.".startswith((f"{submodule}.", f"{submodule}:")) for done in self._imports)
            if not again and state.get(name):
                state.set(name, [*state.get(name), Bound("module", row, submodule)])
        self._imports[module] = None

    def _assignment(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign, state: State) -> None:
        if isinstance(node, ast.AugAssign):
            for name in bound_names(node.target):
                self._bind(state, name, [Bound("value", node.lineno)])
        elif node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                self._assign(target, node.value, state)

    def _assign(self, target: ast.expr, value: ast.expr, state: State) -> None:
        if isinstance(target, ast.Name):
            if not (isinstance(value, ast.Name) and value.id == target.id and state.get(target.id)):
                self._bind(state, target.id, self._values(value, state))
            return
        if isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, (ast.Tuple, ast.List)):
            pairs = [*target.elts, *value.elts]
            if len(target.elts) == len(value.elts) and not any(isinstance(pair, ast.Starred) for pair in pairs):
                for inner, item in zip(target.elts, value.elts, strict=True):
                    self._assign(inner, item, state)
                return
        for name in bound_names(target):
            self._bind(state, name, [Bound("value", value.lineno)])

    def _walrus(self, node: ast.stmt, state: State) -> None:
        for walrus, conditional in flow.walruses(node):
            if isinstance(walrus.target, ast.Name):
                before = (state.get(walrus.target.id) or (flow.ABSENT,)) if conditional else ()
                self._bind(state, walrus.target.id, [*before, *self._values(walrus.value, state)])

    def _values(self, value: ast.expr, state: State) -> list[Bound]:
        """Give what a name that is assigned ``value`` may stand for."""
        if isinstance(value, ast.IfExp):
            return [*self._values(value.body, state), *self._values(value.orelse, state)]
        if isinstance(value, ast.BoolOp):
            return [bound for operand in value.values for bound in self._values(operand, state)]
        if isinstance(value, ast.NamedExpr):
            return self._values(value.value, state)
        chain = facts.chain(value)
        if not chain or state.in_class(chain[0]):
            return [Bound("value", value.lineno)]
        return [self._alias(chain, value.lineno, state)]

    def _alias(self, chain: list[str], row: int, state: State) -> Bound:
        bounds = state.get(chain[0])
        if len(bounds) == 1 and bounds[0].kind in ("module", "name") and bounds[0] not in self._aliased:
            if len(chain) == 1 or bounds[0].target is None:
                return replace(bounds[0], row=row)
            return Bound("name", row, _extend(bounds[0].target, chain[1:]))
        bound = Bound("name", row, _extend(f"{self._module}:{chain[0]}", chain[1:]))
        if bounds:
            self._aliased[bound] = (chain[0], bounds)
        return bound

    # Definitions.

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, state: State) -> FunctionFacts:
        decorators = tuple(self.refer(decorator, state) for decorator in node.decorator_list)
        return facts.function(node, decorators, self._scan)

    def _class(self, node: ast.ClassDef, state: State) -> None:
        name = f"{state.class_name}.{node.name}" if state.class_name else node.name
        inner = State(state, class_name=name)
        self._block(node.body, inner)
        self._bind(state, node.name, [Bound("class", node.lineno, facts=self._class_facts(node, state))])
        for member, bounds in inner.changes.items():
            self._members[f"{name}.{member}"] = tuple(
                replace(bound, kind="value") if bound.kind in ("name", "module") else bound for bound in bounds
            )

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
            return None if target is None else _extend(target, chain[1:])
        if not bounds and not self._stars and hasattr(builtins, chain[0]):
            return _extend(f"builtins:{chain[0]}", chain[1:])
        return _extend(f"{self._module}:{chain[0]}", chain[1:])

    def _refer_to_exports(self, expression: ast.expr) -> str | None:
        """Give the module of which ``expression`` is ``__all__``."""
        target = self.refer(expression, self._state)
        if target is None:
            return None
        module, _, name = target.replace(":", ".").rpartition(".")
        return module if name == "__all__" else None


def _extend(target: str, rest: Iterable[str]) -> str:
    return ".".join((target, *rest))


def module_level(summary: ModuleSummary) -> Iterator[tuple[str, tuple[Bound, ...]]]:
    """Give the names of the module itself, without the members of its classes."""
    for name, bounds in summary.names.items():
        if "." not in name:
            yield name, bounds
