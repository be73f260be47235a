"""How a place in a file reaches an object: by a name that is there already, or by an import beside another one."""

from __future__ import annotations

from dataclasses import dataclass

from ssot_lint.file import File
from ssot_lint.model import Edit, Refusal
from ssot_lint.rewriting.names import known_name, refused_name, runs_later, split
from ssot_lint.rewriting.proof import refused_cycle
from ssot_lint.rewriting.replaced import may_be_replaced
from ssot_lint.source.imports import add_import, add_import_at_top
from ssot_lint.source.places import import_guard
from ssot_lint.source.replacements import to_edits
from ssot_lint.source.scopes import Statement


@dataclass(frozen=True)
class Reached:
    """The ``name`` to use and the ``edits`` that import it; ``doubtful`` if it may be something else at times."""

    name: str
    edits: tuple[Edit, ...]
    doubtful: bool


def reach(file: File, offset: int, wanted: str, beside: Statement | None, instead_of: str = "") -> Reached | Refusal:
    """Make the dotted name ``wanted`` available at ``offset``, if need be by an import ``beside`` a statement.

    Without such a statement that is at the top of the module. ``instead_of`` is the dotted name that an import brings
    there now.
    """
    known = known_name(file, offset, wanted)
    if known is not None:
        # What a test puts in its place here is meant for whoever in this module asks for it.
        return Reached(known, (), doubtful=False)
    module, name = split(wanted)
    statement = beside or file.scan.block.statements[0]
    refusal = refused_cycle(file, statement, module, name, instead_of) or refused_name(file, statement, name)
    if refusal is None and import_guard(statement) is not None:
        refusal = Refusal("guarded-import", "the import beside which it belongs is guarded by `except ImportError`")
    if refusal:
        return refusal
    replacements = add_import(file.scan, beside, module, name) if beside else add_import_at_top(file.scan, module, name)
    doubtful = runs_later(statement) and may_be_replaced(file, wanted)
    return Reached(name, to_edits(file.text, replacements), doubtful)
