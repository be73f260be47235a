"""Rewrites of all that uses one object for everybody, so that each use asks a factory for its own.

A file is rewritten if all its uses can be; what gives the object goes when no use of it is left in the whole project.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ssot_lint.file import File
from ssot_lint.model import Applicability, Edit, Fix, Refusal
from ssot_lint.rewriting.arguments import values_in_scope
from ssot_lint.rewriting.calls import Factory, check_signature, definition_of, in_text, is_async
from ssot_lint.rewriting.names import is_late, split
from ssot_lint.rewriting.opening import users
from ssot_lint.rewriting.reaching import reach
from ssot_lint.rewriting.refused import Refused
from ssot_lint.source.places import enclosing_definitions, may_await, obstacle
from ssot_lint.source.scopes import Statement
from ssot_lint.source.uses import Use

BINDS_TIGHTLY = (".", "(", "[")
MOST_LISTED = 20
"""How many of the uses that keep an object alive are told of."""


@dataclass(frozen=True)
class Left:
    """A use that cannot be rewritten: where it is and why."""

    path: str
    row: int
    refusal: Refusal

    def __str__(self) -> str:
        """Give it as a line of a list."""
        return f"{self.path}:{self.row} {self.refusal.code}: {self.refusal.reason}"


def replace_object(file: File, statement: Statement, name: str, factory: Factory) -> Fix | Refusal:
    """Rewrite what uses the object that ``statement`` binds to ``name`` in the module ``file`` to ask ``factory``.

    Nothing is the same object afterwards, so that a human has to agree.
    """
    message = f"ask {split(factory.name)[1]} for it"
    symbol = f"{file.module}.{name}"

    def uses(other: File) -> Uses:
        return Uses(other, symbol, factory, statement if other is file else None)

    return replace_uses(file, name, uses, [statement], message)


def replace_uses(
    file: File,
    name: str,
    uses: Callable[[File], Uses],
    statements: Iterable[Statement],
    message: str,
    kept_by: Iterable[Left] = (),
) -> Fix | Refusal:
    """Rewrite the ``uses`` of ``name``, which the module ``file`` binds, in all files.

    The ``statements``, by which it is bound, go if nothing else needs it; ``kept_by`` is what is known to do so.
    """
    if file.module is None:
        return Refusal("used-here", "this file cannot be imported, so that nothing is known of who uses it")
    others = (other for other in users(file.project, file.module, name) if other.path != file.path)
    found = {other.path: uses(other).rewritten() for other in others}
    elsewhere = tuple((path, edits) for path, edits in sorted(found.items()) if isinstance(edits, tuple))
    left = [*kept_by, *(use for given in found.values() if isinstance(given, list) for use in given)]
    left += _other_uses(file, name, f"{file.module}.{name}")
    own = uses(file).rewritten()
    left += own if isinstance(own, list) else []
    removed = [_removed(file, statement) for statement in statements]
    left += [gone for gone in removed if isinstance(gone, Left)]
    if not left and isinstance(own, tuple):
        edits = (*own, *(gone for gone in removed if isinstance(gone, Edit)))
        return Fix(Applicability.UNSAFE, message, tuple(sorted(edits, key=in_text)), elsewhere)
    if elsewhere:
        return Fix(Applicability.UNSAFE, f"{message} where that can be; {_told(left)}", (), elsewhere)
    return Refusal("used-elsewhere" if any(use.path != file.path for use in left) else "used-here", _told(left))


def _told(left: list[Left]) -> str:
    listed = "; ".join(map(str, sorted(left, key=lambda use: (use.path, use.row))[:MOST_LISTED]))
    more = f" and {len(left) - MOST_LISTED} more" if len(left) > MOST_LISTED else ""
    return f"it stays for what uses it: {listed}{more}"


def _other_uses(file: File, name: str, symbol: str) -> Iterator[Left]:
    """Give what keeps an object though no code is seen to use it."""
    project, row = file.project, file.text.row(file.scan.block.statements[0].start)
    summary = project.summary(file.module or "")
    if project.spells(symbol):
        yield Left(file.path, row, Refusal("patch-target", f"a string names {symbol}: a test may replace it"))
    if project.sets_attribute((file.module or "").rpartition(".")[2], name):
        yield Left(file.path, row, Refusal("rebinds-module", f"something sets an attribute `{name}`: perhaps this one"))
    if summary is not None and summary.exports is not None and name in summary.exports:
        yield Left(file.path, row, Refusal("used-here", f"`{name}` is listed in `__all__`"))


def _removed(file: File, statement: Statement) -> Edit | Left:
    """Give the edit that removes a statement with its lines; form feeds stay, in a line of their own."""
    text = file.text
    start, end = text.line_start(statement.start), text.line_end(statement.end)
    refusal = None
    if statement.block.owner is not None or len(statement.block.statements) == 1:
        refusal = Refusal("used-here", "it is bound inside another statement, of which nothing might be left")
    elif text.string[start:end].strip() != text.string[statement.start : statement.end]:
        refusal = Refusal("comment-loss", "something else stands in its line")
    elif isinstance(statement.node, (ast.Assign, ast.AnnAssign)) and len(_targets(statement.node)) != 1:
        refusal = Refusal("mixed-bindings", "it is bound to several names")
    if refusal is not None:
        return Left(file.path, text.row(statement.start), refusal)
    form_feeds = "\f" * text.string.count("\f", start, end)
    if form_feeds:
        return file.edit(start, end, form_feeds)
    last = text.row(end)
    after = text.line_starts[last] if last < len(text.line_starts) else len(text.string)
    return file.edit(start, after, "")


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


class Uses:
    """The uses of one object in one ``file``; it is bound by ``own``, if that is its module."""

    def __init__(self, file: File, symbol: str, factory: Factory, own: Statement | None = None) -> None:
        self.file = file
        self.factory = factory
        self.symbol = symbol
        self.own = own

    def rewritten(self) -> tuple[Edit, ...] | list[Left] | None:
        """Give the edits of all uses, or those that cannot be rewritten; ``None`` where there are no uses."""
        edits: dict[Edit, None] = {}
        left: list[Left] = []
        found = list(self._found())
        for use, depth in found:
            asked = self._edits(use, depth)
            if isinstance(asked, Left):
                left.append(asked)
            else:
                edits.update(dict.fromkeys(asked))
        left += self._passed_on(found)
        if left:
            return left
        if self.own is None and not found:
            return None
        return tuple(sorted(edits, key=in_text))

    def _found(self) -> Iterator[tuple[Use, int]]:
        """Give the uses of the object, and how many names of each chain name it."""
        for use in self.file.uses:
            for depth in range(1, len(use.path) + 1):
                if self.names(use, depth):
                    yield use, depth
                    break

    def names(self, use: Use, depth: int) -> bool:
        """Tell whether the first names of a use, ``depth`` of them, name the object."""
        if self.own is not None and depth == 1:
            bindings = self.file.scan.lookup(use.path[0], use.start) or ()
            if any(binding.statement is self.own for binding in bindings):
                return use.start >= self.own.end or use.start < self.own.start
        reference = self.file.refer(use.path[:depth], use.start)
        return reference is not None and self.symbol in self.file.resolve(reference).possible

    def _edits(self, use: Use, depth: int) -> list[Edit] | Left:
        try:
            return list(self.asked(use, depth))
        except Refused as refused:
            return Left(self.file.path, self.file.text.row(use.start), refused.refusal)

    def asked(self, use: Use, depth: int) -> Iterator[Edit]:
        """Give the edits by which one use asks the factory; raises `Refused`."""
        file, factory = self.file, self.factory
        self.check(use, depth)
        definition = definition_of(file, factory)
        values = values_in_scope(file, use.start, factory.arguments)
        check_signature(definition, factory.name, tuple(values))
        before, after = self._awaited(use, depth) if is_async(factory, definition) else ("", "")
        reached = reach(file, use.start, factory.name, self.import_of(use))
        if isinstance(reached, Refusal):
            raise Refused(reached.code, reached.reason)
        yield from reached.edits
        call = f"{reached.name}({_arguments(values)})"
        yield file.edit(use.start, use.ends[depth - 1], f"{before}{call}{after}")

    def check(self, use: Use, depth: int) -> None:
        """Raise `Refused` where no use can be rewritten."""
        if use.stored and depth == len(use.path):
            raise Refused("rebinds-module", "it is assigned or deleted")
        if use.quoted or not is_late(self.file, use.start):
            raise Refused("used-at-import", "it is used when the module is imported")
        if self._is_in_factory(use):
            raise Refused("used-here", f"{self.factory.name} itself uses it")

    def _awaited(self, use: Use, depth: int) -> tuple[str, str]:
        file = self.file
        statement = file.scan.statement_at(use.start)
        if statement is None or not may_await(file.scan, statement, use.start):
            place = obstacle(file.scan, statement, use.start) if statement else "no statement"
            raise Refused("not-in-async", f"{self.factory.name} is async, and this is no place for `await`: {place}")
        tight = file.text.string.startswith(BINDS_TIGHTLY, use.ends[depth - 1])
        return ("(await ", ")") if tight else ("await ", "")

    def _is_in_factory(self, use: Use) -> bool:
        statement = self.file.scan.statement_at(use.start)
        origin = self.file.project.resolve(self.factory.name).origin
        path = [self.file.module or "", *reversed(list(enclosing_definitions(statement)))] if statement else []
        return any(".".join(path[:depth]) == origin for depth in range(2, len(path) + 1))

    def import_of(self, use: Use) -> Statement | None:
        """Give the import through which a use comes by its name."""
        for binding in self.file.scan.lookup(use.path[0], use.start) or ():
            if self.file.import_of(binding.statement) is not None:
                return binding.statement
        return None

    def _passed_on(self, found: list[tuple[Use, int]]) -> Iterator[Left]:
        """Give what others may take from this file: the object as a name of it."""
        file, project = self.file, self.file.project
        if self.own is not None or file.module is None:
            return
        for imported in file.scan.outer_imports:
            for alias in imported.node.names:
                local = alias.asname or alias.name
                if not self._brings(imported.module, alias.name) or isinstance(imported.node, ast.Import):
                    continue
                row = file.text.row(imported.statement.start)
                if project.importers(file.module, local) or project.spells(f"{file.module}.{local}"):
                    reason = f"others take it from {file.module}, or a string names it there"
                    yield Left(file.path, row, Refusal("used-elsewhere", reason))
                elif not found:
                    yield Left(file.path, row, Refusal("used-elsewhere", "it is imported for others to take"))

    def _brings(self, module: str | None, name: str) -> bool:
        if module is None or name == "*":
            return False
        return self.symbol in self.file.project.resolve(f"{module}:{name}").possible


def _arguments(values: Mapping[str, str]) -> str:
    return ", ".join(f"{parameter}={expression}" for parameter, expression in values.items())
