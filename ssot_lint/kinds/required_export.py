"""``required-export``: what everybody takes from a module has to be there, and has to be called as agreed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from ssot_lint.file import plain
from ssot_lint.model import Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.project.facts import function
from ssot_lint.project.summary import Signature
from ssot_lint.rule import Example, Rule
from ssot_lint.source.scan import DEFINITIONS, parse
from ssot_lint.source.triggers import within

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.project.definitions import Definition
    from ssot_lint.project.summary import FunctionFacts, Parameter

POSITIONAL = ("positional-only", "positional")

FILES = {
    "chat/__init__.py": "",
    "chat/manager.py": "from chat.impl import Manager\n\nMODES = 1\n\nasync def connect(user, *, mode=None): ...\n",
    "chat/impl.py": "class Manager: ...\n\ndef make(mode, user): ...\n\ndef close(*args, **kwargs): ...\n",
    "chat/lazy.py": "def __getattr__(name): ...\n",
}
OPTIONS = {"module": "chat.manager", "names": ["Manager", "connect", "MODES"]}
EXAMPLES = (
    Example(
        note="A name is not there any more.",
        bad="from chat.impl import Manager\n\nMODES = 1\n",
        path="chat/manager.py",
        files=FILES,
        options=OPTIONS,
        refusal="target-missing",
    ),
    Example(
        note="What is passed on from where it is not, is not there either.",
        bad="from chat.impl import Manager, connect\n\nMODES = 1\n",
        path="chat/manager.py",
        files=FILES,
        options=OPTIONS,
        refusal="target-missing",
    ),
    Example(
        note="Where the module is gone, its package is told.",
        bad="",
        path="chat/__init__.py",
        files={path: text for path, text in FILES.items() if path != "chat/manager.py"},
        options=OPTIONS,
        refusal="target-missing",
    ),
    Example(
        note="All there: defined, assigned or passed on.",
        ok=FILES["chat/manager.py"],
        path="chat/manager.py",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="What may be there is not missing: names made when they are asked for, or by a star of another library.",
        ok="from websockets import *\n",
        path="chat/manager.py",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="The parameters of a factory are part of the agreement, in their order.",
        bad="from chat.impl import make\n",
        path="chat/manager.py",
        files=FILES,
        options={"module": "chat.manager", "names": ["make"], "signature": {"make": "(user, mode=None)"}},
        refusal="different-signature",
    ),
    Example(
        note="So is whether it is to be awaited.",
        bad="def connect(user, *, mode=None): ...\n",
        path="chat/manager.py",
        files=FILES,
        options={"module": "chat.manager", "signature": {"connect": "async (user, *, mode=None)"}},
        refusal="different-signature",
    ),
    Example(
        note="More than the agreed arguments may not be needed.",
        bad="class Manager:\n    def __init__(self, user, mode): ...\n",
        path="chat/manager.py",
        files=FILES,
        options={"module": "chat.manager", "signature": {"Manager": "(user)"}},
        refusal="different-signature",
    ),
    Example(
        note="More may be possible, as long as every agreed call still is.",
        ok=(
            "from chat.impl import close\n\nclass Manager:\n    def __init__(self, user, mode=None, **options): ...\n\n"
            "async def connect(user, mode=None, retries=3): ...\n"
        ),
        path="chat/manager.py",
        files=FILES,
        options={
            "module": "chat.manager",
            "signature": {
                "Manager": "(user, *, token=None)",
                "connect": "async (user, *, mode=None)",
                "close": "(manager, reason=None)",
            },
        },
    ),
)


@dataclass(frozen=True, kw_only=True)
class RequiredExport(Rule):
    """A module does not offer the names that it must, or not as they must be called.

    ``names`` have to be found in ``module``, defined there or passed on. ``signature`` gives for a name, which is
    required then, too, how it has to be callable: ``"(user_context, mode=None)"``, with ``async`` in front where the
    call is to be awaited. Every call which that allows must be possible; defaults only say what may be left out.
    """

    kind: ClassVar[str] = "required-export"
    default_message: ClassVar[str] = "`{module}` has to offer `{name}`{problem}"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "module", "name", "problem")
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    module: str
    names_: tuple[str, ...] = ()
    signature: Mapping[str, str] = field(default_factory=dict)

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        if not self.names_ and not self.signature:
            yield "give at least one of 'names' and 'signature'"
        yield from (f"'{name}' in 'names' is no plain name" for name in self.names_ if not name.isidentifier())
        for name, wanted in self.signature.items():
            if not name.isidentifier():
                yield f"'{name}' in 'signature' is no plain name"
            elif _read(wanted) is None:
                yield f"'{wanted}' is not a signature such as '(user, mode=None)' or 'async (user)'"

    def concerns(self, name: str, project: Project) -> bool:
        """Say no: what is looked at is what the module offers."""
        return False

    def looks_at(self, path: str, module: str | None) -> bool:
        """Tell whether the file is the module, or a package around it, which is told where the module is gone."""
        return module is not None and within(self.module, module)

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look for the names, at line 1 for what is missing, at its definition or import for what is different."""
        if file.module is None or file.scan.partial or not within(self.module, file.module):
            return
        required = dict.fromkeys((*self.names_, *self.signature))
        if file.module != self.module:
            if file.scan.is_package and _is_gone(file, self.module):
                yield from (self._violation(file, (0, 0), name, _missing(self.module)) for name in required)
            return
        for name in required:
            resolution = file.project.resolve(f"{self.module}:{name}")
            if resolution.status == "missing":
                yield self._violation(file, (0, 0), name, _missing(f"{self.module}.{name}"))
                continue
            definition = file.project.definition(resolution.origin) if resolution.origin else None
            difference = _difference(self.signature.get(name), definition)
            if difference is not None:
                yield self._violation(file, _place(file, name), name, Refusal("different-signature", difference))

    def _violation(self, file: File, span: tuple[int, int], name: str, refusal: Refusal) -> Violation:
        resolution = file.project.resolve(f"{self.module}:{name}")
        wanted = f" as {self.signature[name]}" if refusal.code == "different-signature" else ""
        return self.violation(
            file,
            span,
            symbol=f"{self.module}.{name}",
            origin=resolution.origin,
            outcome=refusal,
            module=self.module,
            name=name,
            problem=f"{wanted}: {refusal.reason}",
        )


