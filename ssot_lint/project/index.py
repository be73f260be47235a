"""Where the object that a dotted name reaches is really defined.

Three answers: found (certain), missing (certain), and unknown, which is an answer of its own. Only the modules on the
way are read. A name bound several times in ways that cannot be told apart is an object of its own, defined where it is
bound: the same one from every path.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from dataclasses import replace

from ssot_lint.project.answers import Answer, Gap, Status, plain, unknown
from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.stars import Stars
from ssot_lint.project.summary import Bound, ModuleSummary
from ssot_lint.project.trail import Grounds, Trail

MODULE_ATTRIBUTES = frozenset({
    "__name__", "__doc__", "__file__", "__path__", "__spec__", "__loader__", "__package__", "__dict__",
    "__annotations__", "__builtins__", "__cached__", "__class__",
})  # fmt: skip
LONGEST_CHAIN = 40
"""Re-exports followed before giving up; each takes some ten frames of the interpreter's stack."""


class Index:
    """Resolves names over the summaries of the modules of a project."""

    def __init__(self, modules: ModuleMap, summary: Callable[[str], ModuleSummary | None], trail: Trail) -> None:
        self._modules = modules
        self._summary = summary
        self._trail = trail
        self._answers: dict[tuple[str, str], tuple[Answer, Grounds]] = {}
        self._passing: dict[tuple[str, str], tuple[Answer, Grounds]] = {}
        self._pending: set[tuple[str, str]] = set()
        self._cuts = 0
        self.stars = Stars(modules, summary, trail)

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
        while package and location is None:
            package = package.rpartition(".")[0]
            location = self._modules.find(package) if package else None
        if location is None:
            return False
        if location.is_namespace:
            return not location.open
        summary = self._summary(package)
        return summary is not None and not (summary.open_path or summary.opaque or summary.replaced)

    # Attributes.

    def _attribute(self, answer: Answer, name: str) -> Answer:
        chain = tuple(f"{step}.{name}" for step in answer.chain)
        if answer.module is not None:
            found = self._lookup(answer.module, name)
            return replace(found, chain=(*chain[:-1], *found.chain))
        if answer.status == "missing":
            return replace(answer, possible=frozenset(f"{origin}.{name}" for origin in answer.possible), chain=chain)
        if answer.status == "found" and answer.home is not None:
            module, inner = answer.home
            summary = self._summary(module)
            if summary is not None and _is_member(summary, inner, name):
                found = self._lookup(module, f"{inner}.{name}")
                return replace(found, chain=(*chain[:-1], *found.chain))
        possible = frozenset().union(*(self._possible_attribute(origin, name) for origin in answer.possible))
        return Answer("unknown", None, possible, chain)

    def _possible_attribute(self, origin: str, name: str) -> frozenset[str]:
        if ":" not in origin and self._modules.find(origin) is not None:
            return self._lookup(origin, name).possible
        return frozenset({f"{origin}.{name}"})

    # Names of modules, and members of their classes.

    def _lookup(self, module: str, name: str) -> Answer:
        """Give the answer for a name of ``module``.

        Going in a circle is cut short. What depends on that holds only for the question being asked, so that no answer
        depends on what was asked before.
        """
        key = (module, name)
        known = self._answers.get(key)
        if known is None and key in self._passing:
            self._cuts += 1
            known = self._passing[key]
        if known is not None:
            self._trail.note_all(known[1])
            return known[0]
        if key in self._pending or len(self._pending) >= LONGEST_CHAIN:
            self._cuts += 1
            return self._submodule(module, name) or unknown(module, name)
        return self._remember(key)

    def _remember(self, key: tuple[str, str]) -> Answer:
        module, name = key
        cuts = self._cuts
        self._pending.add(key)
        try:
            found = self._trail.follow(lambda: self._evaluate(module, name).through(f"{module}.{name}"))
        finally:
            self._pending.remove(key)
        answers = self._answers if self._cuts == cuts else self._passing
        answers[key] = found
        if not self._pending:
            self._passing.clear()
        return found[0]

    def _submodule(self, module: str, name: str) -> Answer | None:
        inner = f"{module}.{name}"
        return self._module(inner) if self._modules.find(inner) is not None else None

    def _evaluate(self, module: str, name: str) -> Answer:
        summary = self._summary(module)
        if summary is None:
            return unknown(module, name)
        bounds = summary.names.get(name, ())
        if not (summary.replaced or summary.broken):
            rebound = any(bound.rebinds for bound in bounds)
            if rebound and any(_is_live(bound) and not bound.rebinds for bound in bounds):
                return self._own(module, name, bounds)
            return self._judge(summary, name, bounds, *self._candidates(summary, name, bounds))
        answers, _ = self._candidates(summary, name, bounds)
        return unknown(module, name, [*answers, *([self._own(module, name, bounds)] if bounds else [])])

    def _own(self, module: str, name: str, bounds: Iterable[Bound]) -> Answer:
        """The answer for an object that is defined by being bound in ``module``."""
        origin = self._origin(module, name)
        targets = {bound.target for bound in bounds if bound.target is not None}
        possible = frozenset({origin}).union(*(self._target(module, target).possible for target in targets))
        return Answer("found", origin, possible, (plain(origin),), (module, name))

    def _origin(self, module: str, name: str) -> str:
        first = name.partition(".")[0]
        clash = self._modules.find(f"{module}.{first}") is not None
        return f"{module}:{name}" if clash else f"{module}.{name}"

    def _candidates(self, summary: ModuleSummary, name: str, bounds: tuple[Bound, ...]) -> tuple[list[Answer], Gap]:
        """Give what ``name`` may stand for, latest first, and what is left open."""
        live = [bound for bound in bounds if _is_live(bound)]
        rows = [bound.row for bound in live if not bound.rebinds] or [0]
        deleted = max((bound.row for bound in bounds if bound.kind == "absent" and not bound.guarded), default=0)
        certain = bool(live) and not any(bound.kind == "absent" or bound.rebinds for bound in bounds)
        answers: list[Answer] = []
        unsure = False
        is_member = "." in name
        for star in () if is_member else sorted(summary.stars, key=lambda star: -star.row):
            if certain and star.row < min(rows):
                break
            exported = self.stars.exported(star.module, name)
            answer = self._lookup(star.module, name) if exported is not False else None
            if answer is None or answer.status == "missing":
                continue
            answers.append(answer)
            unsure = unsure or exported is None or answer.status == "unknown" or star.row < deleted
            if star.row > max(rows) and not (star.conditional or unsure):
                return answers, Gap()
        answers += self._each(summary, name, live)
        answers, gap = (answers, Gap()) if certain else self._beneath(summary, name, bounds, answers)
        return answers, replace(gap, unknown=True) if unsure else gap

    def _beneath(
        self, summary: ModuleSummary, name: str, bounds: tuple[Bound, ...], answers: list[Answer]
    ) -> tuple[list[Answer], Gap]:
        """Go on to what a module has without binding it: submodules, its own attributes, what it makes at run time."""
        submodule = self._submodule(summary.module, name)
        if submodule is not None:
            return [*answers, submodule], Gap()
        if name in MODULE_ATTRIBUTES and not bounds:
            return [self._own(summary.module, name, ())], Gap()
        if summary.dynamic or summary.has_getattr or not self._is_known_whole(summary.module):
            return answers, Gap(unknown=True)
        absent = [bound for bound in bounds if not _is_live(bound) or bound.rebinds]
        guarded = bool(absent) and all(self._is_guarded(summary.module, name, bound, bounds) for bound in absent)
        return answers, Gap(not guarded, guarded, unknown=any(not bound.guarded for bound in absent))

    def _is_guarded(self, module: str, name: str, absent: Bound, bounds: Iterable[Bound]) -> bool:
        """Whether a name is absent only where what it would stand for is, too: its import failed."""
        imports = [bound for bound in bounds if absent.guarded and _is_live(bound) and bound.row == absent.row]
        return any(self._bound(module, name, bound).status != "missing" for bound in imports)

    def _judge(
        self, summary: ModuleSummary, name: str, bounds: tuple[Bound, ...], answers: list[Answer], gap: Gap
    ) -> Answer:
        """Make one answer of all that a name may stand for."""
        asides = self._each(summary, name, [bound for bound in bounds if bound.aside])
        # The attribute of a package wins over a submodule, unless somebody imports that for the first time afterwards.
        submodule = self._submodule(summary.module, name)
        also = [*asides, submodule] if submodule is not None else asides
        possible = frozenset().union(*(answer.possible for answer in (*answers, *also)))
        there = [answer for answer in answers if answer.status != "missing"]
        if not there:
            if gap.unknown or asides:
                return unknown(summary.module, name, [*answers, *also])
            chain = answers[0].chain if answers else ()
            return Answer("missing", None, possible or frozenset({f"{summary.module}.{name}"}), chain)
        if gap.unknown or gap.absent:
            return Answer("unknown", None, possible, there[0].chain)
        if len(there) == 1 or (there[0].status == "found" and len({answer.origin for answer in there}) == 1):
            return replace(there[0], possible=possible)
        own = self._own(summary.module, name, ())
        if gap.guarded:
            return unknown(summary.module, name, [*answers, *also, own])
        return replace(own, possible=possible | own.possible)

    def _each(self, summary: ModuleSummary, name: str, bounds: Iterable[Bound]) -> list[Answer]:
        return [self._bound(summary.module, name, bound) for bound in bounds]

    def _bound(self, module: str, name: str, bound: Bound) -> Answer:
        if bound.kind not in ("module", "name") or bound.rebinds:
            return self._own(module, name, (bound,))
        if bound.target is None:
            return unknown(module, name)
        return self._imported(module, bound.target) if bound.kind == "module" else self._target(module, bound.target)

    def _imported(self, module: str, target: str) -> Answer:
        """The answer for ``import a.b as c``: the module, unless its package has something else by that name."""
        answer = self._module(target)
        if answer.status != "found" or target.startswith(f"{module}."):
            return answer
        attribute = self._follow(target)
        return answer if attribute.status == "missing" else attribute

    def _target(self, module: str, target: str) -> Answer:
        """The answer for what a statement of ``module`` names: one of its own names, maybe builtin, or another's."""
        answer = self._follow(target)
        if answer.status != "missing" or not target.startswith(f"{module}:"):
            return answer
        name = target[len(module) + 1 :]
        if not hasattr(builtins, name.partition(".")[0]):
            return answer
        return Answer("unknown", None, frozenset({f"builtins.{name}"}), (f"builtins.{name}",))


def _is_member(summary: ModuleSummary, class_name: str, name: str) -> bool:
    """Whether the body of a class, defined once, says what its attribute ``name`` is."""
    live = [bound for bound in summary.names.get(class_name, ()) if _is_live(bound)]
    return len(live) == 1 and live[0].kind == "class" and f"{class_name}.{name}" in summary.names


def _is_live(bound: Bound) -> bool:
    return not bound.aside and bound.kind != "absent"
