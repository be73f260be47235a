"""``noncanonical-import``: an object is reached by another path than the one it is to be taken from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ssot_lint.file import File, plain
from ssot_lint.model import Fix, Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.rewriting.moves import move_imported_names, move_use
from ssot_lint.rewriting.proof import Move, prepare
from ssot_lint.rule import Example, Rule
from ssot_lint.source.scan import Import
from ssot_lint.source.triggers import Trigger

if TYPE_CHECKING:
    import libcst as cst


@dataclass(frozen=True)
class _Detour:
    """The path ``name`` (``a.b:c`` where the module is certain) that leads to the object of ``canonical``."""

    name: str
    canonical: str
    origin: str
    chain: tuple[str, ...]
    certain: bool

    @property
    def move(self) -> Move:
        """The move back to the canonical path; what is certain holds for modules, too."""
        return Move(self.name, self.canonical, same_object=self.certain)


FILES = {
    "chat/__init__.py": "from chat.manager import Manager\n",
    "chat/manager.py": "from chat.impl import _Manager as Manager\n",
    "chat/impl.py": "class _Manager: ...\n\nclass Mode: ...\n",
    "chat/legacy.py": "from chat import Manager\n\nBroadcaster = Manager\n",
    "chat/guarded.py": "try:\n    from chat.impl import _Manager\nexcept ImportError:\n    _Manager = None\n",
    "chat/all.py": "from chat import impl as backend\nfrom chat.manager import *\n",
}
OPTIONS = {"canonical": ["chat.manager.Manager"]}
EXAMPLES = (
    Example(
        note="The package passes the name on; only one path is the right one.",
        bad="from chat import Manager\n",
        good="from chat.manager import Manager\n",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="Nobody has to write a path down for it to be found: what counts is the object. Local names stay.",
        bad="from chat.legacy import Broadcaster\n\nBroadcaster()\n",
        good="from chat.manager import Manager as Broadcaster\n\nBroadcaster()\n",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="Where an object is defined is one more path; other names of the same module are left alone.",
        bad="from chat.impl import Mode, _Manager as M\n\nM()\n",
        good="from chat.impl import Mode\nfrom chat.manager import Manager as M\n\nM()\n",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="Chains of attributes are paths, too, through whatever modules they go.",
        bad="from chat.all import backend\n\nm = backend._Manager()\n",
        good="from chat.manager import Manager\n\nm = Manager()\n",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="So are annotations in quotes.",
        bad="import chat.legacy\n\ndef send(manager: 'chat.legacy.Broadcaster'): ...\n",
        good="from chat.manager import Manager\n\ndef send(manager: 'Manager'): ...\n",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="A package that passes a module on is no home for it, either.",
        bad="from chat.all import backend\n\nm = backend.Mode()\n",
        good="from chat import impl as backend\n\nm = backend.Mode()\n",
        files=FILES,
        options={"canonical": ["chat.impl"]},
    ),
    Example(
        note="Where an import has a fallback, it may be another object: a human has to agree.",
        bad="from chat.guarded import _Manager\n",
        good="from chat.manager import Manager as _Manager\n",
        unsafe=True,
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="A star brings more than the one name.",
        bad="from chat.all import *\n\nManager()\n",
        refusal="partly-legacy-star",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="A test of another path has to keep it.",
        bad="import pytest\n\ndef test_warns():\n    with pytest.warns():\n        from chat.legacy import Manager\n",
        refusal="negative-test",
        path="tests/test_legacy.py",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="The canonical module cannot import from itself.",
        bad=FILES["chat/manager.py"] + "\ndef f():\n    from chat.legacy import Broadcaster\n    return Broadcaster\n",
        refusal="would-cycle",
        path="chat/manager.py",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="The canonical path is fine in all its spellings, and so are other objects of the same name.",
        ok=(
            "import chat.manager\nfrom chat import manager as m\nfrom chat.manager import Manager as M\n"
            "from multiprocessing import Manager\n\n"
            "def f(a: 'chat.manager.Manager', b: m.Manager, c: M, d: 'M') -> Manager: ...\n"
        ),
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="The imports that make the canonical path are no detours.",
        ok=FILES["chat/manager.py"],
        path="chat/manager.py",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="What a star brings and nobody here uses is for those to see who import it from here.",
        ok="from chat.all import *\n",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="The shims may be told to go on.",
        ok=FILES["chat/legacy.py"],
        path="chat/legacy.py",
        files=FILES,
        options={**OPTIONS, "allowed-in": ["chat.legacy"]},
    ),
)


@dataclass(frozen=True, kw_only=True)
class NoncanonicalImport(Rule):
    """An object that has a canonical path is reached by any other one.

    ``canonical`` are dotted names. Whatever import, chain of attributes or quoted annotation leads to where one of
    them is defined, by re-exports, aliases and renamed imports, is flagged unless it is that name. The modules through
    which the canonical path itself goes may use it up to there.
    """

    kind: ClassVar[str] = "noncanonical-import"
    default_message: ClassVar[str] = "{chain} goes around {canonical}"
    placeholders: ClassVar[tuple[str, ...]] = ("name", "canonical", "chain")
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    canonical: tuple[str, ...]

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        if not self.canonical:
            yield "give at least one name in 'canonical'"
        for name in self.canonical:
            if "." not in name:
                yield f"'{name}' is not in any module"

    def triggers(self) -> Iterator[Trigger]:
        """Give star imports of any module: they do not say what they bring."""
        yield Trigger("", star=True)

    def names(self) -> Iterator[str]:
        """Give the canonical names, for the project to know the others of the same objects."""
        yield from self.canonical

    def concerns(self, name: str, project: Project) -> bool:
        """Tell whether ``name`` may lead to a canonical object by another path."""
        return self._detour(name, project) is not None

    def prepare(self, project: Project) -> None:
        """Learn what moves ask of the project."""
        prepare(project, self.canonical)

    def visit_ImportFrom(self, node: cst.ImportFrom, file: File) -> Iterator[Violation]:
        """Look at the names that a ``from`` statement takes."""
        imported = file.import_at(node)
        if imported is None or imported.module is None:
            return
        if imported.node.names[0].name == "*":
            yield from self._star(file, imported, imported.module)
            return
        detours = {
            index: detour
            for index, alias in enumerate(imported.node.names)
            if (detour := self._found(file, [f"{imported.module}:{alias.name}"])) is not None
        }
        moves = {index: detour.move for index, detour in detours.items()}
        outcomes = move_imported_names(file, imported, moves) if moves else {}
        for index, detour in detours.items():
            yield self._violation(file, file.scan.span(imported.node.names[index]), detour, outcomes[index])

    visit_LazyImportFrom = visit_ImportFrom

    def visit_Attribute(self, node: cst.Attribute, file: File) -> Iterator[Violation]:
        """Look at a chain of attributes that goes through modules."""
        if file.import_at(node) is not None:
            return
        reference = file.reference(node)
        detour = self._found(file, reference.names) if reference else None
        if detour is not None:
            yield self._use(file, *file.span(node), detour)

    def visit_Annotation(self, node: cst.Annotation, file: File) -> Iterator[Violation]:
        """Look at the chains of attributes in the strings of an annotation."""
        start, end = file.span(node.annotation)
        for use in file.uses:
            if not use.quoted or not start <= use.start < end:
                continue
            for depth in range(2, len(use.path) + 1):
                reference = file.refer(use.path[:depth], use.start)
                detour = self._found(file, reference.names) if reference else None
                if detour is not None:
                    yield self._use(file, use.start, use.ends[depth - 1], detour)
                    break

    def _star(self, file: File, imported: Import, module: str) -> Iterator[Violation]:
        """Look at ``from module import *``: what it brings matters where the file uses it."""
        exports = file.project.star_exports(module) or frozenset()
        brought = exports & file.project.names_of(self.canonical)
        sought = (use for use in file.uses if use.path[0] in brought)
        used = {use.path[0] for use in sought if file.scan.lookup(use.path[0], use.start) == []}
        detour = self._found(file, [f"{module}:{name}" for name in used])
        if detour is not None:
            reason = "a star import brings more than this name; import the names that are used"
            span = file.scan.span(imported.node.names[0])
            yield self._violation(file, span, detour, Refusal("partly-legacy-star", reason))

    def _use(self, file: File, start: int, end: int, detour: _Detour) -> Violation:
        use = next((use for use in file.uses if use.start == start and end in use.ends), None)
        if use is None:
            outcome: Fix | Refusal = Refusal("not-lossless", "the place of this chain in the text is not certain")
        else:
            outcome = move_use(file, use, use.ends.index(end) + 1, detour.move)
        return self._violation(file, (start, end), detour, outcome)

    def _found(self, file: File, names: Iterable[str]) -> _Detour | None:
        """Give the detour that one of ``names`` is in ``file``, if any is."""
        for name in sorted(names):
            detour = self._detour(name, file.project)
            if detour is not None and not _makes_path(file, detour):
                return detour
        return None

    def _detour(self, name: str, project: Project) -> _Detour | None:
        spelled = plain(name)
        if spelled in self.canonical:
            return None
        resolution = project.resolve(name)
        reached: dict[str, str] = {}
        for canonical in self.canonical:
            origin = project.resolve(canonical).origin or canonical
            if origin in resolution.possible and resolution.status != "missing":
                reached[canonical] = origin
        if not reached:
            return None
        last = spelled.rpartition(".")[2]
        canonical = next((name for name in reached if name.rpartition(".")[2] == last), next(iter(reached)))
        origin = reached[canonical]
        chain = resolution.chain if resolution.chain[-1] == plain(origin) else (*resolution.chain, plain(origin))
        return _Detour(name, canonical, origin, chain, resolution.origin == origin)

    def _violation(self, file: File, span: tuple[int, int], detour: _Detour, outcome: Fix | Refusal) -> Violation:
        return self.violation(
            file,
            span,
            symbol=detour.canonical,
            origin=detour.origin,
            outcome=outcome,
            name=plain(detour.name),
            canonical=detour.canonical,
            chain=" -> ".join(detour.chain),
        )


def _makes_path(file: File, detour: _Detour) -> bool:
    """Whether ``file`` is a module through which the canonical path goes, and the detour a part of that path."""
    path = file.project.resolve(detour.canonical).chain
    return plain(detour.name) in path and any(step.rpartition(".")[0] == file.module for step in path)
