"""Objects that are made only to call a method of them: ``Factory().create(c)``, or ``f = Factory()`` first."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ssot_lint.file import File, Reference
from ssot_lint.model import Edit
from ssot_lint.project.definitions import Definition
from ssot_lint.rewriting.flow import held
from ssot_lint.rewriting.outcomes import VALUE
from ssot_lint.rewriting.refused import Refused
from ssot_lint.source.placing import delete, has_comment_after, is_own_line
from ssot_lint.source.replacements import to_edits
from ssot_lint.source.scopes import Binding

if TYPE_CHECKING:
    import libcst as cst


@dataclass(frozen=True)
class Made:
    """A callable ``method`` and the object on which it is called, if there is one.

    That is ``made`` where it is used, or else ``binding`` names it.
    """

    method: Reference
    made: cst.Call | None = None
    binding: Binding | None = None

    @property
    def is_named(self) -> bool:
        """Whether no object has to be made: a function, or a method of a class."""
        return self.made is None and self.binding is None


def made_object(file: File, called: Any) -> Made | None:
    """Give the object on which ``called``, an attribute, is looked up, if it is one that a class is called for."""
    if type(called).__name__ != "Attribute":
        return None
    if type(called.value).__name__ == "Call":
        maker = file.reference(called.value.func)
        return Made(_method(maker, called.attr.value), made=called.value) if maker else None
    if type(called.value).__name__ != "Name":
        return None
    bindings = file.scan.lookup(called.value.value, file.span(called)[0]) or []
    maker = file.maker(bindings[0]) if len(bindings) == 1 else None
    return Made(_method(maker, called.attr.value), binding=bindings[0]) if maker else None


def _method(maker: Reference, name: str) -> Reference:
    return replace(maker, names=frozenset(f"{each}.{name}" for each in maker.names))


def as_called(definition: Definition | None, made: Made) -> Definition | None:
    """Give the definition of a method as it is called on an object: without ``self``."""
    if made.is_named:
        return definition
    if definition is None or definition.signature is None or definition.kind != "function":
        return definition
    if {"builtins.staticmethod", "builtins.classmethod"} & set(definition.decorators):
        return definition
    return replace(definition, signature=definition.signature.without_first())


def unmake(file: File, made: Made, offset: int) -> tuple[Edit, ...]:
    """Give the edits by which ``made`` is made no more, where its method is not called at ``offset`` any more.

    Raises `Refused` where it may be there for something else, too.
    """
    if made.made is not None and made.made.args:
        raise Refused("unknown-argument", f"`{file.source(made.made)}` is made with arguments of its own")
    return _remove(file, made.binding, offset) if made.binding is not None else ()


def _remove(file: File, binding: Binding, offset: int) -> tuple[Edit, ...]:
    statement = binding.statement
    if isinstance(binding.value, ast.Call) and (binding.value.args or binding.value.keywords):
        raise Refused("unknown-argument", f"`{binding.name}` is made with arguments of its own")
    if not _is_alone(binding) or len(_uses(file, binding)) != 1 or held(file.scan, (binding.name,), offset) != VALUE:
        raise Refused("used-otherwise", f"`{binding.name}` may be there for something else, too")
    if not is_own_line(file.text, statement):
        raise Refused("used-otherwise", f"`{binding.name}` is made on a line with other statements")
    span = file.text.string[statement.start : statement.end]
    if "#" in span or has_comment_after(file.text, statement):
        raise Refused("comment-loss", f"a comment stands where `{binding.name}` is made")
    return to_edits(file.text, [delete(file.text, statement)])


def _is_alone(binding: Binding) -> bool:
    """Whether an assignment in a function binds this name and nothing else."""
    node = binding.statement.node
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    is_assignment = isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is binding.value
    return is_assignment and len(targets) == 1 and binding.statement.scope.kind == "function"


def _uses(file: File, binding: Binding) -> list[int]:
    """Give the offsets at which the name is used, in the function that binds it and in those inside."""
    used = (use for use in file.uses if use.path[0] == binding.name and not (use.stored and len(use.path) == 1))
    return [use.start for use in used if binding in (file.scan.lookup(binding.name, use.start) or ())]
