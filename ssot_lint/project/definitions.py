"""What is defined under an origin, and how it is called, as far as that is certain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from ssot_lint.project.answers import Answer, plain
from ssot_lint.project.index import Index
from ssot_lint.project.summary import Bound, ClassFacts, FunctionFacts, ModuleSummary, Parameter, Signature

DefinitionKind = Literal["class", "function", "variable", "module"]

TYPING = ("typing", "typing_extensions")
TRANSPARENT = frozenset({
    "abc.abstractmethod", "atexit.register", "builtins.classmethod", "builtins.staticmethod",
    "contextlib.asynccontextmanager", "contextlib.contextmanager", "dataclasses.dataclass", "enum.unique",
    "functools.cache", "functools.lru_cache", "functools.total_ordering", "functools.wraps",
    "typing_extensions.deprecated", "warnings.deprecated",
    *(f"{module}.{name}" for module in TYPING for name in ("final", "override", "no_type_check", "runtime_checkable")),
})  # fmt: skip
"""Decorators that change neither the parameters nor what is to be awaited."""
NEUTRAL_BASES = frozenset({
    "builtins.object", "abc.ABC", *(f"{module}.{name}" for module in TYPING for name in ("Generic", "Protocol")),
})  # fmt: skip
"""Base classes that leave construction alone."""
NEUTRAL_METACLASSES = frozenset({"abc.ABCMeta", "builtins.type"})
UNUSUAL_BASES = frozenset({
    *(f"enum.{name}" for name in ("Enum", "Flag", "IntEnum", "IntFlag", "StrEnum", "ReprEnum")),
    *(f"{module}.{name}" for module in TYPING for name in ("NamedTuple", "TypedDict")),
})  # fmt: skip
"""Base classes whose subclasses are not called as their ``__init__`` says."""
DATACLASS = "dataclasses.dataclass"


@dataclass(frozen=True)
class Definition:
    """What is defined under the origin ``name``.

    ``is_async`` says that a call of a function gives something to ``await``. ``signature`` are the parameters of a
    function, or those of the construction of a class, without ``self``; ``None`` if they are not certain.
    ``decorators`` are dotted names, outermost first. ``certain`` says that the name is bound once and that no decorator
    is known to stand between the definition and its callers.
    """

    name: str
    kind: DefinitionKind
    path: str | None
    row: int = field(compare=False)  # where it is, not what: who wants to know reads the file, too
    is_async: bool = False
    signature: Signature | None = None
    decorators: tuple[str, ...] = ()
    certain: bool = True


class Definitions:
    """Looks up definitions by origin."""

    def __init__(self, index: Index, summary: Callable[[str], ModuleSummary | None]) -> None:
        self._index = index
        self._summary = summary

    def get(self, origin: str) -> Definition | None:
        """Give the definition of the object that ``origin`` names; ``None`` if that is not certain."""
        answer = self._index.resolve(origin)
        if answer.status != "found" or answer.home is None or answer.origin is None:
            return None
        module, name = answer.home
        summary = self._summary(module)
        if summary is None:
            return None
        if not name:
            return Definition(answer.origin, "module", summary.path, 1)
        live = _live(summary, name)
        if not live:
            return Definition(answer.origin, "variable", summary.path, 1, certain=False)
        return self._define(answer, summary, live)

    def bound_at(self, name: str) -> tuple[str, int] | None:
        """Give the path and the row at which a module binds the dotted ``name``, at last."""
        module, _, inner = plain(name).rpartition(".")
        while module:
            summary = self._summary(module)
            if summary is not None:
                bounds = summary.names.get(inner, ())
                return (summary.path, bounds[-1].row) if summary.path and bounds else None
            module, _, last = module.rpartition(".")
            inner = f"{last}.{inner}"
        return None

    def _define(self, answer: Answer, summary: ModuleSummary, live: list[Bound]) -> Definition:
        assert answer.origin is not None
        assert answer.home is not None
        last = live[-1]
        alike = all(bound.kind == last.kind and bound.facts == last.facts and not bound.rebinds for bound in live)
        found = Definition(answer.origin, "variable", summary.path, last.row, certain=alike)
        if isinstance(last.facts, FunctionFacts):
            return self._function(found, last.facts)
        if isinstance(last.facts, ClassFacts):
            decorators = self._decorators(last.facts)
            certain = alike and _are_transparent(decorators)
            signature = self._construction(summary, answer.home[1], last.facts) if certain else None
            return replace(found, kind="class", signature=signature, decorators=decorators, certain=certain)
        return found

    def _function(self, found: Definition, facts: FunctionFacts) -> Definition:
        decorators = self._decorators(facts)
        certain = found.certain and _are_transparent(decorators)
        signature: Signature | None = facts.signature
        if "builtins.classmethod" in decorators:
            signature = facts.signature.without_first()
        return replace(
            found,
            kind="function",
            is_async=facts.is_async,
            signature=signature if certain else None,
            decorators=decorators,
            certain=certain,
        )

    def _decorators(self, facts: FunctionFacts | ClassFacts) -> tuple[str, ...]:
        return tuple(self._name(target) for target in facts.decorators)

    def _name(self, target: str | None) -> str:
        """Give the one dotted name of what ``target`` refers to; ``?`` for what is no name."""
        if target is None:
            return "?"
        possible = self._index.resolve(target).possible
        return next(iter(possible)) if len(possible) == 1 else plain(target)

    # Construction of a class.

    def _construction(self, summary: ModuleSummary, name: str, facts: ClassFacts) -> Signature | None:
        ancestors = list(self._ancestors(summary, name, facts))
        if any(ancestor is None or not self._is_plain(ancestor[2]) for ancestor in ancestors):
            own = self._method(summary, name, "__init__")
            is_usual = all(self._is_usual(ancestor[2]) for ancestor in ancestors if ancestor is not None)
            return own.without_first() if own is not None and is_usual else None
        classes = [ancestor for ancestor in ancestors if ancestor is not None]
        for module, inner, inner_facts in classes:
            new, init = self._method(module, inner, "__new__"), self._method(module, inner, "__init__")
            if new is not None and init is not None:
                same = init.without_first()
                return same if new.takes_anything or new.without_first() == same else None
            if new is not None or init is not None:
                return (init or new or Signature(())).without_first()
            if _has_member(module, inner, "__init__") or _has_member(module, inner, "__new__"):
                return None
            if DATACLASS in self._decorators(inner_facts) and "no-init" not in inner_facts.dataclass_options:
                return self._dataclass(classes[classes.index((module, inner, inner_facts)) :])
        return Signature(())

    def _ancestors(
        self, summary: ModuleSummary, name: str, facts: ClassFacts, depth: int = 0
    ) -> Iterator[tuple[ModuleSummary, str, ClassFacts] | None]:
        """Give a class and those it inherits from, nearest first; ``None`` for one of which nothing is known."""
        yield summary, name, facts
        for base in facts.bases:
            if self._name(base) in NEUTRAL_BASES:
                continue
            answer = self._index.resolve(base) if base is not None and depth < 20 else None
            home = answer.home if answer is not None and answer.status == "found" else None
            inner = self._summary(home[0]) if home else None
            live = _live(inner, home[1]) if inner is not None and home is not None else []
            if inner is None or home is None or len(live) != 1 or not isinstance(live[0].facts, ClassFacts):
                yield None
            else:
                yield from self._ancestors(inner, home[1], live[0].facts, depth + 1)

    def _is_plain(self, facts: ClassFacts) -> bool:
        return (
            self._is_usual(facts) and _are_transparent(self._decorators(facts)) and "?" not in facts.dataclass_options
        )

    def _is_usual(self, facts: ClassFacts) -> bool:
        """Whether instances are made by ``__new__`` and ``__init__`` and nothing else."""
        metaclasses = [self._name(target) for keyword, target in facts.keywords if keyword == "metaclass"]
        return NEUTRAL_METACLASSES.issuperset(metaclasses) and not any(
            self._name(base) in UNUSUAL_BASES for base in facts.bases
        )

    def _method(self, summary: ModuleSummary, class_name: str, name: str) -> Signature | None:
        bounds = summary.names.get(f"{class_name}.{name}", ())
        facts = bounds[0].facts if len(bounds) == 1 else None
        if not isinstance(facts, FunctionFacts) or not _are_transparent(self._decorators(facts)):
            return None
        return facts.signature

    def _dataclass(self, classes: list[tuple[ModuleSummary, str, ClassFacts]]) -> Signature | None:
        """Give the parameters that a dataclass and those it inherits from make together."""
        fields: dict[str, Parameter] = {}
        for _, _, facts in reversed(classes):
            if DATACLASS in self._decorators(facts):
                fields.update({field.name: field for field in facts.fields})
        parameters = sorted(fields.values(), key=lambda field: field.kind == "keyword-only")
        return Signature(tuple(parameters))


def _live(summary: ModuleSummary, name: str) -> list[Bound]:
    return [bound for bound in summary.names.get(name, ()) if not bound.aside and bound.kind != "absent"]


def _has_member(summary: ModuleSummary, class_name: str, name: str) -> bool:
    return f"{class_name}.{name}" in summary.names


def _are_transparent(decorators: tuple[str, ...]) -> bool:
    return TRANSPARENT.issuperset(decorators)
