"""Import statements as edits: what is wanted of one import, as replacements of text in its block.

A local name stays bound, an import stays in its block, a comment stays in the file, and what is not concerned stays as
it was written, to the byte. What these functions make parses where the text did. Whether it means the same, that is,
whether both modules give the same object, is for the caller to know.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from ssot_lint.source.import_hosts import Host, Wanted, find_host
from ssot_lint.source.import_layout import ImportLayout, Remark
from ssot_lint.source.import_lists import WIDTH, Written, add, take_out
from ssot_lint.source.placing import (
    add_after,
    add_at_top,
    delete,
    has_comment_after,
    indentation,
    is_own_line,
    newline_at,
)
from ssot_lint.source.replacements import Replacement, in_order
from ssot_lint.source.scan import Import, Scan
from ssot_lint.source.scopes import Statement


def move_names(scan: Scan, imported: Import, moves: Mapping[int, tuple[str, str]]) -> tuple[Replacement, ...] | None:
    """Import names of a ``from`` statement from elsewhere: ``moves`` maps their indices to new modules and names.

    A name goes into an import of its new module in the same block if there is one; what is left moves in place if all
    of it moves to one module, and else into a statement of its own after this one. A comment that is about names
    that go goes with them, and no statement with a comment disappears. Gives ``None`` for stars, for ``__future__``,
    and where one local name is bound twice by names that would part.
    """
    node = imported.node
    if isinstance(node, ast.Import) or node.names[0].name == "*" or (node.module == "__future__" and not node.level):
        return None
    return _Move(scan, imported, moves).replacements()


class _Move:
    """One import statement and where each of its names is wanted."""

    def __init__(self, scan: Scan, imported: Import, moves: Mapping[int, tuple[str, str]]) -> None:
        self.scan = scan
        self.imported = imported
        self.statement = imported.statement
        self.layout = ImportLayout(scan.text, imported)
        self.wanted: list[Wanted] = []
        for index, alias in enumerate(imported.node.names):
            module, name = moves.get(index, (imported.module, alias.name))
            self.wanted.append(Wanted(module, name, alias.asname or alias.name))
        self.going = [index for index, wanted in enumerate(self.wanted) if wanted.module != imported.module]

    def replacements(self) -> tuple[Replacement, ...] | None:
        hosts = self._hosts()
        rest = [index for index in range(len(self.wanted)) if index not in hosts]
        if not rest and (self.layout.remarks or has_comment_after(self.scan.text, self.statement)):
            hosts, rest = {}, list(range(len(self.wanted)))
        added = self._added(hosts)
        if not rest:
            return in_order([*added, delete(self.scan.text, self.statement)])
        module = self._module_of(rest)
        leaving = [index for index in rest if self.wanted[index].module != module]
        if leaving and self._is_ambiguous():
            return None
        return in_order([*added, *self._in_place(module, rest, leaving), *self._parted(hosts, leaving)])

    def _is_ambiguous(self) -> bool:
        """Whether one local name is wanted from two places, so that the order of the names counts."""
        return len({wanted.local for wanted in self.wanted}) < len(set(self.wanted))

    def _hosts(self) -> dict[int, Host]:
        """Find, for the names that can be imported by another statement, that one."""
        if self._is_ambiguous():
            return {}
        commented = {name for remark in self.layout.remarks_on(self.going) for name in remark.names}
        hosts: dict[int, Host] = {}
        for index in self.going:
            host = None
            if index not in commented:
                host = find_host(self.scan, self.statement, self.wanted[index], moved=True)
            if host is not None:
                hosts[index] = host
        return hosts

    def _added(self, hosts: dict[int, Host]) -> Iterator[Replacement]:
        names: dict[Import, dict[Wanted, int]] = {}
        for index, host in hosts.items():
            if not host.has_it:
                names.setdefault(host.imported, {}).setdefault(self.wanted[index], index)
        for imported, found in names.items():
            yield from add(ImportLayout(self.scan.text, imported), [self._written(index) for index in found.values()])

    def _module_of(self, rest: list[int]) -> str | None:
        """Give the module that the statement names afterwards: its own while a name stays, else that of the first."""
        modules = [self.wanted[index].module for index in rest]
        return self.imported.module if self.imported.module in modules else modules[0]

    def _in_place(self, module: str | None, rest: list[int], leaving: list[int]) -> Iterator[Replacement]:
        if module is not None and module != self.imported.module:
            yield self.layout.replace_module(0, module)
        for index in rest:
            renamed = None if index in leaving else self.layout.rename(index, self.wanted[index].name)
            if renamed is not None:
                yield renamed

    def _parted(self, hosts: dict[int, Host], leaving: list[int]) -> Iterator[Replacement]:
        """Take out the names that go, and write a statement for each module that is still wanted."""
        gone = {*hosts, *leaving}
        if not gone:
            return
        yield from take_out(self.layout, gone)
        remarks = self.layout.remarks_on(gone)
        statements: dict[str | None, dict[Wanted, Written]] = {}
        for index in leaving:
            wanted = self.wanted[index]
            own = [remark for remark in remarks if self.wanted[remark.owner] == wanted]
            statements.setdefault(wanted.module, {}).setdefault(wanted, self._written(index, own))
        for module, names in statements.items():
            yield add_after(self.scan.text, self.statement, self._new_statement(module, list(names.values())))

    def _written(self, index: int, remarks: Iterable[Remark] = ()) -> Written:
        comments: dict[bool, list[str]] = {True: [], False: []}
        for remark in remarks:
            comments[remark.is_above].append(self.layout.source(remark.comment))
        name = self.wanted[index].name
        return Written(name, self.layout.respelled(index, name), tuple(comments[True]), tuple(comments[False]))

    def _new_statement(self, module: str | None, names: list[Written]) -> str:
        """Write a ``from`` statement: on one line if the old one is and where it fits, else a line for each name."""
        text = self.scan.text
        newline, outer = newline_at(text, self.statement.start), indentation(text, self.statement.start)
        start = f"{self.layout.prefix}from {module} import "
        line = start + ", ".join(written.source for written in names)
        if not any(written.above or written.beside for written in names):
            if len(names) == 1 or not self.layout.is_multiline or len(outer) + len(line) <= WIDTH:
                return line
        elif len(names) == 1 and len(names[0].beside) < 2 and is_own_line(text, self.statement):
            return f"{newline}{outer}".join([*names[0].above, "  ".join([line, *names[0].beside])])
        inner = self.layout.inner_indentation
        lines = [inner + entry for written in names for entry in written.lines()]
        return newline.join([start + "(", *lines, outer + ")"])


def remove_name(scan: Scan, imported: Import, index: int) -> tuple[Replacement, ...] | None:
    """Import one name less: without its alias, or without the statement if it is the only one.

    A block that was nothing but the statement becomes ``pass``. Gives ``None`` where a ``try`` would lose all that it
    tries, and where a comment would lose what it is about.
    """
    layout = ImportLayout(scan.text, imported)
    if len(imported.node.names) > 1:
        return None if layout.remarks_on({index}) else in_order(take_out(layout, {index}))
    block = imported.statement.block
    tried = block.owner is not None and block.part == "body" and hasattr(block.owner.node, "handlers")
    if (tried and len(block.statements) == 1) or layout.remarks or has_comment_after(scan.text, imported.statement):
        return None
    return (delete(scan.text, imported.statement),)


def add_import(
    scan: Scan, after: Statement, module: str, name: str, asname: str | None = None
) -> tuple[Replacement, ...]:
    """Import ``name`` from ``module`` in the block of ``after``, so that it is bound after that statement.

    Goes into an earlier import of the module in the block if there is one. Gives nothing where it is imported already.
    """
    after = _past_future(after)
    wanted = Wanted(module, name, asname or name)
    host = find_host(scan, after, wanted)
    source = name if wanted.local == name else f"{name} as {wanted.local}"
    if host is None:
        return (add_after(scan.text, after, f"from {module} import {source}"),)
    if host.has_it:
        return ()
    return in_order(add(ImportLayout(scan.text, host.imported), [Written(name, source)]))


def add_import_at_top(scan: Scan, module: str, name: str, asname: str | None = None) -> tuple[Replacement, ...]:
    """Import ``name`` from ``module`` at the top of the module, after the imports with which it starts."""
    after = _last_at_top(scan)
    if after is not None:
        return add_import(scan, after, module, name, asname)
    return (
        _first_at_top(scan, f"from {module} import {name}" + (f" as {asname}" if asname and asname != name else "")),
    )


def add_at_top_of(scan: Scan, source: str) -> Replacement:
    """Put the statement ``source`` at the top of the module, after the imports with which it starts."""
    after = _last_at_top(scan)
    return add_after(scan.text, _past_future(after), source) if after is not None else _first_at_top(scan, source)


def _last_at_top(scan: Scan) -> Statement | None:
    """Give the last of the imports with which a module starts; a docstring that shares its line counts, too."""
    docstring, body = _head(scan)
    if body and _is_import(body[0]):
        return next((before for before, after in pairwise(body) if not _is_import(after)), body[-1])
    return docstring if docstring and not is_own_line(scan.text, docstring) else None


def _first_at_top(scan: Scan, source: str) -> Replacement:
    docstring, body = _head(scan)
    return add_at_top(scan.text, docstring, body[0].node if body else None, source)


def _head(scan: Scan) -> tuple[Statement | None, list[Statement]]:
    """Give the docstring of a module, if it has one, and its other statements."""
    statements = scan.block.statements
    has_docstring = bool(statements) and _is_string(statements[0].node)
    return (statements[0], statements[1:]) if has_docstring else (None, statements)


def replace_module(scan: Scan, imported: Import, index: int, new_module: str) -> Replacement:
    """Import ``new_module`` instead, in place; for ``import old as m`` and ``from old import *``.

    Whatever else the statement binds it binds as before; without ``as``, ``import`` binds the first name of the path.
    """
    return ImportLayout(scan.text, imported).replace_module(index, new_module)


def _past_future(statement: Statement) -> Statement:
    """Give ``statement``, or the last of the ``__future__`` imports right behind it."""
    statements = statement.block.statements
    for other in statements[statements.index(statement) + 1 :]:
        if not isinstance(other.node, ast.ImportFrom) or other.node.module != "__future__":
            break
        statement = other
    return statement


def _is_import(statement: Statement) -> bool:
    return isinstance(statement.node, (ast.Import, ast.ImportFrom))


def _is_string(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
