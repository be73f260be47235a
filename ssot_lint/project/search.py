"""Words in the files of the project: one literal search a word, each file read once a round and kept by nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ssot_lint.source.triggers import searchable


class WordSearch:
    """Finds the files whose bytes contain words, as parts of identifiers or not."""

    def __init__(self, files: Callable[[], Sequence[str]], read: Callable[[str], bytes | None]) -> None:
        self._files = files
        self._read = read
        self._listed: tuple[str, ...] | None = None
        self._paths: dict[str, tuple[str, ...]] = {}
        self._together: dict[tuple[str, ...], tuple[str, ...]] = {}

    @property
    def files(self) -> tuple[str, ...]:
        """All files of the project."""
        if self._listed is None:
            self._listed = tuple(self._files())
        return self._listed

    def mentions(self, words: Iterable[str]) -> tuple[str, ...]:
        """Give the paths of the files that contain all ``words``.

        The first of them is looked for in all files, unless it or a part of it was before; the others only in those
        that are left.
        """
        wanted = tuple(dict.fromkeys(words))
        if not wanted:
            return self.files
        if wanted not in self._together:
            first = min(wanted, key=lambda word: len(self._paths.get(word, self.files)))
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
        for path in self.files if everywhere else (path for path in self.files if path in somewhere):
            raw = self._read(path)
            if raw is None:
                continue
            text = searchable(raw)
            found = [word for word, sought in everywhere if sought in text]
            found += [word for word, paths in places.items() if path in paths and word.encode() in text]
            for word in found:
                hits[word].append(path)
            if found:
                yield path, text, found
        self._paths.update((word, tuple(paths)) for word, paths in hits.items())
