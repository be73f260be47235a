"""What a rule governs: classes and factories, by where they are defined or by what they are called."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.file import File, Reference, ast_path, plain
from ssot_lint.globs import longest_literal, matches_name
from ssot_lint.project import Project
from ssot_lint.project.facts import head
from ssot_lint.source.outside import may_be_called_outside
from ssot_lint.source.scopes import Statement
from ssot_lint.source.singletons import made_by
from ssot_lint.source.state import decorator_names, enclosing_class
from ssot_lint.source.triggers import searchable

CONSTANTS = frozenset({
    *(f"enum.{name}" for name in ("Enum", "Flag", "IntEnum", "IntFlag", "ReprEnum", "StrEnum")),
    *(f"{module}.{name}" for module in ("typing", "typing_extensions") for name in ("NamedTuple", "TypedDict")),
})  # fmt: skip
"""Base classes whose subclasses make constants."""
DATA_DECORATORS = frozenset({"dataclass", "define", "frozen", "mutable", "attrs", "s"})
DATA_BASES = frozenset({
    "BaseModel", "BaseSettings", "RootModel", "GenericModel", "SQLModel", "DeclarativeBase", "Base", "Model",
    "Document", "Enum", "Flag", "IntEnum", "IntFlag", "StrEnum", "NamedTuple", "TypedDict", "Struct", "Schema",
    "Serializer", "ModelSerializer", "Form", "ModelForm", "AbstractUser", "AbstractBaseUser",
})  # fmt: skip
"""Base classes whose bodies describe the fields of each instance."""
DEEPEST_BASE = 10
MAKERS = (
    "create*",
    "make*",
    "build*",
    "get*",
    "new*",
    "from_*",
    "default*",
    "instance*",
    "_create*",
    "_make*",
    "_build*",
)
"""What functions and class methods are called that make an object."""


@dataclass(frozen=True)
class Made:
    """What a call makes: ``what`` in a word or three, ``origin`` of the class or factory."""

    what: str
    origin: str


@dataclass(frozen=True)
class Governed:
    """Which objects count: those of ``classes``, of ``factories``, or of own ones called like one of the patterns.

    Without any, all classes and makers of the project count. What is called like one of ``but_not`` never does.
    """

    classes: tuple[str, ...] = ()
    factories: tuple[str, ...] = ()
    class_patterns: tuple[str, ...] = ()
    factory_patterns: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether nothing is named, so that all of the project counts."""
        return not (self.classes or self.factories or self.class_patterns or self.factory_patterns)

    @property
    def by_word(self) -> bool:
        """Whether something counts for what it is called, so that any file may have it."""
        return bool(self.class_patterns or self.factory_patterns) or self.everything

    def may_be_in(self, raw: bytes) -> bool:
        """Tell whether a file of the bytes ``raw`` may name what counts for what it is called; no is certain."""
        if self.everything:
            return True
        raw = searchable(raw)
        literals = map(longest_literal, (*self.class_patterns, *self.factory_patterns))
        return any(literal.encode() in raw for literal in literals)

    def may_be_made_in(self, raw: bytes) -> bool:
        """Tell whether the import of a file of the bytes ``raw`` may call what counts for its name; no is certain."""
        literals = tuple(map(longest_literal, (*self.class_patterns, *self.factory_patterns)))
        return not all(literals) or may_be_called_outside(raw, literals)

    def made(self, file: File, call: ast.Call) -> Made | None:
        """Say what ``call`` makes, if that counts."""
        callee = called(call)
        path = ast_path(callee)
        reference = file.refer(path, file.scan.span(call)[0]) if path else None
        return self._made(file, reference) if reference else None

    def instance(self, file: File, statement: Statement, expression: ast.expr) -> Made | None:
        """Say of what counts ``expression``, used in ``statement``, is an instance, if that is told nearby.

        It is told by what a name was given, by the annotation of a parameter, and by the class around ``self``.
        """
        if isinstance(expression, ast.Call):
            return self.made(file, expression)
        if not isinstance(expression, ast.Name):
            return None
        owner = enclosing_class(statement.scope)
        if expression.id == "self" and owner is not None:
            origin = f"{file.module}.{owner.name}"
            is_named = any(file.project.resolve(name).origin == origin for name in self.classes)
            by_name = bool(self.class_patterns) and self.counts(owner.name)
            return Made(owner.name, origin) if is_named or by_name else None
        calls = [*made_by(expression, statement.scope), *_annotated(statement, expression.id)]
        return next(filter(None, (self.made(file, call) for call in calls)), None)

    def _made(self, file: File, reference: Reference) -> Made | None:
        possible = sorted(file.resolve(reference).possible)
        for name in (*self.classes, *self.factories):
            origin = file.project.resolve(name).origin or name
            last = name.rpartition(".")[2]
            if origin in possible:
                return Made(last if name in self.classes else f"result of {last}", origin)
            if name in self.classes and any(_is_maker_of(found, origin) for found in possible):
                return Made(last, origin)
        return next((made for made in (self._own(file, reference, origin) for origin in possible) if made), None)

    def _own(self, file: File, reference: Reference, origin: str) -> Made | None:
        """Say what the class or function ``origin`` of the project makes, if it is called like what counts."""
        if not (self.class_patterns or self.factory_patterns or self.everything):
            return None
        owner, _, last = plain(origin).rpartition(".")
        if is_own_class(file, reference, origin):
            return Made(last, origin) if self.counts(last) else None
        if _is_class(file.project, owner):
            of_class = owner.rpartition(".")[2]
            return Made(of_class, owner) if matches_name(last, MAKERS) and self.counts(of_class) else None
        definition = file.project.definition(origin)
        is_function = definition is not None and definition.kind == "function"
        return Made(f"result of {last}", origin) if is_function and self._is_factory(last) else None

    def counts(self, name: str) -> bool:
        """Tell whether a class of the project called ``name`` counts."""
        if matches_name(name, self.but_not):
            return False
        return self.everything or matches_name(name, self.class_patterns)

    def _is_factory(self, name: str) -> bool:
        if matches_name(name, self.but_not):
            return False
        return matches_name(name, MAKERS if self.everything else self.factory_patterns)


