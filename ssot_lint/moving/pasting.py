"""A definition written into the module where it is to be, with the imports that it needs there."""

from __future__ import annotations

from collections.abc import Iterable

from ssot_lint.file import File, plain
from ssot_lint.moving.definitions import Definition, Needed, absolute_imports, renamed
from ssot_lint.moving.request import CannotMove, Request
from ssot_lint.project import Project
from ssot_lint.rewriting.names import is_late
from ssot_lint.source.imports import add_at_top_of, add_import, add_import_at_top, remove_name
from ssot_lint.source.places import in_type_checking
from ssot_lint.source.replacements import Replacement, in_order
from ssot_lint.source.scan import scan
from ssot_lint.source.scopes import Binding
from ssot_lint.source.text import NEWLINE, NotText, Text

FUTURE = ("__future__", "annotations")
FUTURE_LINE = "from __future__ import annotations"
GUARD = "if TYPE_CHECKING:"


def pasted(project: Project, definition: Definition, request: Request, path: str) -> bytes:
    """Give what the file ``path``, which may be a new one, holds with the definition in it; raises `CannotMove`."""
    raw = project.read(path)
    last = request.new.rpartition(".")[2]
    if raw is None:
        return _new_file(project, definition, path, _source(definition, last))
    target = _Target(project, path, raw)
    _check_future(definition, target.file)
    _make_room(target, request, last)
    for needed in definition.needed:
        target.provide(needed)
    target.append(_source(definition, last))
    return target.raw()


def _new_file(project: Project, definition: Definition, path: str, source: str) -> bytes:
    """Give a module of nothing but the definition and its imports; like its old one in encoding and newlines."""
    text = definition.file.text
    groups = [[FUTURE_LINE] if _has_future(definition.file) else []]
    plain_ones = [needed for needed in definition.needed if not needed.for_checkers]
    for_checkers = [needed for needed in definition.needed if needed.for_checkers]
    guard = [Needed("TYPE_CHECKING", "typing:TYPE_CHECKING")] if for_checkers else []
    for_all = [(project.is_first_party(n.target.partition(":")[0]), n) for n in (*plain_ones, *guard)]
    groups += [import_lines(needed for own, needed in for_all if own is is_own) for is_own in (False, True)]
    groups.append([GUARD, *(f"    {line}" for line in import_lines(for_checkers))] if for_checkers else [])
    cookie = [f"# coding: {text.encoding}"] if text.encoding.lower().replace("_", "-") != "utf-8" else []
    header = "\n\n".join("\n".join(group) for group in groups if group)
    string = "\n".join([*cookie, *([header, "", ""] if header else []), source, ""])
    return text.encode(NEWLINE.sub(text.newline, string))


def _source(definition: Definition, last: str) -> str:
    text = definition.file.text
    changes = in_order([*absolute_imports(definition), *renamed(definition, last)])
    parts, at = list[str](), definition.start
    for change in changes:
        parts += (text.string[at : change.start], change.content)
        at = change.end
    return "".join([*parts, text.string[at : definition.end]])


def _has_future(file: File) -> bool:
    return any(
        (imported.module, alias.name) == FUTURE for imported in file.scan.outer_imports for alias in imported.node.names
    )


def _check_future(definition: Definition, target: File) -> None:
    if definition.has_annotations and _has_future(definition.file) != _has_future(target):
        has, has_not = definition.file.path, target.path
        if _has_future(target):
            has, has_not = has_not, has
        raise CannotMove(f"{has} has `{FUTURE_LINE}` and {has_not} has not, so the annotations would become others")


def _make_room(target: _Target, request: Request, last: str) -> None:
    """Let the name be free: an import of what moves goes; raises `CannotMove` where something else has the name."""
    file = target.file
    for imported in file.scan.outer_imports:
        for index, alias in enumerate(imported.node.names):
            if plain(f"{imported.module}:{alias.name}") == request.old:
                early = [use for use in file.uses if use.path[0] == last and not is_late(file, use.start)]
                removal = remove_name(file.scan, imported, index)
                if early or (alias.asname or alias.name) != last or removal is None:
                    raise CannotMove(f"{file.path} imports {request.old}, and uses it before it could be defined there")
                target.change(removal)
                return
    if last in file.scan.scope.bindings:
        raise CannotMove(f"{file.path} has another `{last}`")


