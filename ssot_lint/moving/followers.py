"""All that reaches what moves, made to reach it where it will be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ssot_lint.check import Checker
from ssot_lint.fixing import fix_file
from ssot_lint.fixing.jointly import fix_jointly
from ssot_lint.kinds.legacy_import import LegacyImport
from ssot_lint.model import Applicability, FileReport, Violation
from ssot_lint.moving.request import CODE, Request
from ssot_lint.own_rules import OWN_RULES
from ssot_lint.project import Project
from ssot_lint.rewriting.opening import users
from ssot_lint.source.text import Text

QUOTES = ('"', "'")


class WithoutCycles(Project):
    """A project in which modules have other names: an import is in the cycle in which it was, and in no other.

    Whether that is so is found out when all have followed.
    """

    def reaches(self, start: str, goal: str) -> bool:
        """Say that no module imports another one."""
        return start == goal


@dataclass(frozen=True)
class Followed:
    """What the files become that follow, what does not follow, and what does though it may mean something else.

    That is where tests may put something else in its place, in strings that follow as well.
    """

    after: Mapping[str, bytes] = field(default_factory=dict)
    left: tuple[Violation, ...] = ()
    doubts: tuple[Violation, ...] = ()


def follow(project: Project, request: Request, *, is_module: bool) -> Followed:
    """Let the files of ``project``, in which the new name is what the old one was, take it by the new name."""
    rule = LegacyImport(
        id=CODE, pack="move", moved={request.old: request.new}, same_object=is_module,
        strings="none" if is_module else "patch",
    )  # fmt: skip
    checker = Checker((rule,), project, ignored=frozenset(OWN_RULES))
    owner = request.old.rpartition(".")[0]
    stars = () if is_module or not owner else project.importing(owner, "*")
    paths = sorted({*project.mentions(request.last), *stars})
    reports = {path: report for path in paths if (report := _report(checker, path))}
    wanted = [report for path, report in reports.items() if request.wanted(path)]
    joined = fix_jointly(checker, wanted, project.read, unsafe=True)
    fixed = dict(joined.fixed)
    for report in wanted:
        if report.path not in fixed:
            known = joined.reports.get(report.path, report)
            fixed[report.path] = fix_file(checker, report.path, project.read(report.path) or b"", True, known)
    others = (report for path, report in reports.items() if path not in fixed)
    left = [
        violation
        for report in (*(one.report for one in fixed.values()), *others)
        for violation in report.violations
        if not (violation.path in stars and _passes_by(project, violation.path, request.last))
    ]
    after = {path: one.raw for path, one in fixed.items() if one.raw != project.read(path)}
    doubts = [violation for one in fixed.values() for violation in one.report.fixed if _is_doubtful(project, violation)]
    return Followed(after, _in_order(left), _in_order(doubts))


def _in_order(violations: Iterable[Violation]) -> tuple[Violation, ...]:
    return tuple(sorted(violations, key=lambda violation: (violation.path, violation.range)))


def _is_doubtful(project: Project, violation: Violation) -> bool:
    """Whether something that is no string was moved without a proof."""
    if violation.fix is None or violation.fix.applicability is Applicability.SAFE:
        return False
    text = Text.read(project.read(violation.path) or b"")
    start = text.offset(violation.range.start)
    return text.string[max(start - 1, 0) : start] not in QUOTES


def _report(checker: Checker, path: str) -> FileReport | None:
    """Report what reaches the old name in a file; ``None`` if nothing does."""
    raw = checker.project.read(path)
    report = checker.check(path, raw) if raw is not None else None
    return report if report and report.violations else None


def _passes_by(project: Project, path: str, name: str) -> bool:
    """Whether a file that takes all names of a module neither uses ``name`` nor hands it on to somebody."""
    located = project.module_of(path)
    is_handed_on = located is not None and any(users(project, located[0], name))
    return name.encode() not in (project.read(path) or b"") and not is_handed_on
