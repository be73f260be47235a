"""``unresolved-string``: a string that is to name something of the project, and does not."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal

from ssot_lint.globs import module_pattern_problem
from ssot_lint.model import Applicability, Fix, Refusal, Severity, Violation
from ssot_lint.rule import Example, Rule
from ssot_lint.source.patches import WORDS, QuotedName, quoted_names
from ssot_lint.source.triggers import Trigger

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.project import Project
    from ssot_lint.project.dangling import Dangling
    from ssot_lint.rewriting.missing import Sought

FILES = {
    "chat/__init__.py": "",
    "chat/manager.py": (
        "class Base:\n    limit = 1\n    def __init__(self): self.sent = []\n\n"
        "class Manager(Base):\n    def send(self): ...\n\ndef make_manager(): ...\n"
    ),
    "chat/user.py": "from chat.manager import Manager\n\ndef use():\n    from chat.manager import make_manager\n",
    "chat/lazy.py": "def __getattr__(name): ...\n",
}
PATCH = "from unittest.mock import patch\n\n"
EXAMPLES = (
    Example(
        note="The name is imported in a function only, so it is nothing that a patch of the module can replace.",
        bad=PATCH + "@patch('chat.user.make_manager')\ndef test_use(make): ...\n",
        refusal="patch-target",
        files=FILES,
    ),
    Example(
        note="Whichever way a patch is spelled.",
        bad=(
            "from unittest import mock\n\ndef test(mocker, monkeypatch):\n"
            "    mocker.patch('chat.user.gone')\n    monkeypatch.setattr('chat.user.gone', 1)\n"
            "    with mock.patch.dict('chat.user.GONE', {}), mock.patch.multiple('chat.user', gone=1): ...\n"
        ),
        refusal="patch-target",
        files=FILES,
    ),
    Example(
        note="An attribute of a module that was imported.",
        bad=PATCH + "from chat import user\n\nwith patch.object(user, 'make_manager'): ...\n",
        refusal="patch-target",
        files=FILES,
    ),
    Example(
        note="A method of a class of which everything is known.",
        bad=PATCH + "with patch('chat.manager.Manager.receive'): ...\n",
        refusal="patch-target",
        files=FILES,
    ),
    Example(
        note="A method of a class that is elsewhere: one module of the project defines such a class.",
        bad=PATCH + "with patch('chat.gone.Manager.send'): ...\n",
        good=PATCH + "with patch('chat.manager.Manager.send'): ...\n",
        unsafe=True,
        files=FILES,
    ),
    Example(
        note="A module that is imported by its name, and has moved.",
        bad="from importlib import import_module\n\nmanager = import_module('chat.core.manager')\n",
        good="from importlib import import_module\n\nmanager = import_module('chat.manager')\n",
        unsafe=True,
        files=FILES,
    ),
    Example(
        note="A module that is gone for good.",
        bad="import importlib.util\n\nfound = importlib.util.find_spec('chat.gone') or __import__('chat.none')\n",
        refusal="target-missing",
        files=FILES,
    ),
    Example(
        note="What is there, what may be there, and what the patch itself adds.",
        ok=(
            PATCH
            + "with patch('chat.user.Manager.send'), patch('chat.lazy.x'), patch('chat.user.open'), patch('os.gone'):\n"
            "    patch('chat.manager.Manager.sent'), patch('chat.manager.Manager.limit.bit_length')\n"
            "    patch('chat.user.gone', create=True), patch.multiple('chat.user', create=True, gone=1)\n"
        ),
        files=FILES,
    ),
    Example(
        note="Other strings, strings made at run time, and objects of which nothing is known.",
        ok=(
            PATCH + "OLD = ['chat.gone']\n\ndef test(user, monkeypatch, client, name):\n"
            "    patch.object(user, 'gone'), patch(f'chat.{name}.gone'), client.patch('/chat.gone')\n"
            "    monkeypatch.setattr('chat.user.gone', 1, raising=False), setattr(user, 'gone', 1)\n"
        ),
        files=FILES,
    ),
    Example(
        note="A patch that is there to prove that the thing is gone.",
        ok=PATCH + "import pytest\n\nwith pytest.raises(AttributeError), patch('chat.user.gone'): ...\n",
        files=FILES,
    ),
    Example(
        note="Generated modules, if the rule names them; other packages than those that it is about.",
        ok=PATCH + "patch('chat.chat_pb2.Message'), patch('shop.gone.x')\n",
        files={**FILES, "shop/__init__.py": ""},
        options={"extern": ["**.*_pb2"], "packages": ["chat"]},
    ),
)


@dataclass(frozen=True, kw_only=True)
class UnresolvedString(Rule):
    """A patch, or an import by name, is given a string that names nothing.

    ``packages`` are globs of the modules that are to be found, all of the project by default, ``extern`` of those that
    exist though the project has no source of them: generated ones, mostly; there, ``*`` may be a part of a segment, as
    in ``**.*_pb2``. Both mean all below, too. C extensions are known by what lies beside a package. Only what is
    certainly missing is reported: no attribute that some method may set or some base class may have. ``guarded`` is the
    severity where failing is taken care of: by ``except``, or by asking with ``find_spec``.
    """

    kind: ClassVar[str] = "unresolved-string"
    default_message: ClassVar[str] = "'{symbol}' names nothing: {reason}{hint}"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "reason", "hint")
    needs: ClassVar[Literal["names", "project"]] = "project"
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    packages: tuple[str, ...] = ()
    extern: tuple[str, ...] = ()
    guarded: Severity = Severity.INFO

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the globs of this rule."""
        yield from filter(None, map(module_pattern_problem, self.packages))
        yield from filter(None, (module_pattern_problem(pattern, parts=True) for pattern in self.extern))

    def triggers(self) -> Iterator[Trigger]:
        """Give the names of what takes such strings."""
        yield from map(Trigger, WORDS)

    def concerns(self, name: str, project: Project) -> bool:
        """Everything is told from the scan."""
        return False

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at all calls of a file."""
        from ssot_lint.rewriting.missing import Governed

        governed = Governed(self.packages, self.extern)
        for node in file.scan.nodes(ast.Call):
            for quoted in quoted_names(node):
                dangling = _dangling(file, quoted)
                if dangling is not None and governed.has(dangling):
                    yield self._violation(file, quoted, dangling)

    def _violation(self, file: File, quoted: QuotedName, dangling: Dangling) -> Violation:
        from ssot_lint.rewriting.missing import hint, is_guarded, reason, sought

        found = sought(file, dangling, only_modules=quoted.use in ("module", "spec"))
        violation = self.violation(
            file,
            _span(file, quoted),
            symbol=dangling.full_name,
            origin=None,
            outcome=_outcome(file, quoted, found),
            reason=reason(file, dangling),
            hint=hint(file, dangling, found),
        )
        statement = file.scan.statement_at(file.scan.span(quoted.call)[0])
        if quoted.use == "spec" or (statement is not None and is_guarded(file, statement, "AttributeError")):
            return replace(violation, severity=self.guarded)
        return violation


def _dangling(file: File, quoted: QuotedName) -> Dangling | None:
    """Say where what is named breaks off, if it certainly does."""
    from ssot_lint.rewriting.missing import missing

    offset = file.scan.span(quoted.call)[0]
    statement = file.scan.statement_at(offset)
    name = _full_name(file, quoted, offset)
    if name is None or statement is None:
        return None
    dangling = missing(file, name, statement, offset)
    if dangling is None or (quoted.owner is not None and dangling.missing != quoted.name):
        return None
    is_added = quoted.by_mock and not dangling.rest and hasattr(builtins, dangling.missing)
    return None if is_added and dangling.kind == "name" else dangling


def _full_name(file: File, quoted: QuotedName, offset: int) -> str | None:
    from ssot_lint.file import DOTTED, ast_path

    if quoted.owner is None:
        if not DOTTED.fullmatch(quoted.name):
            return None
        return f"{quoted.name}:" if quoted.use in ("module", "spec") else quoted.name
    path = ast_path(quoted.owner)
    reference = file.refer(path, offset) if path else None
    if reference is None or not reference.certain or len(reference.names) != 1:
        return None
    return f"{next(iter(reference.names))}.{quoted.name}"


def _span(file: File, quoted: QuotedName) -> tuple[int, int]:
    start, end = file.scan.span(quoted.node)
    if isinstance(quoted.node, ast.keyword) and quoted.node.arg is not None:
        end = start + len(quoted.node.arg)
    return start, end


def _outcome(file: File, quoted: QuotedName, found: Sought) -> Fix | Refusal:
    """Name the thing where it is, if there is one only; what is replaced itself has to be replaced where it is used."""
    if quoted.use in ("replaced", "object") and not found.rest:
        return Refusal("patch-target", "where to patch depends on who looks the name up, and when")
    if len(found.homes) != 1:
        return found.refusal()
    new = ".".join((found.homes[0], *found.rest))
    if file.project.dangling(new) is not None:
        return Refusal("target-missing", f"{new} does not exist either")
    start, end = file.scan.span(quoted.node)
    source = file.text.string[start:end]
    if quoted.owner is not None or source.count(quoted.name) != 1:
        return Refusal("not-lossless", "the name does not stand in the source as it is")
    start += source.index(quoted.name)
    edit = file.edit(start, start + len(quoted.name), new)
    return Fix(Applicability.UNSAFE, f"name {new}", (edit,))
