"""``import-cycle``: modules that, to be imported, import each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from ssot_lint.globs import module_pattern_problem
from ssot_lint.model import Refusal, Violation
from ssot_lint.project.members import covers
from ssot_lint.rule import Example, Rule

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.project import Project
    from ssot_lint.project.cycles import Cycle
    from ssot_lint.source.scan import Import

FILES = {
    "chat/__init__.py": "",
    "chat/events.py": "import json\nfrom chat.manager import Manager\n",
    "chat/late.py": "def f():\n    from chat.manager import Manager\n    return Manager\n",
    "chat/long.py": "import chat.events\nfrom chat.manager import *\n",
    "chat/typed.py": "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from chat.manager import Manager\n",
    "chat/plugins/__init__.py": "from chat.plugins.base import Base\n",
    "chat/plugins/base.py": "class Base: ...\n",
}
EXAMPLES = (
    Example(
        note="Each needs the other to be there first. It is said once, at the first module in the order of names.",
        bad="from chat.manager import Manager\n",
        path="chat/events.py",
        files={**FILES, "chat/manager.py": "from chat.events import Event\n"},
        refusal="shared-needs",
    ),
    Example(
        note="A `try`, an `if` and a class do not make an import late; neither does a relative import.",
        bad="try:\n    from .manager import Manager\nexcept ImportError:\n    Manager = None\n",
        path="chat/events.py",
        files={**FILES, "chat/manager.py": "class Manager:\n    from . import events\n"},
        refusal="shared-needs",
    ),
    Example(
        note="The other modules of the cycle are not told again.",
        ok="from chat.events import Event\n",
        path="chat/manager.py",
        files=FILES,
    ),
    Example(
        note="Imports of functions run later, those for type checkers never.",
        ok="from chat.late import f\nfrom chat.typed import Manager as M\n\nclass Manager: ...\n",
        path="chat/manager.py",
        files={path: text for path, text in FILES.items() if path not in ("chat/events.py", "chat/long.py")},
    ),
    Example(
        note="A package may take from its modules what they do not take back; a submodule is not its package.",
        ok="from chat.plugins.base import Base\nfrom chat.plugins import base\n",
        path="chat/plugins/more.py",
        files=FILES,
        options={"packages": ["chat.plugins"]},
    ),
    Example(
        note="Cycles through other packages than those of the rule do not count.",
        ok="from chat.manager import Manager\n",
        path="chat/events.py",
        files={**FILES, "chat/manager.py": "from chat.events import Event\n"},
        options={"packages": ["chat.plugins", "chat.events"]},
    ),
)


@dataclass(frozen=True, kw_only=True)
class ImportCycle(Rule):
    """Modules import each other while they are being imported.

    ``packages`` are globs of the modules that are looked at, and what is below them; all of the project by default.
    Imports in functions and under ``TYPE_CHECKING`` do not count. Of all modules that reach each other one shortest
    cycle is reported, at the first of its modules in the order of names.
    """

    kind: ClassVar[str] = "import-cycle"
    default_message: ClassVar[str] = "import cycle: {cycle} ({statements}){more}"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "cycle", "statements", "more")
    needs: ClassVar[Literal["names", "project"]] = "project"
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    packages: tuple[str, ...] = ()

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        yield from filter(None, map(module_pattern_problem, self.packages))

    def concerns(self, name: str, project: Project) -> bool:
        """Say no: the statements of a file are looked at together."""
        return False

    def looks_at(self, path: str, module: str | None) -> bool:
        """Tell whether the file is in one of the packages."""
        return module is not None and covers(self.packages, module)

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Report the cycles of which this module is the first."""
        if file.module is None or not covers(self.packages, file.module):
            return
        for cycle in file.project.cycles(self.packages):
            if (cycle.modules[0], cycle.paths[0]) != (file.module, file.path):
                continue
            imported = next((found for found in file.scan.outer_imports if _names(found, cycle.modules[1])), None)
            if imported is not None:
                yield self._violation(file, imported, cycle)

    def _violation(self, file: File, imported: Import, cycle: Cycle) -> Violation:
        statements = [f"{path}:{row}" for path, row in zip(cycle.paths, cycle.rows, strict=True)]
        statements[0] = f"{file.path}:{imported.node.lineno}"
        more = f"; {cycle.size} modules import each other so" if cycle.size > len(cycle.modules) else ""
        reason = "one of these modules must do without the next: what both need belongs in a third one"
        return self.violation(
            file,
            (imported.statement.start, imported.statement.end),
            symbol=cycle.modules[0],
            origin=cycle.modules[1],
            outcome=Refusal("shared-needs", reason),
            cycle=" -> ".join((*cycle.modules, cycle.modules[0])),
            statements=", ".join(statements),
            more=more,
        )


def _names(imported: Import, module: str) -> bool:
    """Whether a statement that runs at import asks for ``module``."""
    from ssot_lint.project.cycles import runs_at_import

    if isinstance(imported.node, ast.Import):
        named = [alias.name for alias in imported.node.names]
    else:
        named = [imported.module or "", *(f"{imported.module}.{alias.name}" for alias in imported.node.names)]
    return module in named and runs_at_import(imported.statement)
