"""Dotted names in strings: what a call replaces, or imports, by the name of an object."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_lint.file import File, dotted_path, plain
from ssot_lint.model import Applicability, Fix, Refusal
from ssot_lint.rewriting.proof import Move, is_module, judge, refused_guard, refused_place

if TYPE_CHECKING:
    import libcst as cst

PATCHERS = frozenset({"patch", "setattr", "delattr", "dict", "multiple"})
"""Last names of what takes the dotted name of an object to replace as a string."""
OWNED = frozenset({"dict", "multiple"})
"""Those of them that take the name of the object of which something is replaced."""
IMPORTERS = frozenset({"import_module", "__import__"})
"""Functions that import the module whose name they take."""
NAMED = ("target", "name")
"""The keywords by which either take it."""
DOTTED = re.compile(r"""[rRuU]?(?:'{3}|"{3}|'|")([^\W\d]\w*(?:\.[^\W\d]\w*)+)['"]+""")


@dataclass(frozen=True)
class Spelled:
    """The dotted ``name`` that a call of ``function`` is given as a string; it starts at the offset ``start``."""

    function: str
    name: str
    start: int

    @property
    def is_patch(self) -> bool:
        """Whether the call replaces what it names, or something of it."""
        return self.function in PATCHERS


def spelled_in(file: File, call: cst.Call) -> Spelled | None:
    """Give the dotted name that ``call`` is given as a string, if it is one that replaces or imports what is named."""
    path = dotted_path(call.func)
    function = path[-1] if path else getattr(getattr(call.func, "attr", None), "value", None)
    if function not in PATCHERS | IMPORTERS:
        return None
    for index, argument in enumerate(call.args):
        is_it = argument.keyword.value in NAMED if argument.keyword else index == 0
        if is_it and type(argument.value).__name__ == "SimpleString":
            match = DOTTED.fullmatch(file.source(argument.value))
            return Spelled(function, match[1], file.span(argument.value)[0] + match.start(1)) if match else None
    return None


def move_spelled(file: File, spelled: Spelled, move: Move) -> Fix | Refusal:
    """Move the old name with which a string begins."""
    return (_move_patched if spelled.is_patch else _move_imported)(file, spelled, move)


def _move_patched(file: File, spelled: Spelled, move: Move) -> Fix | Refusal:
    """Move what tells ``patch`` or the like what to replace.

    That are attributes of the object named by the string without its last name, mostly. Those of a module are what
    others look up there, and only they can say where that will be.
    """
    old, new = plain(move.old), plain(move.new)
    owner = spelled.name if spelled.function in OWNED else spelled.name.rpartition(".")[0]
    is_beyond = owner == old or owner.startswith(f"{old}.")
    owned = Move(owner, new + owner[len(old) :], move.same_object)
    if not is_beyond or is_module(file, owned):
        reason = "it replaces a name in the old module; where to replace it depends on who looks it up there"
        return Refusal("patch-target", reason)
    verdict = judge(file, owned)
    if isinstance(verdict, Refusal):
        return verdict
    return _replaced(file, spelled, move, f"replace it in {new}")


def _move_imported(file: File, spelled: Spelled, move: Move) -> Fix | Refusal:
    """Move the module that a function is told to import; what is done with it nobody knows."""
    statement = file.scan.statement_at(spelled.start)
    if spelled.name != move.old or statement is None or spelled.function == "__import__":
        return Refusal("module-object", f"what is done with {spelled.name} is not known")
    refusal = refused_place(file, statement) or refused_guard(file, statement, "", move)
    if refusal is None and file.project.resolve(move.new).status == "missing":
        refusal = Refusal("target-missing", f"{move.new} does not exist")
    return refusal or _replaced(file, spelled, move, f"import {move.new}")


def _replaced(file: File, spelled: Spelled, move: Move, message: str) -> Fix:
    """A string is never a proof."""
    edit = file.edit(spelled.start, spelled.start + len(plain(move.old)), plain(move.new))
    return Fix(Applicability.UNSAFE, message, (edit,))
