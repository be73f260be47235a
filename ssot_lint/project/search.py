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

    @property
    def files(self) -> tuple[str, ...]:
        """All files of the project."""
        if self._listed is None:
            self._listed = tuple(self._files())
        return self._listed

    def mentions(self, words: Iterable[str]) -> tuple[str, ...]:
        """Give the paths of the files that contain all ``words``."""
        wanted = list(dict.fromkeys(words))
        for _ in self.search(word for word in wanted if word not in self._paths):
            pass
        found = [set(self._paths[word]) for word in wanted]
        return tuple(path for path in self.files if all(path in paths for paths in found))

    def search(self, words: Iterable[str]) -> Iterator[tuple[str, bytes, list[str]]]:
        """Give each file that contains some of ``words``: its path, its text as it can be searched, and the words.

        A word that contains one already looked for can only stand where that one does.
        """
        narrow: dict[str, tuple[str, list[str]]] = {}
        wide = []
        for word in dict.fromkeys(words):
            known = min((w for w in self._paths if w in word), key=lambda w: len(self._paths[w]), default=None)
            if known is None:
                wide.append(word)
            else:
                narrow[word] = (known, [])
        hits: dict[str, list[str]] = {word: [] for word in (*wide, *narrow)}
        places = {word: frozenset(self._paths[known]) for word, (known, _) in narrow.items()}
        everywhere = [(word, word.encode()) for word in wide]
        candidates = self.files if wide else sorted(frozenset().union(*places.values()))
        for path in candidates:
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
