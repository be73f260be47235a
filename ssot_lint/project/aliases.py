"""Every name under which the project knows an object: re-exports with ``as`` and assignments, over and over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ssot_lint.project.index import Index
from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.renames import renames
from ssot_lint.project.search import WordSearch
from ssot_lint.project.summary import ModuleSummary
from ssot_lint.project.tables import Texts
from ssot_lint.project.trail import Memo
from ssot_lint.source.triggers import searchable

RENAMED = "renamed"


class Renaming:
    """A table of words: the files in which some statement may give another name to what a word stands for."""

    name = RENAMED

    def __init__(self, search: WordSearch, texts: Texts) -> None:
        self._search = search
        self._texts = texts
        self._paths: dict[str, tuple[str, ...]] = {}

    def paths(self, word: str) -> tuple[str, ...]:
        """Give the paths of the files that may rename ``word``."""
        ground = f"{RENAMED}:{word}"
        self._texts.trail.note(ground)
        if ground not in self._texts.known and word not in self._paths:
            self._look_for([word])
        return self._texts.known.get(ground) or self._paths.get(word, ())

    def places(self, words: Iterable[str]) -> dict[str, set[str]]:
        """Give each file that may rename some of ``words``, and which."""
        asked = sorted(set(words))
        self._look_for([w for w in asked if w not in self._paths and f"{RENAMED}:{w}" not in self._texts.known])
        places: dict[str, set[str]] = {}
        for word in asked:
            for path in self.paths(word):
                places.setdefault(path, set()).add(word)
        return places

    def having(self, path: str, raw: bytes, words: Iterable[str]) -> frozenset[str]:
        """Give those of ``words`` that the file ``path`` may rename if its bytes are ``raw``."""
        text = searchable(raw)
        return frozenset(word for word in words if _is_renamed(text, word))

    def _look_for(self, words: list[str]) -> None:
        found: dict[str, list[str]] = {word: [] for word in words}
        for path, text, there in self._search.search(words) if words else ():
            for word in there:
                if _is_renamed(text, word):
                    found[word].append(path)
        self._paths.update((word, tuple(paths)) for word, paths in found.items())


def _is_renamed(text: bytes, word: str) -> bool:
    return any(name != word for name in renames(text, word))


class Aliases:
    """Finds the names of objects, reading closely only the files in which some statement could rename one."""

    def __init__(
        self,
        modules: ModuleMap,
        summary: Callable[[str], ModuleSummary | None],
        index: Index,
        search: WordSearch,
        texts: Texts,
    ) -> None:
        self._modules = modules
        self._summary = summary
        self._index = index
        self._texts = texts
        self._names: Memo[frozenset[str], frozenset[str]] = Memo(texts.trail)
        self.renaming = Renaming(search, texts)

    def names_of(self, targets: Iterable[str]) -> frozenset[str]:
        """Give every last name under which a module of the project binds one of the objects ``targets``."""
        key = frozenset(targets)
        return self._names.get(key, lambda: self._gather(key))

    def _gather(self, targets: frozenset[str]) -> frozenset[str]:
        origins: set[str] = set()
        for target in targets:
            answer = self._index.resolve(target)
            origins.update([answer.origin] if answer.origin else answer.possible)
        known = {_last(name) for name in (*targets, *origins)}
        done: set[str] = set()
        while new := known - done:
            done |= new
            for path, words in self.renaming.places(new).items():
                text = searchable(self._texts.read(path) or b"")
                renamed = {word for word in words if not known.issuperset(renames(text, word))}
                if renamed:
                    known |= self._names_in(path, renamed, origins)
        return frozenset(known)

    def _names_in(self, path: str, words: set[str], origins: set[str]) -> set[str]:
        """Give the names that the module of ``path`` binds to what it knows as one of ``words``."""
        located = self._modules.module_of(path)
        summary = self._summary(located[0]) if located else None
        if summary is None or summary.path != path:
            return set()
        return {
            name
            for name, bounds in summary.names.items()
            if "." not in name
            and any(bound.via in words or _last(bound.target or "") in words for bound in bounds)
            and not origins.isdisjoint(self._index.resolve(f"{summary.module}:{name}").possible)
        }


def _last(name: str) -> str:
    return re.split(r"[.:]", name.rstrip(":"))[-1]
