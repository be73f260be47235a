"""What is to move where."""

from __future__ import annotations

import keyword
from collections.abc import Callable
from dataclasses import dataclass, replace

from ssot_lint.project import Project

CODE = "MOVE1"
"""The rule under which what a move changes is recorded, and what it leaves is reported."""


class CannotMove(Exception):
    """A move that cannot be: the message is a sentence that says why."""


class BadRequest(CannotMove):
    """A move that nobody can mean."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """Move ``old`` to ``new``, both dotted names; ``renames`` says that the last name is to be another one.

    Only files of which ``wanted`` says yes follow. With ``shim`` the old path goes on to work, with a warning.
    """

    old: str
    new: str
    renames: bool = False
    shim: bool = False
    wanted: Callable[[str], bool] = lambda path: True

    @property
    def last(self) -> str:
        """The last name of what moves, as it is."""
        return self.old.rpartition(".")[2]


def understood(request: Request, project: Project) -> Request:
    """Give ``request`` with the new name in full: into a module or package that is there, things keep their names.

    Raises `BadRequest` for names that are none, and for what is no move.
    """
    for name in (request.old, request.new):
        for part in name.split("."):
            if not part.isidentifier() or keyword.iskeyword(part):
                raise BadRequest(f"{name!r} is not a dotted name")
    old, new = request.old, request.new
    if new.rpartition(".")[2] != request.last and not request.renames:
        summary = project.summary(new)
        goes_inside = summary is not None and (summary.is_package or project.summary(old) is None)
        if not goes_inside:
            raise BadRequest(f"{new} is not there, and has another last name: say {new}.{request.last}, or --rename")
        new = f"{new}.{request.last}"
    if new == old:
        raise BadRequest(f"{old} is there already")
    if new.startswith(f"{old}."):
        raise BadRequest(f"{new} is inside of {old}")
    return replace(request, new=new)
