"""``module-singleton``: one object for the whole process, bound when a module is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from ssot_lint.model import Fix, Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.rewriting.arguments import Argument
from ssot_lint.rule import Example, Rule

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.rewriting.governed import Governed, Made
    from ssot_lint.source.scopes import Statement
    from ssot_lint.source.state import Stored

NAMED_IMPORTERS = 3
"""How many of the modules that import a singleton a message names."""


FILES = {
    "chat/__init__.py": "",
    "chat/manager.py": """
        class Manager: ...

        def get_manager(user=None): ...

        class Settings: ...
        """,
    "chat/service.py": "from chat.example import manager\n",
}
ASKED = {
    "factory": "chat.manager.get_manager",
    "arguments": {"user": {"required": True, "in-scope": ["user", "self.user"]}},
}
OPTIONS = {"classes": ["chat.manager.Manager"], "factories": ["chat.manager.get_manager"]}
binding = partial(Example, files=FILES, options=OPTIONS)
EXAMPLES = (
    binding(
        note="One object for all users, made when the module is imported.",
        bad="""
            from chat.manager import Manager

            manager = Manager()
            """,
        refusal="used-here",
    ),
    binding(
        note="Who imports it is said; all of them have to change together.",
        bad="""
            from chat.manager import Manager

            manager = Manager()
            """,
        refusal="used-elsewhere",
        path="chat/example.py",
    ),
    binding(
        note="What a factory gives is no better when it is kept for all; neither is an `if` or `try` around it.",
        bad="""
            from chat import manager as m

            try:
                shared: object = m.get_manager()
            except OSError:
                shared = None
            """,
        refusal="used-here",
    ),
    binding(
        note="Several names at once, and `:=`.",
        bad="""
            from chat.manager import Manager

            a = b = Manager()
            c, d = Manager(), 1
            if (e := Manager()):
                pass
            """,
        refusal="used-here",
    ),
    Example(
        note="Classes of the project can be governed by their name, which an object may even take over.",
        bad="""
            class SessionManager: ...

            sessions = SessionManager()
            SessionManager = SessionManager()
            """,
        refusal="used-here",
        options={"class-patterns": ["*Manager"]},
    ),
    binding(
        note="Attributes of classes, functions and applications; items; names made by hand; defaults of parameters.",
        bad="""
            from functools import partial
            from chat.manager import Manager

            class Service:
                manager = Manager()

                def serve(self, manager=Manager()): ...

            def serve(*, manager: Manager = Manager()): ...

            serve.manager = Manager()
            app.state.manager = Manager()
            globals()["manager"] = Manager()
            setattr(Service, "other", Manager())
            managers = {"a": Manager(), "b": [Manager()]}
            managers["c"] = partial(Manager)()
            handle = partial(serve, manager=Manager())
            """,
        refusal="used-here",
    ),
    Example(
        note="What own functions give can be governed by what they are called, too.",
        bad="""
            def get_manager(): ...

            manager = get_manager()
            """,
        refusal="used-here",
        options={"factory-patterns": ["get_*manager"]},
    ),
    binding(
        note="Fields of models and dataclasses are of each instance; what a framework asks for each time is no object.",
        ok="""
            from dataclasses import dataclass, field
            from django.db import models
            from fastapi import Depends
            from pydantic import BaseModel
            from chat.manager import Manager, get_manager

            class Settings(BaseModel):
                manager: Manager = Manager()

            @dataclass
            class Room:
                manager: Manager = field(default_factory=Manager)

            class RoomManager(models.Manager): ...

            class Mixin:
                rooms = RoomManager()

            def serve(manager: Manager = Depends(get_manager)): ...
            """,
        options={**OPTIONS, "class-patterns": ["*Manager"]},
    ),
    binding(
        note="Objects of a function, of a script, of a type checker, and of other libraries are left alone.",
        ok="""
            import logging
            from typing import TYPE_CHECKING
            from multiprocessing import Manager as Processes
            from chat.manager import Manager, Settings

            log = logging.getLogger(__name__)
            processes = Processes()
            settings = Settings()

            def f():
                manager = Manager()

            if TYPE_CHECKING:
                typed = Manager()
            if __name__ == '__main__':
                main = Manager()
            """,
        options={**OPTIONS, "class-patterns": ["*Manager"]},
    ),
    binding(
        note="So are constants, and what is not made at import.",
        ok="""
            import enum
            from typing import NamedTuple
            from chat.manager import Manager

            class StateManager(enum.Enum):
                OPEN = 1

            class PairManager(NamedTuple):
                left: int = 1

            state, pair = StateManager(1), PairManager()
            later = lambda: (made := Manager())
            kind = Manager
            """,
        options={**OPTIONS, "class-patterns": ["*Manager"]},
    ),
    Example(
        note="With a factory, each use in a function asks for an object of its own, in all modules that use it.",
        bad="""
            from chat.manager import Manager

            manager = Manager()


            def send(user, text):
                manager.send(text)
            """,
        good="""
            from chat.manager import get_manager



            def send(user, text):
                get_manager(user=user).send(text)
            """,
        unsafe=True,
        path="chat/example.py",
        files={
            "chat/__init__.py": "",
            "chat/manager.py": "class Manager: ...\n\ndef get_manager(user): ...\n",
            "chat/service.py": """
                from chat.example import manager

                class Service:
                    def stop(self, user):
                        manager.stop(user)
                """,
        },
        options={**OPTIONS, **ASKED},
    ),
    Example(
        note="What cannot be rewritten keeps the object, and is told.",
        bad="""
            from chat.manager import Manager

            manager = Manager()

            def send(text):
                manager.send(text)
            """,
        refusal="used-here",
        path="chat/example.py",
        files={"chat/__init__.py": "", "chat/manager.py": "class Manager: ...\n\ndef get_manager(user): ...\n"},
        options={**OPTIONS, **ASKED},
    ),
)


@dataclass(frozen=True, kw_only=True)
class ModuleSingleton(Rule):
    """An instance that all users of the process share is bound at module level.

    Flagged are instances of the ``classes`` and results of the ``factories``, both known by where they are defined, and
    those of the project's own classes and functions whose name matches one of ``class_patterns`` or
    ``factory_patterns``, and none of ``but_not``. Where it is bound does not matter, as long as an import does it: a
    name of the module or of a class, an attribute, an item, what a parameter is by default.

    With a ``factory``, an object that a module binds to a name is rewritten: each use in a function asks the factory,
    with ``arguments`` as in ``direct-instantiation``, in its module and in those that import it. It goes when no use
    is left; what keeps it is told.
    """

    kind: ClassVar[str] = "module-singleton"
    default_message: ClassVar[str] = "`{symbol}` is one {made} for the whole process{importers}"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "made", "importers")
    fires_on_imports: ClassVar[bool] = False
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    classes: tuple[str, ...] = ()
    factories: tuple[str, ...] = ()
    class_patterns: tuple[str, ...] = ()
    factory_patterns: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    factory: str | None = None
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    await_: bool | None = None

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        if not (self.classes or self.factories or self.class_patterns or self.factory_patterns):
            yield "give at least one of 'classes', 'factories', 'class-patterns' and 'factory-patterns'"
        if self.arguments and self.factory is None:
            yield "'arguments' are those of a 'factory': give one"

    def names(self) -> Iterator[str]:
        """Give the governed classes and factories."""
        yield from self.classes
        yield from self.factories

    def looks_at(self, path: str, module: str | None) -> bool:
        """Tell that any file may make what counts for its name."""
        return self._governed.by_word and self.applies_to(path, module)

    def may_fire_in(self, raw: bytes, project: Project) -> bool:
        """Tell whether the import of a file may call what counts for its name."""
        return self._governed.may_be_in(raw) and self._governed.may_be_made_in(raw)

    def concerns(self, name: str, project: Project) -> bool:
        """Tell that no node has to be visited: what an import runs is found in the scan."""
        return False

    @cached_property
    def _governed(self) -> Governed:
        from ssot_lint.rewriting.governed import Governed

        return Governed(self.classes, self.factories, self.class_patterns, self.factory_patterns, self.but_not)

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at all that the import of a module binds."""
        named = bool(self.classes or self.factories)
        if not named and not self.may_fire_in(file.text.string.encode("utf-8", "replace"), file.project):
            return
        from ssot_lint.rewriting.names import is_late
        from ssot_lint.source.places import in_main, in_type_checking
        from ssot_lint.source.state import outer_statements

        seen: set[int] = set()
        for statement in outer_statements(file.scan):
            for bound in _bound(statement):
                for call in _fresh(bound, seen):
                    made = self._governed.made(file, call)
                    if made is None or in_main(statement) or in_type_checking(statement):
                        continue
                    if not is_late(file, file.scan.span(call)[0]) and not _is_field(file, statement, bound, made):
                        yield self._violation(file, statement, bound, made)
                        break

    def _violation(self, file: File, statement: Statement, bound: Stored, made: Made) -> Violation:
        from ssot_lint.source.places import enclosing_definitions

        around = reversed(list(enclosing_definitions(statement)))
        name = ".".join([*around, *_own_name(statement, bound), _written(bound.target)])
        symbol = f"{file.module}.{name}" if file.module else name
        importers = file.project.importers(file.module, name) if file.module and name.isidentifier() else ()
        outcome: Fix | Refusal | None = self._replaced(file, statement, bound)
        if outcome is not None:
            pass
        elif importers:
            reason = f"its uses in {_listed(importers)} have to be rewritten together with it"
            outcome = Refusal("used-elsewhere", reason)
        else:
            outcome = Refusal("used-here", "its uses in this module have to be rewritten together with it")
        return self.violation(
            file,
            file.scan.span(bound.target),
            symbol=symbol,
            origin=made.origin,
            outcome=outcome,
            made=made.what,
            importers=f", imported by {_listed(importers)}" if importers else "",
        )

    def _replaced(self, file: File, statement: Statement, bound: Stored) -> Fix | Refusal | None:
        """Rewrite the uses of an object that a module binds to a name; ``None`` without a factory, or for others."""
        if self.factory is None or not _is_name_of_module(statement, bound):
            return None
        from ssot_lint.rewriting.calls import Factory
        from ssot_lint.rewriting.instances import replace_object

        factory = Factory(name=self.factory, arguments=self.arguments, is_async=self.await_)
        return replace_object(file, statement, _written(bound.target), factory)


