"""``missing-context``: a factory is called without the context that says for whom it works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from ssot_lint.model import Applicability, Fix, Refusal, Violation
from ssot_lint.rule import Example, Rule

if TYPE_CHECKING:
    import libcst as cst

    from ssot_lint.file import File, Reference
    from ssot_lint.project import Project
    from ssot_lint.project.summary import Signature
    from ssot_lint.rewriting.passing import Passed


FILES = {
    "chat/__init__.py": "",
    "chat/manager.py": """
        def get_manager(mode=None, user=None): ...

        class Manager:
            def __init__(self, user=None): ...
        """,
    "chat/compat.py": "from chat.manager import get_manager as manager_for\n",
}
OPTIONS = {"calls": ["chat.manager.get_manager", "chat.manager.Manager"], "parameter": "user"}
governed = partial(Example, files=FILES, options=OPTIONS)
EXAMPLES = (
    governed(
        note="Without a context all callers get one object; whatever the factory is called here.",
        bad="""
            from chat import compat
            from chat.manager import Manager, get_manager

            def f():
                return get_manager(), get_manager('fast'), compat.manager_for(mode='fast'), Manager()
            """,
        refusal="no-context",
    ),
    governed(
        note="`None` is no context, and neither is what the code itself says may be None.",
        bad="""
            from chat.manager import get_manager

            def f(self, u, request):
                get_manager(user=None)
                get_manager('fast', None)
                get_manager(user=getattr(self, 'user_context', None))
                get_manager(user=u or None)
                get_manager(user=u if request else None)
                get_manager(user=request.get('user', None))
            """,
        refusal="no-context",
    ),
    governed(
        note="So is a name that holds nothing else, on every path to the call.",
        bad="""
            from chat.manager import get_manager

            def f(self, request):
                if request:
                    context = None
                else:
                    context = getattr(self, 'context', None)
                return get_manager(user=context)
            """,
        refusal="no-context",
    ),
    governed(
        note="A value of the name of the parameter that is surely there may be the right one; a human has to agree.",
        bad="""
            from chat.manager import get_manager

            class Chat:
                def __init__(self, user):
                    self.user = user

                def send(self):
                    return get_manager('fast')

                def close(self):
                    return get_manager(user=getattr(self, 'user', None))

            def f(user):
                return get_manager(user=user or None)
            """,
        good="""
            from chat.manager import get_manager

            class Chat:
                def __init__(self, user):
                    self.user = user

                def send(self):
                    return get_manager('fast', user=self.user)

                def close(self):
                    return get_manager(user=self.user)

            def f(user):
                return get_manager(user=user)
            """,
        unsafe=True,
    ),
    governed(
        note="What may be anything is left alone: it is up to the caller, or to what runs before.",
        ok="""
            from chat.manager import Manager, get_manager

            def f(u=None, *rest, **options):
                get_manager('fast', u)
                get_manager(*rest)
                get_manager(**options)
                get_manager('fast', *rest)
                return Manager(u)

            def g(a, request):
                context = None
                if a:
                    context = request.user
                if context is not None:
                    get_manager(user=context)
                get_manager(user=context)
                get_manager(user=request.get('user'))
                get_manager(user=context or request.user)
            """,
    ),
    governed(
        note="Only calls count, and of nothing else of the name; what a test expects to fail is left alone.",
        ok="""
            import pytest
            from chat.manager import get_manager

            def f(manager, get):
                manager.get_manager()
                get(get_manager)

            def test_f():
                with pytest.raises(ValueError):
                    get_manager()
            """,
    ),
    Example(
        note="The factory may call itself.",
        ok="def get_manager(user=None):\n    return get_manager()\n",
        path="chat/manager.py",
        options={**OPTIONS, "calls": ["chat.manager.get_manager"]},
    ),
)


@dataclass(frozen=True, kw_only=True)
class MissingContext(Rule):
    """A governed factory is called without its context: all such calls get the same object, whoever they are for.

    That is so where the ``parameter`` is not passed, or is passed ``None`` or what the code itself says may be
    ``None``. What is passed on from a parameter with a default is for the caller to decide, and so is left alone.
    """

    kind: ClassVar[str] = "missing-context"
    default_message: ClassVar[str] = "{symbol}() is called without '{parameter}': all such calls share one object"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "parameter")
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    calls: tuple[str, ...]
    parameter: str

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        if not self.calls:
            yield "give at least one entry in 'calls'"
        if not self.parameter.isidentifier():
            yield f"'{self.parameter}' in 'parameter' is no plain name"

    def names(self) -> Iterator[str]:
        """Give the governed factories."""
        yield from self.calls

    def concerns(self, name: str, project: Project) -> bool:
        """Tell whether ``name`` may be a governed factory."""
        possible = project.resolve(name).possible
        return any((project.resolve(governed).origin or governed) in possible for governed in self.calls)

    def visit_Call(self, node: cst.Call, file: File) -> Iterator[Violation]:
        """Look at what is called, and with what."""
        from ssot_lint.rewriting.calls import stands_in
        from ssot_lint.rewriting.names import living
        from ssot_lint.source.places import fails_on_purpose

        called: Any = node.func
        reference = file.reference(called.value if type(called).__name__ == "Subscript" else called)
        name = self._governed(file, reference) if reference is not None else None
        if name is None or stands_in(file, node, name):
            return
        if fails_on_purpose(file.scan, file.statement(node), file.span(node)[0]):
            return
        origin = file.project.resolve(name).origin
        definition = file.project.definition(origin) if origin is not None else None
        signature = definition.signature if definition is not None else None
        place = self._missed(file, node, signature)
        if place is not None:
            told = living(file.project, name, self.calls)
            outcome = self._outcome(file, node, place, signature)
            span = file.span(node)
            yield self.violation(file, span, symbol=told, origin=origin, outcome=outcome, parameter=self.parameter)

    def _governed(self, file: File, reference: Reference) -> str | None:
        """Give the factory that ``reference`` may name."""
        possible = file.resolve(reference).possible
        return next((name for name in self.calls if (file.project.resolve(name).origin or name) in possible), None)

    def _missed(self, file: File, call: cst.Call, signature: Signature | None) -> Passed | None:
        """Give the place where ``call`` passes nothing that could be a context, for certain."""
        from ssot_lint.rewriting.outcomes import is_missing
        from ssot_lint.rewriting.passing import passed
        from ssot_lint.rewriting.scope_values import outcomes_at

        place = passed(call, self.parameter, signature)
        if place is None or place.argument is None:
            return place
        return place if is_missing(outcomes_at(file, place.argument.value, file.span(call)[0])) else None

    def _outcome(self, file: File, call: cst.Call, place: Passed, signature: Signature | None) -> Fix | Refusal:
        """Pass what is there under the name of the parameter, if it surely is there."""
        from ssot_lint.rewriting.outcomes import NONE, VALUE
        from ssot_lint.rewriting.passing import pass_value, unknown_keyword
        from ssot_lint.rewriting.refused import Refused
        from ssot_lint.rewriting.scope_values import in_scope, outcomes_at

        start = file.span(call)[0]
        if place.argument is not None and outcomes_at(file, place.argument.value, start) == NONE:
            return Refusal("no-context", "somebody passed None on purpose, and has to say whose context it should be")
        unknown = unknown_keyword(call, signature)
        if unknown is not None:
            return Refusal("unknown-argument", f"it takes no argument '{unknown}', so this call fails as it stands")
        tried = (self.parameter, f"self.{self.parameter}")
        value = next((expression for expression in tried if in_scope(file, expression, start) == VALUE), None)
        if value is None:
            return Refusal("no-context", f"neither {' nor '.join(tried)} is surely there, and not None, to be passed")
        try:
            return Fix(Applicability.UNSAFE, f"pass {value}", pass_value(file, call, place, self.parameter, value))
        except Refused as refused:
            return refused.refusal
