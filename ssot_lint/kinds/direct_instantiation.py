"""``direct-instantiation``: an object is constructed where a factory should be asked for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from ssot_lint.model import Fix, Refusal, Violation
from ssot_lint.rewriting.arguments import Argument
from ssot_lint.rule import Example, Rule

if TYPE_CHECKING:
    import libcst as cst

    from ssot_lint.file import File, Reference
    from ssot_lint.project import Project


FILES = {
    "chat/__init__.py": "",
    "chat/manager.py": """
        class _Manager:
            def __init__(self, mode=None, user=None, *, token=None): ...

        def get_manager(user=None, mode=None): ...

        async def open_manager(user): ...

        class Managers:
            @classmethod
            def of(cls, user, mode=None): ...

        Manager = _Manager
        """,
    "chat/broadcast.py": "from chat.manager import Manager as Broadcaster\n",
}
USER = {"keyword": "user", "position": 1, "required": True, "in-scope": ["user", "self.user"]}
ARGUMENTS = {"user": USER, "mode": {"keyword": "mode", "position": 0}}
OPTIONS = {
    "classes": ["chat.manager._Manager"],
    "factory": "chat.manager.get_manager",
    "drop": ["token"],
    "arguments": ARGUMENTS,
}
ASYNC = {**OPTIONS, "factory": "chat.manager.open_manager", "arguments": {"user": {"keyword": "user", "position": 1}}}
constructing = partial(Example, files=FILES, options=OPTIONS)
EXAMPLES = (
    constructing(
        note="Arguments are passed by keyword, in the order of the call; what the rule drops is gone.",
        bad="""
            from chat.manager import Manager

            def f(u):
                return Manager('fast', u, token=1)
            """,
        good="""
            from chat.manager import get_manager

            def f(u):
                return get_manager(mode='fast', user=u)
            """,
    ),
    constructing(
        note="Whatever a class is called, it is known by where it is defined; its import stays while it is used.",
        bad="""
            from chat.broadcast import Broadcaster

            def f(u) -> Broadcaster:
                return Broadcaster(user=u)
            """,
        good="""
            from chat.broadcast import Broadcaster
            from chat.manager import get_manager

            def f(u) -> Broadcaster:
                return get_manager(user=u)
            """,
    ),
    constructing(
        note="A value that is in scope may be the right one; a human has to agree.",
        bad="""
            from chat import manager

            def f(user):
                return manager.Manager()
            """,
        good="""
            from chat.manager import get_manager

            def f(user):
                return get_manager(user=user)
            """,
        unsafe=True,
    ),
    constructing(
        note="So may an attribute of a parameter; what may be None is not, until that has been checked.",
        bad="""
            from chat.manager import Manager

            def f(request, user=None):
                if user is None:
                    return Manager()
                return Manager('fast')
            """,
        good="""
            from chat.manager import get_manager

            def f(request, user=None):
                if user is None:
                    return get_manager(user=request.state.user)
                return get_manager(mode='fast', user=user)
            """,
        unsafe=True,
        options={**OPTIONS, "arguments": {**ARGUMENTS, "user": {**USER, "in-scope": ["user", "request.state.user"]}}},
    ),
    constructing(
        note="None is no context, nor is what the code itself says may be None.",
        bad="""
            from chat.manager import Manager

            def f(self, user=None):
                return Manager(user=None), Manager(user=getattr(self, 'user', None)), Manager()
            """,
        refusal="no-context",
    ),
    constructing(
        note="A factory may be a method of a class.",
        bad="""
            from chat.manager import Manager

            def f(u):
                return Manager(user=u)
            """,
        good="""
            from chat.manager import Managers

            def f(u):
                return Managers.of(user=u)
            """,
        options={**OPTIONS, "factory": "chat.manager.Managers.of"},
    ),
    constructing(
        note="Without a context there is no factory call: all users would get one object.",
        bad="""
            from chat.manager import Manager

            m = Manager()
            """,
        refusal="no-context",
    ),
    constructing(
        note="An async factory is awaited.",
        bad="""
            from chat.manager import Manager

            async def f(u):
                return Manager(user=u).send
            """,
        good="""
            from chat.manager import open_manager

            async def f(u):
                return (await open_manager(user=u)).send
            """,
        options=ASYNC,
    ),
    constructing(
        note="Nothing can be awaited in a function that is not async, nor in a lambda.",
        bad="""
            from chat.manager import Manager

            async def f(u):
                return lambda: Manager(user=u)
            """,
        refusal="not-in-async",
        options=ASYNC,
    ),
    constructing(
        note="A factory that may give an object that exists already makes every fix a question.",
        bad="""
            from chat.manager import Manager

            def f(u):
                return Manager(user=u)
            """,
        good="""
            from chat.manager import get_manager

            def f(u):
                return get_manager(user=u)
            """,
        unsafe=True,
        options={**OPTIONS, "shared": True},
    ),
    constructing(
        note="Arguments that are not known cannot be mapped.",
        bad="""
            from chat.manager import Manager

            def f(**kw):
                return Manager(**kw)
            """,
        refusal="star-arguments",
    ),
    constructing(
        note="An argument that no entry names has nowhere to go.",
        bad="""
            from chat.manager import Manager

            def f(u):
                return Manager(user=u, retries=3)
            """,
        refusal="unknown-argument",
    ),
    constructing(
        note="A name that is taken is not taken again.",
        bad="""
            from chat.manager import Manager

            def get_manager(u):
                return Manager(user=u)
            """,
        refusal="name-taken",
    ),
    constructing(
        note="Making an object without its constructor is flagged, too.",
        bad="""
            from chat.manager import Manager

            m = object.__new__(Manager)
            """,
        refusal="raw-new",
    ),
    constructing(
        note="Only calls construct; what a test expects to raise is left alone.",
        ok="""
            import pytest
            from chat.manager import Manager

            def f(m: Manager) -> bool:
                return isinstance(m, Manager)

            def test_f():
                with pytest.raises(TypeError):
                    Manager(1, 2, 3)
                try:
                    Manager(1, 2, 3)
                    assert False, 'nothing raised'
                except TypeError:
                    pass
            """,
    ),
    Example(
        note="The factory itself has to.",
        ok="""
            class Manager: ...

            def get_manager():
                return Manager()
            """,
        path="chat/manager.py",
        files={"chat/__init__.py": ""},
        options={"classes": ["chat.manager.Manager"], "factory": "chat.manager.get_manager"},
    ),
    constructing(
        note="A parameter of the same name is another thing.",
        ok="""
            from chat.manager import Manager

            def f(Manager):
                return Manager()
            """,
    ),
)


@dataclass(frozen=True, kw_only=True)
class DirectInstantiation(Rule):
    """A class is called although its instances come from a factory.

    Classes are matched by where they are defined, so aliases, re-exports and renamed imports are seen. Only calls are
    construction: ``isinstance``, annotations, ``Mock(spec=...)`` and subclassing are not, nor is what a test expects
    to raise.
    """

    kind: ClassVar[str] = "direct-instantiation"
    default_message: ClassVar[str] = "{symbol} is constructed directly; get it from {factory}()"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "factory")
    fires_on_imports: ClassVar[bool] = False
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    classes: tuple[str, ...]
    factory: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    await_: bool | None = None
    shared: bool = False

    def names(self) -> Iterator[str]:
        """Give the governed classes."""
        yield from self.classes

    def concerns(self, name: str, project: Project) -> bool:
        """Tell whether ``name`` may be a governed class."""
        possible = project.resolve(name).possible
        return any((project.resolve(governed).origin or governed) in possible for governed in self.classes)

    def prepare(self, project: Project) -> None:
        """Learn what moves ask of the project."""
        from ssot_lint.rewriting.names import importable
        from ssot_lint.rewriting.proof import prepare

        prepare(project, (importable(project, self.factory)[0],))

    def visit_Call(self, node: cst.Call, file: File) -> Iterator[Violation]:
        """Look at what is called."""
        called: Any = node.func
        if type(called).__name__ == "Attribute" and called.attr.value == "__new__":
            yield from self._raw(node, called, file)
            return
        if type(called).__name__ == "Subscript":
            called = called.value
        reference = file.reference(called)
        governed = self._governed(file, reference)
        if reference is None or governed is None or self._may_construct(node, file):
            return
        yield self._violation(file, node, governed, self._outcome(file, node, reference))

    def _raw(self, node: cst.Call, called: cst.Attribute, file: File) -> Iterator[Violation]:
        """Look at ``Class.__new__(...)`` and ``object.__new__(Class)``."""
        made = node.args[0].value if node.args else called.value
        governed = self._governed(file, file.reference(made))
        if governed is not None and not self._may_construct(node, file):
            reason = "it makes an object without calling the constructor, so there are no arguments to map"
            yield self._violation(file, node, governed, Refusal("raw-new", reason))

    def _governed(self, file: File, reference: Reference | None) -> tuple[str, str] | None:
        """Give the governed class that ``reference`` may name, as the rule calls it and where it is defined."""
        if reference is None:
            return None
        possible = file.resolve(reference).possible
        for name in self.classes:
            origin = file.project.resolve(name).origin or name
            if origin in possible:
                return name, origin
        return None

    def _may_construct(self, node: cst.Call, file: File) -> bool:
        """Whether this is where instances come from, the factory itself, or a test that expects it to fail."""
        from ssot_lint.rewriting.calls import stands_in
        from ssot_lint.source.places import fails_on_purpose

        if stands_in(file, node, self.factory):
            return True
        return fails_on_purpose(file.scan, file.statement(node), file.span(node)[0])

    def _outcome(self, file: File, node: cst.Call, reference: Reference) -> Fix | Refusal:
        from ssot_lint.rewriting.calls import Factory, call_factory

        origin = file.resolve(reference).origin
        if origin is None:
            return Refusal("mixed-bindings", f"`{file.source(node.func)}` may be something else, too")
        definition = file.project.definition(origin)
        factory = Factory(
            name=self.factory,
            arguments=self.arguments,
            drop=self.drop,
            is_async=self.await_,
            shared=self.shared,
        )
        return call_factory(file, node, reference, factory, definition)

    def _violation(self, file: File, node: cst.Call, governed: tuple[str, str], outcome: Fix | Refusal) -> Violation:
        name, origin = governed
        return self.violation(file, file.span(node), symbol=name, origin=origin, outcome=outcome, factory=self.factory)
