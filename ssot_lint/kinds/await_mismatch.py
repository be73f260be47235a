"""``await-mismatch``: what is not async is awaited, or what is async is not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ssot_lint.globs import is_test_path
from ssot_lint.model import Applicability, Fix, Refusal, Violation
from ssot_lint.rule import Example, Rule

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.project import Project
    from ssot_lint.project.definitions import Definition
    from ssot_lint.source.scopes import Statement

AWAIT = re.compile(r"await[ \t]*")
QUESTIONS = frozenset({"isawaitable", "iscoroutine", "iscoroutinefunction"})
"""Functions by which code asks whether there is something to await."""
NEVER_AWAITED = "`{callable}` is async: without `await`, this call does nothing"


@dataclass(frozen=True)
class _Called:
    """A call of ``name`` (``a.b:c`` where the module is certain), of which the definition is certain."""

    name: str
    chain: tuple[str, ...]
    definition: Definition


FILES = {
    "chat/__init__.py": "",
    "chat/context.py": (
        "from contextlib import asynccontextmanager\n\nclass Context: ...\n\n"
        "class Later:\n    def __await__(self): ...\n\n"
        "def make_context(user):\n    return Context()\n\n"
        "def read_mode() -> 'str | None':\n    return CACHE.get('mode')\n\n"
        "def later() -> Later: ...\n\n"
        "def handed_on(user):\n    return connect(user)\n\n"
        "async def connect(user): ...\n\n"
        "@asynccontextmanager\nasync def stream():\n    yield 1\n"
    ),
    "chat/manager.py": "from chat.context import make_context as create_manager\n",
}
EXAMPLES = (
    Example(
        note="What is called is known by where it is defined, whatever its name promises.",
        bad="from chat.manager import create_manager\n\nasync def f(user):\n    (await create_manager(user)).send()\n",
        good="from chat.manager import create_manager\n\nasync def f(user):\n    (create_manager(user)).send()\n",
        unsafe=True,
        files=FILES,
    ),
    Example(
        note="An annotation is believed, and the construction of an object is known, too.",
        bad="from chat import context\n\nasync def f():\n    await context.read_mode()\n    await context.Context()\n",
        good="from chat import context\n\nasync def f():\n    context.read_mode()\n    context.Context()\n",
        unsafe=True,
        files=FILES,
    ),
    Example(
        note="A generator, and a context manager made of one, want a loop or `with`.",
        bad="from chat import context\n\nasync def f():\n    return await context.stream()\n",
        refusal="generator",
        files=FILES,
    ),
    Example(
        note="A call of an async function that nobody awaits does nothing.",
        bad="from chat.context import connect\n\nasync def f(user):\n    connect(user)\n",
        good="from chat.context import connect\n\nasync def f(user):\n    await connect(user)\n",
        unsafe=True,
        files=FILES,
    ),
    Example(
        note="Where nothing can be awaited, the function around has to change first.",
        bad="from chat.context import connect\n\ndef f(user):\n    connect(user)\n",
        refusal="not-in-async",
        files=FILES,
    ),
    Example(
        note="With `callables`, only those matter.",
        bad=(
            "from chat.context import connect\nfrom chat.manager import create_manager\n\n"
            "async def f(user):\n    connect(user)\n    await create_manager(user)\n"
        ),
        good=(
            "from chat.context import connect\nfrom chat.manager import create_manager\n\n"
            "async def f(user):\n    connect(user)\n    create_manager(user)\n"
        ),
        unsafe=True,
        files=FILES,
        options={"callables": ["chat.context.make_context"]},
    ),
    Example(
        note="What may be awaitable is left alone, and so is a coroutine that is handed on.",
        ok=(
            "import asyncio\nfrom chat.context import connect, handed_on, later, make_context, stream\n\n"
            "async def f(user, make):\n    await later()\n    await handed_on(user)\n    await make()\n"
            "    asyncio.create_task(connect(user))\n    job = connect(user)\n    await job\n    make_context(user)\n"
        ),
        files=FILES,
    ),
    Example(
        note="Code that asks, or is ready for either, knows what it does.",
        ok=(
            "import inspect\nfrom chat.context import make_context as make\n\n"
            "async def f(user):\n    try:\n        return await make(user)\n"
            "    except TypeError:\n        return make(user)\n\n"
            "async def g(user):\n    if inspect.iscoroutinefunction(make):\n        return await make(user)\n"
        ),
        files=FILES,
    ),
    Example(
        note="In a test, what is patched may be async or not; what must raise may do so in any way.",
        ok=(
            "import pytest\nfrom unittest.mock import AsyncMock, patch\nfrom chat import context\n\n"
            "async def test_f():\n    with patch('chat.context.make_context', AsyncMock()):\n"
            "        await context.make_context(1)\n\n"
            "async def test_g():\n    with pytest.raises(TypeError):\n        await context.read_mode()\n"
        ),
        path="tests/test_context.py",
        files=FILES,
    ),
)


@dataclass(frozen=True, kw_only=True)
class AwaitMismatch(Rule):
    """A call is awaited that gives nothing to await, or one is not awaited that does nothing without.

    Looks at the ``callables``, known by where they are defined, or else at all functions and classes of the project
    whose definition is certain. Only what must go wrong is flagged: a result that certainly is no awaitable, and a
    coroutine that is dropped where it is made. Every fix changes what the program does, so a human has to agree.
    """

    kind: ClassVar[str] = "await-mismatch"
    default_message: ClassVar[str] = "`{callable}` gives nothing to await"
    placeholders: ClassVar[tuple[str, ...]] = ("callable",)
    fires_on_imports: ClassVar[bool] = False
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    callables: tuple[str, ...] = ()

    def names(self) -> Iterator[str]:
        """Give the callables, if not all of the project are meant."""
        yield from self.callables

    def looks_at(self, path: str, module: str | None) -> bool:
        """Tell that any file may call any function of the project."""
        return not self.callables

    def may_fire_in(self, raw: bytes, project: Project) -> bool:
        """Tell whether a file has functions or calls of the sort, or may import some."""
        return b"async" in raw or b"await" in raw or project.may_import(raw)

    def concerns(self, name: str, project: Project) -> bool:
        """Tell that no node has to be visited: the calls of a file are found in its ``ast``."""
        return False

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at every call that is awaited, and at every one that is a statement of its own."""
        names = file.known_as(file.project.names_of(self.callables)) if self.callables else None
        for awaited in file.scan.nodes(ast.Await):
            if isinstance(awaited.value, ast.Call) and _is_named(awaited.value, names):
                yield from self._awaited(file, awaited, awaited.value)
        for statement in file.scan.nodes(ast.Expr):
            if isinstance(statement.value, ast.Call) and _is_named(statement.value, names):
                yield from self._dropped(file, statement.value)

    def _awaited(self, file: File, node: ast.Await, call: ast.Call) -> Iterator[Violation]:
        from ssot_lint.project.results import gives_generator, gives_nothing_to_await

        called = self._called(file, call)
        if called is None or not gives_nothing_to_await(file.project, called.definition):
            return
        if _is_meant(file, call, called):
            return
        outcome: Fix | Refusal = Refusal("generator", "it is to be used in a loop or `with`, possibly an async one")
        if not gives_generator(file.project, called.definition):
            start = file.scan.span(node)[0]
            word = AWAIT.match(file.text.string, start)
            edit = file.edit(start, word.end() if word else start, "")
            outcome = Fix(Applicability.UNSAFE, "remove `await`", (edit,))
        yield self._violation(file, call, called, outcome, self.default_message)

    def _dropped(self, file: File, call: ast.Call) -> Iterator[Violation]:
        from ssot_lint.source.places import may_await

        called = self._called(file, call)
        if called is None or not called.definition.is_async or _is_meant(file, call, called):
            return
        start = file.scan.span(call)[0]
        statement = file.scan.statement_at(start)
        outcome: Fix | Refusal = Refusal("not-in-async", "this is no place for `await`")
        if statement is not None and may_await(file.scan, statement, start):
            outcome = Fix(Applicability.UNSAFE, "write `await`", (file.edit(start, start, "await "),))
        yield self._violation(file, call, called, outcome, NEVER_AWAITED)

    def _called(self, file: File, call: ast.Call) -> _Called | None:
        """Give what is called, if that is certain and this rule is about it."""
        from ssot_lint.file import ast_path, plain

        path = ast_path(call.func)
        reference = file.refer(path, file.scan.span(call)[0]) if path else None
        if reference is None or not any(file.project.is_first_party(plain(name)) for name in reference.names):
            return None
        resolution = file.resolve(reference)
        if resolution.origin is None or not self._governs(resolution.origin, file.project):
            return None
        definition = file.project.definition(resolution.origin)
        if definition is None or not definition.certain:
            return None
        return _Called(min(reference.names), resolution.chain, definition)

    def _governs(self, origin: str, project: Project) -> bool:
        return not self.callables or any(project.resolve(name).origin == origin for name in self.callables)

    def _violation(
        self, file: File, call: ast.Call, called: _Called, outcome: Fix | Refusal, default: str
    ) -> Violation:
        from ssot_lint.file import plain

        return self.violation(
            file,
            file.scan.span(call),
            symbol=plain(called.name),
            origin=called.definition.name,
            outcome=outcome,
            default=default,
            callable=plain(called.name),
        )


