"""``deprecated-call``: something is called that the project has another callable for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from ssot_lint.model import Applicability, Fix, Refusal, Violation
from ssot_lint.rewriting.arguments import Argument
from ssot_lint.rule import Example, Rule

if TYPE_CHECKING:
    import libcst as cst

    from ssot_lint.file import File
    from ssot_lint.project import Project
    from ssot_lint.rewriting.makers import Made


FILES = {
    "chat/__init__.py": "",
    "chat/manager.py": """
        def get_manager(user, mode=None): ...

        async def open_manager(user, mode=None): ...

        def create_manager(user=None, mode=None, **options): ...

        async def create_manager_later(user=None): ...

        class Factory:
            @staticmethod
            def create(user=None, mode=None): ...

            def make(self, user=None): ...
        """,
    "chat/compat.py": "from chat.manager import create_manager as make_manager\n",
}
OPTIONS = {
    "calls": {
        "chat.manager.create_manager": "chat.manager.get_manager",
        "chat.manager.create_manager_later": "chat.manager.get_manager",
        "chat.manager.Factory.create": "chat.manager.get_manager",
        "chat.manager.Factory.make": "chat.manager.get_manager",
    },
    "arguments": {
        "user": {"keyword": "user", "position": 0, "required": True, "in-scope": ["user", "self.user"]},
        "mode": {"keyword": "mode"},
    },
}
calling = partial(Example, files=FILES, options=OPTIONS)
EXAMPLES = (
    calling(
        note="Whatever a function is called, it is known by where it is defined; arguments are passed by keyword.",
        bad="""
            from chat.compat import make_manager

            def f(u):
                return make_manager(u, 'fast')
            """,
        good="""
            from chat.manager import get_manager

            def f(u):
                return get_manager(user=u, mode='fast')
            """,
    ),
    calling(
        note="A static method is a function, whether it is called on the class or on an object.",
        bad="""
            from chat.manager import Factory

            def f(u):
                return Factory.create(u)
            """,
        good="""
            from chat.manager import get_manager

            def f(u):
                return get_manager(user=u)
            """,
    ),
    calling(
        note="An object that is made only to call its method is made no more; a human has to agree.",
        bad="""
            from chat.manager import Factory

            def f(u):
                return Factory().make(u)
            """,
        good="""
            from chat.manager import get_manager

            def f(u):
                return get_manager(user=u)
            """,
        unsafe=True,
    ),
    calling(
        note="The same if it has a name, and nothing else uses that.",
        bad="""
            from chat.manager import Factory

            def f(u):
                factory = Factory()
                return factory.make(u)
            """,
        good="""
            from chat.manager import get_manager

            def f(u):
                return get_manager(user=u)
            """,
        unsafe=True,
    ),
    calling(
        note="What has another use stays, and then there is no saying what depends on it.",
        bad="""
            from chat.manager import Factory

            def f(u):
                factory = Factory()
                factory.closed = False
                return factory.make(u)
            """,
        refusal="used-otherwise",
    ),
    calling(
        note="What was awaited and is not async any more is not awaited any more.",
        bad="""
            from chat.manager import create_manager_later

            async def f(u):
                return (await create_manager_later(u)).send
            """,
        good="""
            from chat.manager import get_manager

            async def f(u):
                return (get_manager(user=u)).send
            """,
    ),
    calling(
        note="A coroutine that is handed on cannot be replaced by what it would give.",
        bad="""
            import asyncio
            from chat.manager import create_manager_later

            async def f(u):
                return asyncio.create_task(create_manager_later(u))
            """,
        refusal="not-awaited",
    ),
    calling(
        note="What becomes async is awaited where that is possible.",
        bad="""
            from chat.manager import create_manager

            async def f(u):
                return create_manager(u)[0]
            """,
        good="""
            from chat.manager import open_manager

            async def f(u):
                return (await open_manager(user=u))[0]
            """,
        options={**OPTIONS, "calls": {"chat.manager.create_manager": "chat.manager.open_manager"}},
    ),
    calling(
        note="Elsewhere it is said who would have to become async first.",
        bad="""
            from chat.manager import create_manager

            def f(u):
                return create_manager(u)
            """,
        refusal="not-in-async",
        options={**OPTIONS, "calls": {"chat.manager.create_manager": "chat.manager.open_manager"}},
    ),
    calling(
        note="Without a context, or with one that may be None, there is no call of what needs it.",
        bad="""
            from chat.manager import create_manager

            def f(self, u=None):
                return create_manager(), create_manager(getattr(self, 'user', None)), create_manager(u or None)
            """,
        refusal="no-context",
    ),
    calling(
        note="An argument that no entry names has nowhere to go.",
        bad="""
            from chat.manager import create_manager

            def f(u):
                return create_manager(u, retries=3)
            """,
        refusal="unknown-argument",
    ),
    calling(
        note="What is gone can be called in no other way, either; nobody knows what it was.",
        bad="""
            from chat.manager import gone_manager

            def f(u):
                return gone_manager(user=u)
            """,
        good="""
            from chat.manager import get_manager

            def f(u):
                return get_manager(user=u)
            """,
        unsafe=True,
        options={**OPTIONS, "calls": {"chat.manager.gone_manager": "chat.manager.get_manager"}},
    ),
    calling(
        note="A warning that is expected proves that the old way still works.",
        bad="""
            import warnings
            from chat.manager import create_manager

            def test_f(u):
                with warnings.catch_warnings():
                    create_manager(u)
            """,
        refusal="negative-test",
    ),
    calling(
        note="Only calls are flagged, of nothing else of the name; what a test expects to fail or warn is left alone.",
        ok="""
            import pytest
            from chat.manager import create_manager, Factory

            def f(create, other):
                other.create(create)
                other.create_manager(create)
                Factory().destroy()
                return create_manager

            def test_f():
                with pytest.raises(TypeError):
                    create_manager(1, 2, 3)
                with pytest.warns(DeprecationWarning):
                    create_manager(1)
            """,
    ),
    Example(
        note="What takes its place may call it, and it may call itself.",
        ok="""
            def create_manager(user=None):
                return create_manager(user) if user else get_manager(user)

            def get_manager(user):
                return create_manager(user)
            """,
        path="chat/manager.py",
        options={**OPTIONS, "calls": {"chat.manager.create_manager": "chat.manager.get_manager"}},
    ),
)


@dataclass(frozen=True, kw_only=True)
class DeprecatedCall(Rule):
    """A function or method is called that another one has taken the place of.

    Both are matched by where they are defined. The arguments are mapped as those of a construction that goes to a
    factory; an object that is made only to call the old method goes with the call.
    """

    kind: ClassVar[str] = "deprecated-call"
    default_message: ClassVar[str] = "{old}() is deprecated; call {new}()"
    placeholders: ClassVar[tuple[str, ...]] = ("old", "new")
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    calls: Mapping[str, str]
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    await_: bool | None = None
    shared: bool = False

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        if not self.calls:
            yield "give at least one entry in 'calls'"
        for old, new in self.calls.items():
            if new in self.calls:
                yield f"'{old}' becomes '{new}', which is deprecated as well"

    def names(self) -> Iterator[str]:
        """Give the old callables."""
        yield from self.calls

    def concerns(self, name: str, project: Project) -> bool:
        """Tell whether ``name`` may be an old callable, or the class of one."""
        possible = project.resolve(name).possible
        origins = (project.resolve(old).origin or old for old in self.calls)
        return any(origin in possible or origin.rpartition(".")[0] in possible for origin in origins)

    def prepare(self, project: Project) -> None:
        """Learn what moves ask of the project."""
        from ssot_lint.rewriting.names import importable
        from ssot_lint.rewriting.proof import prepare

        prepare(project, {importable(project, new)[0] for new in self.calls.values()})

    def visit_Call(self, node: cst.Call, file: File) -> Iterator[Violation]:
        """Look at what is called: a function, a method of a class, or of an object that is made for it."""
        from ssot_lint.rewriting.makers import Made, made_object
        from ssot_lint.rewriting.names import living
        from ssot_lint.source.places import fails_on_purpose, warns_on_purpose

        reference = file.reference(node.func)
        made = Made(reference) if reference is not None else made_object(file, node.func)
        old = self._old(file, made) if made is not None else None
        if made is None or old is None or self._may_call(node, file, old):
            return
        statement = file.statement(node)
        start = file.span(node)[0]
        if fails_on_purpose(file.scan, statement, start) or warns_on_purpose(statement):
            return
        new = self.calls[old]
        told = living(file.project, old, (other for other in self.calls if self.calls[other] == new))
        origin = file.project.resolve(old).origin
        outcome = self._outcome(file, node, made, old)
        yield self.violation(file, file.span(node), symbol=told, origin=origin, outcome=outcome, old=told, new=new)

    def _old(self, file: File, made: Made) -> str | None:
        """Give the entry of what is called."""
        possible = file.resolve(made.method).possible
        return next((old for old in self.calls if (file.project.resolve(old).origin or old) in possible), None)

    def _may_call(self, node: cst.Call, file: File, old: str) -> bool:
        """Whether the call stands in the old callable, or in what takes its place."""
        from ssot_lint.rewriting.calls import stands_in

        return any(stands_in(file, node, name) for name in (old, self.calls[old]))

    def _outcome(self, file: File, node: cst.Call, made: Made, old: str) -> Fix | Refusal:
        from ssot_lint.rewriting.calls import Factory, call_factory, in_text
        from ssot_lint.rewriting.makers import as_called, unmake
        from ssot_lint.rewriting.refused import Refused
        from ssot_lint.source.places import is_negative_test

        resolution = file.resolve(made.method)
        if resolution.status == "unknown":
            return Refusal("mixed-bindings", f"`{file.source(node.func)}` may be something else, too")
        if is_negative_test(file.statement(node)):
            return Refusal("negative-test", "it is there to prove what the old callable does")
        factory = Factory(
            name=self.calls[old],
            arguments=self.arguments,
            drop=self.drop,
            is_async=self.await_,
            shared=self.shared,
        )
        definition = file.project.definition(resolution.origin) if resolution.origin is not None else None
        outcome = call_factory(file, node, made.method, factory, as_called(definition, made))
        if isinstance(outcome, Refusal) or (resolution.origin is not None and made.is_named):
            return outcome
        try:
            edits = unmake(file, made, file.span(node)[0])
        except Refused as refused:
            return refused.refusal
        return Fix(Applicability.UNSAFE, outcome.message, tuple(sorted((*outcome.edits, *edits), key=in_text)))
