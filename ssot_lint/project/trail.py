"""What answers rest on, noted while they are found: so that a later run knows which of them it has to find anew.

An answer rests on *grounds*: where a module is (``a.b``), what it says (``a.b=``), what there is beside the modules of
a package (``a.b/``), any directory (``/``), a word in all files (``word:Thing``). Each is a thing that can be compared
with what it is in another run, without a question to the rest of the project.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

Grounds = frozenset[str]
NONE: Grounds = frozenset()

ANY_DIRECTORY = "/"
"""The ground of what any directory of the project may change."""
ANY_IMPORTS = "*>"
"""The ground of what the imports of any module may change."""
ANY_TEXT = "*"
"""The ground of what any file may change, or that there is another one."""
TEXT = "text"
"""Begins, before a colon, the ground of the bytes of one file."""


class Trail:
    """Follows the finding of answers, of which one may need others; one that is not ``kept`` notes nothing."""

    def __init__(self, *, kept: bool = False) -> None:
        self.is_kept = kept
        self._open: list[set[str]] = []
        self._known: dict[Grounds, Grounds] = {}

    @property
    def is_open(self) -> bool:
        """Whether some answer is being found."""
        return bool(self._open)

    def note(self, ground: str) -> None:
        """Note that the answers being found rest on ``ground``."""
        if self._open:
            self._open[-1].add(ground)

    def note_all(self, grounds: Iterable[str]) -> None:
        """Note several grounds."""
        if self._open:
            self._open[-1].update(grounds)

    def follow(self, find: Callable[[], Value]) -> tuple[Value, Grounds]:
        """Give what ``find`` gives, and what that rests on."""
        if not self.is_kept:
            return find(), NONE
        self._open.append(set())
        try:
            value = find()
        finally:
            found = frozenset(self._open.pop())
        grounds = self._known.setdefault(found, found)  # there are few, each shared by many
        self.note_all(grounds)
        return value, grounds

    def aside(self, find: Callable[[], Value]) -> Value:
        """Give what ``find`` gives, and note nothing: a ground that covers all of it has been noted."""
        self._open.append(set())
        try:
            return find()
        finally:
            self._open.pop()


class Memo(Generic[Key, Value]):
    """Answers that are found once, and what they rest on, which holds for whoever asks again."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._known: dict[Key, tuple[Value, Grounds]] = {}

    def __iter__(self) -> Iterator[Key]:
        return iter(self._known)

    def get(self, key: Key, find: Callable[[], Value]) -> Value:
        """Give the answer for ``key``: the one that is known, or what ``find`` gives."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._trail.follow(find)
        else:
            self._trail.note_all(known[1])
        return known[0]
