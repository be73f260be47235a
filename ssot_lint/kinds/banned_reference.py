"""``banned-reference``: a name is used that the project has something else for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.file import File, plain
from ssot_lint.model import Fix, Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.rewriting.moves import move_imported_module, move_imported_names, move_use
from ssot_lint.rewriting.proof import Move
from ssot_lint.rule import Example, Rule
from ssot_lint.source.scan import Import
from ssot_lint.source.triggers import within
from ssot_lint.source.uses import Use

DOTTED = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


@dataclass(frozen=True)
class _Banned:
    """The name ``entry`` of the rule is reached as ``name`` (``a.b:c`` where the module is certain).

    ``reached`` is ``entry``, or what is used of a module that is banned as a whole.
    """

    entry: str
    name: str
    reached: str


FILES = {
    "chat/__init__.py": "",
    "chat/env.py": "import os\n\nclass Environment(dict): ...\n\nenviron = Environment(os.environ)\n",
    "chat/compat.py": "from os import environ as settings\n",
    "chat/logs.py": "from chat.deep.logs import get_logger\n",
    "chat/deep/logs.py": "def get_logger(name): ...\n",
}
ADVICE = {"names": ["os.environ"], "instead": "chat.env.environ"}
DROP_IN = {"names": ["logging.getLogger"], "instead": "chat.logs.get_logger", "same-object": True}
EXAMPLES = (
    Example(
        note="Every use is flagged, whatever is done with it; what takes other arguments is for a human to write.",
        bad="import os\n\nos.environ['A'] = 'b'\nprint(os.environ.get('A'), os.environ['A'])\n",
        refusal="no-drop-in",
        files=FILES,
        options=ADVICE,
    ),
    Example(
        note="So is every form of import, and a name that another module passes on.",
        bad=(
            "import os as o\nfrom os import environ as e\nfrom chat.compat import settings\n\n"
            "a, b, c = o.environ, e.copy(), settings['A']\n"
        ),
        refusal="no-drop-in",
        files=FILES,
        options=ADVICE,
    ),
    Example(
        note="An import is flagged itself only where nothing in the file uses it.",
        bad="from os import environ\n",
        refusal="no-drop-in",
        files=FILES,
        options=ADVICE,
    ),
    Example(
        note="A star may bring it.",
        bad="from os import *\n\nprint(environ['A'])\n",
        refusal="partly-legacy-star",
        files=FILES,
        options={**ADVICE, "same-object": True},
    ),
    Example(
        note="What the pack calls a drop-in takes the place of what is banned.",
        bad="import logging\n\nlog = logging.getLogger(__name__)\nlog.setLevel(logging.INFO)\n",
        good=(
            "import logging\nfrom chat.logs import get_logger\n\n"
            "log = get_logger(__name__)\nlog.setLevel(logging.INFO)\n"
        ),
        files=FILES,
        options=DROP_IN,
    ),
    Example(
        note="Names that an import binds stay as they are.",
        bad="from logging import getLogger, INFO\n\na, b = getLogger('a'), getLogger('b')\n",
        good=(
            "from logging import INFO\nfrom chat.logs import get_logger as getLogger\n\n"
            "a, b = getLogger('a'), getLogger('b')\n"
        ),
        files=FILES,
        options=DROP_IN,
    ),
    Example(
        note="A drop-in that is the same object needs nobody's word.",
        bad="from chat.deep.logs import get_logger\n\nlog = get_logger('a')\n",
        good="from chat.logs import get_logger\n\nlog = get_logger('a')\n",
        files=FILES,
        options={"names": ["chat.deep.logs.get_logger"], "instead": "chat.logs.get_logger"},
    ),
    Example(
        note="A drop-in that does not exist is none.",
        bad="import logging\n\nlog = logging.getLogger('a')\n",
        refusal="target-missing",
        files=FILES,
        options={**DROP_IN, "instead": "chat.logs.get_log"},
    ),
    Example(
        note="A module can be banned with all that is in it, in annotations, too.",
        bad="import uuid\nfrom uuid import uuid4\n\ndef f(a: 'uuid.UUID'):\n    return uuid4(), uuid.NAMESPACE_URL\n",
        refusal="no-replacement",
        options={"names": ["uuid"]},
    ),
    Example(
        note="Other names, attributes and strings of the same name, and what a local name hides are left alone.",
        ok=(
            "import os\nfrom unittest.mock import patch\nfrom chat.env import environ\n\n"
            "def f(request, os):\n    return request.environ, os.environ\n\n"
            "@patch.dict('os.environ', A='b')\ndef test_f(): print(environ, os.environb)\n"
        ),
        files=FILES,
        options=ADVICE,
    ),
    Example(
        note="A path can be banned without its object: others may pass that on.",
        ok="from chat.deep.logs import get_logger\n\nlog = get_logger('a')\n",
        files=FILES,
        options={"names": ["chat.logs.get_logger"]},
    ),
    Example(
        note="The owner may use it.",
        ok=FILES["chat/env.py"],
        path="chat/env.py",
        options={**ADVICE, "allowed-in": ["chat.env"]},
    ),
)


@dataclass(frozen=True, kw_only=True)
class BannedReference(Rule):
    """A name is used for which the project has something else.

    ``names`` are objects, of the project or of other libraries, or whole modules; ``instead`` says what to use, as a
    dotted name or in words. Uses are found by any form of import, through aliases and modules that pass a name on. They
    are rewritten where ``instead`` is a drop-in: the same object, or one that ``same_object`` says is as good.
    """

    kind: ClassVar[str] = "banned-reference"
    default_message: ClassVar[str] = "{name} is not to be used here: use {instead}"
    placeholders: ClassVar[tuple[str, ...]] = ("name", "instead")
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    names_: tuple[str, ...]
    instead: str = ""
    same_object: bool = False

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        if not self.names_:
            yield "give at least one name in 'names'"
        if self.same_object and not ("." in self.instead and DOTTED.fullmatch(self.instead)):
            yield "'same-object' needs a dotted name in 'instead'"
        if self.same_object and len(self.names_) > 1:
            yield "'same-object' is about one name, but there are several in 'names'"
        if self.instead in self.names_:
            yield f"'{self.instead}' is both in 'names' and in 'instead'"

    def names(self) -> Iterator[str]:
        """Give the banned names, for the project to know under which others they are passed on."""
        yield from self.names_

    def concerns(self, name: str, project: Project) -> bool:
        """Tell that no node has to be visited: `visit_file` sees all uses of a file at once."""
        return False

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at the uses of names in a file, and at the imports that none of them needs."""
        words = file.project.names_of(self.names_)
        if file.text.is_ascii and not any(word in file.text.string for word in words):
            return
        imports = _Imports(self, file, words)
        sought = words.union(taken.local for taken in imports.taken)
        uses = [use for use in file.uses if not sought.isdisjoint(use.path) and not _binds(use)]
        for use in uses:
            yield from self._use(file, use, imports)
        used = {taken for use in uses for taken in imports.of(use)}
        for taken in imports.taken:
            if taken not in used:
                outcome = self._refused(file, taken.banned) or imports.moved(taken)
                yield self._violation(file, taken.span, taken.banned, outcome)

    def _use(self, file: File, use: Use, imports: _Imports) -> Iterator[Violation]:
        """Look at the shortest part of a chain of attributes that names what is banned."""
        for depth in range(1, len(use.path) + 1):
            reference = file.refer(use.path[:depth], use.start)
            banned = self.banned(reference.names, file.project) if reference else imports.starred(use)
            if banned is None:
                continue
            if depth > 1 or imports.of(use) or not file.scan.lookup(use.path[0], use.start):
                outcome = self._refused(file, banned) or self._moved(file, use, depth, banned, imports)
                yield self._violation(file, (use.start, use.ends[depth - 1]), banned, outcome)
            return

    def _moved(self, file: File, use: Use, depth: int, banned: _Banned, imports: _Imports) -> Fix | Refusal:
        """Put what is to be used instead in place of what is banned."""
        if depth > 1:
            return move_use(file, use, depth, self.move(banned))
        taken = imports.of(use)
        if not taken:
            return Refusal("partly-legacy-star", "a star import may bring it; import the names that are used")
        return imports.moved(taken[-1])

    def banned(self, names: Iterable[str], project: Project) -> _Banned | None:
        """Give what is banned of what ``names`` may stand for, or of the names on the way there."""
        for name in sorted(names):
            resolution = project.resolve(name)
            path = (plain(name), *resolution.chain)
            if any(within(step, self.instead) for step in path):
                continue
            for reached in (*path, *sorted(map(plain, resolution.possible))):
                entry = next((entry for entry in self.names_ if within(reached, entry)), None)
                if entry is not None:
                    return _Banned(entry, name, reached)
        return None

    def _refused(self, file: File, banned: _Banned) -> Refusal | None:
        if not self.instead:
            return Refusal("no-replacement", "the rule names nothing that takes its place")
        origin = file.project.resolve(banned.name).origin
        if self.same_object or (origin is not None and origin == file.project.resolve(self.instead).origin):
            return None
        reason = f"{self.instead} is not known to take its place as it is; with `same-object = true` the rule says so"
        return Refusal("no-drop-in", reason)

    def move(self, banned: _Banned) -> Move:
        """Give the move to what is to be used instead."""
        return Move(banned.name, f"{self.instead}{banned.reached[len(banned.entry) :]}", self.same_object)

    def _violation(self, file: File, span: tuple[int, int], banned: _Banned, outcome: Fix | Refusal) -> Violation:
        return self.violation(
            file,
            span,
            symbol=banned.reached,
            origin=file.project.resolve(banned.name).origin,
            outcome=outcome,
            default=self.default_message if self.instead else "{name} is not to be used here",
            name=banned.reached,
            instead=self.instead,
        )


