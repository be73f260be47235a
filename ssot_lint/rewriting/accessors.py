"""Rewrites of what calls the function that keeps one object for everybody, so that each call asks a factory.

A file is rewritten if all its calls can be; the function goes, with the variable that holds the object, when nothing
in the whole project needs them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from ssot_lint.file import File
from ssot_lint.model import Edit, Fix, Refusal
from ssot_lint.rewriting.calls import Factory, call_factory
from ssot_lint.rewriting.instances import Left, Uses, replace_uses
from ssot_lint.rewriting.names import split
from ssot_lint.rewriting.opening import users
from ssot_lint.rewriting.refused import Refused
from ssot_lint.source.scopes import Statement
from ssot_lint.source.sites import pieces
from ssot_lint.source.state import Function
from ssot_lint.source.trees import Tree, Unreadable
from ssot_lint.source.uses import Use

if TYPE_CHECKING:
    import libcst as cst


def replace_accessor(file: File, accessor: Function, holder: str, factory: Factory) -> Fix | Refusal | None:
    """Rewrite what calls ``accessor``, a function of the module ``file``, into calls of ``factory``.

    ``holder`` is the variable that holds the object, if one does. ``None`` for what is no function of the module.
    """
    definitions = [statement for statement in file.scan.block.statements if statement.node is accessor]
    symbol = f"{file.module}.{accessor.name}"
    if not definitions or file.project.resolve(factory.name).origin == symbol:
        return None
    own = definitions[0]
    bindings = [
        binding.statement for binding in file.scan.scope.bindings.get(holder, ()) if binding.statement is not own
    ]
    held = [statement for statement in bindings if statement.scope.kind == "module"]

    def calls(other: File) -> Calls:
        return Calls(other, symbol, factory, own if other is file else None)

    left = list(_other_holders(file, holder, own, held))
    message = f"ask {split(factory.name)[1]} instead of {accessor.name}"
    return replace_uses(file, accessor.name, calls, [own, *held], message, left)


def _other_holders(file: File, holder: str, own: Statement, held: list[Statement]) -> Iterator[Left]:
    """Give what else needs the variable that holds the object."""
    for use in file.uses:
        statement = file.scan.statement_at(use.start)
        is_here = own.start <= use.start < own.end or any(statement is each for each in held)
        bindings = file.scan.lookup(use.path[0], use.start) or ()
        is_global = any(b.statement.scope.kind == "module" and b.kind != "parameter" for b in bindings)
        if use.path[0] == holder and is_global and not is_here:
            yield Left(file.path, file.text.row(use.start), Refusal("used-here", f"`{holder}` is used beside it"))
    for statement in file.scan.statements:
        is_here = own.start <= statement.start < own.end
        if isinstance(statement.node, ast.Global) and holder in statement.node.names and not is_here:
            row = file.text.row(statement.start)
            yield Left(file.path, row, Refusal("used-here", f"`{holder}` is set beside it"))
    if holder.isidentifier() and file.module is not None and held:
        yield from _strangers(file, holder)


def _strangers(file: File, holder: str) -> Iterator[Left]:
    """Give the other files that may use the variable."""
    symbol = f"{file.module}.{holder}"
    if file.project.spells(symbol):
        yield Left(file.path, 1, Refusal("patch-target", f"a string names {symbol}: a test may replace it"))
    for other in users(file.project, file.module or "", holder):
        if other.path != file.path:
            yield Left(other.path, 1, Refusal("used-elsewhere", f"it uses `{holder}`"))


class Calls(Uses):
    """The calls of one function in one file."""

    def names(self, use: Use, depth: int) -> bool:
        """Tell whether the function is named; what it does itself does not count."""
        own = self.own
        return not (own is not None and own.start <= use.start < own.end) and super().names(use, depth)

    def asked(self, use: Use, depth: int) -> Iterator[Edit]:
        """Give the edits by which a call goes to the factory; raises `Refused`."""
        self.check(use, depth)
        node = self._call(use, depth)
        reference = self.file.refer(use.path[:depth], use.start)
        definition = self.file.project.definition(self.symbol)
        if node is None or reference is None:
            raise Refused("not-called", "it is handed on, and not called")
        outcome = call_factory(self.file, node, reference, self.factory, definition)
        if isinstance(outcome, Refusal):
            raise Refused(outcome.code, outcome.reason)
        yield from outcome.edits

    def _call(self, use: Use, depth: int) -> cst.Call | None:
        """Parse the call of the function at a use, if there is one."""
        statement = self.file.scan.statement_at(use.start)
        for piece in pieces(self.file.scan, statement) if statement is not None else ():
            if not piece.start <= use.start < piece.end:
                continue
            try:
                self.file.tree = Tree(self.file.text, piece)
            except Unreadable as error:
                raise Refused("not-lossless", str(error)) from error
            span = (use.start, use.ends[depth - 1])
            return next((call for call in _calls(self.file.tree) if self.file.span(call.func) == span), None)
        return None


def _calls(tree: Tree) -> Iterator[cst.Call]:
    return (cast("cst.Call", node) for node in tree.nodes() if type(node).__name__ == "Call")
