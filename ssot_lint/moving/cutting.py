"""A module without the definition that has moved, and with what is left of it: an import, or nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_lint.check import Checker
from ssot_lint.file import File
from ssot_lint.fixing.apply import Change, Plan
from ssot_lint.fixing.rewrite import State, Step
from ssot_lint.fixing.settle import Settled
from ssot_lint.fixing.tidy import tidy
from ssot_lint.model import FileReport
from ssot_lint.moving.definitions import Definition
from ssot_lint.moving.request import CannotMove, Request
from ssot_lint.own_rules import OWN_RULES
from ssot_lint.project import Project
from ssot_lint.rewriting.names import split
from ssot_lint.source.imports import add_import_at_top, remove_name
from ssot_lint.source.replacements import Replacement, in_order
from ssot_lint.source.scan import scan
from ssot_lint.source.text import NEWLINE, Text


def without_definition(definition: Definition) -> bytes:
    """Give the module without the definition."""
    text = definition.file.text
    return text.encode(_applied(text.string, list(_cut(definition))))


def with_import(definition: Definition, request: Request) -> bytes:
    """Give the module without the definition, which it imports from where it will be."""
    file, text = definition.file, Text.read(without_definition(definition))
    module, name = split(request.new)
    read = scan(text, file.scan.module, file.scan.is_package)
    return text.encode(_applied(text.string, add_import_at_top(read, module, name, definition.name)))


def _cut(definition: Definition) -> Iterator[Replacement]:
    """Take the definition out, with the blank lines that set it apart from what follows, or else from what precedes."""
    string = definition.file.text.string
    start, end = definition.start, definition.end
    while (newline := NEWLINE.match(string, end)) is not None:
        end = newline.end()
    if end >= len(string):
        kept = string[:start].rstrip("\r\n")
        ended = NEWLINE.match(string, len(kept))
        start = ended.end() if ended else len(kept)
    yield Replacement(start, end, "")


def tidied(project: Project, definition: Definition, request: Request, raw: bytes) -> bytes:
    """Give the module ``raw``, which imports what has moved, without that import if nothing needs it there.

    Imports that only the definition used go, too. ``project`` is the one in which all others have followed.
    """
    path, before = definition.file.path, definition.file.text
    text = Text.read(raw)
    read = scan(text, definition.file.scan.module, definition.file.scan.is_package)
    file = File(path, read, project)
    if not any(use.path[0] == definition.name for use in file.uses):
        if raw == with_import(definition, request):  # it was never there
            file = _read(file, Text.read(without_definition(definition)))
        else:
            file = _read(file, _changed(file.text, _import_of(file, definition.name)))
        text = file.text if request.shim else _changed(file.text, _listed(file, definition.name))
    now = Settled(
        (Step(State(path, before, project), Plan((), (Change(0, 0, 0, ""),)), State(path, text, project), ()),),
        State(path, text, project), FileReport(path), (),
    )  # fmt: skip
    settled = tidy(Checker((), project, ignored=frozenset(OWN_RULES)), now)
    return settled.state.text.encode(settled.state.text.string)


def _read(file: File, text: Text) -> File:
    return File(file.path, scan(text, file.scan.module, file.scan.is_package), file.project)


def _changed(text: Text, replacements: Iterator[Replacement]) -> Text:
    return Text(_applied(text.string, list(replacements)), text.encoding, text.bom)


def _import_of(file: File, name: str) -> Iterator[Replacement]:
    for imported in file.scan.outer_imports:
        for index, alias in enumerate(imported.node.names):
            if (alias.asname or alias.name) == name:
                yield from remove_name(file.scan, imported, index) or ()


def _listed(file: File, name: str) -> Iterator[Replacement]:
    """Take the name out of ``__all__``; raises `CannotMove` where that is no plain list."""
    for statement in file.scan.block.statements:
        node = statement.node
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if not any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            continue
        value = getattr(node, "value", None)
        strings = [inner for inner in ast.walk(value) if isinstance(inner, ast.Constant)] if value else []
        if not any(string.value == name for string in strings):
            continue
        if not isinstance(value, (ast.List, ast.Tuple)):
            raise CannotMove(f"`__all__` of {file.path} holds {name}, and is no plain list")
        index = next(number for number, entry in enumerate(value.elts) if getattr(entry, "value", None) == name)
        yield _without(file, value.elts, index)


def _without(file: File, entries: list[ast.expr], index: int) -> Replacement:
    """Take one entry out of a list, with the comma and the white space up to the next one, or else the one before."""
    start, end = file.scan.span(entries[index])
    if index + 1 < len(entries):
        return Replacement(start, file.scan.span(entries[index + 1])[0], "")
    if index:
        return Replacement(file.scan.span(entries[index - 1])[1], end, "")
    comma = file.text.string.find(",", end, file.text.line_end(end))
    return Replacement(start, comma + 1 if comma >= 0 else end, "")


def _applied(string: str, replacements: list[Replacement] | tuple[Replacement, ...]) -> str:
    parts, at = list[str](), 0
    for change in in_order(replacements):
        parts += (string[at : change.start], change.content)
        at = change.end
    return "".join([*parts, string[at:]])