def _is_name_of_module(statement: Statement, bound: Stored) -> bool:
    """Whether an assignment of a module binds a plain name to nothing but an instance."""
    return (
        statement.scope.kind == "module"
        and isinstance(statement.node, (ast.Assign, ast.AnnAssign))
        and isinstance(bound.target, ast.Name)
        and isinstance(statement.node.value, ast.Call)
    )


def _bound(statement: Statement) -> Iterator[Stored]:
    """Give what a statement that an import runs binds, ``:=``, calls that bind, and defaults of parameters included."""
    from ssot_lint.source.scan import FUNCTIONS, own_expressions
    from ssot_lint.source.state import Stored, defaults, stores

    if isinstance(statement.node, FUNCTIONS):
        for parameter, default in defaults(statement.node.args):
            target = ast.copy_location(ast.Name(parameter, ast.Store()), default)
            yield Stored(target, default, statement.node)
    yield from stores(statement.node)
    for expression in own_expressions(statement.node):
        for node in ast.walk(expression):
            if isinstance(node, (ast.NamedExpr, ast.Call)):
                yield from stores(node)


def _fresh(bound: Stored, seen: set[int]) -> Iterator[ast.Call]:
    """Give the calls that make what is bound, once for each name that they are bound to."""
    from ssot_lint.source.state import calls_made

    for call in calls_made(bound.value, nested=True):
        key = hash((id(call), ast.dump(bound.target)))
        if key not in seen:
            seen.add(key)
            yield call


def _is_field(file: File, statement: Statement, bound: Stored, made: Made) -> bool:
    """Whether what a class binds is a field of its instances, or does something else than to be one for all."""
    from ssot_lint.rewriting.governed import describes_fields, is_descriptor

    owner = statement.scope.owner
    if statement.scope.kind != "class" or owner is None or not isinstance(owner.node, ast.ClassDef):
        return False
    if isinstance(statement.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    return is_descriptor(file.project, made.origin) or describes_fields(file, owner.node)


def _own_name(statement: Statement, bound: Stored) -> Iterator[str]:
    """Give the name of the function of which it is a default."""
    if isinstance(statement.node, (ast.FunctionDef, ast.AsyncFunctionDef)) and bound.node is statement.node:
        yield statement.node.name


def _written(target: ast.expr) -> str:
    """Give the name that ``target`` binds, also by ``globals()``."""
    from ssot_lint.source.state import is_namespace

    if isinstance(target, ast.Subscript) and is_namespace(target.value) and isinstance(target.slice, ast.Constant):
        return str(target.slice.value)
    return ast.unparse(target)


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - NAMED_IMPORTERS
    return ", ".join(names[:NAMED_IMPORTERS]) + (f" and {more} more" if more > 0 else "")