@dataclass(frozen=True, eq=False)
class _Taken:
    """A banned name that an import binds as ``local``; ``index`` is its place in the statement."""

    imported: Import
    index: int
    local: str
    banned: _Banned
    span: tuple[int, int]


class _Imports:
    """The imports of a file that bind what a rule bans; only those are resolved in which one of ``words`` stands."""

    def __init__(self, rule: BannedReference, file: File, words: frozenset[str]) -> None:
        self._rule = rule
        self._file = file
        self.taken = [taken for imported in file.scan.imports for taken in self._taken(imported, words)]

    def _taken(self, imported: Import, words: frozenset[str]) -> Iterator[_Taken]:
        module = imported.module.split(".") if imported.module else []
        for index, alias in enumerate(imported.node.names):
            if words.isdisjoint([*module, *alias.name.split(".")]) or alias.name == "*":
                continue
            if isinstance(imported.node, ast.Import):
                name = alias.name if alias.asname else alias.name.partition(".")[0]
            elif imported.module is None:
                continue
            else:
                name = f"{imported.module}:{alias.name}"
            banned = self._rule.banned([name], self._file.project)
            if banned is not None:
                local = alias.asname or name.rpartition(":")[2]
                yield _Taken(imported, index, local, banned, self._file.scan.span(alias))

    def of(self, use: Use) -> list[_Taken]:
        """Give the imports through which a name is used."""
        bindings = self._file.scan.lookup(use.path[0], use.start) or ()
        bound = {id(binding.statement) for binding in bindings}
        return [t for t in self.taken if t.local == use.path[0] and id(t.imported.statement) in bound]

    def starred(self, use: Use) -> _Banned | None:
        """Give what is banned of what a star may bring, where a name is used that nothing else binds."""
        if self._file.scan.lookup(use.path[0], use.start) != []:
            return None
        stars = (i.module for i in self._file.scan.outer_imports if i.node.names[0].name == "*")
        names = {f"{module}.{use.path[0]}" for module in stars}
        return next((_Banned(name, name, name) for name in self._rule.names_ if name in names), None)

    def moved(self, taken: _Taken) -> Fix | Refusal:
        """Take the name from elsewhere; all names of a statement share one fix."""
        if isinstance(taken.imported.node, ast.Import):
            return move_imported_module(self._file, taken.imported, taken.index, self._rule.move(taken.banned))
        together = [other for other in self.taken if other.imported is taken.imported]
        moves = {other.index: self._rule.move(other.banned) for other in together}
        return move_imported_names(self._file, taken.imported, moves)[taken.index]


def _binds(use: Use) -> bool:
    """Whether a use is none: it gives a name something else to stand for."""
    return use.stored and len(use.path) == 1
