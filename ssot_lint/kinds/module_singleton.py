"""``module-singleton``: one object for the whole process, bound when a module is imported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from ssot_lint.globs import matches_name
from ssot_lint.model import Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.rule import Example, Rule
from ssot_lint.source.triggers import Trigger

if TYPE_CHECKING:
    import libcst as cst

    from ssot_lint.file import File, Reference

CONSTANTS = frozenset({
    *(f"enum.{name}" for name in ("Enum", "Flag", "IntEnum", "IntFlag", "ReprEnum", "StrEnum")),
    *(f"{module}.{name}" for module in ("typing", "typing_extensions") for name in ("NamedTuple", "TypedDict")),
})  # fmt: skip
"""Base classes whose subclasses make constants."""
DEEPEST_BASE = 10
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
)


@dataclass(frozen=True, kw_only=True)
class ModuleSingleton(Rule):
    """An instance that all users of the process share is bound at module level.

    Flagged are instances of the ``classes`` and results of the ``factories``, both known by where they are defined,
    and instances of the project's own classes whose name matches one of ``class_patterns``.
    """

    kind: ClassVar[str] = "module-singleton"
    default_message: ClassVar[str] = "`{symbol}` is one {made} for the whole process{importers}"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "made", "importers")
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    classes: tuple[str, ...] = ()
    factories: tuple[str, ...] = ()
    class_patterns: tuple[str, ...] = ()

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        if not self.classes and not self.factories and not self.class_patterns:
            yield "give at least one of 'classes', 'factories' and 'class-patterns'"

    def triggers(self) -> Iterator[Trigger]:
        """Give what stands in every name that a pattern matches."""
        for pattern in self.class_patterns:
            yield Trigger(_longest_literal(pattern), part=True)

    def names(self) -> Iterator[str]:
        """Give the governed classes and factories."""
        yield from self.classes
        yield from self.factories

    def concerns(self, name: str, project: Project) -> bool:
        """Tell whether ``name`` may make what this rule governs."""
        possible = project.resolve(name).possible
        return any((project.resolve(governed).origin or governed) in possible for governed in self.names()) or any(
            matches_name(origin.rpartition(".")[2], self.class_patterns) for origin in possible
        )

    def visit_Assign(self, node: cst.Assign, file: File) -> Iterator[Violation]:
        """Look at an assignment, also of several names."""
        for target in node.targets:
            yield from self._bound(target.target, node.value, file)

    def visit_AnnAssign(self, node: cst.AnnAssign, file: File) -> Iterator[Violation]:
        """Look at an annotated assignment."""
        if node.value is not None:
            yield from self._bound(node.target, node.value, file)

    def visit_NamedExpr(self, node: cst.NamedExpr, file: File) -> Iterator[Violation]:
        """Look at ``:=``."""
        yield from self._bound(node.target, node.value, file)

    def _bound(self, target: cst.CSTNode, value: cst.CSTNode, file: File) -> Iterator[Violation]:
        """Look at what binding ``target`` to ``value`` makes; tuples are taken apart."""
        from ssot_lint.rewriting.names import is_late
        from ssot_lint.source.places import in_main, in_type_checking

        statement = file.statement(target)
        if statement.scope.kind != "module" or in_main(statement) or in_type_checking(statement):
            return
        if is_late(file, file.span(target)[0]):
            return
        for name, bound in _pairs(target, value):
            for call in _calls(bound):
                called: Any = call.func
                made = self._made(file, file.reference(called.value if _is(called, "Subscript") else called))
                if made is not None:
                    yield self._violation(file, name, *made)
                    break

    def _made(self, file: File, reference: Reference | None) -> tuple[str, str] | None:
        """Say what a call of ``reference`` makes, and give the origin of that, if this rule governs it."""
        if reference is None:
            return None
        possible = file.resolve(reference).possible
        for name in (*self.classes, *self.factories):
            origin = file.project.resolve(name).origin or name
            if origin in possible:
                last = name.rpartition(".")[2]
                return last if name in self.classes else f"result of {last}", origin
        for origin in sorted(possible):
            last = origin.rpartition(".")[2]
            if matches_name(last, self.class_patterns) and _is_own_class(file, reference, origin):
                return last, origin
        return None

    def _violation(self, file: File, name: cst.Name, made: str, origin: str) -> Violation:
        symbol = f"{file.module}.{name.value}" if file.module else name.value
        importers = file.project.importers(file.module, name.value) if file.module else ()
        if importers:
            reason = f"its uses in {_listed(importers)} have to be rewritten together with it"
            refusal = Refusal("used-elsewhere", reason)
        else:
            refusal = Refusal("used-here", "its uses in this module have to be rewritten together with it")
        return self.violation(
            file,
            file.span(name),
            symbol=symbol,
            origin=origin,
            outcome=refusal,
            made=made,
            importers=f", imported by {_listed(importers)}" if importers else "",
        )


def _is_own_class(file: File, reference: Reference, origin: str) -> bool:
    """Whether what is called is a class of the project whose instances are objects of their own, not constants."""
    definition = file.project.definition(origin)
    is_class = definition is not None and definition.kind == "class"
    # `X = X()` leaves the class without a name, but for the moment of the call.
    is_here = any(binding.kind == "class" for binding in reference.bindings)
    return (is_class or is_here) and not _is_constant(file, origin)


def _is_constant(file: File, origin: str, depth: int = 0) -> bool:
    """Whether a class is an enumeration, a named tuple or the like, as far as its bases are known."""
    from ssot_lint.file import plain

    module, _, name = plain(origin).rpartition(".")
    summary = file.project.summary(module)
    bounds = summary.names.get(name, ()) if summary else ()
    bases = {base for bound in bounds if bound.facts for base in getattr(bound.facts, "bases", ()) if base}
    possible = {found for base in bases for found in file.project.resolve(base).possible}
    return not possible.isdisjoint(CONSTANTS) or (
        depth < DEEPEST_BASE and any(_is_constant(file, found, depth + 1) for found in possible)
    )


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - NAMED_IMPORTERS
    return ", ".join(names[:NAMED_IMPORTERS]) + (f" and {more} more" if more > 0 else "")


def _pairs(target: Any, value: Any) -> Iterator[tuple[cst.Name, Any]]:
    """Give each name that is bound with what it is bound to; ``a, b = x, y`` is taken apart."""
    displays = ("Tuple", "List")
    if _is(target, "Name"):
        yield target, value
    elif type(target).__name__ in displays and type(value).__name__ in displays:
        for left, right in zip(target.elements, value.elements, strict=False):
            if type(left).__name__ == type(right).__name__ == "Element":
                yield from _pairs(left.value, right.value)


def _calls(value: Any) -> Iterator[cst.Call]:
    """Give the calls of which one makes the value of an expression."""
    if _is(value, "Call"):
        yield value
        return
    parts = {
        "IfExp": ("body", "orelse"),
        "BooleanOperation": ("left", "right"),
        "Await": ("expression",),
        "NamedExpr": ("value",),
    }
    for part in parts.get(type(value).__name__, ()):
        yield from _calls(getattr(value, part))


def _is(node: cst.CSTNode, name: str) -> bool:
    """Whether ``node`` is of the LibCST class ``name``."""
    return type(node).__name__ == name


def _longest_literal(pattern: str) -> str:
    """Give the longest text that every name matching ``pattern`` holds."""
    return max(re.split(r"\[.*?\]|[*?]", pattern), key=len)
