"""Try a rule on an example: does it find, fix, refuse and leave alone what the example says?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ssot_lint.check import Checker
from ssot_lint.fixing import Fixed, fix_file
from ssot_lint.fixing.jointly import fix_jointly
from ssot_lint.model import FileReport
from ssot_lint.project import Project
from ssot_lint.rule import Example, Rule

NOWHERE = Path("/nonexistent-root-of-examples")
"""The files of an example exist in memory only."""


def example_checker(rule: Rule, example: Example, code: str, *, whole_modules: bool = False) -> Checker:
    """Make a checker of ``rule`` alone for a project of the files of ``example``, with ``code`` at its path."""
    files = {path: text.encode() for path, text in {**example.files, example.path: code}.items()}
    project = Project(NOWHERE, (".",), lambda: sorted(files), overlay=files)
    return Checker((rule,), project, whole_modules=whole_modules)


def shortcomings(rule: Rule, example: Example) -> Iterator[str]:
    """Give what ``rule`` does with ``example`` that it should not, one sentence each; nothing if all is well."""
    if example.ok is not None:
        report = example_checker(rule, example, example.ok).check(example.path, example.ok.encode())
        for violation in report.violations:
            yield f"what is ok is flagged: {violation.range.start.row}: {violation.code} {violation.message}"
    if example.bad is not None:
        checker = example_checker(rule, example, example.bad)
        report = checker.check(example.path, example.bad.encode())
        if not any(violation.code == rule.id for violation in report.violations):
            yield "what is bad is not flagged"
        elif example.good is None:
            yield from _not_refused(example, report)
        else:
            yield from _not_fixed(checker, example, example.bad.encode(), example.good)


def _not_refused(example: Example, report: FileReport) -> Iterator[str]:
    for violation in report.violations:
        code = violation.refusal.code if violation.refusal else "a fix"
        if example.refusal is not None and code != example.refusal:
            reason = f" ({violation.refusal.reason})" if violation.refusal else ""
            yield f"expected the refusal {example.refusal}, got {code}{reason}"


def fix_alone(checker: Checker, path: str, raw: bytes, unsafe: bool) -> Fixed:
    """Fix a file as a run of it alone would, with those of its fixes that span files."""
    report = checker.check(path, raw)
    joined = fix_jointly(checker, [report], checker.project.read, unsafe)
    return joined.fixed.get(path) or fix_file(checker, path, raw, unsafe, joined.reports.get(path, report))


def _not_fixed(checker: Checker, example: Example, bad: bytes, good: str) -> Iterator[str]:
    safely = fix_alone(checker, example.path, bad, unsafe=False)
    fixed = fix_alone(checker, example.path, bad, unsafe=True) if example.unsafe else safely
    if example.unsafe and safely.raw != bad:
        yield "the fix counts as safe"
    if fixed.raw.decode() != good:
        refusals = {f"{v.refusal.code} ({v.refusal.reason})" for v in fixed.report.violations if v.refusal}
        why = f"; refused: {', '.join(sorted(refusals))}" if refusals else ""
        yield f"expected\n{good}\ngot\n{fixed.raw.decode()}{why}"
