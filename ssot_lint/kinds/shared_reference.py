"""``shared-reference``: an object of one user is given what belongs to all."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from ssot_lint.model import Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.project.members import covers
from ssot_lint.rule import Example, Rule

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.rewriting.governed import Governed
    from ssot_lint.rewriting.shared import Shared
    from ssot_lint.source.scopes import Statement

FILES = {
    "chat/__init__.py": "",
    "chat/context.py": """
        import enum

        class Mode(enum.Enum):
            UNIFIED = 1

        class Cache: ...

        class Options: ...

        class UserContext:
            def __init__(self, user=None, cache=None, options=None): ...

        def create_context(user, cache=None): ...
        """,
    "chat/shared.py": """
        from chat.context import Cache

        cache = Cache()
        LIMIT = 3
        """,
}
OPTIONS = {"classes": ["chat.context.UserContext"], "factories": ["chat.context.create_context"]}
example = partial(Example, files=FILES, options=OPTIONS)
EXAMPLES = (
    example(
        note="What the module holds, in the hands of one user.",
        bad="""
            from chat.context import Cache, UserContext, create_context

            cache = Cache()
            seen = []

            def serve(user):
                return UserContext(user, cache=cache), create_context(user, seen)
            """,
        refusal="different-object",
    ),
    example(
        note="So is what another module holds, what a class holds, and what is wrapped once.",
        bad="""
            from chat.context import Options, UserContext
            from chat.shared import cache
            from chat import shared

            class Service:
                kept = {}

                def serve(self, user):
                    self.kept[user] = 1
                    a = UserContext(cache=cache), UserContext(cache=shared.cache), UserContext(cache=self.kept)
                    return a, UserContext(options=[cache]), UserContext(options=Options(cache))
            """,
        refusal="different-object",
    ),
    example(
        note="An attribute that is set is no better.",
        bad="""
            from chat.context import UserContext, create_context
            from chat.shared import cache

            def serve(user):
                context = create_context(user)
                context.cache = cache

            def prepare(context: UserContext):
                context.cache = cache
            """,
        refusal="different-object",
    ),
    Example(
        note="Nor is one that the class sets itself; classes may be known by what they are called.",
        bad="""
            cache = {}

            def put(key):
                cache[key] = 1

            class UserSession:
                def __init__(self):
                    self.cache = cache
            """,
        options={"class-patterns": ["User*"]},
        refusal="different-object",
    ),
    example(
        note="Members of enumerations are shared by nature; who cannot have that says so.",
        bad="""
            from chat.context import Mode, UserContext

            def serve(user):
                return UserContext(user, Mode.UNIFIED)
            """,
        options={**OPTIONS, "enum-members": True},
        refusal="different-object",
    ),
    example(
        note="Constants, copies, what is made for the call, functions, classes, and objects of other libraries.",
        ok="""
            import logging
            from chat.context import Cache, Mode, Options, UserContext
            from chat.shared import LIMIT, cache

            DEFAULTS = {"a": 1}
            log = logging.getLogger(__name__)

            def serve(user, own_cache):
                made = Cache()
                UserContext(user, made, DEFAULTS), UserContext(log, LIMIT, Mode.UNIFIED)
                UserContext(cache=Cache(), options=own_cache), UserContext(serve, Options, dict(DEFAULTS))
                UserContext(options=len(cache.items)), Options(cache), cache.get(user)
            """,
    ),
)


@dataclass(frozen=True, kw_only=True)
class SharedReference(Rule):
    """An object of a module or class, and so of all users, is given to one that is made for a single user.

    Those are the ``classes`` and results of the ``factories``, and of the project's own whose name matches one of
    ``class_patterns`` or ``factory_patterns``. Given are arguments, also one level deep, and attributes that are set.
    Objects are containers that can be changed and instances of the project's classes; with ``enum_members``, members
    of enumerations, too.
    """

    kind: ClassVar[str] = "shared-reference"
    default_message: ClassVar[str] = "`{symbol}`, one {made} for the whole process, is given to {receiver}"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "made", "receiver")
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    classes: tuple[str, ...] = ()
    factories: tuple[str, ...] = ()
    class_patterns: tuple[str, ...] = ()
    factory_patterns: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    enum_members: bool = False

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        if not (self.classes or self.factories or self.class_patterns or self.factory_patterns):
            yield "give at least one of 'classes', 'factories', 'class-patterns' and 'factory-patterns'"

    def names(self) -> Iterator[str]:
        """Give the governed classes and factories."""
        yield from self.classes
        yield from self.factories

    def looks_at(self, path: str, module: str | None) -> bool:
        """Tell that any module of the packages may name what counts for its name."""
        return self._governed.by_word and self._counts(path, module)

    def may_fire_in(self, raw: bytes, project: Project) -> bool:
        """Tell whether a file names what counts for its name."""
        return self._governed.may_be_in(raw)

    def concerns(self, name: str, project: Project) -> bool:
        """Tell that no node has to be visited: who is given what is found in the scan."""
        return False

    def _counts(self, path: str, module: str | None) -> bool:
        return self.applies_to(path, module) and covers(self.packages, module or "")

    @cached_property
    def _governed(self) -> Governed:
        from ssot_lint.rewriting.governed import Governed

        return Governed(self.classes, self.factories, self.class_patterns, self.factory_patterns, self.but_not)

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at what functions give to objects of one user."""
        raw = file.text.string.encode("utf-8", "replace")
        is_named = bool(self.classes or self.factories)
        if not self._counts(file.path, file.module) or not (is_named or self.may_fire_in(raw, file.project)):
            return
        from ssot_lint.rewriting.shared import Shared
        from ssot_lint.source.scan import own_expressions
        from ssot_lint.source.state import stores

        shared = Shared(file, self.enum_members)
        for statement in file.scan.statements:
            if statement.scope.kind != "function":
                continue
            for expression in own_expressions(statement.node):
                for node in ast.walk(expression):
                    if isinstance(node, ast.Call):
                        yield from self._call(file, statement, node, shared)
            for stored in stores(statement.node):
                if isinstance(stored.target, ast.Attribute):
                    yield from self._set(file, statement, stored.target, stored.value, shared)

    def _call(self, file: File, statement: Statement, call: ast.Call, shared: Shared) -> Iterator[Violation]:
        from ssot_lint.rewriting.shared import handed

        given = [(part, shared.what(part, statement)) for part in handed(call)]
        found = [(part, what) for part, what in given if what is not None]
        made = self._governed.made(file, call) if found else None
        if made is not None:
            for part, what in found:
                yield self._violation(file, part, what, f"a new {made.what}", made.origin)

    def _set(
        self, file: File, statement: Statement, target: ast.Attribute, value: ast.expr, shared: Shared
    ) -> Iterator[Violation]:
        what = shared.what(value, statement) if isinstance(value, (ast.Name, ast.Attribute)) else None
        made = self._governed.instance(file, statement, target.value) if what is not None else None
        if what is not None and made is not None:
            yield self._violation(file, value, what, f"`{ast.unparse(target)}` of a {made.what}", made.origin)

    def _violation(self, file: File, node: ast.expr, what: str, receiver: str, origin: str) -> Violation:
        name = ast.unparse(node)
        return self.violation(
            file,
            file.scan.span(node),
            symbol=name,
            origin=origin,
            outcome=Refusal("different-object", "a copy is another object; whether that does, only the project knows"),
            made=what,
            receiver=receiver,
        )
