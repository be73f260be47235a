"""Violations that a comment sets aside, and what is wrong with such comments.

::

    manager = Manager()  # ssot: ignore[WS201] the console has one user
    # ssot: ignore[WS101, WS102] until=2027-01-31 owner=@reports the team moves in January
    # ssot: file-ignore[WS101] this is the shim
    from old import Name  # noqa: WS101
    # ssot: disable[WS201] the tables of the tests
    ...
    # ssot: enable[WS201]

At the end of a line a directive covers the violations that start in that line; at the end of the first line of an
import statement, or of a line that only closes the brackets of a statement, it covers the statement. On a line of its
own it covers the statement below: decorators and header of a ``def`` or ``class``, never a body; within brackets, the
line below. ``disable`` covers what is between it and the ``enable`` of the same rules with the same indentation.
``noqa`` means the same as ``ignore``, but only for the rules of the packs: the codes of other tools are theirs.
"""

from __future__ import annotations

from ssot_lint.suppression.directives import Directive, directives, may_suppress
from ssot_lint.suppression.parting import Terms, apply

__all__ = ["Directive", "Terms", "apply", "directives", "may_suppress"]
