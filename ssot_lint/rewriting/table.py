"""The table of what has moved and what is gone, and what it says of a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """What becomes of the name ``old`` by ``entry`` of a table: it moves to ``new``, or is gone (see ``advice``)."""

    entry: str
    old: str
    new: str | None
    advice: str

    @property
    def is_entry(self) -> bool:
        """Whether the name has an entry of its own, and is not just in a module that has one."""
        return self.entry == self.old


@dataclass(frozen=True)
class Table:
    """Old names, of symbols and of whole modules: the new one of what ``moved``, an advice for what was ``removed``."""

    moved: Mapping[str, str]
    removed: Mapping[str, str]

    def __iter__(self) -> Iterator[str]:
        """Give the old names."""
        yield from self.moved
        yield from self.removed

    def target(self, name: str) -> Target | None:
        """Give what becomes of the dotted ``name``: it, or a package or module in which it is, has an entry."""
        entry = name
        while entry:
            if entry in self.moved:
                return Target(entry, name, self.moved[entry] + name[len(entry) :], "")
            if entry in self.removed:
                return Target(entry, name, None, self.removed[entry])
            entry = entry.rpartition(".")[0]
        return None
