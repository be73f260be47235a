"""Calls that name something by a string: patches of tests, and imports made by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

WORDS = ("patch", "setattr", "delattr", "import_module", "__import__", "find_spec")
"""Of these one stands in every call that is meant here."""
MULTIPLE_OPTIONS = frozenset({"spec", "create", "spec_set", "autospec", "new_callable", "unsafe"})
"""Keywords of ``patch.multiple`` that are no names of attributes."""

Use = Literal["replaced", "object", "module", "spec"]


@dataclass(frozen=True)
class QuotedName:
    """A dotted name that a ``call`` is given as a string, or as a keyword by ``patch.multiple``: the node ``node``.

    ``owner`` is the expression of the object of which ``name`` is an attribute, if the call is given that apart.
    ``use`` says what becomes of what it names: it is ``replaced``, so that it has to be there; it is looked up as an
    ``object``; it is imported as a ``module``; or it is only asked whether there is such a module (``spec``).
    ``by_mock`` says that it is ``unittest.mock`` that replaces, which lets builtins be added to any module.
    """

    call: ast.Call
    node: ast.Constant | ast.keyword
    name: str
    use: Use
    owner: ast.expr | None = None
    by_mock: bool = False


def quoted_names(call: ast.Call) -> Iterator[QuotedName]:
    """Give the names that ``call`` is given, if it is a patch or an import by name; not where it may make them."""
    path = _path(call.func)
    last = path[-1] if path else ""
    if last == "patch" and not _may_create(call):
        yield from _first(call, "target", "replaced", by_mock=True)
    elif path[-2:-1] == ["patch"] and last in ("object", "dict", "multiple") and not _may_create(call):
        yield from _patch_method(call, last)
    elif last in ("setattr", "delattr") and len(path) > 1 and not _may_create(call):
        yield from _attribute(call, "replaced", by_mock=False)
    elif last in ("import_module", "__import__", "find_spec"):
        found = _first(call, "name", "spec" if last == "find_spec" else "module")
        # What a relative name means depends on the package that is handed over as well.
        yield from (quoted for quoted in found if not quoted.name.startswith("."))


def _patch_method(call: ast.Call, method: str) -> Iterator[QuotedName]:
    if method == "object":
        yield from _attribute(call, "replaced", by_mock=True)
    elif method == "dict":
        yield from _first(call, "in_dict", "object")
    else:
        yield from _multiple(call)


def _multiple(call: ast.Call) -> Iterator[QuotedName]:
    owners = list(_first(call, "target", "object"))
    yield from owners
    owner = None if owners else _argument(call, 0, "target")
    prefix = f"{owners[0].name}." if owners else ""
    for keyword in call.keywords if owners or owner is not None else ():
        if keyword.arg is not None and keyword.arg not in MULTIPLE_OPTIONS | {"target"}:
            yield QuotedName(call, keyword, prefix + keyword.arg, "replaced", owner, by_mock=True)


def _attribute(call: ast.Call, use: Use, *, by_mock: bool) -> Iterator[QuotedName]:
    """Read an object and the name of an attribute of it; in one string, if the first argument is one."""
    owner = _argument(call, 0, "target")
    if isinstance(owner, ast.Constant):
        yield from () if by_mock else _first(call, "target", use)
        return
    name = _argument(call, 1, "attribute" if by_mock else "name")
    if owner is not None and isinstance(name, ast.Constant) and isinstance(name.value, str):
        yield QuotedName(call, name, name.value, use, owner, by_mock)


def _first(call: ast.Call, keyword: str, use: Use, *, by_mock: bool = False) -> Iterator[QuotedName]:
    argument = _argument(call, 0, keyword)
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield QuotedName(call, argument, argument.value, use, by_mock=by_mock)


def _argument(call: ast.Call, position: int, keyword: str) -> ast.expr | None:
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        return None
    if position < len(call.args):
        return call.args[position]
    return next((given.value for given in call.keywords if given.arg == keyword), None)


def _may_create(call: ast.Call) -> bool:
    """Whether the call may add what is not there: ``create=True``, ``raising=False``, or keywords nobody knows."""
    for keyword in call.keywords:
        value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if keyword.arg is None or (keyword.arg == "create" and value is not False):
            return True
        if keyword.arg == "raising" and value is not True:
            return True
    return False


def _path(function: ast.expr) -> list[str]:
    """Give the last names of ``a.b().c.d``: ``["c", "d"]``."""
    path: list[str] = []
    while isinstance(function, ast.Attribute):
        path.insert(0, function.attr)
        function = function.value
    return [function.id, *path] if isinstance(function, ast.Name) else path


def faked_modules(tree: ast.Module) -> frozenset[str]:
    """Give the names that a file puts into ``sys.modules`` itself, so that they can be imported without a file."""
    return frozenset(
        node.value
        for holder in _writes_of_modules(tree)
        for node in ast.walk(holder)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _writes_of_modules(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and _is_modules(node.value):
            yield node.slice
        elif isinstance(node, ast.Call):
            path = _path(node.func)
            if any(map(_is_modules, node.args)) or (
                path[-2:-1] == ["modules"] and path[-1] in ("update", "setdefault")
            ):
                yield node


def _is_modules(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return node.value == "sys.modules"
    return _path(node)[-1:] == ["modules"]
