"""``shim``: a module that is left for those who still import it passes names on, says so, and goes one day."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal

from ssot_lint.file import File, ast_path
from ssot_lint.globs import matches_module, module_pattern_problem
from ssot_lint.model import Fix, Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.project.reader import TRY
from ssot_lint.rewriting.shims import HOOK, lazy_shim
from ssot_lint.rewriting.warns import CATEGORY, Warn, is_warn, mend_warn, read_warn
from ssot_lint.rule import Example, Rule
from ssot_lint.source.places import import_guard, in_main, in_type_checking, last_name
from ssot_lint.source.scan import DEFINITIONS
from ssot_lint.source.scopes import Binding, Statement

HOOKS = frozenset({HOOK, "__dir__"})
WARNERS = re.compile(r"deprecat|^_?warn(?:_|$)", re.IGNORECASE)
"""Names of functions that are taken to warn, as projects have of their own."""
LITERALS = (ast.Dict, ast.Tuple, ast.List, ast.Set, ast.Constant)

MANAGER = "class Manager: ...\n\ndef make(): ...\n"
FILES = {"chat/__init__.py": "", "chat/manager.py": MANAGER, "chat/older.py": "from chat.manager import Manager\n"}
OPTIONS = {"modules": ["chat.legacy", "chat.older"]}
HEAD = "import warnings\nfrom pkgutil import resolve_name\nfrom typing import TYPE_CHECKING\n\n"
LAZY = '''_HOMES = {
%s
}


def __getattr__(name: str) -> object:
    """Give a name from its home, and say where that is."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    instead = home.replace(":", ".")
    warnings.warn(f"{__name__}.{name} is deprecated, use {instead}", DeprecationWarning, stacklevel=2)
    return resolve_name(home)