def _missing(name: str) -> Refusal:
    return Refusal("target-missing", f"{name} does not exist")


def _is_gone(file: File, module: str) -> bool:
    """Whether ``module`` does not exist, and ``file`` is the innermost package around it that has code."""
    if file.project.resolve(f"{module}:").status != "missing":
        return False
    package = module.rpartition(".")[0]
    while package != file.module:
        summary = file.project.summary(package)
        if summary is not None and summary.path is not None:
            return False
        package = package.rpartition(".")[0]
    return True


def _place(file: File, name: str) -> tuple[int, int]:
    """Give where the module defines ``name`` or takes it from."""
    bindings = file.scan.scope.bindings.get(name, [])
    if not bindings:
        return 0, 0
    statement = bindings[-1].statement
    imported = file.import_of(statement)
    if imported is not None:
        alias = next(alias for alias in imported.node.names if name in (alias.asname, alias.name))
        return file.scan.span(alias)
    if isinstance(statement.node, DEFINITIONS):
        start = file.text.string.index(name, file.scan.span(statement.node)[0] + len("def"))
        return start, start + len(name)
    return statement.start, statement.end


def _read(wanted: str) -> FunctionFacts | None:
    """Read a signature as a pack writes it; ``None`` if it is none."""
    text = wanted.strip()
    is_async = text.startswith("async")
    try:
        body = parse(f"{'async ' if is_async else ''}def f{text.removeprefix('async').strip()}: ...").body
    except SyntaxError:
        return None
    node = body[0]
    if len(body) != 1 or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or node.name != "f":
        return None
    return function(node, (), may_yield=False)


def _difference(wanted: str | None, definition: Definition | None) -> str | None:
    """Say why ``definition`` cannot be called as ``wanted``; ``None`` if it can, or if that is not certain."""
    facts = _read(wanted) if wanted is not None else None
    if facts is None or definition is None or definition.signature is None:
        return None
    if definition.kind == "function" and definition.is_async != facts.is_async:
        return f"{plain(definition.name)} is {'' if definition.is_async else 'not '}async"
    reasons = _misfits(facts.signature, definition.signature)
    return next(reasons, None)


def _misfits(wanted: Signature, actual: Signature) -> Iterator[str]:
    """Say which calls that ``wanted`` allows ``actual`` does not."""
    positional = [parameter for parameter in actual.parameters if parameter.kind in POSITIONAL]
    takes_more = any(parameter.kind == "var-positional" for parameter in actual.parameters)
    for index, parameter in enumerate(parameter for parameter in wanted.parameters if parameter.kind in POSITIONAL):
        if index >= len(positional):
            if not takes_more:
                yield f"it does not take {parameter.name!r} as argument {index + 1}"
        elif parameter.kind == "positional" and positional[index].name != parameter.name:
            yield f"its argument {index + 1} is {positional[index].name!r}, not {parameter.name!r}"
    yield from _not_by_name(wanted, actual)
    given = {parameter.name for parameter in wanted.parameters if parameter.required}
    filled = sum(parameter.kind in POSITIONAL and parameter.required for parameter in wanted.parameters)
    for parameter in actual.parameters:
        is_filled = parameter in positional[:filled] or parameter.name in given
        if parameter.required and not is_filled:
            yield f"it cannot do without {parameter.name!r}"


def _not_by_name(wanted: Signature, actual: Signature) -> Iterator[str]:
    named: dict[str, Parameter] = {p.name: p for p in actual.parameters if p.kind in ("positional", "keyword-only")}
    takes_more = any(parameter.kind == "var-keyword" for parameter in actual.parameters)
    for parameter in wanted.parameters:
        if parameter.kind in ("positional", "keyword-only") and parameter.name not in named and not takes_more:
            yield f"it does not take {parameter.name!r} by name"