def _is_named(call: ast.Call, names: frozenset[str] | None) -> bool:
    """Whether what is called has one of ``names``, if there are any."""
    from ssot_lint.source.places import last_name

    return names is None or last_name(call.func) in names


def _is_meant(file: File, call: ast.Call, called: _Called) -> bool:
    """Whether a mismatch is no mistake: it has to raise, both cases are provided for, or a test put a mock there."""
    from ssot_lint.source.places import is_negative_test

    start = file.scan.span(call)[0]
    statement = file.scan.statement_at(start)
    if statement is None or is_negative_test(statement):
        return True
    return _is_ready_for_either(statement) or (is_test_path(file.path) and _is_replaced(file, call, called))


def _is_ready_for_either(statement: Statement) -> bool:
    """Whether the code around asks what it has got, or catches the `TypeError` of having got something else."""
    from ssot_lint.source.places import handlers, last_name
    from ssot_lint.source.scan import own_expressions

    around = [statement, *(owner for owner, _ in statement.ancestors())]
    if any(
        isinstance(node, (ast.Name, ast.Attribute)) and last_name(node) in QUESTIONS
        for owner in around
        for expression in own_expressions(owner.node)
        for node in ast.walk(expression)
    ):
        return True
    return any(
        block.part == "body" and any(_catches_type_error(handler) for handler in handlers(owner))
        for owner, block in statement.ancestors()
    )


def _catches_type_error(handler: ast.ExceptHandler) -> bool:
    from ssot_lint.source.places import last_name

    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(last_name(expression) == "TypeError" for expression in caught)


def _is_replaced(file: File, call: ast.Call, called: _Called) -> bool:
    """Whether a test may have put something else in the place of what is called, by its dotted name or last name."""
    from ssot_lint.file import ast_path, plain

    path = ast_path(call.func) or ()
    own = f"{file.module}.{'.'.join(path)}" if file.module else ""
    if any(file.is_patched(name) for name in {*called.chain, plain(called.name), own} if name):
        return True
    nodes: list[ast.Constant | ast.Attribute] = file.scan.nodes(ast.Constant, ast.Attribute)
    return any(
        node.value == path[-1]
        if isinstance(node, ast.Constant)
        else node.attr == path[-1] and not isinstance(node.ctx, ast.Load)
        for node in nodes
    )
