"""What a trace tells: plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ssot_lint.globs import is_test_path
from ssot_lint.project.definitions import Definition

Form = Literal["from", "import", "star", "attribute"]
Standing = Literal["certain", "possible", "typing"]


@dataclass(frozen=True, order=True)
class Site:
    """One place in the file ``path`` that takes an object by one of its paths.

    ``form`` is the statement that does it, or ``attribute`` for a chain of them that goes through modules.
    """

    path: str
    row: int
    form: Form

    @property
    def is_test(self) -> bool:
        """Whether the place is test code."""
        return is_test_path(self.path)


@dataclass(frozen=True)
class ObjectPath:
    """One ``module`` from which an object can be imported, and the ``name`` it has there.

    ``file`` and ``row`` are where the module binds it. ``chain`` are the dotted names that lead from here to where the
    object is defined. A ``possible`` path may lead to something else, too; one for ``typing`` is there for type
    checkers only.
    """

    module: str
    name: str
    file: str | None
    row: int
    chain: tuple[str, ...]
    standing: Standing
    sites: tuple[Site, ...] = ()

    @property
    def symbol(self) -> str:
        """The dotted name."""
        return f"{self.module}.{self.name}" if self.module else self.name

    @property
    def source(self) -> str | None:
        """The dotted name from which this one is taken; ``None`` where the object is defined."""
        return next((step for step in self.chain if step != self.symbol), None)

    @property
    def is_test(self) -> bool:
        """Whether the module is test code."""
        return self.file is not None and is_test_path(self.file)


@dataclass(frozen=True)
class Trace:
    """All that leads to one object.

    ``name`` is what was asked for, ``origins`` the dotted names of what it may be: one if that is certain.
    ``definitions`` tell what is defined there, as far as it is known, and ``notes`` what is not as plain as it looks.
    """

    name: str
    origins: tuple[str, ...]
    definitions: tuple[Definition, ...]
    paths: tuple[ObjectPath, ...]
    notes: tuple[str, ...] = ()

    @property
    def sites(self) -> tuple[Site, ...]:
        """All places that take the object."""
        return tuple(site for path in self.paths for site in path.sites)

    def without_tests(self) -> Trace:
        """Leave out what is in test files: places that take the object, and paths that lead through them."""
        kept = (replace(path, sites=no_tests(path.sites)) for path in self.paths if not path.is_test)
        return replace(self, paths=tuple(kept))


@dataclass(frozen=True, order=True)
class Quote:
    """A place in the file ``path`` where a string names a module."""

    path: str
    row: int

    @property
    def is_test(self) -> bool:
        """Whether the place is test code."""
        return is_test_path(self.path)


@dataclass(frozen=True)
class ShimUse:
    """A shim, the ``module`` in ``path``, with the modules it passes names on from and the places that need it.

    It is ``needed`` if there are more of those than are told. A module in a bare directory may be found ``by_place``,
    as plugins and migrations are.
    """

    module: str
    path: str
    passes_on: tuple[str, ...]
    sites: tuple[Site, ...] = ()
    quotes: tuple[Quote, ...] = ()
    by_place: bool = False
    needed: bool = False

    @property
    def deletable(self) -> bool:
        """Whether nobody imports it, no string of the project names it, and nobody may find it by its place."""
        return not (self.sites or self.quotes or self.needed or self.by_place)

    def without_tests(self) -> ShimUse:
        """Leave out the places in test files; whether it can be deleted is still a question of all files."""
        quotes = tuple(quote for quote in self.quotes if not quote.is_test)
        needed = bool(self.sites or self.quotes)
        return replace(self, sites=no_tests(self.sites), quotes=quotes, needed=needed)


def no_tests(sites: Iterable[Site]) -> tuple[Site, ...]:
    """Leave out the places in test files."""
    return tuple(site for site in sites if not site.is_test)


def count_files(sites: Sequence[Site]) -> int:
    """Give in how many files the places are."""
    return len({site.path for site in sites})
