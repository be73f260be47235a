"""Which files may break a rule at all: told from their bytes, and where those lead to, from what the project knows."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ssot_lint.source.leads import Clues, Objects, above_of
from ssot_lint.source.triggers import NO_OBJECTS, Hits, Triggers

if TYPE_CHECKING:
    from ssot_lint.project import Project
    from ssot_lint.rule import Rule

MAY_BE, MAY_BE_IMPORTED = "may be", "may be imported"
"""Questions about names, of which the answer depends on the rules and the project."""


class Screen:
    """Finds in files what ``rules`` look for."""

    def __init__(self, rules: tuple[Rule, ...], project: Project) -> None:
        self._rules = rules
        self._project = project

    @cached_property
    def triggers(self) -> Triggers:
        """The triggers of all rules, and the objects that they look for, under all names by which they are known."""
        names = self._names
        objects = Objects(self._project.names_of(names), self._project.origins_of(names)) if names else NO_OBJECTS
        return Triggers((trigger for rule in self._rules for trigger in rule.triggers()), objects)

    def hits(self, path: str, raw: bytes) -> Hits:
        """Say what is looked for in the bytes of a file, with clues to what only the project knows."""
        return self.triggers.hits(raw, *(self._project.module_of(path) or (None, False)))

    def settled(self, hits: Hits) -> Hits:
        """Ask the project about the clues in ``hits``."""
        words = self._words_behind(hits.clues) if hits.clues else frozenset()
        return Hits(hits.words | words, hits.parts, hits.stars)

    def may_be_object(self, name: str, *, imported: bool) -> bool:
        """Tell whether ``name`` may stand for an object that is looked for, or for one that must not be imported."""
        question = (MAY_BE_IMPORTED if imported else MAY_BE, name)
        return self._project.once(question, lambda: self._may_be(name, imported))

    def _may_be(self, name: str, imported: bool) -> bool:
        resolution = self._project.resolve(name)
        steps = {name, *resolution.chain, *resolution.possible}
        paths = {path for step in map(_plain, steps) for path in (step, *above_of(step))}
        return not paths.isdisjoint(self._project.origins_of(self._names_imported if imported else self._names))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for rule in self._rules for name in rule.names())

    @cached_property
    def _names_imported(self) -> frozenset[str]:
        return frozenset(name for rule in self._rules if rule.fires_on_imports for name in rule.names())

    def _words_behind(self, clues: Clues) -> frozenset[str]:
        objects = self.triggers.objects
        found: set[str] = set()
        for name, words, is_used in clues.names:
            if self.may_be_object(name, imported=not is_used):
                found |= words
        for star in filter(self._may_have_objects, clues.stars):
            exports = self._project.star_exports(star)
            found |= objects.words if exports is None else objects.words & exports
        if clues.words and any(map(self._may_have_objects, clues.opened)):
            found |= clues.words
        return frozenset(found)

    def _may_have_objects(self, path: str) -> bool:
        return path in self.triggers.objects.paths or self._project.is_first_party(path)


def _plain(name: str) -> str:
    return name.replace(":", ".")
