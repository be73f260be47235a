"""Fixes that span files: what they change is changed in all of these files or in none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from ssot_lint.fixing import Fixed, fix_file
from ssot_lint.fixing.apply import is_safe
from ssot_lint.fixing.laws import Broken
from ssot_lint.fixing.settle import Checks
from ssot_lint.fixing.together import broken_together
from ssot_lint.model import Edit, FileReport, Fix, Refusal, Violation

Parts = tuple[tuple[str, tuple[Edit, ...]], ...]
"""The edits of several files that belong together, by path."""
OVERLAPS = Broken(4, "it changes what another fix that spans files changes")


class ChangingChecks(Checks, Protocol):
    """What fixing several files at once needs of a checker."""

    def changed(self, files: Mapping[str, bytes | None]) -> ChangingChecks:
        """Give the checker of the project as it is once ``files`` have other contents."""


@dataclass(frozen=True)
class Joined:
    """What came of fixes that span files: the files that they change, and for each the others it must change with.

    ``reports`` are those of files that they do not change, but were wanted in.
    """

    fixed: Mapping[str, Fixed] = field(default_factory=dict)
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reports: Mapping[str, FileReport] = field(default_factory=dict)


def spans_files(violation: Violation, unsafe: bool) -> bool:
    """Tell whether ``violation`` has a fix that spans files and may be made."""
    return violation.fix is not None and bool(violation.fix.elsewhere) and (unsafe or is_safe(violation.fix))


def fix_jointly(
    checker: ChangingChecks,
    reports: Iterable[FileReport],
    read: Callable[[str], bytes | None],
    unsafe: bool,
    choice: Callable[[str, Fix], bool] = lambda path, fix: True,
) -> Joined:
    """Make the fixes of ``reports`` that span files, with all others of the files that they change.

    ``read`` gives what is in a file, ``choice`` tells of a fix in a file whether it is wanted. Those that break a law,
    or belong together with what does, are refused.
    """
    wanted: dict[Parts, list[tuple[str, Fix]]] = {}
    reported = {report.path: report for report in reports}
    for report in reported.values():
        for violation in report.violations:
            if violation.fix and spans_files(violation, unsafe) and choice(report.path, violation.fix):
                wanted.setdefault(parts_of(report.path, violation.fix), []).append((report.path, violation.fix))
    if not wanted:
        return Joined()
    return _Plan(checker, reported, read, unsafe, choice, wanted).made()


def parts_of(path: str, fix: Fix) -> Parts:
    """Give all that ``fix``, of a violation in ``path``, edits."""
    return tuple(sorted((where, edits) for where, edits in ((path, fix.edits), *fix.elsewhere) if edits))


@dataclass
class _Plan:
    """The search for fixes that keep the laws together."""

    checker: ChangingChecks
    reported: Mapping[str, FileReport]
    read: Callable[[str], bytes | None]
    unsafe: bool
    choice: Callable[[str, Fix], bool]
    wanted: Mapping[Parts, list[tuple[str, Fix]]]
    guilty: dict[Parts, Broken] = field(default_factory=dict)
    fixed: Mapping[str, Fixed] = field(default_factory=dict)

    def made(self) -> Joined:
        """Make as many as keep the laws; the reports say why the others are not made."""
        together = self._attempt(tuple(self.wanted))
        kept = tuple(self.wanted)
        if isinstance(together, Broken):
            kept = ()
            for parts in self.wanted:
                outcome = self._attempt((*kept, parts))
                if isinstance(outcome, Broken):
                    self.guilty[parts] = outcome
                else:
                    kept, self.fixed = (*kept, parts), outcome
        else:
            self.fixed = together
        needs: dict[str, frozenset[str]] = {}
        for parts in kept:
            paths = frozenset(path for path, _ in parts)
            needs.update((path, needs.get(path, frozenset()) | (paths - {path})) for path in paths)
        fixed = {path: replace(done, report=self._judged(done.report)) for path, done in self.fixed.items()}
        return Joined(fixed, needs, {path: self._judged(report) for path, report in self._others()})

    def _others(self) -> Iterable[tuple[str, FileReport]]:
        """Give the reports of files that are not changed, though some fix of theirs was to change others."""
        then = self.checker.changed({path: done.raw for path, done in self.fixed.items()})
        asked = {path for places in self.wanted.values() for path, _ in places}
        for path in sorted(asked - self.fixed.keys()):
            raw = self.read(path)
            yield path, self.reported[path] if raw is None or not self.fixed else then.check(path, raw)

    def _attempt(self, chosen: tuple[Parts, ...]) -> Mapping[str, Fixed] | Broken:
        """Make what is ``chosen``; gives the law that breaks if it is."""
        first: dict[str, list[Fix]] = {}
        for parts in chosen:
            own = {path: fix for path, fix in self.wanted[parts] if fix.edits}
            for path, edits in parts:
                first.setdefault(path, []).append(own.get(path) or replace(self.wanted[parts][0][1], edits=edits))
        before = {path: self.read(path) for path in first}
        after = {path: _applied(raw, first[path]) for path, raw in before.items() if raw is not None}
        if len(after) < len(first) or None in after.values():
            return OVERLAPS
        then = self.checker.changed(after)
        fixed: dict[str, Fixed] = {}
        for path, fixes in first.items():
            raw = before[path] or b""
            report = self.reported.get(path) or self.checker.check(path, raw)
            fixed[path] = fix_file(then, path, raw, self.unsafe, report, fixes, partial(self.choice, path))
            broken = fixed[path].broken
            if broken:
                return replace(broken, reason=f"{path}: {broken.reason}")
        broken_ones = broken_together(self.checker.project, before, {path: done.raw for path, done in fixed.items()})
        for path, broken in broken_ones.items():
            return replace(broken, reason=f"{path}: {broken.reason}")
        return fixed

    def _judged(self, report: FileReport) -> FileReport:
        return replace(report, violations=tuple(map(self._refused, report.violations)))

    def _refused(self, violation: Violation) -> Violation:
        broken = self.guilty.get(parts_of(violation.path, violation.fix)) if violation.fix else None
        if broken is None:
            return violation
        return replace(violation, fix=None, refusal=Refusal(f"law-{broken.law}", broken.reason))


def _applied(raw: bytes, fixes: Iterable[Fix]) -> bytes | None:
    """Give what ``raw`` becomes by ``fixes``; ``None`` where it cannot."""
    from ssot_lint.fixing.apply import ImpossibleFix, apply
    from ssot_lint.source.text import NotText, Text

    try:
        text = Text.read(raw)
        return text.encode(apply(text, fixes))
    except (NotText, ImpossibleFix, UnicodeEncodeError):
        return None
