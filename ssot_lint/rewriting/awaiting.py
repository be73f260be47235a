"""``await`` where a call goes to another callable: written, taken away, or refused with what stands in the way."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ssot_lint.file import File, ast_path, dotted_path
from ssot_lint.model import Edit
from ssot_lint.project.definitions import Definition
from ssot_lint.project.results import gives_nothing_to_await
from ssot_lint.rewriting.callers import who_calls
from ssot_lint.rewriting.refused import Refused
from ssot_lint.source.places import may_await, obstacle

if TYPE_CHECKING:
    import libcst as cst

AWAIT = re.compile(r"await[ \t]*")
HEADS = {"Attribute": "value", "Subscript": "value", "Call": "func", "BinaryOperation": "left"}
"""Expressions that bind a part of theirs more tightly than ``await``; of operations, only ``**``."""


@dataclass(frozen=True)
class Callees:
    """What a call goes to: the ``old`` and the ``new`` definition, if they are known; ``name`` is the new one's."""

    old: Definition | None
    new: Definition | None
    name: str
    is_async: bool


def edit_await(file: File, call: cst.Call, callees: Callees) -> tuple[list[Edit], bool]:
    """Give the edits by which ``call`` is awaited just if its new callee is async.

    Also tells whether it is doubtful that this means the same. Raises `Refused`.
    """
    parent = _parent(file, call)
    awaited = parent if type(parent).__name__ == "Await" else None
    gave_coroutine = _gave_coroutine(file, call, callees.old)
    if callees.is_async and gave_coroutine:
        # Whoever got something to await gets it still.
        return [], False
    if callees.is_async:
        return ([], True) if awaited else (_write(file, call, parent, callees.name), False)
    if awaited is None:
        if gave_coroutine:
            reason = f"what it gives is awaited elsewhere, if at all, and {callees.name} is not async"
            raise Refused("not-awaited", reason)
        return [], False
    if gave_coroutine is False:
        _check_result(file, callees)
    start = file.span(awaited)[0]
    word = AWAIT.match(file.text.string, start)
    return [file.edit(start, word.end() if word else start, "")], not gave_coroutine


def _gave_coroutine(file: File, call: cst.Call, old: Definition | None) -> bool | None:
    """Tell whether ``call`` gives a coroutine; ``None`` if that is not known, though all such calls are alike.

    Raises `Refused` where some of them are awaited and some are not.
    """
    if old is not None and old.certain and old.kind in ("function", "class"):
        return old.is_async
    path = dotted_path(call.func)
    awaited = {id(node.value) for node in file.scan.nodes(ast.Await)}
    calls = (node for node in file.scan.nodes(ast.Call) if ast_path(node.func) == path)
    if path is not None and len({id(node) in awaited for node in calls}) > 1:
        raise Refused("not-awaited", f"nobody knows what {'.'.join(path)} is: it is awaited in this file, and is not")
    return None


def _write(file: File, call: cst.Call, parent: cst.CSTNode | None, name: str) -> list[Edit]:
    """Write ``await`` before ``call``, in parentheses where something follows that binds more tightly."""
    start, end = file.span(call)
    statement = file.statement(call)
    if not may_await(file.scan, statement, start):
        place = obstacle(file.scan, statement, start)
        callers = who_calls(file, statement)
        reason = f"{name} is async, and this is no place for `await`: it stands in {place}"
        raise Refused("not-in-async", f"{reason}; {callers}" if callers else reason)
    if call.lpar or not _binds_tightly(parent, call):
        return [file.edit(start, start, "await ")]
    return [file.edit(start, start, "(await "), file.edit(end, end, ")")]


def _check_result(file: File, callees: Callees) -> None:
    """Refuse to take ``await`` from what may be made to be awaited."""
    results = (definition for definition in (callees.old, callees.new) if definition is not None)
    if not any(gives_nothing_to_await(file.project, definition) for definition in results):
        raise Refused("awaited-object", f"what it gives is awaited, and what {callees.name} gives may be, too")


def _parent(file: File, call: cst.Call) -> cst.CSTNode | None:
    """Give the node of which ``call`` is a part."""
    nodes = file.tree.nodes() if file.tree is not None else iter(())
    return next((node for node in nodes if any(child is call for child in node.children)), None)


def _binds_tightly(parent: Any, call: cst.Call) -> bool:
    """Whether ``call`` is the head of its parent: ``call.x``, ``call[...]``, ``call()``, ``call ** 2`` or an await."""
    name = type(parent).__name__
    if name == "BinaryOperation" and type(parent.operator).__name__ != "Power":
        return False
    return name in HEADS and getattr(parent, HEADS[name]) is call
