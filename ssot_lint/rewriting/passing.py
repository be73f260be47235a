"""One argument of a call: whether it is passed, and how it is put there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_lint.file import File
from ssot_lint.model import Edit
from ssot_lint.project.summary import Signature
from ssot_lint.rewriting.arguments import POSITIONAL, rearrange
from ssot_lint.rewriting.refused import Refused

if TYPE_CHECKING:
    import libcst as cst


@dataclass(frozen=True)
class Passed:
    """The ``argument`` of a call that gives a parameter its value; ``None`` if none does."""

    argument: cst.Arg | None


def passed(call: cst.Call, parameter: str, signature: Signature | None) -> Passed | None:
    """Tell how ``call`` passes ``parameter``; ``None`` where that cannot be known: by stars, or to what it may not be.

    ``signature`` is that of what is called, if it is known.
    """
    for argument in call.args:
        if argument.keyword is not None and argument.keyword.value == parameter:
            return Passed(argument)
    before_stars = [argument for argument in call.args if not argument.star and argument.keyword is None]
    has_stars = any(argument.star for argument in call.args)
    if signature is None:
        return None if before_stars or has_stars else Passed(None)
    kinds = {each.name: each.kind for each in signature.parameters}
    if parameter not in kinds and "var-keyword" not in kinds.values():
        return None
    positional = [name for name, kind in kinds.items() if kind in POSITIONAL]
    if parameter in positional and positional.index(parameter) < len(before_stars):
        index = positional.index(parameter)
        return None if any(argument.star for argument in call.args[: index + 1]) else Passed(call.args[index])
    return None if has_stars else Passed(None)


def unknown_keyword(call: cst.Call, signature: Signature | None) -> str | None:
    """Give a keyword of ``call`` that what has ``signature`` does not take; ``None`` if all may be taken."""
    if signature is None or any(each.kind == "var-keyword" for each in signature.parameters):
        return None
    taken = {each.name for each in signature.parameters if each.kind in ("positional", "keyword-only")}
    given = (argument.keyword.value for argument in call.args if argument.keyword is not None)
    return next((name for name in given if name not in taken), None)


def pass_value(file: File, call: cst.Call, place: Passed, parameter: str, expression: str) -> tuple[Edit, ...]:
    """Give the edits by which ``call`` passes ``expression`` as ``parameter``; raises `Refused`."""
    if place.argument is None:
        return tuple(rearrange(file, call, [], {parameter: expression}))
    if "#" in file.source(place.argument.value):
        raise Refused("comment-loss", "a comment stands in the value that is passed")
    return (file.edit(*file.span(place.argument.value), expression),)
