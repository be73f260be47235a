"""Reports as text: one module an output format, each with ``render(report, context)`` giving lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from ssot_lint.model import Report, Violation

FORMATS = ("text", "concise", "json")
"""The names of the output formats; each is a module of this package."""


@dataclass(frozen=True)
class ReportContext:
    """What a format needs to know beside the report.

    ``root`` is what the paths are relative to; ``color`` says whether to colour, ``unsafe`` whether unsafe fixes are
    asked for, too, ``diff`` that nothing was written, ``quiet`` that the violations alone are wanted. ``sources``
    holds the bytes of what is not in a file, such as standard input, by path.
    """

    root: Path
    color: bool = False
    unsafe: bool = False
    diff: bool = False
    quiet: bool = False
    sources: Mapping[str, bytes] = field(default_factory=dict)


def render(output_format: str, report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the lines, without newlines, of ``report`` in the format of that name (one of `FORMATS`)."""
    lines: Iterator[str] = import_module(f"ssot_lint.reporting.{output_format}").render(report, context)
    return lines


def render_statistics(output_format: str, report: Report, context: ReportContext) -> Iterator[str]:
    """Yield the lines of the counts per rule of ``report``; as JSON if that is the format, else as a table."""
    from ssot_lint.reporting import statistics

    return statistics.render(output_format, report, context)


def remaining(report: Report) -> Iterator[Violation]:
    """Yield the violations that are there after the run, file by file, in the order of the text."""
    for file in report.files:
        yield from sorted(file.violations, key=lambda violation: (violation.range, violation.code, violation.message))
