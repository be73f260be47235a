"""``fix --interactive``: every fix is shown as a diff, and the user says whether it is made."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from ssot_lint.cli.console import wants_color, write
from ssot_lint.model import FileReport, Fix, Violation
from ssot_lint.reporting.paint import Paint

QUESTION = "Make this fix? (y)es, (n)o, (a)ll that follow, (q)uit: "
ANSWERS = {"y": (True, None), "n": (False, None), "a": (True, True), "q": (False, False)}
"""What each answer means for the fix in question, and for all that follow if they need not be asked about."""


class Questions:
    """Asks on standard error about the fixes of the project at ``root``, each once."""

    def __init__(self, root: Path, color: str) -> None:
        self._root = root
        self._paint = Paint(wants_color(color, sys.stderr))
        self._rest: bool | None = None
        self._answers: dict[tuple[str, Fix], bool] = {}

    def __call__(self, report: FileReport, raw: bytes) -> Callable[[Fix], bool]:
        """Give what tells of a fix in ``report``, of a file that holds ``raw``, whether the user wants it."""

        def is_wanted(fix: Fix) -> bool:
            key = report.path, fix
            if key not in self._answers:
                self._answers[key] = self._ask(report, raw, fix) if self._rest is None else self._rest
            return self._answers[key]

        return is_wanted

    def _ask(self, report: FileReport, raw: bytes, fix: Fix) -> bool:
        violations = [violation for violation in report.violations if violation.fix == fix]
        write(self._shown(violations, raw, fix), sys.stderr)
        while True:
            try:
                answer = click.prompt(QUESTION, prompt_suffix="", err=True, default="", show_default=False)
            except click.Abort:  # nobody is there to answer any more
                answer = "q"
            if answer.strip().lower()[:1] in ANSWERS and answer.strip():
                wanted, self._rest = ANSWERS[answer.strip().lower()[0]]
                return wanted

    def _shown(self, violations: list[Violation], raw: bytes, fix: Fix) -> Iterator[str]:
        from ssot_lint.reporting.concise import headline
        from ssot_lint.reporting.diffs import colored

        yield from (headline(violation, self._paint) for violation in violations)
        yield f"{self._paint.bold('fix')} ({fix.applicability.value}): {fix.message}"
        for path, edits in ((violations[0].path, fix.edits), *fix.elsewhere):
            before = raw if path == violations[0].path else (self._root / path).read_bytes()
            yield from colored(_diff(path, before, Fix(fix.applicability, fix.message, edits)), self._paint)


def _diff(path: str, raw: bytes, fix: Fix) -> str:
    from ssot_lint.fixing import unified_diff
    from ssot_lint.fixing.apply import apply
    from ssot_lint.source.text import Text

    text = Text.read(raw)
    return unified_diff(path, raw, text.encode(apply(text, [fix])))
