"""For people who have to defend a diff: what was changed where, for which rule, and why it may be."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.fixing.proofs import proof_of
from ssot_lint.model import FileReport, Hunk, Report, Violation
from ssot_lint.reporting.paint import Paint, visible

LONGEST = 120
"""How many characters of a line to show."""


def explain(report: Report, paint: Paint) -> Iterator[str]:
    """Yield the lines that explain every edit of ``report``, file by file; none if nothing was changed.

    Edits stand below the rules that wanted them, with what was wrong and the proof that it may be mended so.
    """
    for file in report.files:
        if file.hunks:
            yield paint.bold(visible(file.path))
            for codes, hunks in _by_rules(file).items():
                causes = _causes(codes, file)
                for violation in causes:
                    yield from _reasons(violation, paint)
                if not causes:
                    yield f"  {paint.red(', '.join(codes))} for the sake of another file"
                for hunk in hunks:
                    yield from _edit(hunk, paint)
            yield ""


def _by_rules(file: FileReport) -> dict[tuple[str, ...], list[Hunk]]:
    found: dict[tuple[str, ...], list[Hunk]] = {}
    for hunk in file.hunks:
        found.setdefault(hunk.codes, []).append(hunk)
    return found


def _causes(codes: tuple[str, ...], file: FileReport) -> list[Violation]:
    """Give what was wrong with a file by rules, each sort once."""
    sorts = {(violation.code, violation.message): violation for violation in file.fixed if violation.code in codes}
    return list(sorts.values())


def _reasons(violation: Violation, paint: Paint) -> Iterator[str]:
    fix = f": {visible(violation.fix.message)}" if violation.fix else ""
    yield f"  {paint.red(violation.code)} {visible(violation.message)}{fix}"
    yield f"    {paint.blue('=')} {visible(proof_of(violation))}"


def _edit(hunk: Hunk, paint: Paint) -> Iterator[str]:
    """Yield what is taken away and what is put there, the row before the first of it."""
    margin = f"    line {hunk.row}: "
    lines = [paint.red(f"- {line}") for line in _shown(hunk.old)]
    lines += [paint.green(f"+ {line}") for line in _shown(hunk.new)]
    for line in lines:
        yield margin + line
        margin = " " * len(margin)


def _shown(raw: bytes) -> Iterator[str]:
    for line in raw.decode("utf-8", "replace").splitlines():
        if line.strip():
            shown = visible(line.rstrip())
            yield shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
