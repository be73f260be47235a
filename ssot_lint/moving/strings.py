"""Strings that name what moves: what tells ``patch`` or an import what is meant follows, all others are told."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.file import File
from ssot_lint.project import Project
from ssot_lint.rewriting.opening import opened
from ssot_lint.rewriting.strings import NAMED, PATCHERS
from ssot_lint.source.places import last_name
from ssot_lint.source.triggers import within

LITERAL = re.compile(r"[rRuU]?(?:'{3}|\"{3}|'|\")([\w.]+)(?:'{3}|\"{3}|'|\")")
MODULES = "sys.modules"
NAMING = PATCHERS | {"import_module", "find_spec"}
"""Functions that are told the dotted name of an object; ``__import__`` gives another one than is named."""


@dataclass(frozen=True)
class Mention:
    """A string at ``row`` of the file ``path`` that names what moves and stays as it is."""

    path: str
    row: int
    text: str


def renamed_strings(project: Project, path: str, old: str, new: str) -> bytes | None:
    """Give the file ``path`` with each string that certainly names ``old``, or what is below it, naming ``new``.

    ``None`` where there is none. Certain are the names that ``patch`` and its relatives are told, and functions that
    import by name, and those of modules in ``sys.modules``.
    """
    file = opened(project, path)
    if file is None:
        return None
    places = sorted(set(_certain(file, old)))
    if not places:
        return None
    parts, at = list[str](), 0
    for start in places:
        parts += (file.text.string[at:start], new)
        at = start + len(old)
    return file.text.encode("".join([*parts, file.text.string[at:]]))


def mentions(project: Project, path: str, old: str) -> Iterator[Mention]:
    """Give the strings of a file that begin with the name ``old``, and may mean it."""
    file = opened(project, path)
    for node in ast.walk(file.scan.tree) if file else ():
        if file and isinstance(node, ast.Constant) and isinstance(node.value, str) and within(node.value, old):
            yield Mention(path, node.lineno, node.value)


def _certain(file: File, old: str) -> Iterator[int]:
    """Give the offsets at which ``old`` stands in strings that certainly mean it."""
    for node in ast.walk(file.scan.tree):
        if isinstance(node, ast.Call):
            if last_name(node) in NAMING:
                yield from (start for argument in _first(node) for start in _named(file, argument, old))
            yield from (start for key in _module_keys(node) for start in _named(file, key, old))
        elif isinstance(node, ast.Subscript) and _is_modules(node.value):
            yield from _named(file, node.slice, old)
        elif isinstance(node, ast.Compare) and any(map(_is_modules, node.comparators)):
            yield from _named(file, node.left, old)


def _first(call: ast.Call) -> Iterator[ast.expr]:
    """Give the argument by which a call is told a dotted name."""
    if call.args:
        yield call.args[0]
    yield from (keyword.value for keyword in call.keywords if keyword.arg in NAMED)


def _module_keys(call: ast.Call) -> Iterator[ast.expr]:
    """Give what a call uses as names of modules in ``sys.modules``: ``patch.dict(sys.modules, {...})`` and the like."""
    of_modules = isinstance(call.func, ast.Attribute) and _is_modules(call.func.value)
    if of_modules or any(map(_is_modules, call.args)):
        for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
            yield argument
            yield from (key for key in argument.keys if key) if isinstance(argument, ast.Dict) else ()


def _is_modules(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return node.value == MODULES
    return isinstance(node, ast.Attribute) and node.attr == "modules"


def _named(file: File, node: ast.expr, old: str) -> Iterator[int]:
    """Give where ``old`` stands in a string, if that begins with it and is written as it is meant."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and within(node.value, old):
        literal = LITERAL.fullmatch(file.text.string, *file.scan.span(node))
        if literal:
            yield literal.start(1)


def exact_strings(project: Project, name: str) -> Iterator[tuple[str, int]]:
    """Give path and row of each string that certainly names just ``name``, and nothing below it."""
    for path in project.mentions(name):
        file = opened(project, path)
        for start in _certain(file, name) if file else ():
            if file and not file.text.string.startswith(".", start + len(name)):
                yield path, file.text.row(start)
