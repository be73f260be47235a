"""Strings that follow the code: what a test replaces where it is looked up, it replaces where it will be looked up.

A name that functions import, or look up in its module, when they run, is moved together with all strings by which
``patch`` or the like replaces it; and where one of these has to stay, nothing moves.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ssot_lint.file import File, plain
from ssot_lint.model import Applicability, Edit, Fix, Refusal
from ssot_lint.rewriting.calls import in_text
from ssot_lint.rewriting.moves import judge_imported_name, move_group, move_use
from ssot_lint.rewriting.names import is_late, runs_later, split
from ssot_lint.rewriting.opening import opened, users
from ssot_lint.rewriting.proof import Move, refused_place
from ssot_lint.rewriting.refused import Refused
from ssot_lint.source.patches import QuotedName, quoted_names

LITERAL = re.compile(r"[rRuU]?(?:'{3}|\"{3}|'|\")([\w.]+)(?:'{3}|\"{3}|'|\")")

Edits = tuple[tuple[str, tuple[Edit, ...]], ...]
"""Edits by path."""


def move_with_strings(file: File, move: Move) -> Fix | Refusal | None:
    """Move a name everywhere it is looked up late, with the strings that replace it there; for the part of ``file``.

    ``None`` where no string does, or where nobody looks it up late.
    """
    old = plain(move.old)
    project = file.project
    if not project.spells(old):
        return None
    found: Edits | Refusal | None = project.once(("follow", old, plain(move.new)), lambda: _Group(file, move).edits())
    if found is None or isinstance(found, Refusal):
        return found
    own = dict(found).get(file.path)
    if own is None:
        return None
    elsewhere = tuple((path, edits) for path, edits in found if path != file.path)
    message = f"import it from {split(move.new)[0]}, where tests replace it then"
    return Fix(Applicability.UNSAFE, message, own, elsewhere)


class _Group:
    """All that has to move together."""

    def __init__(self, file: File, move: Move) -> None:
        self._project = file.project
        self._old = plain(move.old)
        self._owner, self._last = split(move.old)
        self._move = replace(move, old=f"{self._owner}:{self._last}")

    def edits(self) -> Edits | Refusal | None:
        """Give the edits of all files; ``None`` where no code looks the name up late, or no string replaces it."""
        owner = self._owner.rpartition(".")[2]
        if self._project.sets_attribute(owner, self._last):
            return Refusal("patch-target", f"something sets an attribute `{self._last}`, perhaps of {self._owner}")
        try:
            moved, target = self._moved(list(users(self._project, self._owner, self._last)))
            # They are many: they are read only where something would move.
            strings = self._project.spelling(self._old) if any(moved.values()) else ()
            files = (file for path in strings if (file := opened(self._project, path)))
            replaced = {file.path: list(self._replaced(file, target)) for file in files}
        except Refused as refused:
            return refused.refusal if any(self._strings()) else None
        if not any(replaced.values()):
            return None
        together = {path: [*moved.get(path, ()), *replaced.get(path, ())] for path in {*moved, *replaced}}
        return tuple((path, _sorted(edits)) for path, edits in sorted(together.items()) if edits)

    def _strings(self) -> Iterator[QuotedName]:
        """Give the strings that tell ``patch`` or the like to replace just this name."""
        for path in self._project.spelling(self._old):
            file = opened(self._project, path)
            yield from self._replacing(file) if file else ()

    def _replacing(self, file: File) -> Iterator[QuotedName]:
        for call in ast.walk(file.scan.tree):
            for quoted in quoted_names(call) if isinstance(call, ast.Call) else ():
                if quoted.name == self._old and quoted.use == "replaced":
                    yield quoted

    def _moved(self, files: list[File]) -> tuple[dict[str, list[Edit]], str]:
        """Give the edits of what looks the name up late, and where it will; raises `Refused` if one has to stay.

        What functions import they look up in the new module; what they reach through the old one will be a name of
        their own module, so that no string can replace it for others as well.
        """
        imports = {file.path: list(self._imports(file)) for file in files}
        reached = {file.path: dict(self._reached(file)) for file in files}
        through = [file for file in files if reached[file.path]]
        if not through:
            return imports, plain(self._move.new)
        names = {name for file in through for name in reached[file.path].values()}
        if any(imports.values()) or len(through) > 1 or len(names) > 1 or through[0].module is None:
            places = ", ".join(file.path for file in files if imports[file.path] or reached[file.path])
            raise Refused("patch-target", f"it is looked up in several places, and would be in each of them: {places}")
        moved = {path: [edit for fix in reached[path] for edit in fix.edits] for path in reached}
        return moved, f"{through[0].module}.{min(names)}"

    def _imports(self, file: File) -> Iterator[Edit]:
        """Give the edits of imports of the name in functions."""
        if file.module == self._owner and any(self._is_own(file)):
            raise Refused("patch-target", f"{self._owner} itself looks it up")
        for imported in file.scan.imports:
            if not isinstance(imported.node, ast.ImportFrom) or not runs_later(imported.statement):
                continue
            for index, alias in enumerate(imported.node.names):
                if f"{imported.module}.{alias.name}" == self._old:
                    fix: Fix | Refusal | Applicability = judge_imported_name(file, imported, index, self._move)
                    if not isinstance(fix, Refusal):
                        fix = move_group(file, imported, {index: self._move}, Applicability.UNSAFE)
                    yield from _made(file, fix, imported.statement.start).edits

    def _reached(self, file: File) -> Iterator[tuple[Fix, str]]:
        """Give the fixes of what functions reach through the old module, each with the name that it will have."""
        for use in file.uses:
            for depth in range(2, len(use.path) + 1):
                reference = file.refer(use.path[:depth], use.start)
                if reference and self._old in map(plain, reference.names) and is_late(file, use.start):
                    fix = _made(file, move_use(file, use, depth, self._move), use.start)
                    start = file.text.range(use.start, use.start).start
                    yield fix, next(edit.content for edit in fix.edits if edit.range.start == start and edit.content)

    def _is_own(self, file: File) -> Iterator[bool]:
        return (use.path[0] == self._last and is_late(file, use.start) for use in file.uses)

    def _replaced(self, file: File, target: str) -> Iterator[Edit]:
        """Give the edits of the strings by which ``patch`` or the like replaces the name, which will be ``target``.

        Raises `Refused`.
        """
        for quoted in self._replacing(file):
            start, end = file.scan.span(quoted.node)
            literal = LITERAL.fullmatch(file.text.string, start, end)
            statement = file.scan.statement_at(start)
            refusal = refused_place(file, statement) if statement else None
            if refusal:
                raise Refused(refusal.code, f"{refusal.reason} ({file.path}, line {file.text.row(start)})")
            if literal is None:
                raise Refused("patch-target", f"a string in {file.path}, line {file.text.row(start)}, is no literal")
            yield file.edit(literal.start(1), literal.end(1), target)


def _made(file: File, fix: Fix | Refusal | Applicability, offset: int) -> Fix:
    if isinstance(fix, Fix):
        return fix
    assert isinstance(fix, Refusal), "what is judged to be possible is done"
    raise Refused(fix.code, f"{fix.reason} ({file.path}, line {file.text.row(offset)})")


def _sorted(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(dict.fromkeys(edits), key=in_text))
