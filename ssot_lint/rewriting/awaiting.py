"""``await`` where a call goes to another callable: written, taken away, or refused with what stands in the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ssot_lint.file import File
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


def edit_await(
    file: File, call: cst.Call, old: Definition | None, name: str, *, is_async: bool
) -> tuple[list[Edit], bool]:
    """Give the edits by which ``call`` is awaited just if ``name``, which it will call, ``is_async``.

    ``old`` is what it calls now, if that is known. Also tells whether it is doubtful that this means the same. Raises
    `Refused`.
    """
    parent = _parent(file, call)
    awaited = parent if type(parent).__name__ == "Await" else None
    gave_coroutine = old.is_async if old and old.kind == "function" and old.certain else None
    if is_async and gave_coroutine:
        # Whoever got something to await gets it still.
        return [], False
    if is_async:
        return ([], True) if awaited else (_write(file, call, parent, name), False)
    if awaited is None:
        if gave_coroutine:
            raise Refused("not-awaited", f"what it gives is awaited elsewhere, if at all, and {name} is not async")
        return [], False
    if gave_coroutine is False or (old is not None and old.kind == "class"):
        _check_result(file, old, name)
    start = file.span(awaited)[0]
    word = AWAIT.match(file.text.string, start)
    return [file.edit(start, word.end() if word else start, "")], not gave_coroutine


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


def _check_result(file: File, old: Definition | None, name: str) -> None:
    """Refuse to take ``await`` from an object that may be made to be awaited."""
    if old is None or not gives_nothing_to_await(file.project, old):
        raise Refused("not-awaited", f"an object is awaited here, and what {name} gives may be no such object")


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
