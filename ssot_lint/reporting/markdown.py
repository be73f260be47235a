"""A comment for a pull request: how many of which rule, and where, with links where the host is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ssot_lint.model import Applicability, Report, Violation
from ssot_lint.reporting import ReportContext, failures, remaining, said
from ssot_lint.reporting.paint import visible
from ssot_lint.reporting.places import checkout_path
from ssot_lint.reporting.summary import counted

MARK = "<!-- ssot-lint -->"
"""By this a program finds its comment again, to write it anew."""

MOST_ROWS = 100
"""How many violations to list: a comment on GitHub may have 65,536 characters."""

LONGEST = 300
"""How many characters of a message to show."""

SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$&])")
CALLS = re.compile(r"([@#])(?=\w)")
"""What calls people and issues; an escape does not keep it from that."""


def render(report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the lines of the comment."""
    violations = list(remaining(report))
    yield MARK
    yield f"### ssot-lint: {_headline(violations, report)}"
    if violations:
        yield ""
        yield from _rules(violations)
        yield ""
        yield from _places(violations, context)
    for failure in failures(report):
        yield ""
        yield f"> [!WARNING]\n> {_code(failure.path)}: {_escaped(failure.message)}"
    accepted = sum(len(file.accepted) for file in report.files)
    if accepted:
        yield ""
        yield f"{accepted} more {'violation was' if accepted == 1 else 'violations were'} there before."


def _headline(violations: Sequence[Violation], report: Report) -> str:
    if violations:
        return counted(len(violations), "new violation" if report.compared else "violation")
    return "not everything could be checked" if any(failures(report)) else "all checks passed"


def _rules(violations: Sequence[Violation]) -> Iterator[str]:
    """Yield a table of the rules."""
    by_code = {violation.code: violation for violation in violations}
    counts = Counter(violation.code for violation in violations)
    fixable = Counter(violation.code for violation in violations if _is_fixable(violation))
    yield "| Rule | | Violations | Fixable |"
    yield "|---|---|---:|---:|"
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {code} | {_escaped(by_code[code].kind)} | {count} | {fixable[code]} |"


def _places(violations: Sequence[Violation], context: ReportContext) -> Iterator[str]:
    """Yield a table of the violations, behind a fold."""
    yield "<details><summary>Where</summary>"
    yield ""
    yield "| Place | Rule | What is wrong |"
    yield "|---|---|---|"
    for violation in violations[:MOST_ROWS]:
        mark = "[*] " if _is_fixable(violation) else ""
        message = _escaped(_clipped(visible(said(violation))))
        yield f"| {_place(violation, context)} | {violation.code} | {mark}{message} |"
    yield ""
    if len(violations) > MOST_ROWS:
        yield f"And {len(violations) - MOST_ROWS} more."
        yield ""
    yield "[*] `ssot-lint fix` repairs it."
    yield ""
    yield "</details>"


def _is_fixable(violation: Violation) -> bool:
    return violation.fix is not None and violation.fix.applicability is Applicability.SAFE


def _place(violation: Violation, context: ReportContext) -> str:
    place = _code(f"{violation.path}:{violation.range.start.row}")
    page = _page(context)
    if page is None:
        return place
    from urllib.parse import quote

    path = quote(checkout_path(violation.path, context).encode("utf-8", "surrogateescape"))
    return f"[{place}]({page}/{path}#L{violation.range.start.row})"


def _page(context: ReportContext) -> str | None:
    """Give where the files of this commit can be read, by what GitHub or GitLab tell."""
    known = context.environment
    if {"GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA"} <= known.keys():
        return f"{known['GITHUB_SERVER_URL']}/{known['GITHUB_REPOSITORY']}/blob/{known['GITHUB_SHA']}"
    if {"CI_PROJECT_URL", "CI_COMMIT_SHA"} <= known.keys():
        return f"{known['CI_PROJECT_URL']}/-/blob/{known['CI_COMMIT_SHA']}"
    return None


def _code(text: str) -> str:
    """Give ``text`` as code; within a table a bar would end the cell even there."""
    shown = visible(text).replace("|", "\\|")
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


def _escaped(text: str) -> str:
    """Give ``text`` so that nothing in it is markup, and nobody in it is told."""
    return CALLS.sub("\\1\u200b", SPECIAL.sub(r"\\\1", visible(text)))


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
