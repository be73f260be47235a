"""Law 4: what no fix edits stays as it was, to the byte."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from textwrap import dedent

from ssot_lint.fixing.apply import Change, Plan
from ssot_lint.fixing.rewrite import Rewrite, State, Step, own_span
from ssot_lint.source.scan import Scan, parse
from ssot_lint.source.scopes import Statement
from ssot_lint.source.text import NEWLINE, NotText, Text

NEWLINES = ("\n", "\r")
SEPARATORS = (*NEWLINES, ";")

Identity = tuple["int | None", int, type[ast.stmt], str, "int | None"]


def strays(rewrite: Rewrite) -> str | None:
    """Say what changes outside the edited statements; ``None`` if nothing does."""
    reasons = (reason for step in rewrite.steps for reason in _strays_of(step))
    return next(reasons, None) or _other_conventions(rewrite.before.text, rewrite.after.text)


def _strays_of(step: Step) -> Iterator[str]:
    for change in step.plan.changes:
        if change not in step.removed_suppressions and not _stays_in_statements(step.before, change):
            yield f"it edits what is no statement, in line {step.before.text.row(change.start)}"
    yield from (f"the statement in line {row}, which it does not edit, would change" for row in _changed_rows(step))
    if not (_same_bytes(step.before.text, step.plan) and _same_bytes(step.after.text, _inverted(step.plan))):
        yield f"bytes that it does not edit would change in the encoding of the file, {step.before.text.encoding}"


def _stays_in_statements(state: State, change: Change) -> bool:
    """Whether ``change`` replaces parts of statements only, or inserts into one, or whole imports between them."""
    text = state.text
    rows = range(text.row(change.start), text.row(max(change.start, change.end - 1)) + 1)
    if state.rows.issuperset(rows):
        return True
    return change.start == change.end and _is_whole_lines(text, change) and _is_imports(change.content)


def _is_whole_lines(text: Text, change: Change) -> bool:
    """Whether ``change`` inserts lines between two others."""
    at_the_end = change.start == len(text.string)
    if change.start == text.line_start(change.start):
        return at_the_end or change.content.endswith(NEWLINES)
    return at_the_end and change.content.startswith(NEWLINES)


def _is_imports(content: str) -> bool:
    try:
        body = parse(dedent(content)).body
    except SyntaxError:
        return False
    return bool(body) and all(isinstance(node, (ast.Import, ast.ImportFrom)) for node in body)


def _changed_rows(step: Step) -> Iterator[int]:
    """Give the first rows of the statements that no change touches and that are not what and where they were."""
    after = {_identity(step.after.scan, statement, lambda place: place) for statement in step.after.scan.statements}
    scan = step.before.scan
    for statement in scan.statements:
        if (
            not _is_touched(step.plan, *own_span(scan, statement))
            and _identity(scan, statement, step.plan.moved) not in after
        ):
            yield step.before.text.row(statement.start)


def _is_touched(plan: Plan, start: int, end: int) -> bool:
    """Whether a change has a part in the statement between two offsets, or makes it longer at one of its ends."""
    return any(
        (change.start < end and start < change.end)
        or (change.start == end and not change.content.startswith(SEPARATORS))
        or (change.end == start and not change.content.rstrip(" \t\f").endswith(SEPARATORS))
        for change in plan.meeting(start, end)
    )


def _identity(scan: Scan, statement: Statement, place: Callable[[int], int | None]) -> Identity:
    """Give what a statement keeps when others are edited: place, length, type, and in what it stands.

    A compound statement keeps no length, since another may be the first in its body afterwards.
    """
    start, end = own_span(scan, statement)
    length = end - start if end == statement.end else 0
    parent = place(statement.parent.start) if statement.parent else None
    return place(start), length, type(statement.node), statement.block.part, parent


def _same_bytes(text: Text, plan: Plan) -> bool:
    """Whether the parts that no change replaces have the bytes alone that they have in the file.

    In encodings with states, such as ISO-2022-JP, one part may decide on the bytes of the next.
    """
    parts: list[str] = []
    place = 0
    for change in plan.changes:
        parts += [text.string[place : change.start], text.string[change.start : change.end]]
        place = change.end
    return b"".join(part.encode(text.encoding) for part in [*parts, text.string[place:]]) == text.string.encode(
        text.encoding
    )


def _inverted(plan: Plan) -> Plan:
    """Give the plan whose changes replace what those of ``plan`` write."""
    return Plan((), tuple(Change(start, end, 0, "") for _, start, end in plan.results()))


def _other_conventions(before: Text, after: Text) -> str | None:
    """Say which convention of the file ``after`` breaks: encoding, newlines, form feeds."""
    try:
        read = Text.read(after.encode(after.string))
    except NotText as error:
        return f"the file could not be read again: {error}"
    if (read.string, read.encoding, read.bom) != (after.string, before.encoding, before.bom):
        return "the file would be read in another encoding"
    if not set(NEWLINE.findall(after.string)) <= (set(NEWLINE.findall(before.string)) or {"\n"}):
        return "the file would have another kind of newline"
    if before.string and _is_ended(before) != _is_ended(after):
        return "the newline at the end of the file would not be as it was"
    if before.string.count("\f") != after.string.count("\f"):
        return "a form feed would be lost or gained"
    return None


def _is_ended(text: Text) -> bool:
    return text.string.endswith(NEWLINES)
