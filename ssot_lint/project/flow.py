"""Which bindings are left when a module has run: names and what they may stand for, from branch to branch."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Literal

from ssot_lint.project.summary import Bound
from ssot_lint.source.places import last_name

ABSENT = Bound("absent", 0)
IMPORTS = (ast.Import, ast.ImportFrom)
ENDS = frozenset({"exit", "quit", "_exit", "abort"})

Test = Literal["typing", "not typing", "never", "always", "open"]


class State:
    """The names bound so far, each with all that it may stand for, as changes to the state before a branch.

    ``aside`` and ``conditional`` say in what kind of branch this is; ``class_name`` is set in the body of a class.
    """

    def __init__(self, outer: State | None = None, *, class_name: str = "") -> None:
        self.outer = outer
        self.changes: dict[str, tuple[Bound, ...]] = {}
        self._ever: dict[str, dict[Bound, None]] = {}
        self.conditional: bool = outer is not None and outer.conditional
        self.aside: bool = outer is not None and outer.aside
        self.class_name: str = class_name or (outer.class_name if outer else "")

    def branch(self, *, aside: bool = False) -> State:
        """Give a state for statements that may not run, or never when the module is imported (``aside``)."""
        inner = State(self)
        inner.conditional = True
        inner.aside = self.aside or aside
        return inner

    def get(self, name: str) -> tuple[Bound, ...]:
        """Give what ``name`` may stand for; nothing if no statement has bound it yet."""
        state: State | None = self
        while state is not None:
            if name in state.changes:
                return state.changes[name]
            state = state.outer
        return ()

    def in_class(self, name: str) -> bool:
        """Whether ``name`` is bound by the body of the class in which this is."""
        state: State | None = self
        while state is not None and state.class_name:
            if name in state.changes:
                return True
            state = state.outer
        return False

    def set(self, name: str, bounds: Iterable[Bound]) -> None:
        """Bind ``name`` anew."""
        self.changes[name] = tuple(dict.fromkeys(bounds))
        state = self
        while state.outer is not None and state.outer.class_name == state.class_name:
            state._ever.setdefault(name, {}).update(dict.fromkeys(self.changes[name]))
            state = state.outer

    def join(self, branches: Iterable[State]) -> None:
        """Go on after ``branches`` of this state, of which one ran."""
        ends = list(branches)
        for name in dict.fromkeys(name for branch in ends for name in branch.changes):
            self.set(name, (bound for branch in ends for bound in branch.get(name) or (ABSENT,)))

    def interrupted(self, body: State, first: ast.stmt) -> State:
        """Give the state in which a handler starts: ``body``, a branch of this state, failed after ``first`` or before.

        What an import binds at the very start is absent then only if it cannot be imported from anywhere else, either.
        """
        inner = self.branch()
        for name, bounds in body._ever.items():
            guarded = isinstance(first, IMPORTS) and all(bound.row == first.lineno for bound in bounds)
            absent = Bound("absent", first.lineno, guarded=True) if guarded else ABSENT
            inner.set(name, (*(self.get(name) or (absent,)), *bounds))
        return inner


def is_end(node: ast.stmt) -> bool:
    """Whether nothing in the same block runs after ``node``."""
    if isinstance(node, (ast.Raise, ast.Return)):
        return True
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return False
    name = last_name(node.value)
    return name in ENDS or (name == "skip" and any(k.arg == "allow_module_level" for k in node.value.keywords))


def classify(test: ast.expr) -> Test:
    """Tell what is known of the condition of an ``if`` when its module is imported."""
    if last_name(test) == "TYPE_CHECKING" and not isinstance(test, ast.Call):
        return "typing"
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = classify(test.operand)
        opposites: dict[Test, Test] = {"typing": "not typing", "never": "always", "always": "never"}
        return opposites.get(inner, "open")
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return "typing" if any(classify(value) in ("typing", "never") for value in test.values) else "open"
    if isinstance(test, ast.Constant):
        return "always" if test.value else "never"
    if isinstance(test, ast.Compare) and _is_main(test):
        return "never"
    return "open"


def bodies(node: ast.If) -> list[list[ast.stmt]]:
    """Give the bodies of an ``if`` with all its ``elif`` of which one runs; the last may be empty."""
    found = [node.body]
    while len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If) and _only_branches(node.orelse[0].test):
        node = node.orelse[0]
        found.append(node.body)
    return [*found, node.orelse]


def _only_branches(test: ast.expr) -> bool:
    """Whether a condition can be either, and binds nothing itself."""
    return classify(test) == "open" and not any(isinstance(node, ast.NamedExpr) for node in ast.walk(test))


def choices(value: ast.expr) -> Iterator[ast.expr]:
    """Give the expressions of which one is the value of ``value``."""
    waiting = [value]
    while waiting:
        choice = waiting.pop()
        if isinstance(choice, ast.IfExp):
            waiting.extend((choice.orelse, choice.body))
        elif isinstance(choice, ast.BoolOp):
            waiting.extend(reversed(choice.values))
        elif isinstance(choice, ast.NamedExpr):
            waiting.append(choice.value)
        else:
            yield choice


def pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    """Give the targets of an unpacking, each with its own value; nothing where they do not match up in the source."""
    if not isinstance(target, (ast.Tuple, ast.List)) or not isinstance(value, (ast.Tuple, ast.List)):
        return []
    is_starred = any(isinstance(item, ast.Starred) for item in (*target.elts, *value.elts))
    return [] if is_starred or len(target.elts) != len(value.elts) else list(zip(target.elts, value.elts, strict=True))


def _is_main(test: ast.Compare) -> bool:
    sides = [test.left, *test.comparators]
    return (
        len(sides) == 2
        and isinstance(test.ops[0], ast.Eq)
        and any(last_name(side) == "__name__" for side in sides)
        and any(isinstance(side, ast.Constant) and side.value == "__main__" for side in sides)
    )


def suppresses(node: ast.With | ast.AsyncWith) -> bool:
    """Whether a ``with`` statement swallows what its body raises (``contextlib.suppress``)."""
    return any(last_name(item.context_expr) == "suppress" for item in node.items)


def is_irrefutable(case: ast.match_case) -> bool:
    """Whether a ``case`` matches anything."""
    return case.guard is None and isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
