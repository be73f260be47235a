"""What came of a run: tables to read and JSON to keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.measure import Outcome, Result

COLUMNS = ("", "wall s", "ratio", "cpu s", "ratio", "peak MiB")
MISSED = "missed"
"""The head of the column that tells in how many files others found something and this tool did not."""


def lines_of(outcome: Outcome) -> Iterator[str]:
    """Yield the lines of the table of a job."""
    job = outcome.job
    rounds = f"{len(outcome.results[0].samples)} rounds" if outcome.results else "nobody did it"
    yield f"{job.name}: {job.about} ({rounds})"
    head = (*COLUMNS, *job.counted, *((MISSED,) if job.same else ()))
    yield from aligned([head, *(_row(result, outcome) for result in outcome.results)])
    yield from (f"  {name}: {failure}" for name, failure in outcome.failures.items())
    yield ""


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lay ``rows`` out as a table: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        yield "  " + "  ".join(cells)


def job_as_json(outcome: Outcome) -> dict[str, Any]:
    """Give what is kept of a job."""
    job = outcome.job
    return {
        "name": job.name,
        "about": job.about,
        "reference": job.reference,
        "counted": job.counted,
        "results": [_result_as_json(result, outcome) for result in outcome.results],
        "failed": sorted(outcome.failures),
    }


def _row(result: Result, outcome: Outcome) -> tuple[str, ...]:
    reference, job = outcome.reference, outcome.job
    wall, processor = (f"{ratio:.2f}" for ratio in result.ratios(reference)) if reference else ("", "")
    return (
        result.name,
        f"{result.wall:.3f}",
        wall,
        f"{result.processor:.3f}",
        processor,
        f"{result.peak / 2**20:.0f}",
        f"{result.findings.count:,}",
        f"{len(result.findings.files):,}",
        *((f"{outcome.missed(result)}",) if job.same else ()),
    )


def _result_as_json(result: Result, outcome: Outcome) -> dict[str, Any]:
    reference = outcome.reference
    ratios = dict(zip(("wall_ratio", "processor_ratio"), result.ratios(reference), strict=True)) if reference else {}
    return {
        "name": result.name,
        "wall": result.wall,
        "processor": result.processor,
        **ratios,
        "peak": result.peak,
        outcome.job.counted[0]: result.findings.count,
        outcome.job.counted[1]: len(result.findings.files),
        **({MISSED: outcome.missed(result)} if outcome.job.same else {}),
        "samples": [asdict(sample) for sample in result.samples],
    }
