"""Law 8: ``await`` is written exactly where the callee is async."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from ssot_lint.file import File, ast_path
from ssot_lint.fixing.rewrite import Rewrite, State, own_span
from ssot_lint.project import Project

WORD = re.compile(r"\w+")


@dataclass(frozen=True, order=True)
class Mismatch:
    """A call of ``name`` that is awaited and should not be, or (``is_async``) the other way round."""

    name: str
    is_async: bool

    def __str__(self) -> str:
        if self.is_async:
            return f"{self.name}() is async and would be called without `await`"
        return f"{self.name}() is not async and would be awaited"


def changes_awaits(rewrite: Rewrite) -> str | None:
    """Say which call is awaited wrongly that was not; ``None`` if there are no more of them than before.

    A call that is not awaited where it stands may be right all the same (``create_task(f())``), so the calls before
    and after are compared. Only those count whose callee is known for certain.
    """
    words = _edited_words(rewrite)
    after = _mismatches(rewrite.after, rewrite.project, words)
    if not after:
        return None
    before = _mismatches(rewrite.before, rewrite.project, words)
    if after.total() <= before.total():
        return None
    return str(min(after - before))


def _edited_words(rewrite: Rewrite) -> frozenset[str]:
    """Give the words of all edited statements; the fixes change the meaning of no other name."""
    words: set[str] = set()
    for step in rewrite.steps:
        before = [(change.start, change.end) for change in step.plan.changes]
        after = [(start, end) for _, start, end in step.plan.results()]
        for state, spans in ((step.before, before), (step.after, after)):
            for span in spans:
                words |= _words_at(state, *span)
    return frozenset(words)


def _words_at(state: State, start: int, end: int) -> set[str]:
    """Give the words between two offsets and of the statements in which these lie."""
    spans = [(start, end)]
    for offset in (start, end):
        statement = state.scan.statement_at(offset)
        if statement is not None:
            spans.append(own_span(state.scan, statement))
    texts = (unicodedata.normalize("NFKC", state.text.string[slice(*span)]) for span in spans)
    return {word for text in texts for word in WORD.findall(text)}


def _mismatches(state: State, project: Project, words: frozenset[str]) -> Counter[Mismatch]:
    """Count the calls by one of ``words`` that are awaited wrongly."""
    file = File(state.path, state.scan, project)
    awaited: set[int] = set()
    found: Counter[Mismatch] = Counter()
    for node in ast.walk(state.scan.tree):
        if isinstance(node, ast.Await):
            awaited.add(id(node.value))
        elif isinstance(node, ast.Call):
            path = ast_path(node.func)
            if path is not None and path[0] in words:
                is_async = _is_async(file, path, state.scan.span(node.func)[0])
                if is_async is not None and is_async != (id(node) in awaited):
                    found[Mismatch(".".join(path), is_async)] += 1
    return found


def _is_async(file: File, path: tuple[str, ...], offset: int) -> bool | None:
    """Tell whether what ``path`` names is an async function; ``None`` if that is not known for certain."""
    reference = file.refer(path, offset)
    resolution = file.resolve(reference) if reference else None
    if resolution is None or resolution.status != "found" or resolution.origin is None:
        return None
    definition = file.project.definition(resolution.origin)
    if definition is None or definition.kind != "function" or not definition.certain:
        return None
    return definition.is_async
