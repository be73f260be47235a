"""``legacy-import``: a name is reached by a path it has left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Literal

from ssot_lint.file import File, dotted_path, plain
from ssot_lint.model import Fix, Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.rewriting.moves import (
    move_imported_module,
    move_imported_names,
    move_imported_string,
    move_star,
    move_string,
    move_use,
)
from ssot_lint.rewriting.proof import Move
from ssot_lint.rule import Example, Rule
from ssot_lint.source.scan import Import
from ssot_lint.source.triggers import Trigger
from ssot_lint.source.uses import Use

if TYPE_CHECKING:
    import libcst as cst

PATCHERS = frozenset({"patch", "setattr", "delattr", "dict", "multiple"})
"""Last names of what takes the dotted name of an object to replace as a string."""
OWNED = frozenset({"dict", "multiple"})
"""Those of them that take the name of the object of which something is replaced."""
IMPORTERS = frozenset({"import_module", "__import__"})
"""Functions that import the module whose name they take."""
DOTTED = re.compile(r"""[rRuU]?(?:'{3}|"{3}|'|")([^\W\d]\w*(?:\.[^\W\d]\w*)+)['"]+""")


@dataclass(frozen=True)
class _Target:
    """What becomes of the name ``old`` by ``entry`` of the rule: it moves to ``new``, or is gone (see ``advice``)."""

    entry: str
    old: str
    new: str | None
    advice: str


SHIM = {
    "chat/__init__.py": "",
    "chat/legacy.py": "from chat.manager import Manager, make_manager\n\nOldName = Manager\n\ndef helper(): ...\n",
    "chat/manager.py": "class Manager: ...\n\ndef make_manager(): ...\n",
}
MOVED = {
    "chat.legacy.Manager": "chat.manager.Manager",
    "chat.legacy.OldName": "chat.manager.Manager",
    "chat.legacy.make_manager": "chat.manager.make_manager",
}
EXAMPLES = (
    Example(
        note="A name moves within its own statement.",
        bad="from chat.legacy import Manager\n",
        good="from chat.manager import Manager\n",
        files=SHIM,
        options={"moved": MOVED},
    ),
    Example(
        note="A local name stays, with `as` if need be.",
        bad="from chat.legacy import OldName\n\nprint(OldName)\n",
        good="from chat.manager import Manager as OldName\n\nprint(OldName)\n",
        files=SHIM,
        options={"moved": MOVED},
    ),
    Example(
        note="Of a list of names only those that moved go; comments go with them.",
        bad="from chat.legacy import (\n    Manager,  # the one\n    helper,  # stays\n)\n",
        good="from chat.legacy import (\n    helper,  # stays\n)\nfrom chat.manager import Manager  # the one\n",
        files=SHIM,
        options={"moved": MOVED},
    ),
    Example(
        note="An import stays in the function, `try` or `if` in which it stands.",
        bad="def f():\n    from chat.legacy import Manager as M\n    return M()\n",
        good="def f():\n    from chat.manager import Manager as M\n    return M()\n",
        files=SHIM,
        options={"moved": MOVED},
    ),
    Example(
        note="A relative import is the same import.",
        bad="from .legacy import make_manager\n",
        good="from chat.manager import make_manager\n",
        path="chat/user.py",
        files=SHIM,
        options={"moved": MOVED},
    ),
    Example(
        note="An attribute of an old module is imported from its new home.",
        bad="import chat.legacy\n\nx = chat.legacy.Manager()\n",
        good="from chat.manager import Manager\n\nx = Manager()\n",
        files=SHIM,
        options={"moved": MOVED},
    ),
    Example(
        note="A module that moves as a whole takes the paths spelled in the code along.",
        bad="import chat.legacy\n\nx: 'chat.legacy.Manager' = chat.legacy.make_manager()\n",
        good="import chat.manager\n\nx: 'chat.manager.Manager' = chat.manager.make_manager()\n",
        files=SHIM,
        options={"moved": {"chat.legacy": "chat.manager"}},
    ),
    Example(
        note="The same name for another object is no new home.",
        bad="from chat.legacy import helper\n",
        refusal="different-object",
        files={**SHIM, "chat/manager.py": "class Manager: ...\n\ndef make_manager(): ...\n\ndef helper(): ...\n"},
        options={"moved": {"chat.legacy.helper": "chat.manager.helper"}},
    ),
    Example(
        note="What does not exist is no new home either.",
        bad="from chat.legacy import helper\n",
        refusal="target-missing",
        files=SHIM,
        options={"moved": {"chat.legacy.helper": "chat.manager.helper"}},
    ),
    Example(
        note="Where the old module is gone, nothing can be proved: a human has to agree.",
        bad="from chat.gone import Manager\n",
        good="from chat.manager import Manager\n",
        unsafe=True,
        files=SHIM,
        options={"moved": {"chat.gone": "chat.manager"}},
    ),
    Example(
        note="A test of the old path has to keep it.",
        bad=(
            "import pytest\n\ndef test_warns():\n    with pytest.warns(Warning):\n"
            "        from chat.legacy import Manager\n"
        ),
        refusal="negative-test",
        path="tests/test_legacy.py",
        files=SHIM,
        options={"moved": MOVED},
    ),
    Example(
        note="Where the old name may not exist, it is the `except` that runs today.",
        bad="try:\n    from chat.gone import Manager\nexcept ImportError:\n    Manager = None\n",
        refusal="guarded-import",
        files=SHIM,
        options={"moved": {"chat.gone": "chat.manager"}},
    ),
    Example(
        note="A star import brings more than what moved.",
        bad="from chat.legacy import *\n",
        refusal="partly-legacy-star",
        files=SHIM,
        options={"moved": MOVED},
    ),
    Example(
        note="A patch beyond the object that moved finds it at its new home; a string is never a proof.",
        bad="from unittest.mock import patch\n\n@patch('chat.legacy.Manager.send')\ndef test_send(send): ...\n",
        good="from unittest.mock import patch\n\n@patch('chat.manager.Manager.send')\ndef test_send(send): ...\n",
        unsafe=True,
        files=SHIM,
        options={"moved": MOVED},
    ),
    Example(
        note="A patch of the name in the old module has to follow those who look it up there.",
        bad="from unittest.mock import patch\n\nwith patch('chat.legacy.Manager'): ...\n",
        refusal="patch-target",
        files=SHIM,
        options={"moved": MOVED},
    ),
    Example(
        note="What is gone without a successor is reported with the advice of the pack.",
        bad="from chat.gone import Session\n",
        refusal="removed",
        files=SHIM,
        options={"removed": {"chat.gone.Session": "use the session API"}},
    ),
    Example(
        note="Other names, the same words in text, and lists of old paths are left alone.",
        ok="from chat.legacy import helper\n\n# chat.legacy.Manager\nOLD = ['chat.legacy.Manager']\n",
        files=SHIM,
        options={"moved": MOVED},
    ),
    Example(
        note="The owner of the old name may use it.",
        ok="from chat.legacy import Manager\n",
        path="chat/compat.py",
        files=SHIM,
        options={"moved": MOVED, "allowed-in": ["chat.**"]},
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

    def triggers(self) -> Iterator[Trigger]:
        """Give the last name of each old path with the module before it, and the modules whose stars may bring it."""
        for old in (*self.moved, *self.removed):
            module, _, last = old.rpartition(".")
            yield Trigger(last, module)
            yield Trigger("", old, star=True)
            yield Trigger("", module, star=True)

    def homes(self) -> Iterator[str]:
        """Give the old modules: within a package, relative imports do not spell its name."""
        yield from self.moved
        yield from self.removed

    def concerns(self, name: str, project: Project) -> bool:
        """Tell whether ``name`` is a path that this rule knows."""
        return self._target(plain(name)) is not None

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
            if (target := self._target(f"{imported.module}.{alias.name}")) is not None
        }
        moves = {
            index: replace(self._move(target), old=f"{imported.module}:{imported.node.names[index].name}")
            for index, target in targets.items()
            if target.new is not None
        }
        outcomes = move_imported_names(file, imported, moves) if moves else {}
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
            target = self._target(alias.name)
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
            target = self._target(plain(name))
            if target is not None and target.entry == target.old:
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
                target = self._target(plain(name))
                if target is not None and target.entry == target.old:
                    yield from self._use(file, use.start, use.ends[depth - 1], target)
                    return

    def visit_Call(self, node: cst.Call, file: File) -> Iterator[Violation]:
        """Look at the strings handed to ``patch`` and its relatives, and to ``import_module``."""
        function = _last(node.func)
        string = _first_string(node) if function in (*PATCHERS, *IMPORTERS) else None
        match = DOTTED.fullmatch(file.source(string)) if string is not None else None
        target = self._target(match[1]) if match else None
        if string is None or match is None or target is None or (self.strings == "none" and function in PATCHERS):
            return
        start = file.span(string)[0] + match.start(1)
        outcome = None
        if target.new is not None:
            move = Move(target.entry, self.moved[target.entry], self.same_object)
            if function in IMPORTERS:
                outcome = move_imported_string(file, start, match[1], move, gives_it=function == "import_module")
            else:
                owner = match[1] if function in OWNED else match[1].rpartition(".")[0]
                outcome = move_string(file, start, owner, move)
        yield self._violation(file, (start, start + len(match[1])), target, outcome)

    def _star(self, imported: Import, module: str, file: File) -> Iterator[Violation]:
        """Look at ``from module import *``: it brings old names, or the module itself is old."""
        span = file.scan.span(imported.node.names[0])
        target = self._target(module)
        exports = file.project.star_exports(module)
        if target is not None and target.new is not None:
            yield self._violation(file, span, target, move_star(file, imported, self._move(target)))
            return
        names = [old for old in (*self.moved, *self.removed) if old.rpartition(".")[0] == module]
        brought = [old for old in names if exports is None or old.rpartition(".")[2] in exports]
        if target is None and brought:
            target = self._target(brought[0])
        if target is not None:
            reason = "a star import brings more than what moved; import the names that are used"
            yield self._violation(file, span, target, Refusal("partly-legacy-star", reason))

    def _use(self, file: File, start: int, end: int, target: _Target) -> Iterator[Violation]:
        """Report the chain from ``start`` to ``end``; where its import is reported too, both share one fix."""
        use = next(use for use in file.uses if use.start == start and end in use.ends)
        depth = use.ends.index(end) + 1
        outcome = None
        if target.new is not None:
            outcome = self._with_import(file, use) or move_use(file, use, depth, self._move(target))
        yield self._violation(file, (start, end), target, outcome)

    def _with_import(self, file: File, use: Use) -> Fix | Refusal | None:
        """Give the fix of the ``import a.b.old`` through which ``use`` goes, if that is reported itself."""
        for binding in file.scan.lookup(use.path[0], use.start) or ():
            imported = file.import_of(binding.statement)
            for index, alias in enumerate(imported.node.names if imported else ()):
                target = self._target(alias.name)
                spelled = use.path[: alias.name.count(".") + 1] == tuple(alias.name.split("."))
                if imported and target and target.new and not alias.asname and spelled:
                    return move_imported_module(file, imported, index, self._move(target))
        return None

    def _move(self, target: _Target) -> Move:
        assert target.new is not None, "asked of moved names only"
        return Move(target.old, target.new, self.same_object)

    def _target(self, name: str) -> _Target | None:
        """Give what becomes of the dotted ``name``: it, or a package or module in which it is, has an entry."""
        entry = name
        while entry:
            if entry in self.moved:
                return _Target(entry, name, self.moved[entry] + name[len(entry) :], "")
            if entry in self.removed:
                return _Target(entry, name, None, self.removed[entry])
            entry = entry.rpartition(".")[0]
        return None

    def _violation(
        self, file: File, span: tuple[int, int], target: _Target, outcome: Fix | Refusal | None
    ) -> Violation:
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


def _first_string(call: cst.Call) -> cst.BaseExpression | None:
    """Give the string that is the first argument of ``call``, or the one called ``target`` or ``name``."""
    for index, argument in enumerate(call.args):
        named = argument.keyword.value if argument.keyword else None
        is_string = type(argument.value).__name__ == "SimpleString"
        if is_string and (named in ("target", "name") or (index == 0 and not named)):
            return argument.value
    return None


def _last(node: cst.BaseExpression) -> str | None:
    """Give ``c`` of the node of ``a.b.c`` or ``c``."""
    path = dotted_path(node)
    return path[-1] if path else getattr(getattr(node, "attr", None), "value", None)
