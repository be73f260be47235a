"""A module that only re-exports becomes one that gives its names when they are asked for, with a warning.

Its imports stay, for type checkers and those who read, under ``TYPE_CHECKING``, with all comments; a table tells where
the names are at home, and a module ``__getattr__`` (PEP 562) looks them up there.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ssot_lint.file import File, ast_path, plain
from ssot_lint.model import Applicability, Edit, Fix, Refusal
from ssot_lint.rewriting.names import known_name, refused_name
from ssot_lint.rewriting.refused import Refused
from ssot_lint.source.places import in_type_checking
from ssot_lint.source.placing import is_own_line, newline_at
from ssot_lint.source.scopes import Statement

TABLE = "_HOMES"
HOOK = "__getattr__"
NEEDED = (("warnings", ""), ("pkgutil", "resolve_name"), ("typing", "TYPE_CHECKING"))
INDENT = "    "
GETATTR = '''
def {hook}(name: str) -> object:
    """Give a name from its home, and say where that is."""
    home = {table}.get(name)
    if home is None:
        raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")
    instead = home.replace(":", ".")
    {warnings}.warn(f"{{__name__}}.{{name}} is deprecated, use {{instead}}", DeprecationWarning, stacklevel=2)
    return {resolve_name}(home)'''


@dataclass
class _Plan:
    """What is known of the module so far: the statements to wrap and the homes of the names they bind."""

    moved: list[Statement] = field(default_factory=list)
    homes: dict[str, str] = field(default_factory=dict)


def lazy_shim(file: File, is_shim: Callable[[str], bool]) -> Fix | Refusal:
    """Give the fix that makes a lazy shim of a module which only re-exports, or say why there is none.

    ``is_shim`` tells of a module whether it is one itself, so no home. The names are those of the project; imports of
    other libraries stay as they are.
    """
    try:
        plan = _read(file, is_shim)
        edits = tuple(sorted(_edits(file, plan)))
    except Refused as refused:
        return refused.refusal
    return Fix(Applicability.UNSAFE, "Give its names from their homes when they are asked for, with a warning", edits)


# What the module passes on.


def _read(file: File, is_shim: Callable[[str], bool]) -> _Plan:
    plan = _Plan()
    for statement in file.scan.block.statements:
        names = list(_passed_on(file, statement, plan))
        for name, target in names:
            _add(plan, name, _home(file, target, is_shim))
        if names:
            if not is_own_line(file.text, statement):
                raise Refused("shared-line", f"line {_row(file, statement)} holds more than one statement")
            plan.moved.append(statement)
        elif not _may_stay(statement, plan):
            code = "guarded-import" if isinstance(statement.node, ast.Try) else "not-only-reexports"
            raise Refused(code, f"line {_row(file, statement)} does more than pass on names")
    if not plan.homes:
        raise Refused("not-only-reexports", "it passes on no name of the project")
    return plan


def _add(plan: _Plan, name: str, home: str) -> None:
    if plan.homes.setdefault(name, home) != home:
        raise Refused("mixed-bindings", f"`{name}` is bound to more than one thing")


def _row(file: File, statement: Statement) -> int:
    return file.text.row(statement.start)


def _passed_on(file: File, statement: Statement, plan: _Plan) -> Iterator[tuple[str, str]]:
    """Give the names of the project that a statement passes on, each with what it is (``a.b:c``)."""
    imported = file.import_of(statement)
    if imported is None:
        yield from _aliased(file, statement, plan)
        return
    for alias in imported.node.names:
        if isinstance(imported.node, ast.Import):
            if file.project.is_first_party(alias.name):
                if alias.asname is None:
                    raise Refused("not-only-reexports", f"`import {alias.name}` may be there for what it does")
                yield alias.asname, f"{alias.name}:"
        elif imported.module is not None and file.project.is_first_party(imported.module):
            if file.scan.is_package and imported.module.startswith(f"{file.module}."):
                raise Refused("loads-submodules", f"who imports this package relies on it to import {imported.module}")
            if alias.name == "*":
                yield from _starred(file, imported.module)
            else:
                yield alias.asname or alias.name, f"{imported.module}:{alias.name}"


def _starred(file: File, module: str) -> Iterator[tuple[str, str]]:
    names = file.project.star_exports(module)
    if names is None:
        raise Refused("partly-legacy-star", f"what the star brings from {module} is not known")
    yield from ((name, f"{module}:{name}") for name in sorted(names))


def _aliased(file: File, statement: Statement, plan: _Plan) -> Iterator[tuple[str, str]]:
    """Give the name that is assigned one which is passed on."""
    node = statement.node
    target = node.targets[0] if isinstance(node, ast.Assign) and len(node.targets) == 1 else None
    path = ast_path(node.value) if isinstance(node, ast.Assign) else None
    if isinstance(target, ast.Name) and path and path[0] in plan.homes:
        home, rest = plan.homes[path[0]], ".".join(path[1:])
        yield target.id, f"{home}{'.' if ':' in home else ':'}{rest}" if rest else home


def _home(file: File, target: str, is_shim: Callable[[str], bool]) -> str:
    """Give where a name is to be taken from: the first place on its way that is no shim."""
    resolution = file.project.resolve(target)
    if resolution.status == "missing":
        raise Refused("target-missing", f"{plain(target)} does not exist")
    if resolution.status == "found" and resolution.origin is not None:
        if file.project.summary(resolution.origin) is not None:
            return resolution.origin
        for step in resolution.chain:
            module, _, name = step.rpartition(".")
            if file.project.summary(module) is not None and not is_shim(module):
                return f"{module}:{name}"
    return target


def _may_stay(statement: Statement, plan: _Plan) -> bool:
    """Whether a statement binds nothing that is a module's own, and does without what is passed on."""
    node = statement.node
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass)):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.If):
        return bool(statement.blocks) and all(in_type_checking(inner) for inner in statement.blocks[0].statements)
    if not isinstance(node, (ast.Assign, ast.AnnAssign)):
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    is_dunder = all(isinstance(target, ast.Name) and target.id.startswith("__") for target in targets)
    return is_dunder and not any(isinstance(inner, ast.Name) and inner.id in plan.homes for inner in ast.walk(node))


