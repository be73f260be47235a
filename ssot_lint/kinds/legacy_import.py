"""``legacy-import``: a name is reached by a path it has left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from ssot_lint.file import File, plain
from ssot_lint.model import Applicability, Fix, Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.rewriting.following import move_with_strings
from ssot_lint.rewriting.moves import move_imported_module, move_imported_names, move_star, move_use
from ssot_lint.rewriting.names import is_late, runs_later
from ssot_lint.rewriting.proof import Move, prepare
from ssot_lint.rewriting.strings import move_spelled, spelled_in
from ssot_lint.rewriting.table import Table, Target
from ssot_lint.rule import Example, Rule
from ssot_lint.source.scan import Import
from ssot_lint.source.triggers import Trigger, within
from ssot_lint.source.uses import Use

if TYPE_CHECKING:
    import libcst as cst


SHIM = {
    "chat/__init__.py": "",
    "chat/legacy.py": """
        from chat.manager import Manager, make_manager

        OldName = Manager

        def helper(): ...
        """,
    "chat/manager.py": """
        class Manager: ...

        def make_manager(): ...
        """,
}
MOVED = {
    "chat.legacy.Manager": "chat.manager.Manager",
    "chat.legacy.OldName": "chat.manager.Manager",
    "chat.legacy.make_manager": "chat.manager.make_manager",
}
moving = partial(Example, files=SHIM, options={"moved": MOVED})
EXAMPLES = (
    moving(
        note="A name moves within its own statement.",
        bad="from chat.legacy import Manager\n",
        good="from chat.manager import Manager\n",
    ),
    moving(
        note="A local name stays, with `as` if need be.",
        bad="""
            from chat.legacy import OldName

            print(OldName)
            """,
        good="""
            from chat.manager import Manager as OldName

            print(OldName)
            """,
    ),
    moving(
        note="Of a list of names only those that moved go; comments go with them.",
        bad="""
            from chat.legacy import (
                Manager,  # the one
                helper,  # stays
            )
            """,
        good="""
            from chat.legacy import (
                helper,  # stays
            )
            from chat.manager import Manager  # the one
            """,
    ),
    moving(
        note="An import stays in the function, `try` or `if` in which it stands.",
        bad="""
            def f():
                from chat.legacy import Manager as M
                return M()
            """,
        good="""
            def f():
                from chat.manager import Manager as M
                return M()
            """,
    ),
    moving(
        note="A relative import is the same import.",
        bad="from .legacy import make_manager\n",
        good="from chat.manager import make_manager\n",
        path="chat/user.py",
    ),
    moving(
        note="An attribute of an old module is imported from its new home.",
        bad="""
            import chat.legacy

            x = chat.legacy.Manager()
            """,
        good="""
            from chat.manager import Manager

            x = Manager()
            """,
    ),
    moving(
        note="A module that moves as a whole takes the paths spelled in the code along.",
        bad="""
            import chat.legacy

            x: 'chat.legacy.Manager' = chat.legacy.make_manager()
            """,
        good="""
            import chat.manager

            x: 'chat.manager.Manager' = chat.manager.make_manager()
            """,
        options={"moved": {"chat.legacy": "chat.manager"}},
    ),
    Example(
        note="The same name for another object is no new home.",
        bad="from chat.legacy import helper\n",
        refusal="different-object",
        files={**SHIM, "chat/manager.py": "class Manager: ...\n\ndef make_manager(): ...\n\ndef helper(): ...\n"},
        options={"moved": {"chat.legacy.helper": "chat.manager.helper"}},
    ),
    moving(
        note="What does not exist is no new home either.",
        bad="from chat.legacy import helper\n",
        refusal="target-missing",
        options={"moved": {"chat.legacy.helper": "chat.manager.helper"}},
    ),
    moving(
        note="Where the old module is gone, nothing can be proved: a human has to agree.",
        bad="from chat.gone import Manager\n",
        good="from chat.manager import Manager\n",
        unsafe=True,
        options={"moved": {"chat.gone": "chat.manager"}},
    ),
    moving(
        note="A test of the old path has to keep it.",
        bad="""
            import pytest

            def test_warns():
                with pytest.warns(Warning):
                    from chat.legacy import Manager
            """,
        refusal="negative-test",
        path="tests/test_legacy.py",
    ),
    moving(
        note="Where the old name may not exist, it is the `except` that runs today.",
        bad="""
            try:
                from chat.gone import Manager
            except ImportError:
                Manager = None
            """,
        refusal="guarded-import",
        options={"moved": {"chat.gone": "chat.manager"}},
    ),
    moving(
        note="A star import brings more than what moved.",
        bad="from chat.legacy import *\n",
        refusal="partly-legacy-star",
    ),
    moving(
        note="A patch beyond the object that moved finds it at its new home; a string is never a proof.",
        bad="""
            from unittest.mock import patch

            @patch('chat.legacy.Manager.send')
            def test_send(send): ...
            """,
        good="""
            from unittest.mock import patch

            @patch('chat.manager.Manager.send')
            def test_send(send): ...
            """,
        unsafe=True,
    ),
    moving(
        note="A patch of the name in the old module has to follow those who look it up there.",
        bad="""
            from unittest.mock import patch

            with patch('chat.legacy.Manager'): ...
            """,
        refusal="patch-target",
    ),
    moving(
        note="What is gone without a successor is reported with the advice of the pack.",
        bad="from chat.gone import Session\n",
        refusal="removed",
        options={"removed": {"chat.gone.Session": "use the session API"}},
    ),
    moving(
        note="An old package that is still there may go on using itself.",
        ok="from . import helpers\nfrom .helpers import help\n",
        path="chat/old/__init__.py",
        files={**SHIM, "chat/old/helpers.py": "def help(): ...\n"},
        options={"moved": {"chat.old": "chat.manager"}},
    ),
    moving(
        note="Other names, the same words in text, and lists of old paths are left alone.",
        ok="""
            from chat.legacy import helper

            # chat.legacy.Manager
            OLD = ['chat.legacy.Manager']
            """,
    ),
)


@dataclass(frozen=True, kw_only=True)
class LegacyImport(Rule):
    """A name is imported, or reached through modules, by a path it has left.

    ``moved`` maps old names to new ones, symbols or whole modules; ``removed`` maps names without a successor to an
    advice. Paths are matched as the code spells them, relative imports included. A fix keeps the scope, the local
    name, the layout and the comments of an import.
    """

    kind: ClassVar[str] = "legacy-import"
    default_message: ClassVar[str] = "{old} moved to {new}"
    placeholders: ClassVar[tuple[str, ...]] = ("old", "new")
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    moved: Mapping[str, str] = field(default_factory=dict)
    removed: Mapping[str, str] = field(default_factory=dict)
    same_object: bool = False
    strings: Literal["patch", "none"] = "patch"

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        if not self.moved and not self.removed:
            yield "give at least one entry in 'moved' or 'removed'"
        for old in sorted(self.moved.keys() & self.removed.keys()):
            yield f"'{old}' is both in 'moved' and in 'removed'"

    @property
    def _table(self) -> Table:
        return Table(self.moved, self.removed)

    def triggers(self) -> Iterator[Trigger]:
        """Give the last name of each old path with the module before it, and the modules whose stars may bring it."""
        for old in self._table:
            module, _, last = old.rpartition(".")
            yield Trigger(last, module)
            yield Trigger("", old, star=True)
            if module:
                yield Trigger("", module, star=True)

    def concerns(self, name: str, project: Project) -> bool:
        """Tell whether ``name`` is a path that this rule knows."""
        return self._table.target(plain(name)) is not None

    def prepare(self, project: Project) -> None:
        """Learn what moves ask of the project."""
        prepare(project, (*self.moved, *self.moved.values()))

    def visit_ImportFrom(self, node: cst.ImportFrom, file: File) -> Iterator[Violation]:
        """Look at the names that a ``from`` statement takes."""
        imported = file.import_at(node)
        if imported is None or imported.module is None:
            return
        if imported.node.names[0].name == "*":
            yield from self._star(imported, imported.module, file)
            return
        targets = {
            index: target
            for index, alias in enumerate(imported.node.names)
            if (target := self._target(file, f"{imported.module}.{alias.name}")) is not None
        }
        moves = {
            index: replace(self._move(target), old=f"{imported.module}:{imported.node.names[index].name}")
            for index, target in targets.items()
            if target.new is not None
        }
        outcomes = move_imported_names(file, imported, moves) if moves else {}
        if runs_later(imported.statement):
            outcomes = {index: self._followed(file, moves[index], outcome) for index, outcome in outcomes.items()}
        for index, target in targets.items():
            span = file.scan.span(imported.node.names[index])
            yield self._violation(file, span, target, outcomes.get(index))

    visit_LazyImportFrom = visit_ImportFrom

    def visit_Import(self, node: cst.Import, file: File) -> Iterator[Violation]:
        """Look at the modules that an ``import`` statement names."""
        imported = file.import_at(node)
        if imported is None:
            return
        for index, alias in enumerate(imported.node.names):
            target = self._target(file, alias.name)
            if target is not None:
                outcome = move_imported_module(file, imported, index, self._move(target)) if target.new else None
                yield self._violation(file, file.scan.span(alias), target, outcome)

    visit_LazyImport = visit_Import

    def visit_Attribute(self, node: cst.Attribute, file: File) -> Iterator[Violation]:
        """Look at a chain of attributes that spells an old path."""
        if file.import_at(node) is not None:
            return
        reference = file.reference(node)
        for name in sorted(reference.names if reference else ()):
            target = self._target(file, plain(name))
            if target is not None and target.is_entry:
                yield from self._use(file, *file.span(node), target)
                return

    def visit_Annotation(self, node: cst.Annotation, file: File) -> Iterator[Violation]:
        """Look at the chains of attributes in the strings of an annotation."""
        start, end = file.span(node.annotation)
        for use in file.uses:
            if use.quoted and start <= use.start < end:
                yield from self._quoted(file, use)

    def _quoted(self, file: File, use: Use) -> Iterator[Violation]:
        for depth in range(2, len(use.path) + 1):
            reference = file.refer(use.path[:depth], use.start)
            for name in sorted(reference.names if reference else ()):
                target = self._target(file, plain(name))
                if target is not None and target.is_entry:
                    yield from self._use(file, use.start, use.ends[depth - 1], target)
                    return

    def visit_Call(self, node: cst.Call, file: File) -> Iterator[Violation]:
        """Look at the strings handed to ``patch`` and its relatives, and to ``import_module``."""
        spelled = spelled_in(file, node)
        target = self._target(file, spelled.name) if spelled else None
        if spelled is None or target is None or (self.strings == "none" and spelled.is_patch):
            return
        outcome = None
        if target.new is not None:
            move = Move(target.entry, self.moved[target.entry], self.same_object)
            outcome = move_spelled(file, spelled, move)
            if isinstance(outcome, Refusal) and outcome.code == "patch-target" and target.old == spelled.name:
                outcome = move_with_strings(file, self._move(target)) or outcome
        yield self._violation(file, (spelled.start, spelled.start + len(spelled.name)), target, outcome)

    def _followed(self, file: File, move: Move, outcome: Fix | Refusal) -> Fix | Refusal:
        """Let the strings of tests follow what is looked up late; what they cannot follow stays."""
        if self.strings == "none" or isinstance(outcome, Refusal) or outcome.applicability is Applicability.SAFE:
            return outcome
        return move_with_strings(file, move) or outcome

    def _star(self, imported: Import, module: str, file: File) -> Iterator[Violation]:
        """Look at ``from module import *``: it brings old names, or the module itself is old."""
        span = file.scan.span(imported.node.names[0])
        target = self._target(file, module)
        exports = file.project.star_exports(module)
        if target is not None and target.new is not None:
            yield self._violation(file, span, target, move_star(file, imported, self._move(target)))
            return
        names = [old for old in self._table if old.rpartition(".")[0] == module]
        brought = [old for old in names if exports is None or old.rpartition(".")[2] in exports]
        if target is None and brought:
            target = self._target(file, brought[0])
        if target is not None:
            reason = "a star import brings more than what moved; import the names that are used"
            yield self._violation(file, span, target, Refusal("partly-legacy-star", reason))

    def _use(self, file: File, start: int, end: int, target: Target) -> Iterator[Violation]:
        """Report the chain from ``start`` to ``end``; where its import is reported too, both share one fix."""
        found = file.use_at(start, end)
        outcome: Fix | Refusal | None = None
        if found is None:
            outcome = Refusal("not-lossless", "what surrounds this chain of names is not known")
        elif target.new is not None:
            use, depth = found
            outcome = self._with_import(file, use)
            if outcome is None:
                outcome = move_use(file, use, depth, self._move(target))
                if is_late(file, use.start) and not use.quoted:
                    outcome = self._followed(file, self._move(target), outcome)
        yield self._violation(file, (start, end), target, outcome)

    def _with_import(self, file: File, use: Use) -> Fix | Refusal | None:
        """Give the fix of the ``import a.b.old`` through which ``use`` goes, if that is reported itself."""
        for binding in file.scan.lookup(use.path[0], use.start) or ():
            imported = file.import_of(binding.statement)
            for index, alias in enumerate(imported.node.names if imported else ()):
                target = self._target(file, alias.name)
                spelled = use.path[: alias.name.count(".") + 1] == tuple(alias.name.split("."))
                if imported and target and target.new and not alias.asname and spelled:
                    return move_imported_module(file, imported, index, self._move(target))
        return None

    def _target(self, file: File, name: str) -> Target | None:
        """Give what becomes of the dotted ``name``; an old package may go on using itself."""
        target = self._table.target(name)
        is_inside = target is not None and file.module is not None and within(file.module, target.entry)
        return None if is_inside else target

    def _move(self, target: Target) -> Move:
        assert target.new is not None, "asked of moved names only"
        return Move(target.old, target.new, self.same_object)

    def _violation(self, file: File, span: tuple[int, int], target: Target, outcome: Fix | Refusal | None) -> Violation:
        if outcome is None:
            outcome = Refusal("removed", f"nothing takes its place: {target.advice}")
        return self.violation(
            file,
            span,
            symbol=target.old,
            origin=file.project.resolve(target.old).origin,
            outcome=outcome,
            default=self.default_message if target.new else "{old} is gone: {new}",
            old=target.old,
            new=target.new or target.advice,
        )
