"""Reports as text: one module an output format, each with ``render(report, context)`` giving lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from ssot_lint.model import Failure, Report, Violation

PAGE = "https://github.com/ssot-lint/ssot-lint"
"""Where formats that have a place for it say that the tool is at home."""


@dataclass(frozen=True)
class ReportContext:
    """What a format needs to know beside the report.

    ``root`` is what the paths are relative to; ``color`` says whether to colour, ``unsafe`` whether unsafe fixes are
    asked for, too, ``diff`` that nothing was written, ``quiet`` that the violations alone are wanted. ``sources``
    holds the bytes of what is not in a file, such as standard input, by path; ``environment`` the variables by which
    continuous integration tells where it is.
    """

    root: Path
    color: bool = False
    unsafe: bool = False
    diff: bool = False
    quiet: bool = False
    sources: Mapping[str, bytes] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)


def render(output_format: str, report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the lines, without newlines, of ``report`` in the format of that name (one of `FORMATS`)."""
    module = import_module(f"ssot_lint.reporting.{output_format.replace('-', '_')}")
    lines: Iterator[str] = module.render(report, context)
    return lines


def render_statistics(output_format: str, report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the lines of the counts per rule of ``report``; as JSON if that is the format, else as a table."""
    from ssot_lint.reporting import statistics

    return statistics.render(output_format, report, context)


def remaining(report: Report) -> Iterator[Violation]:
    """Yield the violations that are there after the run, file by file, in the order of the text."""
    for file in report.files:
        yield from in_order(file.violations)


def said(violation: Violation) -> str:
    """Give the message of a violation with its tags, for formats that have no place of their own for those."""
    tags = f" [{', '.join(violation.compliance)}]" if violation.compliance else ""
    return f"{violation.message}{tags}"


def in_order(violations: Iterable[Violation]) -> list[Violation]:
    """Give the ``violations`` of a file in the order of the text."""
    return sorted(violations, key=lambda violation: (violation.range, violation.code, violation.message))


def failures(report: Report) -> Iterator[Failure]:
    """Yield what could not be done, file by file."""
    for file in report.files:
        yield from file.failures
