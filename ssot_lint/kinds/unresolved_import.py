"""``unresolved-import``: an import of something that the project does not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal

from ssot_lint.globs import module_pattern_problem
from ssot_lint.model import Fix, Refusal, Severity, Violation
from ssot_lint.rule import Example, Rule

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.project import Project
    from ssot_lint.project.dangling import Dangling
    from ssot_lint.rewriting.missing import Sought
    from ssot_lint.source.scan import Import

FILES = {
    "chat/__init__.py": "",
    "chat/manager.py": "class Manager: ...\n\ndef make_manager(): ...\n",
    "chat/lazy.py": "def __getattr__(name): ...\n",
    "chat/speedups.pyi": "def fast(): ...\n",
    "chat/listed.py": "names = load()\n__all__ = list(names)\nglobals().update(names)\n",
    "chat/star.py": "from chat.listed import *\n",
    "chat/broken.py": "def f(:\n",
    "chat/maybe.py": "try:\n    from chat.gone import codec\nexcept ImportError:\n    pass\n",
}
EXAMPLES = (
    Example(
        note="The module is gone. One module of the project defines the name: most likely that is meant.",
        bad="from chat.gone import Manager\n",
        good="from chat.manager import Manager\n",
        unsafe=True,
        files=FILES,
    ),
    Example(
        note="The module is there, and does not have the name.",
        bad="from chat.lazy import Manager as M\nfrom chat import make_manager\n\nprint(make_manager)\n",
        good="from chat.lazy import Manager as M\nfrom chat.manager import make_manager\n\nprint(make_manager)\n",
        unsafe=True,
        files=FILES,
    ),
    Example(
        note="A relative import, a plain one, one for type checkers: all the same.",
        bad=(
            "from typing import TYPE_CHECKING\n\nimport chat.gone\n\n"
            "if TYPE_CHECKING:\n    from .nothing import Thing\n\ndef f():\n    from . import nobody\n"
        ),
        refusal="target-missing",
        path="chat/user.py",
        files=FILES,
    ),
    Example(
        note="A module that has moved takes the uses of its path along.",
        bad="import chat.core.manager\n\nx = chat.core.manager.make_manager()\n",
        good="import chat.manager\n\nx = chat.manager.make_manager()\n",
        unsafe=True,
        files=FILES,
    ),
    Example(
        note="Where several modules define the name, nobody can tell which is meant.",
        bad="from chat.gone import Manager\n",
        refusal="several-targets",
        files={**FILES, "chat/other.py": "class Manager: ...\n"},
    ),
    Example(
        note="A star brings nobody knows what.",
        bad="from chat.core.manager import *\n",
        refusal="partly-legacy-star",
        files=FILES,
    ),
    Example(
        note="A guarded import is no failure, but the other branch is all that ever runs.",
        bad="try:\n    from chat.gone import Manager\nexcept ImportError:\n    Manager = None\n",
        refusal="guarded-import",
        files=FILES,
    ),
    Example(
        note="A name that is imported elsewhere under a guard, and so is not there.",
        bad="from chat.maybe import codec\n",
        refusal="target-missing",
        files=FILES,
    ),
    Example(
        note="What may be there: by `__getattr__`, from a stub, at run time, in a file that is not Python, elsewhere.",
        ok=(
            "from chat.lazy import Anything\nfrom chat.speedups import fast, slow\n"
            "from chat.listed import x\nfrom chat.star import y\n"
            "from chat.broken import f, g\nfrom others.gone import z\nimport chat.manager, gone\n"
        ),
        files=FILES,
    ),
    Example(
        note="A name that another module sets on the module.",
        ok="from chat.manager import limit\n",
        files={**FILES, "chat/setup.py": "from chat import manager\n\nmanager.limit = 3\n"},
    ),
    Example(
        note="An import that is there to prove that the thing is gone.",
        ok="import pytest\n\nwith pytest.raises(ImportError):\n    from chat.gone import Manager\n",
        files=FILES,
    ),
    Example(
        note="A module that the file makes up itself.",
        ok="import sys\n\nsys.modules['chat.gone'] = object()\nfrom chat.gone import Manager\n",
        files=FILES,
    ),
    Example(
        note="Generated modules, if the rule names them.",
        ok="from chat import chat_pb2\nfrom chat.chat_pb2 import Message\nfrom chat.generated.deep.down import x\n",
        files=FILES,
        options={"extern": ["**.*_pb2", "chat.generated"]},
    ),
    Example(
        note="A pattern of generated modules is for those only.",
        bad="from chat.chat_pb3 import Message\n",
        refusal="target-missing",
        files=FILES,
        options={"extern": ["**.*_pb2"]},
    ),
    Example(
        note="Extensions, by what they are made of or have become.",
        ok="from chat.native import x\nfrom chat import _codec, table\nimport chat.linked.deep\n",
        files={**FILES, "chat/native.pyx": "", "chat/_codec.c": "", "chat/table.cpp": "", "chat/linked.abi3.so": ""},
    ),
    Example(
        note="Other packages than those the rule is about.",
        ok="from chat.gone import Manager\n",
        files={**FILES, "shop/__init__.py": ""},
        options={"packages": ["shop"]},
    ),
    Example(
        note="In a directory with a module of the same name, who knows which of both will be found.",
        ok="from chat.local import helper\n",
        path="service/run.py",
        files={**FILES, "service/chat/__init__.py": "", "service/chat/local.py": ""},
    ),
)


@dataclass(frozen=True, kw_only=True)
class UnresolvedImport(Rule):
    """A module or name of the project is imported that does not exist.

    ``packages`` are globs of the modules that are to be found, all of the project by default, ``extern`` of those that
    exist though the project has no source of them: generated ones, mostly; there, ``*`` may be a part of a segment, as
    in ``**.*_pb2``. Both mean all below, too. C extensions are known by what lies beside a package. Only what is
    certainly missing is reported, each name where it breaks off and not where it is passed on. ``guarded`` is the
    severity of imports that may fail, for an ``except ImportError`` takes care of that.
    """

    kind: ClassVar[str] = "unresolved-import"
    default_message: ClassVar[str] = "{symbol} does not exist: {reason}{hint}"
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

    def looks_at(self, path: str, module: str | None) -> bool:
        """Every file imports something."""
        return True

    def may_fire_in(self, raw: bytes, project: Project) -> bool:
        """Tell whether a file may import from the project at all."""
        return project.may_import(raw)

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at all imports of a file."""
        from ssot_lint.rewriting.missing import Governed, imported_names, missing

        governed = Governed(self.packages, self.extern)
        for imported in file.scan.imports:
            broken = {
                index: dangling
                for index, alias in enumerate(imported.node.names)
                for name in imported_names(imported.node, imported.module, alias)
                if (dangling := missing(file, name, imported.statement, file.scan.span(alias)[0]))
                and governed.has(dangling)
            }
            if broken:
                yield from self._import(file, imported, broken)

    def _import(self, file: File, imported: Import, broken: dict[int, Dangling]) -> Iterator[Violation]:
        from ssot_lint.rewriting.missing import hint, is_guarded, reason, sought

        found = {
            index: sought(
                file, dangling, only_modules=imported.node.names[index].name == "*" or imported.module is None
            )
            for index, dangling in broken.items()
        }
        outcomes = _outcomes(file, imported, found)
        guarded = is_guarded(file, imported.statement)
        for index, dangling in broken.items():
            violation = self.violation(
                file,
                file.scan.span(imported.node.names[index]),
                symbol=dangling.full_name,
                origin=None,
                outcome=outcomes[index],
                reason=reason(file, dangling),
                hint=hint(file, dangling, found[index]),
            )
            yield replace(violation, severity=self.guarded) if guarded else violation


def _outcomes(file: File, imported: Import, found: dict[int, Sought]) -> dict[int, Fix | Refusal]:
    """Give for each name that is missing its fix, or why it has none."""
    from ssot_lint.file import plain
    from ssot_lint.rewriting.missing import imported_names
    from ssot_lint.rewriting.moves import move_imported_module, move_imported_names
    from ssot_lint.rewriting.proof import Move

    outcomes: dict[int, Fix | Refusal] = {i: sought.refusal() for i, sought in found.items() if len(sought.homes) != 1}
    moves = {
        index: Move(next(imported_names(imported.node, imported.module, imported.node.names[index])), sought.homes[0])
        for index, sought in found.items()
        if index not in outcomes
    }
    if imported.module is None:
        for index, move in moves.items():
            outcomes[index] = move_imported_module(file, imported, index, replace(move, old=plain(move.old)[:-1]))
    elif imported.node.names[0].name == "*":
        star = Refusal("partly-legacy-star", "nobody knows which names the star was to bring")
        outcomes.update((index, star) for index in moves)
    elif moves:
        outcomes.update(move_imported_names(file, imported, moves))
    return outcomes
