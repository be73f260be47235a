"""Who calls a function that is not async, and who calls those: what would have to become async with it."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.file import File, ast_path
from ssot_lint.source.places import enclosing_definitions
from ssot_lint.source.scan import FUNCTIONS, scan
from ssot_lint.source.scopes import Statement
from ssot_lint.source.text import NotText, Text

CONSTRUCTORS = ("__init__", "__new__")
MOST_FUNCTIONS = 4
"""How many functions are told of, and how many callers of each."""
MOST_CALLERS = 3
MOST_FILES = 20
"""How many of the files that import a function are read for its callers."""


@dataclass(frozen=True, eq=False)
class _Function:
    """A function of a file."""

    file: File
    statement: Statement
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def name(self) -> str:
        """Its name, with those of the classes and functions in which it stands."""
        return ".".join([*reversed(list(enclosing_definitions(self.statement))), self.node.name])

    @property
    def is_async(self) -> bool:
        return isinstance(self.node, ast.AsyncFunctionDef)

    @property
    def called(self) -> Statement:
        """What has to be called so that it runs: the class, where it is the constructor of one."""
        owner = self.statement.scope.owner
        is_constructor = self.statement.scope.kind == "class" and self.node.name in CONSTRUCTORS
        return owner if is_constructor and owner is not None else self.statement

    @property
    def called_as(self) -> str:
        """The name of what has to be called, as its module knows it."""
        return self.name if self.called is self.statement else self.name.rpartition(".")[0]


@dataclass(frozen=True, eq=False)
class _Caller:
    """A call in a function, or in none: when the module is imported."""

    function: _Function | None
    place: str

    def __str__(self) -> str:
        if self.function is None:
            return f"the module ({self.place})"
        return f"{'async ' if self.function.is_async else ''}`{self.function.name}` ({self.place})"


def who_calls(file: File, statement: Statement) -> str:
    """Say who calls the function around ``statement``, as far as that is certain, up to those that are async.

    Nothing is said where there is no such function, where it is async, or where nobody is known to call it.
    """
    first = _function_around(file, statement)
    waiting = deque([first] if first is not None and not first.is_async else [])
    seen = {id(function.node) for function in waiting}
    told: list[str] = []
    while waiting and len(told) < MOST_FUNCTIONS:
        function = waiting.popleft()
        callers = list({str(caller): caller for caller in _callers(function)}.values())
        if callers:
            told.append(f"`{function.name}` is called by {_listed(callers)}")
        for caller in callers:
            above = caller.function
            if above is not None and not above.is_async and id(above.node) not in seen:
                seen.add(id(above.node))
                waiting.append(above)
    return "; ".join(told)


def _listed(callers: list[_Caller]) -> str:
    more = len(callers) - MOST_CALLERS
    return " and ".join(map(str, callers[:MOST_CALLERS])) + (f" and {more} more" if more > 0 else "")


def _function_around(file: File, statement: Statement) -> _Function | None:
    """Give the innermost function in which ``statement`` stands."""
    for owner, _ in statement.ancestors():
        if isinstance(owner.node, FUNCTIONS):
            return _Function(file, owner, owner.node)
    return None


def _callers(function: _Function) -> Iterator[_Caller]:
    """Give the calls of ``function`` that are known for certain, those in its own file first."""
    yield from _calls_in(function.file, function)
    module = function.file.module
    if module is None or function.node.name.startswith("test"):
        return
    for importer in function.file.project.importers(module, function.name.partition(".")[0])[:MOST_FILES]:
        other = _open(function.file, importer)
        if other is not None:
            yield from _calls_in(other, function)


def _open(file: File, importer: str) -> File | None:
    """Open the file of a module of the project; a file that is no module goes by its path."""
    summary = file.project.summary(importer)
    path = summary.path if summary else importer
    raw = file.project.read(path) if path and path != file.path else None
    if raw is None or path is None:
        return None
    module, is_package = file.project.module_of(path) or (None, False)
    try:
        return File(path, scan(Text.read(raw), module, is_package), file.project)
    except (NotText, SyntaxError):
        return None


def _calls_in(file: File, function: _Function) -> Iterator[_Caller]:
    names = {function.called_as.rpartition(".")[2]}
    for imported in file.scan.imports:
        names |= {alias.asname for alias in imported.node.names if alias.asname and alias.name in names}
    for node in file.scan.nodes(ast.Call):
        path = ast_path(node.func)
        if path and names & {path[0], path[-1]}:
            offset = file.scan.span(node)[0]
            statement = file.scan.statement_at(offset)
            if statement is not None and _is_call_of(file, path, statement, function):
                yield _Caller(_function_around(file, statement), f"{file.path}:{file.text.row(offset)}")


def _is_call_of(file: File, path: tuple[str, ...], statement: Statement, function: _Function) -> bool:
    """Whether a call of ``path`` in ``statement`` calls ``function`` for certain."""
    bindings = statement.scope.lookup(path[0])
    if file is function.file and len(path) == 1:
        return bool(bindings) and all(binding.statement is function.called for binding in bindings)
    if file is function.file and len(path) == 2 and _is_method_of_same(path[0], statement, function):
        return path[1] == function.node.name
    reference = file.refer(path, statement.start)
    origin = file.resolve(reference).origin if reference else None
    return origin is not None and origin == f"{function.file.module}.{function.called_as}"


def _is_method_of_same(name: str, statement: Statement, function: _Function) -> bool:
    """Whether ``name`` in ``statement`` is what a method of the same class as ``function`` is called on."""
    if function.statement.scope.kind != "class":
        return False
    method = next((owner for owner, _ in statement.ancestors() if owner.scope is function.statement.scope), None)
    node = method.node if method is not None else None
    arguments = [*node.args.posonlyargs, *node.args.args] if isinstance(node, FUNCTIONS) else []
    return bool(arguments) and arguments[0].arg == name
