"""Where the object that a dotted name reaches is really defined.

Three answers: found (certain), missing (certain), and unknown, which is an answer of its own. Only the modules on the
way are read. A name bound several times in ways that cannot be told apart is an object of its own, defined where it is
bound: the same one from every path.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.stars import Stars
from ssot_lint.project.summary import Bound, ModuleSummary

Status = Literal["found", "missing", "unknown"]
MODULE_ATTRIBUTES = frozenset({
    "__name__", "__doc__", "__file__", "__path__", "__spec__", "__loader__", "__package__", "__dict__",
    "__annotations__", "__builtins__", "__cached__", "__class__",
})  # fmt: skip
LONGEST_CHAIN = 100
"""Re-exports followed before giving up; each takes a few frames of the interpreter's stack."""


@dataclass(frozen=True)
class Resolution:
    """What is known of a dotted name.

    ``origin`` is the dotted name where the object is defined, if that is certain (``found``); with a colon after the
    module where a submodule of the same name would make it ambiguous. ``possible`` are all origins it may have, also
    where nothing is certain; names of other distributions stand for themselves. ``chain`` are the names on the way.
    """

    status: Status
    origin: str | None
    possible: frozenset[str]
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name stands for; ``home`` is the module and the name in it of the definition, ``("a.b", "")`` for a module."""

    status: Status
    origin: str | None
    possible: frozenset[str]
    chain: tuple[str, ...]
    home: tuple[str, str] | None = None

    @property
    def module(self) -> str | None:
        """The module that this certainly is."""
        return self.home[0] if self.status == "found" and self.home and not self.home[1] else None

    def through(self, name: str) -> Answer:
        """Give the answer for ``name``, which led here."""
        return self if self.chain[:1] == (name,) else replace(self, chain=(name, *self.chain))


class Index:
    """Resolves names over the summaries of the modules of a project."""

    def __init__(self, modules: ModuleMap, summary: Callable[[str], ModuleSummary | None]) -> None:
        self._modules = modules
        self._summary = summary
        self._answers: dict[tuple[str, str], Answer] = {}
        self._pending: dict[tuple[str, str], int] = {}
        self._earliest_cut = LONGEST_CHAIN
        self.stars = Stars(modules, summary)

    def resolve(self, name: str) -> Answer:
        """Follow ``a.b.c``, or ``a.b:c`` where ``a.b`` is a module for certain."""
        return self._follow(name).through(plain(name))

    def _follow(self, target: str) -> Answer:
        module, colon, inner = target.partition(":")
        if colon:
            answer, parts = self._module(module), inner.split(".") if inner else []
        else:
            first, *parts = target.split(".")
            answer = self._module(first)
        for part in parts:
            answer = self._attribute(answer, part)
        return answer

    def _module(self, name: str) -> Answer:
        if self._modules.find(name) is not None:
            return Answer("found", name, frozenset({name}), (name,), (name, ""))
        status: Status = "missing" if self._is_known_whole(name.rpartition(".")[0]) else "unknown"
        return Answer(status, None, frozenset({name}), (name,))

    def _is_known_whole(self, package: str) -> bool:
        """Whether a module that is not found below ``package`` is certainly not there."""
        location = self._modules.find(package) if package else None
        if location is None:
            return bool(package) and self._is_known_whole(package.rpartition(".")[0])
        if location.is_namespace:
            return not location.open
        summary = self._summary(package)
        return summary is not None and not (summary.open_path or summary.opaque or summary.replaced)

    # Attributes.

    def _attribute(self, answer: Answer, name: str) -> Answer:
        if answer.module is not None:
            found = self._lookup(answer.module, name)
            return replace(found, chain=(*answer.chain[:-1], *found.chain)) if len(answer.chain) > 1 else found
        chain = tuple(f"{step}.{name}" for step in answer.chain)
        if answer.status == "missing":
            return Answer("missing", None, frozenset(f"{p}.{name}" for p in answer.possible), chain)
        if answer.status == "found" and answer.home is not None:
            module, inner = answer.home
            summary = self._summary(module)
            if summary is not None and self._is_member(summary, inner, name):
                return self._member(module, f"{inner}.{name}", summary, chain)
        possible = frozenset().union(*(self._possible_attribute(p, name) for p in answer.possible))
        return Answer("unknown", None, possible, chain)

    def _is_member(self, summary: ModuleSummary, inner: str, name: str) -> bool:
        is_class = [bound.kind == "class" for bound in summary.names.get(inner, ())]
        return bool(is_class) and all(is_class) and f"{inner}.{name}" in summary.names

    def _member(self, module: str, inner: str, summary: ModuleSummary, chain: tuple[str, ...]) -> Answer:
        origin = self._origin(module, inner)
        possible = {origin}
        for bound in summary.names[inner]:
            if bound.target is not None and bound.kind == "value":
                possible |= self._guarded_follow((module, inner), bound.target).possible
        if any(bound.kind == "absent" for bound in summary.names[inner]):
            return Answer("unknown", None, frozenset(possible), chain)
        return Answer("found", origin, frozenset(possible), (*chain[:-1], plain(origin)), (module, inner))

    def _possible_attribute(self, origin: str, name: str) -> frozenset[str]:
        if ":" not in origin and self._modules.find(origin) is not None:
            return self._lookup(origin, name).possible
        return frozenset({f"{origin}.{name}"})

    # Names of modules.

    def _lookup(self, module: str, name: str) -> Answer:
        key = (module, name)
        if key in self._answers:
            return self._answers[key]
        if key in self._pending or len(self._pending) >= LONGEST_CHAIN:
            self._earliest_cut = min(self._earliest_cut, self._pending.get(key, 0))
            return self._submodule(module, name) or unknown(module, name)
        depth = self._pending[key] = len(self._pending)
        try:
            answer = self._evaluate(module, name).through(f"{module}.{name}")
        finally:
            del self._pending[key]
        if self._earliest_cut >= depth:
            self._answers[key] = answer
            self._earliest_cut = LONGEST_CHAIN
        return answer

    def _submodule(self, module: str, name: str) -> Answer | None:
        inner = f"{module}.{name}"
        return self._module(inner) if self._modules.find(inner) is not None else None

    def _evaluate(self, module: str, name: str) -> Answer:
        summary = self._summary(module)
        if summary is None:
            return unknown(module, name)
        bounds = summary.names.get(name, ())
        own = self._own(module, name, bounds)
        if any(bound.rebinds for bound in bounds) and any(_is_live(b) and not b.rebinds for b in bounds):
            return own
        answers, gap = self._candidates(summary, name, bounds)
        if summary.replaced or summary.broken:
            return unknown(module, name, [*answers, *([own] if bounds else [])])
        return self._judge(own, answers, gap, [self._bound(module, name, b) for b in bounds if b.aside])

    def _own(self, module: str, name: str, bounds: Iterable[Bound]) -> Answer:
        """The answer for an object that is defined by being bound in ``module``."""
        origin = self._origin(module, name)
        possible = {origin}
        for bound in bounds:
            if bound.target is not None and (bound.kind == "value" or bound.rebinds):
                possible |= self._guarded_follow((module, name), bound.target).possible
        return Answer("found", origin, frozenset(possible), (f"{module}.{name}",), (module, name))

    def _origin(self, module: str, name: str) -> str:
        first = name.partition(".")[0]
        clash = self._modules.find(f"{module}.{first}") is not None
        return f"{module}:{name}" if clash else f"{module}.{name}"

    def _candidates(self, summary: ModuleSummary, name: str, bounds: tuple[Bound, ...]) -> tuple[list[Answer], Gap]:
        """Give what ``name`` may stand for, latest first, and what is left open."""
        live = [bound for bound in bounds if _is_live(bound)]
        last = max((bound.row for bound in live if not bound.rebinds), default=0)
        certain = bool(live) and not any(b.kind == "absent" or b.rebinds for b in bounds)
        answers: list[Answer] = []
        own_done = False
        for star in sorted(summary.stars, key=lambda star: -star.row):
            if not own_done and star.row < last:
                answers.extend(self._bound(summary.module, name, bound) for bound in live)
                own_done = True
                if certain:
                    return answers, Gap()
            exported = self.stars.exported(star.module, name)
            if exported is not False:
                answers.append(self._lookup(star.module, name))
            if exported is None:
                return answers, Gap(unknown=True)
            if exported and not star.conditional:
                return answers, Gap()
        if not own_done:
            answers.extend(self._bound(summary.module, name, bound) for bound in live)
            if certain:
                return answers, Gap()
        return self._beneath(summary, name, bounds, answers)

    def _beneath(
        self, summary: ModuleSummary, name: str, bounds: tuple[Bound, ...], answers: list[Answer]
    ) -> tuple[list[Answer], Gap]:
        """Go on to what a module has without binding it: submodules, its own attributes, what it makes at run time."""
        submodule = self._submodule(summary.module, name)
        if submodule is not None:
            return [*answers, submodule], Gap()
        if name in MODULE_ATTRIBUTES and not bounds:
            return [self._own(summary.module, name, ())], Gap()
        if summary.dynamic or summary.has_getattr or summary.opaque:
            return answers, Gap(unknown=True)
        if not self._is_known_whole(summary.module):
            return answers, Gap(unknown=True)
        absent = [bound for bound in bounds if not _is_live(bound) or bound.rebinds]
        guarded = bool(absent) and all(bound.guarded for bound in absent)
        return answers, Gap(absent=not guarded, unknown=any(not b.guarded for b in absent))

    def _judge(self, own: Answer, answers: list[Answer], gap: Gap, asides: list[Answer]) -> Answer:
        """Make one answer of all that a name may stand for."""
        there = [answer for answer in answers if answer.status != "missing"]
        possible = frozenset().union(*(answer.possible for answer in (*answers, *asides)))
        if not there:
            if gap.unknown or asides:
                return replace(own, status="unknown", origin=None, possible=possible | own.possible, home=None)
            chain = answers[0].chain if answers else own.chain
            return Answer("missing", None, possible or own.possible, chain)
        if gap.unknown or gap.absent:
            return Answer("unknown", None, possible, there[0].chain)
        first = there[0]
        if all(answer.status == "found" and answer.origin == first.origin for answer in there):
            return replace(first, possible=possible)
        if len(there) == 1:
            return replace(first, possible=possible)
        return replace(own, possible=possible | own.possible)

    def _bound(self, module: str, name: str, bound: Bound) -> Answer:
        if bound.kind in ("module", "name") and not bound.rebinds:
            if bound.target is None:
                return unknown(module, name)
            answer = self._module(bound.target) if bound.kind == "module" else self._follow(bound.target)
            return self._builtin(module, bound.target) or answer if answer.status == "missing" else answer
        return self._own(module, name, (bound,))

    def _builtin(self, module: str, target: str) -> Answer | None:
        """The answer for an alias of a name that the module itself does not have."""
        if not target.startswith(f"{module}:"):
            return None
        name = target[len(module) + 1 :]
        if hasattr(builtins, name.partition(".")[0]):
            return Answer("unknown", None, frozenset({f"builtins.{name}"}), (f"builtins.{name}",))
        return None

    def _guarded_follow(self, key: tuple[str, str], target: str) -> Answer:
        """Follow what a value may be, which may well be itself."""
        return self._follow(target)


@dataclass(frozen=True)
class Gap:
    """What the bindings of a name leave open: it may be ``absent``, or something ``unknown``."""

    absent: bool = False
    unknown: bool = False


def _is_live(bound: Bound) -> bool:
    return not bound.aside and bound.kind != "absent"


def plain(name: str) -> str:
    """Give ``a.b.c`` for ``a.b:c``."""
    return name.replace(":", ".").rstrip(".")


def unknown(module: str, name: str, answers: Iterable[Answer] = ()) -> Answer:
    """Give the answer for a name of which nothing is certain."""
    possible = frozenset().union(*(answer.possible for answer in answers)) or frozenset({f"{module}.{name}"})
    return Answer("unknown", None, possible, (f"{module}.{name}",))
