"""What one module tells the rest of the project: plain values, made once for each content of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ParameterKind = Literal["positional-only", "positional", "var-positional", "keyword-only", "var-keyword"]
BoundKind = Literal["module", "name", "class", "function", "value", "absent"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a callable; ``required`` says that it has no default."""

    name: str
    kind: ParameterKind
    required: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters of a callable, in order."""

    parameters: tuple[Parameter, ...]

    @property
    def takes_anything(self) -> bool:
        """Whether any arguments at all may be passed."""
        kinds = {parameter.kind for parameter in self.parameters}
        return {"var-positional", "var-keyword"} <= kinds

    def without_first(self) -> Signature | None:
        """Give the signature without ``self``; ``None`` where no positional parameter takes it."""
        if self.parameters and self.parameters[0].kind in ("positional-only", "positional"):
            return Signature(self.parameters[1:])
        return self if self.parameters and self.parameters[0].kind == "var-positional" else None


@dataclass(frozen=True, slots=True)
class FunctionFacts:
    """What is known of a function; ``is_async`` says that calling it gives something to ``await``.

    ``decorators`` are targets as in `Bound`, outermost first; ``None`` for one that is not a plain name.
    """

    signature: Signature
    is_async: bool = False
    decorators: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """What is known of a class; ``bases`` and ``decorators`` are targets as in `Bound`, ``None`` for what is no name.

    ``keywords`` are those of the ``class`` statement (``metaclass``, say), with their targets. ``fields`` are the
    annotated names of the body as the parameters that a dataclass would make of them.
    """

    bases: tuple[str | None, ...] = ()
    keywords: tuple[tuple[str, str | None], ...] = ()
    decorators: tuple[str | None, ...] = ()
    dataclass_options: tuple[str, ...] = ()
    fields: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """One thing that a name of a module may stand for once the module is imported.

    ``target`` names what is bound: ``a.b`` for a ``module``, ``a.b:c.d`` for a ``name`` taken from one or from the
    module itself; ``None`` there for what cannot be known. For a ``value`` it is what the value may be, if anything is
    known. ``via`` is the name of the module of which this is an alias, if it is one. ``absent`` says that the name may
    not be bound at all; ``guarded`` there, that this is only so where the import in the same row failed. ``aside`` is
    what an import never runs: ``TYPE_CHECKING``, ``__name__ == "__main__"``. ``rebinds`` is what a function does to the
    module by ``global``.
    """

    kind: BoundKind
    row: int
    target: str | None = None
    via: str | None = None
    aside: bool = False
    rebinds: bool = False
    guarded: bool = False
    facts: FunctionFacts | ClassFacts | None = None


@dataclass(frozen=True, slots=True)
class Star:
    """One ``from module import *``."""

    module: str
    row: int
    conditional: bool


@dataclass(frozen=True, slots=True)
class ModuleSummary:
    """One module: what its names stand for, and what it lets others see.

    ``path`` is ``None`` for a namespace package. ``names`` holds the names of the module and, as ``Class.member``, of
    its classes. ``exports`` is ``__all__``, with ``module:*`` for the ``__all__`` of another module; ``None`` if there
    is none, or if it is made at run time (``computes_exports``). ``dynamic`` says that the module may have names that
    are not known, ``broken`` that it is not Python, ``opaque`` that it is known to exist and nothing else,
    ``replaced`` that something else may stand in its place, ``open_path`` that it may have submodules elsewhere.
    ``imports`` are the targets that importing the module imports.
    """

    module: str
    path: str | None
    is_package: bool
    names: Mapping[str, tuple[Bound, ...]] = field(default_factory=dict)
    stars: tuple[Star, ...] = ()
    exports: tuple[str, ...] | None = None
    computes_exports: bool = False
    imports: tuple[str, ...] = ()
    dynamic: bool = False
    broken: bool = False
    opaque: bool = False
    replaced: bool = False
    open_path: bool = False

    @property
    def has_getattr(self) -> bool:
        """Whether the module computes names when they are asked for."""
        return "__getattr__" in self.names
