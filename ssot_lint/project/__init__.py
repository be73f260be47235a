"""The index: what the modules of a project define and pass on to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.trail import ANY_TEXT, TEXT, Memo, Trail
from ssot_lint.source.roots import imported_roots

if TYPE_CHECKING:
    from datetime import date

    from ssot_lint.project.aliases import Aliases
    from ssot_lint.project.answers import Resolution
    from ssot_lint.project.cycles import Cycle, Cycles
    from ssot_lint.project.dangling import Dangling, Ends
    from ssot_lint.project.definitions import Definition, Definitions
    from ssot_lint.project.gifts import Gifts
    from ssot_lint.project.graph import ImportGraph, Loading
    from ssot_lint.project.homes import Homes
    from ssot_lint.project.importers import Importers
    from ssot_lint.project.index import Index
    from ssot_lint.project.members import Members
    from ssot_lint.project.namesakes import Namesakes
    from ssot_lint.project.replacements import Replacements
    from ssot_lint.project.search import WordSearch
    from ssot_lint.project.store import SummaryStore
    from ssot_lint.project.summary import ModuleSummary
    from ssot_lint.project.tables import Texts

Answer = TypeVar("Answer")


class Project:
    """The modules of a project, read when they are asked for.

    ``src`` are the import roots below ``root``, searched in order. ``files`` gives the Python files of the project
    (relative, with ``/``); it is called at most once, and only for questions about all of them. ``overlay`` holds
    contents that stand in for those on disk, ``None`` for files that are gone. Summaries are taken from the ``store``
    and put into it, if there is one. What answers rest on is noted in the ``trail``. ``known`` are the answers of
    tables that another run found and that still hold.
    """

    def __init__(
        self,
        root: Path,
        src: tuple[str, ...],
        files: Callable[[], Sequence[str]],
        overlay: Mapping[str, bytes | None] | None = None,
        store: SummaryStore | None = None,
        trail: Trail | None = None,
        known: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._trail = trail or Trail()
        self._known = {} if known is None else known  # what is not known yet may be later
        self._root = root
        self._files = files
        self._overlay = dict(overlay or {})
        self._store = store
        self._modules = ModuleMap(root, src, self._overlay, self._trail)
        self._summaries: dict[str, tuple[ModuleSummary | None, str]] = {}
        self._resolutions: dict[str, Resolution] = {}
        self._answers: Memo[tuple[str, ...], Any] = Memo(self._trail)
        self._origins: Memo[frozenset[str], frozenset[str]] = Memo(self._trail)

    # What a clean file does not need is imported when it is asked for.

    @cached_property
    def _index(self) -> Index:
        from ssot_lint.project.index import Index

        return Index(self._modules, self._summary, self._trail)

    @cached_property
    def _definitions(self) -> Definitions:
        from ssot_lint.project.definitions import Definitions

        return Definitions(self._index, self._summary)

    @cached_property
    def _graph(self) -> ImportGraph:
        from ssot_lint.project.graph import ImportGraph

        return ImportGraph(self._modules, self._summary, self._trail)

    @cached_property
    def _texts(self) -> Texts:
        from ssot_lint.project.tables import Texts

        return Texts(self._files, self._bytes, self._trail, self._known)

    @cached_property
    def _search(self) -> WordSearch:
        from ssot_lint.project.search import WordSearch

        return WordSearch(self._texts)

    @cached_property
    def _aliases(self) -> Aliases:
        from ssot_lint.project.aliases import Aliases

        return Aliases(self._modules, self._summary, self._index, self._search, self._texts)

    @cached_property
    def _replacements(self) -> Replacements:
        from ssot_lint.project.replacements import Replacements

        return Replacements(self._texts, self.read)

    @cached_property
    def _importers(self) -> Importers:
        from ssot_lint.project.importers import Importers

        return Importers(self._modules, self._texts)

    @cached_property
    def _homes(self) -> Homes:
        from ssot_lint.project.homes import Homes

        return Homes(self._modules, self._summary, self._texts)

    @cached_property
    def _gifts(self) -> Gifts:
        from ssot_lint.project.gifts import Gifts

        return Gifts(self._modules, self._index.resolve, self._replacements, self.read, self._trail)

    @cached_property
    def _ends(self) -> Ends:
        from ssot_lint.project.dangling import Ends

        return Ends(self._modules, self._index, self._summary, self._homes, self._gifts)

    @cached_property
    def _members(self) -> Members:
        from ssot_lint.project.members import Members

        return Members(self._modules, lambda: self._texts.paths)

    @cached_property
    def _namesakes(self) -> Namesakes:
        from ssot_lint.project.namesakes import Namesakes

        return Namesakes(self._modules, self._summary, self._texts)

    @cached_property
    def _cycles(self) -> Cycles:
        from ssot_lint.project.cycles import Cycles

        return Cycles(self._modules, self._members, self._bytes)

    def changed(self, files: Mapping[str, bytes | None], sort: type[Project] | None = None) -> Project:
        """Give the project as it is once ``files`` have other contents, are there, or (``None``) are gone.

        It is of a special ``sort`` if one is given, whatever this one is.
        """
        overlay = {**self._overlay, **files}

        def listed() -> Sequence[str]:
            there = {*self._files(), *(path for path, raw in files.items() if raw is not None)}
            return sorted(there - {path for path, raw in files.items() if raw is None})

        return (sort or Project)(self._root, self.roots, listed, overlay, self._store)

    @property
    def roots(self) -> tuple[str, ...]:
        """The import roots, relative to the project root and searched in order; ``""`` is that itself."""
        return self._modules.roots

    def module_of(self, path: str) -> tuple[str, bool] | None:
        """Give the dotted module of a relative path, and whether it is a package; ``None`` if it cannot be imported."""
        return self._modules.module_of(path)

    def runs(self, path: str, module: str) -> bool:
        """Tell whether an import of ``module`` runs the file ``path``, and not another one of that name."""
        location = self._modules.find(module)
        return location is not None and location.path == path

    def first_parties(self) -> frozenset[str]:
        """Give the names of all packages and modules at the top level of the project."""
        return self._modules.tops()

    def today(self) -> date:
        """Give the day of this run."""
        from datetime import date

        return date.today()

    def is_first_party(self, name: str) -> bool:
        """Tell whether the top level of the dotted ``name`` is a package or module of the project."""
        return self._modules.is_first_party(name)

    def summary(self, module: str) -> ModuleSummary | None:
        """Give the summary of a module of the project, read once; ``None`` if there is none of that name."""
        return self._summary(module)

    def _summary(self, module: str) -> ModuleSummary | None:
        found = self._summaries.get(module)
        if found is None:
            summary = self._trail.aside(lambda: self._summarize(module))
            found = self._summaries[module] = summary, f"{module}=" if summary else ""
        if found[1]:
            self._trail.note(found[1])
        else:
            self._modules.find(module)  # what it rests on that there is none
        return found[0]

    def _summarize(self, module: str) -> ModuleSummary | None:
        from ssot_lint.project.summary import ModuleSummary

        location = self._modules.find(module)
        if location is None:
            return None
        if location.path is None:
            return ModuleSummary(module, None, True, dynamic=location.opaque, opaque=location.opaque)
        raw = self._bytes(location.path)
        if raw is None:
            return ModuleSummary(module, location.path, location.is_package, dynamic=True, opaque=True)
        if self._store:
            return self._store.summarize(raw, module, location.path, location.is_package)
        from ssot_lint.project.summarize import summarize

        return summarize(raw, module, location.path, location.is_package)

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a file of the project; ``None`` if it cannot be read."""
        self._trail.note(f"{TEXT}:{path}")
        return self._bytes(path)

    def _bytes(self, path: str) -> bytes | None:
        if path in self._overlay:
            return self._overlay[path]
        try:
            with open(f"{self._root}/{path}", "rb", buffering=0) as file:  # half the time of `Path.read_bytes`
                return file.read()
        except OSError:
            return None

    def resolve(self, name: str) -> Resolution:
        """Tell where the object that ``a.b.c`` names is defined; ``a.b:c`` says that ``a.b`` is a module."""
        if name not in self._resolutions:
            from ssot_lint.project.answers import Resolution

            answer = self._index.resolve(name)
            self._resolutions[name] = Resolution(answer.status, answer.origin, answer.possible, answer.chain)
        return self._resolutions[name]

    def star_exports(self, module: str) -> frozenset[str] | None:
        """Give the names that ``from module import *`` binds; ``None`` if they are not known."""
        return self._index.stars.exports(module)

    def definition(self, origin: str) -> Definition | None:
        """Give what is defined under ``origin``; ``None`` if that is not certain, or not of the project."""
        return self._definitions.get(origin)

    def bound_at(self, name: str) -> tuple[str, int] | None:
        """Give the path and the row at which a module of the project binds the dotted ``name``, at last."""
        place = self._definitions.bound_at(name)
        if place is not None:
            self._trail.note(f"{TEXT}:{place[0]}")
        return place

    def reaches(self, start: str, goal: str) -> bool:
        """Tell whether importing the module ``start`` imports ``goal``: an import of the other way round is a cycle."""
        return self._graph.reaches(start, goal)

    def load(self, module: str, running: frozenset[str] = frozenset()) -> Loading:
        """Follow an import of ``module`` while the modules ``running`` have been started already."""
        return self._graph.load(module, running)

    def imports_of(self, module: str) -> tuple[frozenset[str], frozenset[str]]:
        """Give the modules that an import of ``module`` imports, and those it asks for, be they there or not."""
        return self._graph.imports(module), self._graph.asks(module)

    def names_of(self, targets: Iterable[str]) -> frozenset[str]:
        """Give every last name under which a module of the project binds one of the objects ``targets``."""
        return self._aliases.names_of(targets)

    def origins_of(self, targets: frozenset[str]) -> frozenset[str]:
        """Give the dotted names of all that may be one of the objects ``targets``, those among them."""
        return self._origins.get(targets, lambda: self._gather_origins(targets))

    def _gather_origins(self, targets: Iterable[str]) -> frozenset[str]:
        found = {origin for target in targets for origin in (target, *self.resolve(target).possible)}
        return frozenset(origin.replace(":", ".") for origin in found)

    def once(self, question: tuple[str, ...], answer: Callable[[], Answer]) -> Answer:
        """Give the answer to a ``question`` about the whole project, found by ``answer`` when it is first asked."""
        found: Answer = self._answers.get(question, answer)
        return found

    def ask(self, question: tuple[Any, ...], answer: Callable[[], Answer]) -> Answer:
        """Give the answer to a `questions.question`: the names of its module and of itself, and its arguments."""
        found: Answer = self._answers.get(question, answer)
        return found

    def mentions(self, *words: str) -> tuple[str, ...]:
        """Give the paths of the files that contain all ``words``, as parts of identifiers or not."""
        return self._search.mentions(words)

    def spells(self, name: str) -> bool:
        """Tell whether a string that begins with ``name`` may tell ``patch`` or the like what to replace."""
        return self._replacements.spells(name)

    def spelling(self, name: str) -> tuple[str, ...]:
        """Give the paths of the files in which such a string begins with ``name``."""
        return self._replacements.spelling(name)

    def sets_attribute(self, owner: str, name: str) -> bool:
        """Tell whether a file with the word ``owner`` sets an attribute ``name`` of something else than ``self``."""
        return self._replacements.sets(owner, name)

    def sets_module(self, name: str) -> bool:
        """Tell whether some file puts something else in the place of the module ``name`` in ``sys.modules``."""
        return self._replacements.module(name)

    def is_python(self, module: str) -> bool:
        """Tell whether the running Python could compile the source of ``module``, if it has one."""
        return self.once(("is python", module), lambda: self._is_python(module))

    def _is_python(self, module: str) -> bool:
        from ssot_lint.source.text import is_python

        summary = self.summary(module)
        return summary is not None and (summary.path is None or is_python(self.read(summary.path) or b""))

    def may_import(self, raw: bytes) -> bool:
        """Tell whether an import statement in the bytes of a file may name a module of the project; no is certain."""
        roots = imported_roots(raw)
        return roots is None or any(self.is_first_party(root) for root in roots)

    def importers(self, module: str, name: str) -> tuple[str, ...]:
        """Give the modules that take ``name`` from ``module`` with a ``from`` statement."""
        return self._importers.of(module, name)

    def importing(self, module: str, name: str) -> tuple[str, ...]:
        """Give the paths of the files that take ``name`` from ``module``, or that import it and no name of it."""
        return self._importers.paths(module, name)

    def dangling(self, name: str) -> Dangling | None:
        """Say where ``name`` (``a.b.c``, or ``a.b:c``) breaks off; ``None`` if it exists, or if that is not known."""
        return self._ends.of(name)

    def near(self, dangling: Dangling) -> str | None:
        """Give the dotted name of what is called almost like what is missing, and stands beside it."""
        return self._ends.near(dangling)

    def homes(self, name: str) -> tuple[str, ...]:
        """Give the dotted names of all classes, functions, values and modules of the project called ``name``."""
        return self._homes.of(name)

    def namesakes(self, name: str, among: Callable[[str, str], bool]) -> tuple[str, ...]:
        """Give the modules that define a class or function ``name``, if several do.

        Those count of which ``among`` says yes to the path and the name.
        """
        seeming = [module for module, path in self.definers(name) if among(path, module)]
        defining = tuple(module for module in seeming if self.defines(module, name)) if len(seeming) > 1 else ()
        return defining if len(defining) > 1 else ()

    def definers(self, name: str) -> tuple[tuple[str, str], ...]:
        """Give the modules that seem to define a class or function ``name``, each with its path."""
        return self._namesakes.definers(name)

    def defines(self, module: str, name: str) -> bool:
        """Tell whether ``module`` certainly defines a class or function ``name``."""
        return self._namesakes.defines(module, name)

    def cycles(self, packages: tuple[str, ...]) -> tuple[Cycle, ...]:
        """Give a shortest import cycle for each set of modules of ``packages`` (globs; none: all) that have one."""
        self._trail.note(ANY_TEXT)
        return self._trail.aside(lambda: self._cycles.within(packages))
