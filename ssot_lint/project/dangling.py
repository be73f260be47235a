"""Dotted names that lead nowhere: where they break off, and what there is instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from ssot_lint.globs import nearest
from ssot_lint.project.gifts import Gifts
from ssot_lint.project.homes import Homes
from ssot_lint.project.index import Index
from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.summary import Bound, ClassFacts, ModuleSummary

PLAIN_BASES = frozenset({"builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol"})
DEEPEST_CLASS = 20

Kind = Literal["module", "name", "member"]


@dataclass(frozen=True)
class Dangling:
    """A dotted name of the project of which only the part ``owner`` exists.

    ``owner`` is a module for what a ``module`` or ``name`` is missing in, a class for a ``member``; ``missing`` is the
    first name that it does not have, ``rest`` are those that would follow.
    """

    kind: Kind
    owner: str
    missing: str
    rest: tuple[str, ...] = ()

    @property
    def symbol(self) -> str:
        """The dotted name of what does not exist."""
        return f"{self.owner}.{self.missing}"

    @property
    def full_name(self) -> str:
        """The dotted name as a whole."""
        return ".".join((self.symbol, *self.rest))


class Ends:
    """Tells where dotted names break off."""

    def __init__(
        self,
        modules: ModuleMap,
        index: Index,
        summary: Callable[[str], ModuleSummary | None],
        homes: Homes,
        gifts: Gifts,
    ) -> None:
        self._modules = modules
        self._index = index
        self._summary = summary
        self._homes = homes
        self._gifts = gifts

    def of(self, name: str) -> Dangling | None:
        """Say where ``name`` breaks off; ``None`` if it exists, or if that is not known.

        ``a.b:c`` and ``a.b:`` say that ``a.b`` has to be a module; else that is found out. A name that a module only
        passes on is missing where the module takes it from, and not there.
        """
        module, colon, inner = name.partition(":")
        if not colon:
            module, inner = self._split(name)
        if not module:
            return None
        if self._modules.find(module) is None:
            return self._missing_module(module, inner)
        parts = tuple(inner.split(".")) if inner else ()
        if not parts:
            return None
        answer = self._index.resolve(f"{module}:{parts[0]}")
        if answer.status == "missing":
            # What has a name in a package that goes on was to be a module, most likely.
            kind: Kind = "module" if len(parts) > 1 and self._is_package(module) else "name"
            may_be_there = self._passes_on(module, parts[0]) or self._gifts.has(module, parts[0])
            return None if may_be_there else Dangling(kind, module, parts[0], parts[1:])
        if answer.status == "found" and answer.home is not None and len(parts) > 1:
            return self._missing_member(*answer.home, parts[1:])
        return None

    def _split(self, name: str) -> tuple[str, str]:
        """Cut a dotted name after the modules with which it begins."""
        module, rest = "", name
        while rest:
            first, _, others = rest.partition(".")
            longer = f"{module}.{first}" if module else first
            if self._modules.find(longer) is None or (module and self._is_attribute(module, first)):
                break
            module, rest = longer, others
        return module, rest

    def _is_package(self, module: str) -> bool:
        location = self._modules.find(module)
        return location is not None and location.is_package

    def _is_attribute(self, package: str, name: str) -> bool:
        summary = self._summary(package)
        return summary is not None and name in summary.names

    def _missing_module(self, module: str, inner: str) -> Dangling | None:
        if self._index.resolve(f"{module}:").status != "missing":
            return None
        package = module
        while self._modules.find(package) is None:
            package = package.rpartition(".")[0]
        first, *rest = module[len(package) + 1 :].split(".")
        return Dangling("module", package, first, (*rest, *(inner.split(".") if inner else ())))

    def _passes_on(self, module: str, name: str) -> bool:
        """Whether ``module`` itself fails for want of ``name``, which it imports without a thought of failure."""
        summary = self._summary(module)
        bounds = summary.names.get(name, ()) if summary else ()
        return bool(bounds) and not any(bound.kind == "absent" for bound in bounds)

    # Members of classes.

    def _missing_member(self, module: str, name: str, rest: tuple[str, ...]) -> Dangling | None:
        """Say that a class certainly has no member of the name ``rest[0]``; ``name`` is empty for a module."""
        if not name:
            return self.of(f"{module}:{'.'.join(rest)}")
        member = rest[0]
        if member.startswith("__") or not self._certainly_lacks(module, name, member, 0):
            return None
        return None if self._homes.is_stored(member) else Dangling("member", f"{module}.{name}", member, rest[1:])

    def _certainly_lacks(self, module: str, name: str, member: str, depth: int) -> bool:
        """Whether neither a class nor any that it inherits from has ``member``, as far as all of them are known."""
        summary = self._summary(module)
        facts = _class_facts(summary, name)
        if summary is None or facts is None or f"{name}.{member}" in summary.names or depth > DEEPEST_CLASS:
            return False
        if facts.keywords or facts.decorators or summary.dynamic:
            return False
        return all(self._base_lacks(base, member, depth) for base in facts.bases)

    def _base_lacks(self, base: str | None, member: str, depth: int) -> bool:
        answer = self._index.resolve(base) if base is not None else None
        if answer is None:
            return False
        if answer.possible <= PLAIN_BASES:
            return True
        if answer.status != "found" or answer.home is None:
            return False
        return self._certainly_lacks(*answer.home, member, depth + 1)

    # What there is instead.

    def near(self, dangling: Dangling) -> str | None:
        """Give what exists beside the missing name and is called almost the same."""
        found = nearest(dangling.missing, self._names_in(dangling))
        return f"{dangling.owner}.{found}" if found else None

    def _names_in(self, dangling: Dangling) -> Iterator[str]:
        if dangling.kind == "member":
            return
        location = self._modules.find(dangling.owner)
        if location is not None:
            yield from self._modules.submodules(location)
        summary = self._summary(dangling.owner)
        if summary is not None and dangling.kind == "name":
            yield from (name for name, bounds in summary.names.items() if "." not in name and _is_public(name, bounds))


def _is_public(name: str, bounds: tuple[Bound, ...]) -> bool:
    return not name.startswith("__") and any(bound.kind != "absent" for bound in bounds)


def _class_facts(summary: ModuleSummary | None, name: str) -> ClassFacts | None:
    """Give the facts of a class that is bound once."""
    bounds = summary.names.get(name, ()) if summary else ()
    facts = bounds[0].facts if len(bounds) == 1 else None
    return facts if isinstance(facts, ClassFacts) else None
