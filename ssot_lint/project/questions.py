"""Questions to a project that its methods do not answer, but functions elsewhere that ask it others."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from ssot_lint.project import Project

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def question(function: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Make a function of a project and of plain values a question to that: it is answered once for the same values.

    It is known by its name, so that a later run can find out whether it would be answered otherwise.
    """
    name = function.__module__, function.__qualname__

    @wraps(function)
    def ask(*values: Arguments.args, **named: Arguments.kwargs) -> Answer:
        def answer() -> Answer:
            return function(*values, **named)

        project = cast("Project", values[0])
        return answer() if named else project.ask((*name, *values[1:]), answer)

    return ask
