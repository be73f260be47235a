"""Words that the text of each file is said to have, and the files of the project that have them.

What a search of all files tells is put into tables, so that it can be kept from one run to the next: when a file
changes, it is this file alone in which the words that somebody asked for have to be sought again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from ssot_lint.project.trail import Trail

WordsOf = Callable[[str, bytes, str], Iterable[str]]
"""Gives the words of a group that a file has, by its path and its bytes."""


class Texts:
    """All files of a project: their paths, and how to get their bytes.

    ``known`` are the answers of tables that another run found and that still hold, by their grounds.
    """

    def __init__(
        self,
        files: Callable[[], Sequence[str]],
        read: Callable[[str], bytes | None],
        trail: Trail,
        known: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._files = files
        self.read = read
        self.trail = trail
        self.known = known

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """All files of the project."""
        return tuple(self._files())


class Table:
    """Files by the words that they have; all files are read when it is first asked for a word of a group."""

    def __init__(
        self, name: str, texts: Texts, words_of: WordsOf, group_of: Callable[[str], str] = lambda word: ""
    ) -> None:
        self.name = name
        self._texts = texts
        self._words_of = words_of
        self._group_of = group_of
        self._gathered: dict[str, dict[str, tuple[str, ...]]] = {}

    def paths(self, word: str) -> tuple[str, ...]:
        """Give the paths of the files that have ``word``, in their order."""
        ground = f"{self.name}:{word}"
        self._texts.trail.note(ground)
        known = self._texts.known.get(ground)
        if known is not None:
            return known
        group = self._group_of(word)
        if group not in self._gathered:
            self._gathered[group] = self._gather(group)
        return self._gathered[group].get(word, ())

    def having(self, path: str, raw: bytes, words: Iterable[str]) -> frozenset[str]:
        """Give those of ``words`` that the file ``path`` has if its bytes are ``raw``."""
        asked: dict[str, set[str]] = defaultdict(set)
        for word in words:
            asked[self._group_of(word)].add(word)
        return frozenset().union(*(among & {*self._words_of(path, raw, group)} for group, among in asked.items()))

    def _gather(self, group: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in self._texts.paths:
            for word in set(self._words_of(path, self._texts.read(path) or b"", group)):
                found[word].append(path)
        return {word: tuple(paths) for word, paths in found.items()}