# What becomes of it.


def _edits(file: File, plan: _Plan) -> Iterator[Edit]:
    text, first = file.text, plan.moved[0]
    names, header = _needed(file, first)
    newline = newline_at(text, first.start)
    top = _above_comments(file, first)
    if header and top != first.start:
        yield file.edit(top, top, "".join(line + newline for line in header))
        header = []
    previous: Statement | None = None
    for statement in file.scan.block.statements:
        if statement in plan.moved:
            inner = text.string[statement.start : statement.end].replace(newline, newline + INDENT)
            goes_on = previous in plan.moved and not _has_comment_between(file, previous, statement)
            lines = [] if goes_on else [*header, f"if {names['TYPE_CHECKING']}:"]
            header = []
            yield file.edit(statement.start, statement.end, newline.join([*lines, INDENT + inner]))
        previous = statement
    end = text.line_end(file.scan.block.statements[-1].end)
    yield file.edit(end, end, "".join(newline + line for line in _footer(file, plan, names)))


def _above_comments(file: File, statement: Statement) -> int:
    """Give the start of the comments right above a statement, if something else than they heads the module."""
    if statement is file.scan.block.statements[0]:
        return statement.start
    row = file.text.row(statement.start)
    while _line(file, row - 1).startswith("#"):
        row -= 1
    return file.text.line_starts[row - 1]


def _line(file: File, row: int) -> str:
    start = file.text.line_starts[row - 1]
    return file.text.string[start : file.text.line_end(start)]


def _has_comment_between(file: File, previous: Statement, statement: Statement) -> bool:
    """Whether a comment speaks of ``statement``: it is not to stand in the block of ``previous``."""
    return "#" in file.text.string[file.text.line_end(previous.end) : statement.start]


def _needed(file: File, first: Statement) -> tuple[dict[str, str], list[str]]:
    """Give the names under which the module has what a lazy shim needs, and the imports of what it does not have."""
    for name in (TABLE, HOOK):
        if not file.is_free(name):
            raise Refused("name-taken", f"`{name}` is there already")
    names: dict[str, str] = {}
    missing: list[str] = []
    for module, name in NEEDED:
        wanted = name or module
        known = known_name(file, first.start, f"{module}.{name}" if name else module)
        if known is None:
            refusal = refused_name(file, first, wanted)
            if refusal is not None:
                raise Refused(refusal.code, refusal.reason)
            missing.append(f"from {module} import {name}" if name else f"import {module}")
        names[wanted] = known or wanted
    return names, [*sorted(missing, key=lambda line: (line.startswith("from"), line)), *([""] if missing else [])]


def _footer(file: File, plan: _Plan, names: dict[str, str]) -> Iterator[str]:
    if "__all__" not in file.scan.scope.bindings:
        public = [name for name in plan.homes if not name.startswith("_")]
        yield ""
        yield from _display("__all__ = [", (f'"{name}",' for name in public), "]")
    yield ""
    yield from _display(f"{TABLE} = {{", (f'"{name}": "{home}",' for name, home in plan.homes.items()), "}")
    yield ""
    text = GETATTR.format(hook=HOOK, table=TABLE, **names)
    yield from text.split("\n")


def _display(start: str, items: Iterable[str], end: str) -> Iterator[str]:
    yield start
    yield from (INDENT + item for item in items)
    yield end
