"""A file before and after its fixes: what the laws look at."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ssot_lint.fixing.apply import Change, Plan
from ssot_lint.model import FileReport, Violation
from ssot_lint.own_rules import UNUSED_SUPPRESSION
from ssot_lint.project import Project
from ssot_lint.source.comments import Comment, LogicalLine, comments_and_lines
from ssot_lint.source.grammar import lower
from ssot_lint.source.scan import Scan, parse
from ssot_lint.source.scopes import Statement
from ssot_lint.source.text import Text


class State:
    """The file ``path`` of ``project`` at one moment, read when asked for."""

    def __init__(self, path: str, text: Text, project: Project) -> None:
        self.path = path
        self.text = text
        self.project = project

    @cached_property
    def _parsed(self) -> tuple[str, ast.Module] | None:
        try:
            return self.text.string, parse(self.text.string)
        except SyntaxError:
            lowered = lower(self.text)
            return (lowered.string, parse(lowered.string)) if lowered else None

    @property
    def is_python(self) -> bool:
        """Whether the file can be parsed, if not by the running Python, then as newer grammar."""
        return self._parsed is not None

    @property
    def source(self) -> str:
        """What the running Python can parse: the text, or for newer grammar older code with the same names."""
        assert self._parsed is not None, "what is not Python has no names"
        return self._parsed[0]

    @cached_property
    def scan(self) -> Scan:
        """The names of the file."""
        assert self._parsed is not None, "what is not Python has no names"
        module, is_package = self.project.module_of(self.path) or (None, False)
        return Scan(self.text, self._parsed[1], module, is_package, newer=self.is_newer)

    @cached_property
    def comments(self) -> Counter[str]:
        """The comments of the file, counted."""
        return Counter(comment.text for comment in self._lexed[0])

    @cached_property
    def rows(self) -> frozenset[int]:
        """The rows in which statements stand, those of their parts that are blank or comments included."""
        return frozenset(row for line in self._lexed[1] for row in range(line.first, line.last + 1))

    @cached_property
    def _lexed(self) -> tuple[tuple[Comment, ...], tuple[LogicalLine, ...]]:
        return comments_and_lines(self.text.string)

    def comment_at(self, offset: int) -> str | None:
        """Give the comment in which the character at ``offset`` stands."""
        position = self.text.position(offset)
        on_the_row = (comment for comment in self._lexed[0] if comment.row == position.row)
        return next((comment.text for comment in on_the_row if comment.column <= position.column), None)

    @property
    def is_newer(self) -> bool:
        """Whether the text has grammar that the running Python does not know."""
        return self.source != self.text.string


@dataclass(frozen=True)
class Step:
    """One pass of fixes: ``violations`` are those that it should have fixed."""

    before: State
    plan: Plan
    after: State
    violations: tuple[Violation, ...]

    @cached_property
    def removed_suppressions(self) -> Mapping[Change, str]:
        """The changes that take away suppressions which nobody needs, each with the comment in which that stands."""
        unused = {v.fix for v in self.violations if v.code == UNUSED_SUPPRESSION.code and v.fix}
        text = self.before.text
        places = {text.offset(edit.range.start): text.offset(edit.range.end) for fix in unused for edit in fix.edits}
        found = ((change, self.before.comment_at(change.end - 1)) for change in self.plan.changes)
        return {
            change: comment
            for change, comment in found
            if comment is not None and not change.content and places.get(change.start) == change.end
        }


@dataclass(frozen=True)
class Rewrite:
    """All ``steps``, at least one, from the first text of a file to its last, and what was reported of both."""

    project: Project
    steps: tuple[Step, ...]
    reported: FileReport
    remaining: FileReport

    @property
    def before(self) -> State:
        """The file as it was."""
        return self.steps[0].before

    @property
    def after(self) -> State:
        """The file as it would be."""
        return self.steps[-1].after

    def written(self) -> Iterator[tuple[int, int]]:
        """Give the spans in the last text of what the fixes wrote, unless later steps wrote over it."""
        for number, step in enumerate(self.steps):
            for _, start, end in step.plan.results():
                span = self._carried(start, end, self.steps[number + 1 :])
                if span is not None:
                    yield span

    @staticmethod
    def _carried(start: int, end: int, steps: tuple[Step, ...]) -> tuple[int, int] | None:
        """Give where a span stands after ``steps``; ``None`` if nothing of it is left."""
        for step in steps:
            for change in step.plan.changes:
                if change.start < start < change.end:
                    start = change.end
                if change.start < end < change.end:
                    end = change.start
            moved_start, moved_end = step.plan.moved(start), step.plan.moved(end)
            if start >= end or moved_start is None or moved_end is None:
                return None
            start, end = moved_start, moved_end
        return start, end


def own_span(scan: Scan, statement: Statement) -> tuple[int, int]:
    """Give the offsets of what is a statement's own: all of a simple one, the header of a compound one."""
    return statement.start, min(statement.end, scan.body_start(statement))
