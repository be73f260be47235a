"""Suppressions for all that is wrong, written where it is: for those who adopt a rule and mend later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ssot_lint.applying import Change, Orders, apply_changes
from ssot_lint.config import Settings
from ssot_lint.journal import Journal
from ssot_lint.model import Failure, FileReport, Hunk, Report, SetAside, Violation
from ssot_lint.own_rules import NOT_PYTHON, UNREADABLE
from ssot_lint.runner import Rules, RunOptions
from ssot_lint.source.text import NotText, Text
from ssot_lint.suppression.adding import Insertion, inserted, insertions

UNSAFE = frozenset({NOT_PYTHON.code, UNREADABLE.code})
"""Rules whose violations say that a file cannot be read as a whole."""
COMMAND = "check --add-ignore"


@dataclass(frozen=True)
class Silenced:
    """What was done: how many violations are suppressed now, in how many files; and the ``report`` of what is left."""

    violations: int
    files: int
    report: Report


def silence(settings: Settings, rules: Rules, report: Report, reason: str, options: RunOptions) -> Silenced:
    """Write a suppression beside each violation in ``report`` of a rule that may be suppressed.

    A file stays as it is where that is not possible without a doubt; what could not be written is a failure.
    """
    files = {file.path: file for file in report.files}
    changes = list(_changes(settings, rules, report.files, reason))
    orders = Orders(
        root=settings.root, journal=Journal(options.cache) if options.cache else None, command=COMMAND, request=COMMAND
    )
    count = 0
    made = 0
    for applied in apply_changes(changes, orders, lambda _: {}):
        path = applied.change.path
        if applied.made:
            count, made = count + len(applied.change.fixed), made + 1
            files[path] = _suppressed(files[path], applied.change.fixed, reason)
        elif applied.failure:
            failure = Failure(path, applied.failure)
            files[path] = replace(files[path], failures=(*files[path].failures, failure))
    return Silenced(count, made, replace(report, files=tuple(files.values())))


def _changes(settings: Settings, rules: Rules, files: Sequence[FileReport], reason: str) -> Iterator[Change]:
    for file in files:
        wrong = tuple(v for v in file.violations if v.code in rules.known and v.code not in rules.binding)
        if not wrong or any(violation.code in UNSAFE for violation in file.violations):
            continue
        try:
            before = (settings.root / file.path).read_bytes()
            text = Text.read(before)
        except (OSError, NotText):
            continue
        found = insertions(text, wrong, reason, rules.known)
        if found is not None:
            yield from _change(file.path, before, text, found, wrong)


def _change(
    path: str, before: bytes, text: Text, found: Sequence[Insertion], wrong: tuple[Violation, ...]
) -> Iterator[Change]:
    try:
        after = text.encode(inserted(text.string, found))
    except UnicodeEncodeError:  # the encoding of the file has no letters for the reason
        return
    if text.encode(text.string) == before:
        yield Change(path, before, after, tuple(_hunk(text, insertion) for insertion in found), wrong)


def _hunk(text: Text, insertion: Insertion) -> Hunk:
    start = len(text.encode(text.string[: insertion.offset]))
    new = insertion.comment.encode(text.encoding)
    return Hunk(start, b"", new, insertion.codes, text.row(insertion.offset))


def _suppressed(file: FileReport, wrong: tuple[Violation, ...], reason: str) -> FileReport:
    """Give the report of a file after its violations were suppressed."""
    gone = set(wrong)
    silenced = tuple(replace(violation, set_aside=SetAside("comment", reason)) for violation in wrong)
    left = tuple(violation for violation in file.violations if violation not in gone)
    return replace(file, violations=left, suppressed=(*file.suppressed, *silenced))
