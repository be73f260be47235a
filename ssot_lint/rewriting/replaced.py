"""What may stand in the place of a name at run time: mocks, mostly.

A name that is looked up when code runs, and not when its module is imported, may be something else by then; looked up
elsewhere, it would not be.
"""

from __future__ import annotations

from ssot_lint.file import File, plain
from ssot_lint.rewriting.names import split


def may_be_replaced(file: File, name: str) -> bool:
    """Tell whether some file of the project may replace what the dotted ``name`` stands for.

    A string spells it, an assignment sets its last name, or that is named to ``patch.object``, ``setattr`` or the like.
    """
    module, last = split(name)
    return file.project.spells(plain(name)) or file.project.sets_attribute(module.rpartition(".")[2], last)


def is_stored_here(file: File, name: str) -> bool:
    """Tell whether the file itself sets or deletes the dotted ``name`` as an attribute of its module."""
    return any(
        plain(name) in map(plain, reference.names)
        for use in file.uses
        if use.stored and len(use.path) > 1 and use.path[-1] == split(name)[1]
        if (reference := file.refer(use.path, use.start)) is not None
    )