def _annotated(statement: Statement, name: str) -> Iterator[ast.Call]:
    """Give the type of a parameter as if it were called."""
    owner = statement.scope.owner
    if owner is None or not isinstance(owner.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return
    arguments = owner.node.args
    for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if parameter.arg == name and isinstance(parameter.annotation, (ast.Name, ast.Attribute)):
            yield ast.copy_location(ast.Call(parameter.annotation, [], []), parameter.annotation)


def called(call: ast.Call) -> ast.expr:
    """Give what is called: without type arguments, and through ``partial``."""
    callee = call.func
    while isinstance(callee, ast.Subscript):
        callee = callee.value
    if (
        isinstance(callee, ast.Call)
        and callee.args
        and ast_path(callee.func) in (("partial",), ("functools", "partial"))
    ):
        return called(ast.copy_location(ast.Call(callee.args[0], [], []), callee))
    return callee


def _is_maker_of(name: str, origin: str) -> bool:
    """Whether ``name`` is a method of the class ``origin`` that is called as those are that make an object."""
    owner, _, last = plain(name).rpartition(".")
    return owner == plain(origin) and matches_name(last, MAKERS)


def _is_class(project: Project, name: str) -> bool:
    definition = project.definition(name)
    return definition is not None and definition.kind == "class" and not is_constant(project, name)


def is_own_class(file: File, reference: Reference, origin: str) -> bool:
    """Whether what is called is a class of the project whose instances are objects of their own, not constants."""
    definition = file.project.definition(origin)
    is_class = definition is not None and definition.kind == "class"
    # `X = X()` leaves the class without a name, but for the moment of the call.
    last = plain(origin).rpartition(".")[2]
    is_here = any(binding.kind == "class" and binding.name == last for binding in reference.bindings)
    return (is_class or is_here) and not is_constant(file.project, origin)


def is_constant(project: Project, origin: str) -> bool:
    """Whether a class is an enumeration, a named tuple or the like, as far as its bases are known."""
    return not CONSTANTS.isdisjoint(ancestors(project, origin))


def ancestors(project: Project, origin: str, depth: int = 0) -> Iterator[str]:
    """Give the dotted names of what the class ``origin`` derives from, as far as that is known."""
    module, _, name = plain(origin).rpartition(".")
    summary = project.summary(module)
    bounds = summary.names.get(name, ()) if summary else ()
    bases = {base for bound in bounds if bound.facts for base in getattr(bound.facts, "bases", ()) if base}
    for base in sorted(bases):
        for found in sorted(project.resolve(base).possible):
            yield plain(found)
            if depth < DEEPEST_BASE:
                yield from ancestors(project, found, depth + 1)


def is_descriptor(project: Project, origin: str) -> bool:
    """Whether instances of a class are meant to be attributes of classes: Django's managers."""
    return any(name.startswith("django.") and name.endswith("Manager") for name in ancestors(project, origin))


def describes_fields(file: File, node: ast.ClassDef) -> bool:
    """Tell whether the body of a class says what fields each instance has: a dataclass, a model, an enumeration."""
    if not DATA_DECORATORS.isdisjoint(decorator_names(node)):
        return True
    for base in node.bases:
        path = ast_path(head(base))
        if path is None:
            continue
        reference = file.refer(path, file.scan.span(base)[0])
        origins = file.resolve(reference).possible if reference else ()
        inherited = (above for origin in origins for above in ancestors(file.project, origin))
        names = {path[-1], *(plain(name).rpartition(".")[2] for name in (*origins, *inherited))}
        if not DATA_BASES.isdisjoint(names):
            return True
    return False