'''
PROPER = (
    "import warnings\n\nfrom chat.manager import Manager\n\n"
    "warnings.warn('gone soon', DeprecationWarning, stacklevel=2)\n"
)


def _example(note: str, **settings: Any) -> Example:
    return Example(note=note, path="chat/legacy.py", files=FILES, options=OPTIONS, **settings)


EXAMPLES = (
    _example(
        "A module that only passes names on becomes one that warns whoever takes one.",
        bad=(
            '"""Old paths."""\n\n# Gone soon.\nfrom chat.manager import Manager, make as create  # kept\n\n'
            '__all__ = ["Manager"]\n'
        ),
        good=(
            f'"""Old paths."""\n\n{HEAD}# Gone soon.\nif TYPE_CHECKING:\n'
            '    from chat.manager import Manager, make as create  # kept\n\n__all__ = ["Manager"]\n\n'
            + LAZY
            % '    "Manager": "chat.manager:Manager",\n    "create": "chat.manager:make",'
        ),
        unsafe=True,
    ),
    _example(
        "Aliases, stars and whole modules go along; other shims are no homes. Star imports of it go on.",
        bad="import chat.manager as m\nfrom .older import *\n# the old name\nOld = Manager\n",
        good=(
            f"{HEAD}if TYPE_CHECKING:\n    import chat.manager as m\n    from .older import *\n"
            "# the old name\nif TYPE_CHECKING:\n    Old = Manager\n\n"
            '__all__ = [\n    "m",\n    "Manager",\n    "Old",\n]\n\n'
            + LAZY
            % '    "m": "chat.manager",\n    "Manager": "chat.manager:Manager",\n    "Old": "chat.manager:Manager",'
        ),
        unsafe=True,
    ),
    _example(
        "What is defined in a shim has no other home, so it cannot go.",
        bad=PROPER + "\nclass Session(Manager): ...\n\nlimit = 3\n",
        refusal="not-only-reexports",
    ),
    _example("Nor can it become lazy by itself.", bad="def make(): ...\n", refusal="not-only-reexports"),
    _example(
        "What an import falls back on is for a human to sort out.",
        bad="try:\n    from chat.manager import Manager\nexcept ImportError:\n    Manager = None\n",
        refusal="guarded-import",
    ),
    _example(
        "A warning that names the shim itself is seen by nobody: by default only what `__main__` does is shown.",
        bad=PROPER.replace(", stacklevel=2", ""),
        good=PROPER,
        unsafe=True,
    ),
    _example(
        "Another category is not what tools look for.",
        bad=PROPER.replace("DeprecationWarning, ", ""),
        good=PROPER.replace("DeprecationWarning, stacklevel=2", "stacklevel=2, category=DeprecationWarning"),
        unsafe=True,
    ),
    Example(
        note="The day has come.",
        bad=PROPER,
        refusal="removal-due",
        path="chat/legacy.py",
        files=FILES,
        options={**OPTIONS, "remove-by": "2020-01-31"},
    ),
    Example(
        note="A proper shim with time left.",
        ok=PROPER + "\nOld = Manager\n__all__ = ['Manager', 'Old']\n",
        path="chat/legacy.py",
        files=FILES,
        options={**OPTIONS, "remove-by": "9999-12-31"},
    ),
    _example(
        "A logger, what makes a shim lazy, and a function that the project has for such warnings are its own affair.",
        ok=(
            "import logging\nfrom chat.manager import Manager as _Manager\nfrom chat.tools import deprecated_module\n\n"
            "log = logging.getLogger(__name__)\n_NAMES = {'Manager': _Manager}\n\ndeprecated_module(__name__)\n\n"
            "def __getattr__(name):\n    return _NAMES[name]\n\ndef __dir__():\n    return sorted(_NAMES)\n"
        ),
    ),
    Example(
        note="Other modules may do as they like, and one that has no names left has nothing to say.",
        ok="class Session: ...\n",
        path="chat/session.py",
        files={**FILES, "chat/legacy.py": ""},
        options=OPTIONS,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Shim(Rule):
    """A legacy module does more than pass names on, does not say that it is one, or should be gone.

    ``modules`` are globs of the shims. Each may only re-export, and must warn with ``DeprecationWarning`` and a
    ``stacklevel`` that points at those who use it, when it is imported or when a name is taken from it. ``remove-by``
    is the last day (``2026-01-31``) on which they may be there.
    """

    kind: ClassVar[str] = "shim"
    default_message: ClassVar[str] = "shim `{module}` {problem}"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "module", "problem")
    needs: ClassVar[Literal["names", "project"]] = "project"
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    modules: tuple[str, ...]
    remove_by: str | None = None

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        if not self.modules:
            yield "give at least one module in 'modules'"
        yield from filter(None, map(module_pattern_problem, self.modules))
        if self.remove_by is not None and _day(self.remove_by) is None:
            yield f"'{self.remove_by}' in 'remove-by' is no date such as '2026-01-31'"

    def concerns(self, name: str, project: Project) -> bool:
        """Say no: what is looked at is the module."""
        return False

    def looks_at(self, path: str, module: str | None) -> bool:
        """Tell whether the file is a shim."""
        return module is not None and matches_module(module, self.modules)

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at what a shim defines, how it warns, and whether its time has come."""
        if file.scan.partial or not self.looks_at(file.path, file.module):
            return
        day = _day(self.remove_by) if self.remove_by else None
        if day is not None and file.project.today() > day:
            refusal = Refusal("removal-due", "it can be deleted once nobody imports it")
            yield self._violation(file, (0, 0), f"was to be gone after {day}", refusal)
        for binding in _defined(file):
            refusal = Refusal(
                "not-only-reexports", f"`{binding.name}` needs a home of its own, with those who import it"
            )
            yield self._violation(file, _place(file, binding), f"defines `{binding.name}`", refusal)
        calls = list(_calls(file))
        warns = [read_warn(file, call, in_helper) for call, in_helper in calls if is_warn(file, call)]
        for warn in warns:
            yield from self._warned(file, warn)
        if not warns and _has_names(file) and not any(WARNERS.search(last_name(call) or "") for call, _ in calls):
            outcome = lazy_shim(file, lambda module: matches_module(module, self.modules))
            yield self._violation(file, (0, 0), "does not warn those who use it", outcome)

    def _warned(self, file: File, warn: Warn) -> Iterator[Violation]:
        problems = []
        if warn.has_wrong_category:
            problems.append(f"with {warn.category}, not {CATEGORY}")
        if warn.has_wrong_level:
            problems.append("without `stacklevel=2`, so not those who use it")
        if problems:
            yield self._violation(
                file, file.scan.span(warn.node), f"warns {' and '.join(problems)}", mend_warn(file, warn)
            )

    def _violation(self, file: File, span: tuple[int, int], problem: str, outcome: Fix | Refusal) -> Violation:
        assert file.module is not None
        return self.violation(
            file, span, symbol=file.module, origin=file.module, outcome=outcome, module=file.module, problem=problem
        )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# What a shim binds.


def _bindings(file: File) -> Iterator[Binding]:
    """Give what the module binds when it is imported."""
    for bindings in file.scan.scope.bindings.values():
        for binding in bindings:
            statement = binding.statement
            if statement.scope is file.scan.scope and not in_type_checking(statement) and not in_main(statement):
                yield binding


def _defined(file: File) -> Iterator[Binding]:
    """Give what the module does not pass on but defines, the last place of each name."""
    found = {binding.name: binding for binding in _bindings(file) if _is_definition(file, binding)}
    yield from sorted(found.values(), key=lambda binding: binding.statement.start)


def _is_definition(file: File, binding: Binding) -> bool:
    name, node = binding.name, binding.statement.node
    if binding.kind == "class":
        return True
    if binding.kind == "function":
        return name not in HOOKS and not (name.startswith("_") and any(_is_warner(file, call) for call in _inner(node)))
    if binding.kind not in ("assign", "other") or name.startswith("__") or _is_fallback(binding.statement):
        return False
    if isinstance(node, TRY) or (isinstance(node, ast.AnnAssign) and node.value is None):
        return False
    if isinstance(binding.value, ast.Call) and any(ast_path(value) == ("__name__",) for value in binding.value.args):
        return False
    if name.startswith("_") and isinstance(binding.value, LITERALS):
        return False
    path = ast_path(binding.value)
    return path is None or file.refer(path, binding.statement.start) is None


def _is_fallback(statement: Statement) -> bool:
    guard = import_guard(statement)
    return guard is not None and guard[1].part == "handler"


def _has_names(file: File) -> bool:
    """Whether somebody may take a name of the project from the module."""
    stars = (imported.module for imported in file.scan.outer_imports if imported.node.names[0].name == "*")
    targets = (binding.target for binding in _bindings(file))
    passed_on = (target.partition(":")[0] for target in (*targets, *stars) if target is not None)
    return any(map(file.project.is_first_party, passed_on)) or any(_defined(file))


def _place(file: File, binding: Binding) -> tuple[int, int]:
    """Give where a statement says the name that it defines."""
    statement = binding.statement
    start = statement.start
    if isinstance(statement.node, DEFINITIONS):
        start = file.scan.span(statement.node)[0] + len("def")
    found = re.compile(rf"\b{re.escape(binding.name)}\b").search(file.text.string, start, statement.end)
    return found.span() if found else (statement.start, statement.end)


# How it warns.


def _calls(file: File) -> Iterator[tuple[ast.Call, bool]]:
    """Give the calls by which the module may warn: when it is imported, or in its hook or a helper (then true)."""
    for statement in file.scan.block.statements:
        node = statement.node
        if isinstance(node, ast.ClassDef) or (isinstance(node, DEFINITIONS) and not node.name.startswith("_")):
            continue
        in_helper = isinstance(node, DEFINITIONS) and node.name != HOOK
        yield from ((call, in_helper) for call in _inner(node))


def _inner(node: ast.AST) -> Iterator[ast.Call]:
    yield from (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))


def _is_warner(file: File, call: ast.Call) -> bool:
    return is_warn(file, call) or WARNERS.search(last_name(call) or "") is not None
