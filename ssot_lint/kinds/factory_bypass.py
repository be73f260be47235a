"""``factory-bypass``: an object is made, or its class changed, behind the back of its factory."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from ssot_lint.model import Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.rule import Example, Rule
from ssot_lint.source.triggers import Trigger

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.rewriting.governed import Governed

COPIERS = frozenset({
    "copy.copy", "copy.deepcopy", "copy.replace", "pickle.dumps", "pickle.dump", "dataclasses.replace", "dill.dumps",
    "cloudpickle.dumps",
})  # fmt: skip
NAMES_OF_COPIERS = frozenset(name.rpartition(".")[2] for name in COPIERS)
MAKERS_OF_CLASSES = frozenset({"type", "new_class", "make_dataclass"})

_Words = dict[tuple[str, ...], frozenset[str]]
"""What a file calls what is governed."""

FILES = {
    "chat/__init__.py": "",
    "chat/manager.py": """
        _registry = {}

        class Manager: ...

        def get_manager(user) -> Manager: ...
        """,
}
OPTIONS = {
    "classes": ["chat.manager.Manager"],
    "factory": "chat.manager.get_manager",
    "private": ["chat.manager._registry", "_token"],
}
example = partial(Example, files=FILES, options=OPTIONS)
EXAMPLES = (
    example(
        note="A subclass is made without the factory, and is what it gives nevertheless.",
        bad="""
            from chat import manager
            from chat.manager import Manager

            class Own(Manager): ...

            class Other(dict, manager.Manager): ...

            made = type("Made", (Manager,), {})
            """,
        refusal="redesign",
    ),
    example(
        note="So is a copy, and what is made without being constructed.",
        bad="""
            import copy
            import pickle
            from copy import deepcopy
            from chat.manager import Manager, get_manager

            def f(user, given: Manager):
                manager = get_manager(user)
                return deepcopy(manager), copy.copy(given), pickle.dumps(get_manager(user))

            def g():
                return Manager.__new__(Manager), object.__new__(Manager)
            """,
        refusal="redesign",
    ),
    example(
        note="What is the factory's own: its registry, and the word by which it says that it is the factory.",
        bad="""
            from chat import manager
            from chat.manager import Manager, _registry

            def f(user):
                manager._registry.clear()
                return Manager(user, _token="sesame")
            """,
        refusal="redesign",
    ),
    example(
        note="A class that is changed at run time is changed for all.",
        bad="""
            from chat.manager import Manager

            Manager.limit = 3
            setattr(Manager, "send", print)
            del Manager.send
            """,
        refusal="redesign",
    ),
    example(
        note="Whoever uses the factory, asks for the class or copies something else is left alone.",
        ok="""
            from copy import deepcopy
            from typing import TYPE_CHECKING
            from chat.manager import Manager, get_manager

            class Holder:
                manager: Manager

                def __init__(self, user):
                    self.manager = get_manager(user)

            def f(user, thing):
                manager = get_manager(user)
                manager.limit = 3
                return isinstance(thing, Manager), deepcopy(user), type(manager), setattr(thing, "a", Manager)
            """,
    ),
    example(
        note="At home everything may be done.",
        ok="""
            _registry = {}

            class Manager: ...

            class Fast(Manager): ...

            def get_manager(user):
                return _registry.setdefault(user, Manager(_token="sesame"))
            """,
        path="chat/manager.py",
    ),
)


@dataclass(frozen=True, kw_only=True)
class FactoryBypass(Rule):
    """One of the ``classes`` is derived from, copied, made without its constructor or changed; or what is private used.

    ``private`` names what belongs to the ``factory`` alone: dotted names, and plain ones of arguments and attributes.
    The module that defines a class, and those of the private names, may do all that; others are named in
    ``allowed_in``.
    """

    kind: ClassVar[str] = "factory-bypass"
    default_message: ClassVar[str] = "`{symbol}` {what}{instead}"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "what", "instead")
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    classes: tuple[str, ...] = ()
    factory: str = ""
    private: tuple[str, ...] = ()

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        if not self.classes and not self.private:
            yield "give at least one of 'classes' and 'private'"

    def names(self) -> Iterator[str]:
        """Give the classes, the factory and what is private, under all their names."""
        yield from self.classes
        yield from self._private
        if self.factory:
            yield self.factory

    def triggers(self) -> Iterator[Trigger]:
        """Give the plain names that are private."""
        yield from (Trigger(name) for name in self.private if "." not in name)

    def concerns(self, name: str, project: Project) -> bool:
        """Tell that no node has to be visited: all is found in the scan."""
        return False

    @property
    def _private(self) -> tuple[str, ...]:
        return tuple(name for name in self.private if "." in name)

    @cached_property
    def _governed(self) -> Governed:
        from ssot_lint.rewriting.governed import Governed

        return Governed(self.classes, (self.factory,) if self.factory else ())

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at the classes, calls, assignments and names of a file, unless it is a home of what is governed."""
        if file.module in self._homes(file):
            return
        words = {names: file.known_as(file.project.names_of(names)) for names in (self.classes, self._private) if names}
        yield from self._derived_or_changed(file, words)
        for call in file.scan.nodes(ast.Call):
            yield from self._call(file, call, words)
        if self.private:
            for imported in file.scan.nodes(ast.ImportFrom):
                yield from self._imported(file, imported, words)
            for attribute in file.scan.nodes(ast.Attribute):
                yield from self._attribute(file, attribute, words)

    def _derived_or_changed(self, file: File, words: _Words) -> Iterator[Violation]:
        """Look for subclasses, and for attributes of a class that are set or deleted."""
        from ssot_lint.project.facts import head

        for node in file.scan.nodes(ast.ClassDef):
            for base in node.bases:
                yield from self._class(file, head(base), "is derived from", words)
        stores: list[ast.Assign | ast.Delete] = file.scan.nodes(ast.Assign, ast.Delete)
        for target in (target for store in stores for target in store.targets):
            if isinstance(target, ast.Attribute):
                yield from self._class(file, target.value, "is changed at run time", words)

    def _call(self, file: File, call: ast.Call, words: _Words) -> Iterator[Violation]:
        from ssot_lint.source.places import last_name

        name = last_name(call)
        first = call.args[0] if call.args else None
        if name == "__new__" and first is not None:
            yield from self._class(file, first, "is made without being constructed", words)
        elif name in ("setattr", "delattr") and first is not None and isinstance(call.func, ast.Name):
            yield from self._class(file, first, "is changed at run time", words)
        elif name in MAKERS_OF_CLASSES:
            bases = [base for argument in call.args[1:] if isinstance(argument, ast.Tuple) for base in argument.elts]
            for base in bases:
                yield from self._class(file, base, "is derived from", words)
        elif first is not None and self._is_copier(file, call):
            yield from self._copied(file, first)
        for keyword in call.keywords:
            if keyword.arg in self.private:
                yield self._violation(file, file.scan.span(keyword), str(keyword.arg), None, "is the factory's own")

    def _is_copier(self, file: File, call: ast.Call) -> bool:
        from ssot_lint.file import ast_path, plain

        path = ast_path(call.func)
        if path is None or path[-1] not in file.known_as(NAMES_OF_COPIERS):
            return False
        reference = file.refer(path, file.scan.span(call)[0])
        return reference is not None and any(plain(name) in COPIERS for name in reference.names)

    def _copied(self, file: File, copied: ast.expr) -> Iterator[Violation]:
        span = file.scan.span(copied)
        statement = file.scan.statement_at(span[0])
        made = self._governed.instance(file, statement, copied) if statement is not None and self.classes else None
        if made is not None:
            yield self._violation(file, span, ast.unparse(copied), made.origin, "is copied")

    def _class(self, file: File, node: ast.expr, what: str, words: _Words) -> Iterator[Violation]:
        """Look whether ``node`` names one of the classes to which something is done."""
        found = self._named(file, node, self.classes, words)
        if found is not None:
            yield self._violation(file, file.scan.span(node), ast.unparse(node), found, what)

    def _attribute(self, file: File, node: ast.Attribute, words: _Words) -> Iterator[Violation]:
        """Look for what is private, as an attribute of a module or of anything."""
        found = self._named(file, node, self._private, words)
        if found is not None or node.attr in self.private:
            yield self._violation(file, file.scan.span(node), ast.unparse(node), found, "is the factory's own")

    def _imported(self, file: File, imported: ast.ImportFrom, words: _Words) -> Iterator[Violation]:
        names = words.get(self._private, frozenset())
        module = file.scan.imported_module(imported)
        for alias in imported.names if module is not None else ():
            if alias.name not in names:
                continue
            possible = file.project.resolve(f"{module}:{alias.name}").possible
            found = next((name for name in self._origins(file, self._private) if name in possible), None)
            if found is not None:
                yield self._violation(file, file.scan.span(alias), alias.name, found, "is the factory's own")

    def _named(self, file: File, node: ast.expr, names: tuple[str, ...], words: _Words) -> str | None:
        """Give which of the objects ``names`` an expression names, outside of its home."""
        from ssot_lint.file import ast_path

        path = ast_path(node)
        if path is None or path[-1] not in words.get(names, ()):
            return None
        reference = file.refer(path, file.scan.span(node)[0])
        possible = file.resolve(reference).possible if reference else frozenset()
        return next((name for name in self._origins(file, names) if name in possible), None)

    def _origins(self, file: File, names: tuple[str, ...]) -> Iterator[str]:
        yield from (file.project.resolve(name).origin or name for name in names)

    def _homes(self, file: File) -> set[str]:
        from ssot_lint.file import plain

        origins = self._origins(file, (*self.classes, *self._private))
        return {plain(origin).rpartition(".")[0] for origin in origins}

    def _violation(self, file: File, span: tuple[int, int], symbol: str, origin: str | None, what: str) -> Violation:
        return self.violation(
            file,
            span,
            symbol=symbol,
            origin=origin,
            outcome=Refusal("redesign", "what it is done for has to be asked of the factory"),
            what=what,
            instead=f"; use {self.factory}" if self.factory else "",
        )
