"""The laws once more, for files that change together: each was fixed as if the others stayed as they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ssot_lint.fixing.cycles import asked
from ssot_lint.fixing.laws import Broken, exists, imported_names
from ssot_lint.fixing.rewrite import State
from ssot_lint.project import Project
from ssot_lint.rewriting.loading import closes_circle
from ssot_lint.source.text import NotText, Text

Contents = Mapping[str, "bytes | None"]
"""What files hold, by their paths; ``None`` for no file."""


def broken_together(
    project: Project, before: Contents, after: Contents, moved: Mapping[str, str] | None = None
) -> dict[str, Broken]:
    """Give the files that must not become what they are ``after``, each with the law that they would break.

    ``before`` is what they hold in ``project``. Of several files that close a cycle together one is given. If things
    were ``moved``, it is known what strings name, and these are modules that have other names afterwards, by their new
    names; in a cycle with them there is nothing new.
    """
    then = project.changed(after)
    broken: dict[str, Broken] = {}
    for path in sorted(after):
        judged = _Judged(project, then, path, before[path], after[path], moved)
        found = next(judged.broken(), None)
        if found is None and not any(other.law == 10 for other in broken.values()):
            found = judged.cycle()
        if found is not None:
            broken[path] = found
    return broken


class _Judged:
    """One file of a ``project`` that becomes ``then``."""

    def __init__(
        self,
        project: Project,
        then: Project,
        path: str,
        before: bytes | None,
        after: bytes | None,
        moved: Mapping[str, str] | None,
    ) -> None:
        self._project = project
        self._then = then
        self._path = path
        self._before = _state(path, before, project)
        self._after = _state(path, after, then)
        located = project.module_of(path)
        self._module = located[0] if located else None
        self._moved = moved or {}
        self._strings_count = moved is None

    def broken(self) -> Iterator[Broken]:
        """Give the laws that the file breaks by what it imports, and by what others cannot import from it any more."""
        if self._after is not None:
            for name in sorted(imported_names(self._after.scan)):
                if self._is_gone(name) and not self._was_missing(name):
                    yield Broken(6, f"it would import {name.replace(':', '.')}, which would not be there any more")
        for name in self._lost():
            takers = self._then.importers(self._module or "", name)
            if takers:
                yield Broken(6, f"{takers[0]} imports `{name}` from it, which would not be there any more")
            if self._strings_count and self._then.spells(f"{self._module}.{name}"):
                yield Broken(6, f"a string names {self._module}.{name}, which would not be there any more")

    def _is_gone(self, name: str) -> bool:
        """Whether an import finds nothing any more; of what nothing was known before nothing is known."""
        if exists(self._then, name):
            return False
        return exists(self._project, name) or self._then.resolve(name).status == "missing"

    def _was_missing(self, name: str) -> bool:
        was_there = self._before is not None and name in imported_names(self._before.scan)
        return was_there and not exists(self._project, name)

    def _lost(self) -> Iterable[str]:
        """Give the names that the module has and will not have, as far as that is certain."""
        if self._module is None or self._before is None:
            return ()
        summary = self._then.summary(self._module)
        if summary is not None and (summary.has_getattr or summary.dynamic or summary.stars):
            return ()
        had = self._before.scan.scope.bindings.keys()
        has = self._after.scan.scope.bindings.keys() if self._after else frozenset()
        return sorted(had - has)

    def cycle(self) -> Broken | None:
        """Give law 10 if the file would import what imports it, which was not so before."""
        if self._module is None or self._after is None:
            return None
        old = asked(self._before, self._project) if self._before else frozenset()
        for goal in sorted(asked(self._after, self._then) - old):
            reached = self._project.reaches(self._moved.get(self._module, self._module), self._moved.get(goal, goal))
            if closes_circle(self._then, self._module, goal) and not reached:
                return Broken(10, f"it would import {goal}, which would import it: a cycle")
        return None


def _state(path: str, raw: bytes | None, project: Project) -> State | None:
    """Read a file; ``None`` for one that is not there, or is not Python."""
    if raw is None or not path.endswith(".py"):
        return None
    try:
        state = State(path, Text.read(raw), project)
    except NotText:
        return None
    return state if state.is_python else None
