"""Names that a module is given by others: ``base.dialect = dialect``, ``setattr(base, "dialect", dialect)``.

Tests do not count: what they set, they take back. Nor does it count whether the code runs that sets a name: where there
is such code, the name is not certainly missing.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ssot_lint.globs import is_test_path
from ssot_lint.project.answers import Answer
from ssot_lint.project.facts import chain
from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.replacements import MADE, Replacements
from ssot_lint.project.trail import Memo, Trail
from ssot_lint.source.places import last_name
from ssot_lint.source.scan import Scan, scan
from ssot_lint.source.scopes import Binding
from ssot_lint.source.text import NotText, Text

IMPORTERS = frozenset({"import_module", "__import__", "reload"})


@dataclass(frozen=True)
class Gift:
    """A name that is set on one of ``modules``, or on what a file calls ``holder`` and nothing is known of.

    Of that it has to be the very name: settings are often filled from a dictionary, and are no modules.
    """

    name: str
    modules: frozenset[str] = frozenset()
    holder: str | None = None

    def is_for(self, module: str, name: str) -> bool:
        """Tell whether ``module`` may have ``name`` by this."""
        if module in self.modules:
            return self.name in (name, MADE)
        return self.name == name and self.holder == module.rpartition(".")[2]


class Gifts:
    """Tells which names modules get from outside."""

    def __init__(
        self,
        modules: ModuleMap,
        resolve: Callable[[str], Answer],
        replacements: Replacements,
        read: Callable[[str], bytes | None],
        trail: Trail,
    ) -> None:
        self._modules = modules
        self._resolve = resolve
        self._replacements = replacements
        self._read = read
        self._given: Memo[str, tuple[Gift, ...]] = Memo(trail)

    def has(self, module: str, name: str) -> bool:
        """Tell whether some code of the project, tests apart, may set ``name`` on ``module``."""
        givers = self._replacements.setters(name) | self._replacements.setters(MADE)
        paths = sorted(path for path in givers if not is_test_path(path))
        return any(gift.is_for(module, name) for path in paths for gift in self._of(path))

    def _of(self, path: str) -> tuple[Gift, ...]:
        """Give all gifts that a file makes."""
        return self._given.get(
            path, lambda: tuple(gift for gift in self._read_closely(path) if gift.modules or gift.holder)
        )

    def _read_closely(self, path: str) -> Iterator[Gift]:
        module, is_package = self._modules.module_of(path) or (None, False)
        try:
            known = scan(Text.read(self._read(path) or b""), module, is_package)
        except (NotText, SyntaxError):
            return
        for receiver, name in _stores(known.tree):
            yield self._gift(known, receiver, name)

    def _gift(self, known: Scan, receiver: ast.expr, name: str) -> Gift:
        path = chain(receiver)
        if not path:
            return Gift(name, frozenset(_imported(receiver)))
        bindings = known.lookup(path[0], known.span(receiver)[0])
        modules = {module for binding in bindings or () for module in self._modules_of(binding, path[1:])}
        is_known = bindings and all(binding.kind not in ("parameter", "other") for binding in bindings)
        return Gift(name, frozenset(modules), None if is_known or len(path) > 1 else path[0])

    def _modules_of(self, binding: Binding, rest: list[str]) -> Iterator[str]:
        """Give the modules that may be meant by the attribute ``rest`` of what ``binding`` binds."""
        if binding.target is not None:
            yield from self._resolve(".".join((binding.target, *rest))).possible
        elif binding.value is not None and not rest:
            yield from _imported(binding.value)


def _stores(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    """Give each object of which an attribute is set, with the name of that."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.value, node.attr
        elif isinstance(node, ast.Call) and last_name(node) == "setattr" and len(node.args) > 1:
            name = node.args[1]
            yield node.args[0], str(name.value) if isinstance(name, ast.Constant) else MADE


def _imported(expression: ast.expr) -> tuple[str, ...]:
    """Give ``a.b`` for ``sys.modules["a.b"]`` and for ``import_module("a.b")``."""
    name: ast.expr | None = None
    if isinstance(expression, ast.Subscript) and last_name(expression.value) == "modules":
        name = expression.slice
    elif isinstance(expression, ast.Call) and last_name(expression) in IMPORTERS and expression.args:
        name = expression.args[0]
    return (name.value,) if isinstance(name, ast.Constant) and isinstance(name.value, str) else ()
