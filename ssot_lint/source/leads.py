"""Where imports lead: to the dotted names and objects that rules look for, or some of the way there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ssot_lint.source.spelled import Raw, absolute, read


@dataclass(frozen=True)
class Objects:
    """Objects that rules look for under whatever name.

    ``words`` are the last names by which the project knows them, ``names`` the dotted names where they may be defined.
    """

    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @cached_property
    def paths(self) -> frozenset[str]:
        """The names, and all modules and classes in which they are."""
        return frozenset(path for name in self.names for path in (name, *above_of(name)))


@dataclass(frozen=True)
class Clues:
    """What may lead to objects, by the bytes of a file; only who knows what names stand for can tell if it does.

    ``names`` are dotted names that are imported, each with the words of objects in it and whether it is used. ``stars``
    are the modules of star imports. ``words`` follow dots, and have to do with objects only if something in ``opened``
    is of the project, or leads to one of them.
    """

    names: frozenset[tuple[str, frozenset[str], bool]] = frozenset()
    stars: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.names or self.stars or self.words)


Way = tuple[str, frozenset[bytes]]
"""A name, and the attributes that lead there."""


@dataclass(frozen=True)
class Lead:
    """Where an import leads, as far as the words of it tell.

    ``reached`` are the names in question that it names, ``beneath`` those that attributes of what it brings may be;
    ``starred`` says that it is a star import of a module in question. ``objects`` are names that have a word of the
    objects in them, each with what the file calls it; ``stars`` are the modules of star imports, ``opened`` is whatever
    may have attributes.
    """

    reached: frozenset[str] = frozenset()
    beneath: frozenset[Way] = frozenset()
    starred: bool = False
    objects: frozenset[tuple[str, str]] = frozenset()
    stars: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()

    @cached_property
    def is_far(self) -> bool:
        """Whether nothing but attributes could lead to an object."""
        return not (self.reached or self.beneath or self.starred or self.objects or self.stars)

    @classmethod
    def all(cls, leads: Sequence[Lead]) -> Lead:
        """Give where some imports lead together."""
        near = [lead for lead in leads if not lead.is_far]
        return cls(
            frozenset().union(*(lead.reached for lead in near)),
            frozenset().union(*(lead.beneath for lead in near)),
            any(lead.starred for lead in near),
            frozenset().union(*(lead.objects for lead in near)),
            frozenset().union(*(lead.stars for lead in near)),
            frozenset().union(*(lead.opened for lead in leads)),
        )


FAR = Lead()


class Leads:
    """Finds out where each import leads, once however often it is written.

    ``names`` are the dotted names in question, ``starred`` the modules of which star imports are, any if ``""`` is
    among them, ``words`` those of objects.
    """

    def __init__(self, names: frozenset[str], starred: frozenset[str], words: frozenset[str]) -> None:
        self._names = names
        self._starred = starred
        self._words = words
        self._longest = max(map(len, names), default=0)
        self._beneath: dict[str, list[str]] = {}
        self._known: dict[tuple[Raw, str | None, bool], Lead] = {}
        for name in names:
            for above in above_of(name):
                self._beneath.setdefault(above, []).append(name)

    def of(self, raw: Raw, module: str | None, is_package: bool) -> Lead:
        """Tell where the import ``raw`` leads in a file which is ``module``, if any."""
        key = (raw, module, is_package) if b"." in raw[0] else (raw, None, False)
        if key not in self._known:
            self._known[key] = Lead.all([*self._find(raw, module, is_package)])
        return self._known[key]

    def of_own(self, module: str | None) -> Lead:
        """Tell where the names lead that the file ``module`` has itself."""
        return Lead(beneath=self._ways(module, names=1)) if module and module in self._beneath else FAR

    def names_in(self, dotted: str) -> Iterator[str]:
        """Give the names in question that ``dotted`` is, or is something of."""
        if len(dotted) > self._longest:
            # A string may be a chain of a hundred thousand names.
            dotted = dotted[: self._longest + 1].rpartition(".")[0]
        return (name for name in (dotted, *above_of(dotted)) if name in self._names)

    def _find(self, raw: Raw, module: str | None, is_package: bool) -> Iterator[Lead]:
        spelled = read(raw)
        if spelled.module is None:
            for name, local in spelled.names:
                bound = name if local else name.partition(".")[0]
                yield self._lead(name, bound, bound, local or bound)
            return
        source = absolute(spelled.module or None, spelled.level, module, is_package)
        if source is None:
            return
        for name, local in spelled.names:
            path = f"{source}.{name}"
            yield self._star(source) if name == "*" else self._lead(path, path, f"{source}:{name}", local or name)

    def _lead(self, path: str, bound: str, name: str, local: str) -> Lead:
        """Tell where an import of ``path`` leads that binds ``bound``, for certain called ``name``, as ``local``."""
        return Lead(
            frozenset(self.names_in(path)),
            self._ways(bound),
            objects=frozenset() if self._words.isdisjoint(bound.split(".")) else frozenset({(name, local)}),
            opened=frozenset({bound}),
        )

    def _star(self, source: str) -> Lead:
        return Lead(
            frozenset(self.names_in(source)),
            self._ways(source, names=1),
            not self._starred.isdisjoint(("", source)),
            stars=frozenset({source}),
            opened=frozenset({source}),
        )

    def _ways(self, path: str, names: int = 0) -> frozenset[Way]:
        """Give what leads from ``path`` to the names beneath it; that begins with so many plain ``names``."""
        depth = path.count(".") + 1 + names
        rests = {name: name.split(".")[depth:] for name in self._beneath.get(path, ())}
        return frozenset((name, frozenset(part.encode() for part in rest)) for name, rest in rests.items())


def above_of(name: str) -> Iterator[str]:
    """Give ``a.b`` and ``a`` for ``a.b.c``."""
    while name := name.rpartition(".")[0]:
        yield name
