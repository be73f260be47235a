"""Words in the files of the project: one literal search a word, each file read once a round and kept by nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from ssot_lint.project.tables import Texts
from ssot_lint.project.trail import ANY_TEXT
from ssot_lint.source.triggers import searchable

WORD = "word"


class WordSearch:
    """Finds the files whose bytes contain words, as parts of identifiers or not."""

    name = WORD

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._read = texts.read
        self._trail = texts.trail
        self._together: dict[tuple[str, ...], tuple[str, ...]] = {}

    @cached_property
    def _paths(self) -> dict[str, tuple[str, ...]]:
        """The files of each word that is known."""
        start = f"{WORD}:"
        return {ground[len(start) :]: paths for ground, paths in self._texts.known.items() if ground.startswith(start)}

    def mentions(self, words: Iterable[str]) -> tuple[str, ...]:
        """Give the paths of the files that contain all ``words``.

        The first of them is looked for in all files, unless it or a part of it was before; the others only in those
        that are left.
        """
        wanted = tuple(dict.fromkeys(words))
        if not wanted:
            self._trail.note(ANY_TEXT)
            return self._texts.paths
        self._trail.note_all(f"{WORD}:{word}" for word in wanted)
        if wanted not in self._together:
            everywhere = self._texts.paths
            first = min(wanted, key=lambda word: len(self._paths.get(word, everywhere)))
            for _ in self.search([first] if first not in self._paths else []):
                pass
            others = [word for word in wanted if word != first]
            known = [frozenset(self._paths[word]) for word in others if word in self._paths]
            unknown = [word.encode() for word in others if word not in self._paths]
            candidates = (path for path in self._paths[first] if all(path in paths for paths in known))
            self._together[wanted] = tuple(path for path in candidates if self._contains(path, unknown))
        return self._together[wanted]

    def _contains(self, path: str, words: list[bytes]) -> bool:
        if not words:
            return True
        text = searchable(self._read(path) or b"")
        return all(word in text for word in words)

    def search(self, words: Iterable[str]) -> Iterator[tuple[str, bytes, list[str]]]:
        """Give each file that contains some of ``words``: its path, its text as it can be searched, and the words.

        A word that contains one already looked for can only stand where that one does.
        """
        everywhere: list[tuple[str, bytes]] = []
        places: dict[str, frozenset[str]] = {}
        for word in dict.fromkeys(words):
            known = min((w for w in self._paths if w in word), key=lambda w: len(self._paths[w]), default=None)
            if known is None:
                everywhere.append((word, word.encode()))
            else:
                places[word] = frozenset(self._paths[known])
        hits: dict[str, list[str]] = {word: [] for word in (*dict(everywhere), *places)}
        somewhere = frozenset().union(*places.values())
        paths = self._texts.paths
        for path in paths if everywhere else (path for path in paths if path in somewhere):
            raw = self._read(path)
            if raw is None:
                continue
            text = searchable(raw)
            found = [word for word, sought in everywhere if sought in text]
            found += [word for word, known_in in places.items() if path in known_in and word.encode() in text]
            for word in found:
                hits[word].append(path)
            if found:
                yield path, text, found
        self._paths.update((word, tuple(found_in)) for word, found_in in hits.items())

    def paths(self, word: str) -> tuple[str, ...]:
        """Give the paths of the files that contain ``word``."""
        return self.mentions((word,))

    def having(self, path: str, raw: bytes, words: Iterable[str]) -> frozenset[str]:
        """Give those of ``words`` that the file ``path`` contains if its bytes are ``raw``."""
        text = searchable(raw)
        return frozenset(word for word in words if word.encode() in text)
