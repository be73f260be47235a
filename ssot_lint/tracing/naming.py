"""What a name on the command line stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.project import Project
from ssot_lint.project.answers import Resolution

NEAREST = 5
"""How many names are offered instead of one that does not exist."""


class UnknownName(Exception):
    """The project has nothing of that name; the text of the exception says so, and what there is instead."""


@dataclass(frozen=True)
class Subject:
    """What is traced: the object that ``name`` leads to, defined under one of ``origins``.

    ``member`` is the name that it has in a module, ``""`` for a module.
    """

    name: str
    resolution: Resolution
    origins: frozenset[str]


def subject(project: Project, name: str) -> Subject:
    """Tell what ``name`` (``a.b.c`` or ``a.b:c``) stands for; raises `UnknownName` if it is not in the project."""
    resolution = project.resolve(name)
    if resolution.status == "missing" or (resolution.status == "unknown" and project.dangling(name) is not None):
        raise UnknownName(_missing(project, name))
    origins = frozenset([resolution.origin]) if resolution.origin else resolution.possible
    for origin in origins:
        owner = owner_class(project, origin)
        if owner is not None:
            raise UnknownName(f"{name} is a member of {owner}; trace that.")
    return Subject(name.replace(":", "."), resolution, origins)


def owner_class(project: Project, origin: str) -> str | None:
    """Give the class of which ``origin`` is a member; ``None`` if it is a module's own."""
    module, inner = split(project, origin)
    if not module or "." not in inner:
        return None
    return f"{module}.{inner.rpartition('.')[0]}"


def split(project: Project, origin: str) -> tuple[str, str]:
    """Cut an origin after the module in which it is; ``""`` for what is not of the project."""
    module, colon, inner = origin.partition(":")
    if colon:
        return module, inner
    inner = ""
    while module and project.summary(module) is None:
        module, _, last = module.rpartition(".")
        inner = f"{last}.{inner}" if inner else last
    return module, inner


def _missing(project: Project, name: str) -> str:
    """Say that there is no ``name``, and which names are nearest."""
    dangling = project.dangling(name)
    plain = name.replace(":", ".")
    what = f"Nothing in the project is called {plain}"
    if dangling is not None:
        what += f": {dangling.owner} has no {dangling.missing}"
    near = list(dict.fromkeys(_near(project, plain, name)))[:NEAREST]
    return f"{what}. Nearest: {', '.join(near)}." if near else f"{what}."


def _near(project: Project, plain: str, name: str) -> Iterator[str]:
    dangling = project.dangling(name)
    if dangling is not None:
        near = project.near(dangling)
        if near is not None:
            yield near
        yield from project.homes(dangling.missing)
    yield from project.homes(plain.rpartition(".")[2])