class _Target:
    """The text of the file in which something is written, change by change."""

    def __init__(self, project: Project, path: str, raw: bytes) -> None:
        self._project = project
        self._path = path
        try:
            self._text = Text.read(raw)
        except NotText as error:
            raise CannotMove(f"{path} cannot be read: {error}") from error
        self.file = self._read()

    def _read(self) -> File:
        located = self._project.module_of(self._path)
        try:
            return File(self._path, scan(self._text, *(located or (None, False))), self._project)
        except SyntaxError as error:
            raise CannotMove(f"{self._path} is not Python: {error.msg}") from error

    def change(self, replacements: Iterable[Replacement]) -> None:
        """Make ``replacements`` in the text."""
        parts, at = list[str](), 0
        for change in in_order(replacements):
            parts += (self._text.string[at : change.start], change.content)
            at = change.end
        self._text = Text("".join([*parts, self._text.string[at:]]), self._text.encoding, self._text.bom)
        self.file = self._read()

    def provide(self, needed: Needed) -> None:
        """Make the name that is needed mean what it does; raises `CannotMove` if it means something else."""
        bound = self.file.scan.scope.bindings.get(needed.name, [])
        if not all(self._is_it(binding, needed) for binding in bound):
            raise CannotMove(f"`{needed.name}` is something else in {self._path} than where it comes from")
        if any(self._provides(binding, needed) for binding in bound):
            return
        if plain(needed.target) == f"{self.file.module}.{needed.name}":
            raise CannotMove(f"{self._path} has no `{needed.name}`, which {needed.target} says that it has")
        if needed.for_checkers:
            self._provide_for_checkers(needed)
        elif ":" in needed.target:
            module, _, name = needed.target.partition(":")
            self.change(add_import_at_top(self.file.scan, module, name, needed.name))
        else:
            self.change([add_at_top_of(self.file.scan, _import_line(needed))])

    def _is_it(self, binding: Binding, needed: Needed) -> bool:
        """Whether a name of the file is what is needed, or at least the package in which that is."""
        own = f"{self.file.module}:{binding.name}" if binding.target is None else binding.target
        if plain(own) == plain(needed.target):
            return True
        if ":" not in needed.target:
            return binding.kind == "import" and needed.target.startswith(f"{binding.target}.")
        found = self._project.resolve(own)
        return found.status == "found" and found.origin == self._project.resolve(needed.target).origin

    def _provides(self, binding: Binding, needed: Needed) -> bool:
        """Whether a name that is what is needed is there when it is needed, with the module that it leads to."""
        if in_type_checking(binding.statement) and not needed.for_checkers:
            return False
        imported = self.file.import_of(binding.statement)
        if imported is None or binding.kind == "from":
            return not binding.conditional or needed.for_checkers
        return any(alias.name == needed.target for alias in imported.node.names)

    def _provide_for_checkers(self, needed: Needed) -> None:
        guards = [
            statement for statement in self.file.scan.block.statements
            if statement.blocks and in_type_checking(statement.blocks[0].statements[0])
        ]  # fmt: skip
        if guards and ":" in needed.target:
            module, _, name = needed.target.partition(":")
            last = guards[0].blocks[0].statements[-1]
            self.change(add_import(self.file.scan, last, module, name, needed.name))
            return
        if "TYPE_CHECKING" not in self.file.scan.scope.bindings:
            self.change(add_import_at_top(self.file.scan, "typing", "TYPE_CHECKING"))
        newline = self._text.newline
        self.change([add_at_top_of(self.file.scan, f"{newline}{GUARD}{newline}    {_import_line(needed)}")])

    def append(self, source: str) -> None:
        """Write ``source`` at the end, set off from what is there."""
        newline = self._text.newline
        string = self._text.string.rstrip(" \t\r\n")
        gap = newline * 3 if string else ""
        source = NEWLINE.sub(newline, source)
        self._text = Text(f"{string}{gap}{source}{newline}", self._text.encoding, self._text.bom)
        self.file = self._read()

    def raw(self) -> bytes:
        """Give the bytes; raises `CannotMove` where the encoding has not all characters."""
        try:
            return self._text.encode(self._text.string)
        except UnicodeEncodeError as error:
            raise CannotMove(f"{self._path} is {self._text.encoding}, which cannot hold the definition") from error


def import_lines(names: Iterable[Needed]) -> list[str]:
    """Give import statements for ``names``, one for each module, in the order in which isort and ruff have them."""
    lines: set[str] = set()
    taken: dict[str, set[str]] = {}
    for needed in names:
        module, colon, name = needed.target.partition(":")
        if colon:
            taken.setdefault(module, set()).add(name + (f" as {needed.name}" if needed.name != name else ""))
        else:
            lines.add(_import_line(needed))
    statements = [f"from {module} import {', '.join(sorted(found))}" for module, found in sorted(taken.items())]
    return [*sorted(lines), *statements]


def _import_line(needed: Needed) -> str:
    module, colon, name = needed.target.partition(":")
    if colon:
        return f"from {module} import {name}" + (f" as {needed.name}" if needed.name != name else "")
    root = module.partition(".")[0]
    return f"import {module}" + (f" as {needed.name}" if needed.name not in (root, module) else "")
