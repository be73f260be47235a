"""Answers to the question what a name stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Status = Literal["found", "missing", "unknown"]


@dataclass(frozen=True)
class Resolution:
    """What is known of a dotted name.

    ``origin`` is the dotted name where the object is defined, if that is certain (``found``); with a colon after the
    module where a submodule of the same name would make it ambiguous. ``possible`` are all origins it may have, also
    where nothing is certain; names of other distributions stand for themselves. ``chain`` are the names on the way.
    """

    status: Status
    origin: str | None
    possible: frozenset[str]
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name stands for; ``home`` is the module and the name in it of its definition, ``""`` for a module."""

    status: Status
    origin: str | None
    possible: frozenset[str]
    chain: tuple[str, ...]
    home: tuple[str, str] | None = None

    @property
    def module(self) -> str | None:
        """The module that this certainly is."""
        return self.home[0] if self.status == "found" and self.home and not self.home[1] else None

    def through(self, name: str) -> Answer:
        """Give the answer for ``name``, which led here."""
        return self if self.chain[:1] == (name,) else replace(self, chain=(name, *self.chain))


@dataclass(frozen=True)
class Gap:
    """What the bindings of a name leave open: it may be ``absent``, or something ``unknown``.

    ``guarded`` says that it is absent only where an import fails, and so would any import of what it stands for.
    """

    absent: bool = False
    guarded: bool = False
    unknown: bool = False


def plain(name: str) -> str:
    """Give ``a.b.c`` for ``a.b:c``."""
    return name.replace(":", ".").rstrip(".")


def unknown(module: str, name: str, answers: Iterable[Answer] = ()) -> Answer:
    """Give the answer for a name of which nothing is certain."""
    possible = frozenset().union(*(answer.possible for answer in answers)) or frozenset({f"{module}.{name}"})
    return Answer("unknown", None, possible, (f"{module}.{name}",))
