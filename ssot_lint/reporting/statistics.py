"""How many violations there are of each rule, the most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ssot_lint.model import Applicability, Report, Violation
from ssot_lint.reporting import ReportContext, remaining
from ssot_lint.reporting.paint import Paint
from ssot_lint.reporting.summary import summary


@dataclass(frozen=True)
class RuleCount:
    """The counts of one rule: all its violations, those with a fix of each sort, and those refused, by code."""

    code: str
    kind: str
    count: int
    safe: int
    unsafe: int
    refusals: tuple[tuple[str, int], ...]
    compliance: tuple[str, ...] = ()


def render(output_format: str, report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the lines: an array of objects for ``json``, else a table and the summary."""
    counts = count_rules(report)
    if output_format == "json":
        from ssot_lint.reporting.json import array

        yield from array(_as_object(count, context.unsafe) for count in counts)
    else:
        yield from _table(counts, context)
        yield from _tags(counts)
        yield from summary(report, context)


def count_rules(report: Report) -> list[RuleCount]:
    """Count what remains, rule by rule, the most frequent first and equal ones by their code."""
    by_code: dict[str, list[Violation]] = {}
    for violation in remaining(report):
        by_code.setdefault(violation.code, []).append(violation)
    return sorted(map(_count, by_code.values()), key=lambda count: (-count.count, count.code))


def _count(violations: Sequence[Violation]) -> RuleCount:
    fixes = [violation.fix.applicability for violation in violations if violation.fix]
    refusals = Counter(violation.refusal.code for violation in violations if violation.refusal)
    return RuleCount(
        code=violations[0].code,
        kind=violations[0].kind,
        count=len(violations),
        safe=fixes.count(Applicability.SAFE),
        unsafe=fixes.count(Applicability.UNSAFE),
        refusals=tuple(sorted(refusals.items(), key=lambda item: (-item[1], item[0]))),
        compliance=violations[0].compliance,
    )


def _as_object(count: RuleCount, unsafe: bool) -> dict[str, Any]:
    fixable = count.safe + (count.unsafe if unsafe else 0)
    return {
        "code": count.code,
        "name": count.kind,
        "count": count.count,
        "fixable": fixable == count.count,
        "fixable_count": fixable,
        "unsafe_count": count.unsafe,
        "refusals": dict(count.refusals),
        "compliance": list(count.compliance),
    }


def _table(counts: Sequence[RuleCount], context: ReportContext) -> Iterator[str]:
    """Yield a row for each rule: the count, the code, how many can be fixed, the kind, and why the others cannot."""
    paint = Paint(context.color)
    number = max((len(str(count.count)) for count in counts), default=0)
    code = max((len(count.code) for count in counts), default=0)
    for count in counts:
        fixable = count.safe + (count.unsafe if context.unsafe else 0)
        mark = "[*]" if fixable == count.count else "[-]" if fixable else "[ ]"
        unfixed = [f"{refused} {reason}" for reason, refused in count.refusals]
        if count.unsafe and not context.unsafe:
            unfixed.insert(0, f"{count.unsafe} unsafe")
        why = f" ({', '.join(unfixed)})" if unfixed else ""
        padding = " " * (code - len(count.code))
        cells = [f"{count.count:>{number}}", paint.red(count.code) + padding, f"{paint.cyan(mark)} {count.kind}{why}"]
        yield "\t".join(cells)


def _tags(counts: Sequence[RuleCount]) -> Iterator[str]:
    """Yield a row for each tag, in the order of the table: how many violations concern it."""
    by_tag: Counter[str] = Counter()
    for count in counts:
        by_tag.update(dict.fromkeys(count.compliance, count.count))
    number = max((len(str(total)) for total in by_tag.values()), default=0)
    for tag, total in sorted(by_tag.items(), key=lambda item: (-item[1], item[0])):
        yield f"{total:>{number}}\tcompliance:{tag}"
