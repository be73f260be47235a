"""Statements and their lines: how a simple statement is added after another one, and how one is taken away."""

from __future__ import annotations

import ast
import re

from ssot_lint.source.replacements import Replacement
from ssot_lint.source.scopes import Statement
from ssot_lint.source.text import NEWLINE, Text

_END = r"(?:\r\n|\r(?!\n)|\n)"
_GAP = rf"(?:[ \t\f]|\\{_END})*"
_REST_OF_LINE = re.compile(rf"{_GAP}(?:;{_GAP})?(?P<comment>#[^\r\n]*)?(?=[\r\n]|\Z)")
_SEMICOLON = re.compile(rf"{_GAP};{_GAP}")
_BLANK_LINES = re.compile(rf"(?:[ \t\f]*{_END})*")
_COMMENTS = re.compile(rf"(?:[ \t\f]*#[^\r\n]*(?:{_END}|\Z))+")
_FIRST_WORDS = re.compile(rf"(?:#![^\r\n]*(?:{_END}|\Z))?(?:[ \t\f]*#[^\r\n]*coding[:=][^\r\n]*(?:{_END}|\Z))?")


def is_own_line(text: Text, statement: Statement) -> bool:
    """Whether nothing but a comment stands on the line of ``statement``; always so of a compound one."""
    if hasattr(statement.node, "body") or isinstance(statement.node, ast.Match):
        return True
    return _starts_line(text, statement.start) and _REST_OF_LINE.match(text.string, statement.end) is not None


def has_comment_after(text: Text, statement: Statement) -> bool:
    """Whether ``statement`` ends its line but for a comment."""
    rest = _REST_OF_LINE.match(text.string, statement.end)
    return rest is not None and rest["comment"] is not None


def indentation(text: Text, offset: int) -> str:
    """Give the indentation of the logical line of ``offset``: what follows a form feed, if there is one."""
    start = text.line_start(offset)
    while start and not _starts_line(text, start):
        start = text.line_start(start - 1)
    return text.indentation(start).rpartition("\f")[2]


def newline_at(text: Text, offset: int) -> str:
    """Give the newline that ends the line of ``offset``, or that of the file where the line is the last one."""
    match = NEWLINE.search(text.string, offset)
    return match.group() if match else text.newline


def add_after(text: Text, statement: Statement, source: str) -> Replacement:
    """Put the simple statement ``source`` after ``statement``: on a line of its own if that has one, else by ``;``."""
    if not is_own_line(text, statement):
        return Replacement(statement.end, statement.end, f"; {source}")
    end = _end_of_line(text, statement.end)
    line = newline_at(text, statement.start) + indentation(text, statement.start) + source
    return Replacement(end, end, line)


def add_at_top(text: Text, docstring: Statement | None, first: ast.stmt | None, source: str) -> Replacement:
    """Put ``source`` on a line of its own between what heads a module and its ``first`` other statement.

    Blank lines are added as they are usual between imports and other code. What heads a module are its ``docstring``,
    or comments that a blank line sets off, or else the ``#!`` and coding lines.
    """
    newline = text.newline
    blank = newline * (2 if hasattr(first, "decorator_list") else 1)
    if docstring is not None:
        start = _end_of_line(text, docstring.end)
        follows = _blank_lines(text, start) - 1
        return Replacement(start, start, newline * 2 + source + ("" if first is None or follows > 0 else blank))
    start = _head_end(text.string)
    before = newline if start and text.string[start - 1] not in "\r\n" else ""
    return Replacement(start, start, before + source + ("" if before else newline) + ("" if first is None else blank))


def delete(text: Text, statement: Statement) -> Replacement:
    """Take a simple statement away, with its line if that is its own; a block that it was all of becomes ``pass``."""
    siblings = statement.block.statements
    if len(siblings) == 1 and statement.parent is not None:
        return Replacement(statement.start, statement.end, "pass")
    if is_own_line(text, statement):
        return _delete_line(text, statement)
    index = siblings.index(statement)
    after = siblings[index + 1] if index + 1 < len(siblings) else None
    if after and _SEMICOLON.fullmatch(text.string, statement.end, after.start):
        return Replacement(statement.start, after.start, "")
    before = siblings[index - 1] if index else None
    if before and _SEMICOLON.fullmatch(text.string, before.end, statement.start):
        return Replacement(before.end, statement.end, "")
    return Replacement(statement.start, statement.end, "pass")


def _delete_line(text: Text, statement: Statement) -> Replacement:
    """Take a line away; a form feed in it stays, and a file without a newline at its end stays without one."""
    start = text.string.rfind("\f", text.line_start(statement.start), statement.start) + 1
    start = start or text.line_start(statement.start)
    end = _end_of_line(text, statement.end)
    newline = NEWLINE.match(text.string, end)
    if newline:
        return Replacement(start, newline.end(), "")
    before = NEWLINE.search(text.string, text.line_starts[max(text.row(start) - 2, 0)])
    return Replacement(before.start() if before and before.end() == start else start, end, "")


def _starts_line(text: Text, offset: int) -> bool:
    """Whether a logical line starts at ``offset``.

    A comment that ends in a backslash, after code, is taken for a continued line: what follows from that is right, too.
    """
    start = text.line_start(offset)
    if text.string[start:offset].strip(" \t\f"):
        return False
    row = text.row(offset)
    line = text.string[text.line_starts[row - 2] : start].rstrip("\r\n") if row > 1 else ""
    return not line.endswith("\\") or line.lstrip(" \t\f").startswith("#")


def _end_of_line(text: Text, offset: int) -> int:
    """Give the end, before its newline, of the logical line in which a statement ends at ``offset`` as its last."""
    rest = _REST_OF_LINE.match(text.string, offset)
    return rest.end() if rest else text.line_end(offset)


def _blank_lines(text: Text, offset: int) -> int:
    """Count the newlines from ``offset`` on with nothing but white space between them."""
    match = _BLANK_LINES.match(text.string, offset)
    return len(NEWLINE.findall(match.group())) if match else 0


def _head_end(string: str) -> int:
    """Give the offset after the comments that head a file without a docstring, and the blank lines after them."""
    comments = _COMMENTS.match(string)
    if comments:
        blank = _BLANK_LINES.match(string, comments.end())
        if comments.end() == len(string) or (blank and blank.group()):
            return blank.end() if blank else comments.end()
        first_words = _FIRST_WORDS.match(string)
        return first_words.end() if first_words else 0
    blank = _BLANK_LINES.match(string)
    return blank.end() if blank else 0
