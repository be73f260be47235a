"""``direct-instantiation``: an object is constructed where a factory should be asked for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from ssot_lint.file import File, Reference
from ssot_lint.model import Fix, Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.rewriting.arguments import Argument
from ssot_lint.rewriting.calls import Factory, call_factory
from ssot_lint.rule import Example, Rule
from ssot_lint.source.places import enclosing_definitions, fails_on_purpose

if TYPE_CHECKING:
    import libcst as cst


FILES = {
    "chat/__init__.py": "",
    "chat/manager.py": (
        "class _Manager:\n    def __init__(self, mode=None, user=None, *, token=None): ...\n\n"
        "def get_manager(user=None, mode=None): ...\n\n"
        "async def open_manager(user): ...\n\nManager = _Manager\n"
    ),
    "chat/broadcast.py": "from chat.manager import Manager as Broadcaster\n",
}
OPTIONS = {
    "classes": ["chat.manager._Manager"],
    "factory": "chat.manager.get_manager",
    "drop": ["token"],
    "arguments": {
        "user": {"keyword": "user", "position": 1, "required": True, "in-scope": ["user", "self.user"]},
        "mode": {"keyword": "mode", "position": 0},
    },
}
ASYNC = {**OPTIONS, "factory": "chat.manager.open_manager", "arguments": {"user": {"keyword": "user", "position": 1}}}
EXAMPLES = (
    Example(
        note="Arguments are passed by keyword, in the order of the call; what the rule drops is gone.",
        bad="from chat.manager import Manager\n\ndef f(u):\n    return Manager('fast', u, token=1)\n",
        good="from chat.manager import get_manager\n\ndef f(u):\n    return get_manager(mode='fast', user=u)\n",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="Whatever a class is called, it is known by where it is defined; its import stays while it is used.",
        bad="from chat.broadcast import Broadcaster\n\ndef f(u) -> Broadcaster:\n    return Broadcaster(user=u)\n",
        good=(
            "from chat.broadcast import Broadcaster\nfrom chat.manager import get_manager\n\n"
            "def f(u) -> Broadcaster:\n    return get_manager(user=u)\n"
        ),
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="A value that is in scope may be the right one; a human has to agree.",
        bad="from chat import manager\n\ndef f(user):\n    return manager.Manager()\n",
        good=("from chat.manager import get_manager\n\ndef f(user):\n    return get_manager(user=user)\n"),
        unsafe=True,
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="Without a context there is no factory call: all users would get one object.",
        bad="from chat.manager import Manager\n\nm = Manager()\n",
        refusal="no-context",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="An async factory is awaited.",
        bad="from chat.manager import Manager\n\nasync def f(u):\n    return Manager(user=u).send\n",
        good=(
            "from chat.manager import open_manager\n\nasync def f(u):\n    return (await open_manager(user=u)).send\n"
        ),
        files=FILES,
        options=ASYNC,
    ),
    Example(
        note="Nothing can be awaited in a function that is not async, nor in a lambda.",
        bad="from chat.manager import Manager\n\nasync def f(u):\n    return lambda: Manager(user=u)\n",
        refusal="not-in-async",
        files=FILES,
        options=ASYNC,
    ),
    Example(
        note="A factory that may give an object that exists already makes every fix a question.",
        bad="from chat.manager import Manager\n\ndef f(u):\n    return Manager(user=u)\n",
        good="from chat.manager import get_manager\n\ndef f(u):\n    return get_manager(user=u)\n",
        unsafe=True,
        files=FILES,
        options={**OPTIONS, "shared": True},
    ),
    Example(
        note="Arguments that are not known cannot be mapped.",
        bad="from chat.manager import Manager\n\ndef f(**kw):\n    return Manager(**kw)\n",
        refusal="star-arguments",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="An argument that no entry names has nowhere to go.",
        bad="from chat.manager import Manager\n\ndef f(u):\n    return Manager(user=u, retries=3)\n",
        refusal="unknown-argument",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="A name that is taken is not taken again.",
        bad="from chat.manager import Manager\n\ndef get_manager(u):\n    return Manager(user=u)\n",
        refusal="name-taken",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="Making an object without its constructor is flagged, too.",
        bad="from chat.manager import Manager\n\nm = object.__new__(Manager)\n",
        refusal="raw-new",
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="Only calls construct; what a test expects to raise is left alone.",
        ok=(
            "import pytest\nfrom chat.manager import Manager\n\n"
            "def f(m: Manager) -> bool:\n    return isinstance(m, Manager)\n\n"
            "def test_f():\n    with pytest.raises(TypeError):\n        Manager(1, 2, 3)\n"
            "    try:\n        Manager(1, 2, 3)\n"
            "        assert False, 'nothing raised'\n    except TypeError:\n        pass\n"
        ),
        files=FILES,
        options=OPTIONS,
    ),
    Example(
        note="The factory itself has to.",
        ok="class Manager: ...\n\ndef get_manager():\n    return Manager()\n",
        path="chat/manager.py",
        files={"chat/__init__.py": ""},
        options={"classes": ["chat.manager.Manager"], "factory": "chat.manager.get_manager"},
    ),
    Example(
        note="A parameter of the same name is another thing.",
        ok="from chat.manager import Manager\n\ndef f(Manager):\n    return Manager()\n",
        files=FILES,
        options=OPTIONS,
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
        statement = file.statement(node)
        factory = file.project.resolve(self.factory).origin
        path = [file.module or "", *reversed(list(enclosing_definitions(statement)))]
        if any(".".join(path[:depth]) == factory for depth in range(2, len(path) + 1)):
            return True
        return fails_on_purpose(file.scan, statement, file.span(node)[0])

    def _outcome(self, file: File, node: cst.Call, reference: Reference) -> Fix | Refusal:
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
        return call_factory(file, node, reference, factory, definition.signature if definition else None)

    def _violation(self, file: File, node: cst.Call, governed: tuple[str, str], outcome: Fix | Refusal) -> Violation:
        name, origin = governed
        return self.violation(file, file.span(node), symbol=name, origin=origin, outcome=outcome, factory=self.factory)
