"""What came of the jobs: tables to read and JSON to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.machine import Machine
from benchmarks.measure import Job, Result

COLUMNS = ("", "wall s", "ratio", "cpu s", "ratio", "peak MiB", "findings", "files")


@dataclass(frozen=True)
class Table:
    """The results of a job."""

    job: Job
    results: tuple[Result, ...]

    @property
    def reference(self) -> Result | None:
        """The result that the others are compared with."""
        return next((result for result in self.results if result.name == self.job.reference), None)


def lines_of(table: Table) -> Iterator[str]:
    """Yield the lines of the table of a job."""
    yield f"{table.job.name}: {table.job.about} ({len(table.results[0].samples)} rounds)"
    rows = [COLUMNS, *(_row(result, table.reference) for result in table.results)]
    yield from aligned(rows)
    yield ""


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lay ``rows`` out as a table: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        yield "  " + "  ".join(cells)


def as_json(
    machine: Machine, versions: Mapping[str, str], corpus: Mapping[str, Any], tables: Sequence[Table]
) -> dict[str, Any]:
    """Give what a run is kept as; nothing in it names the machine or a path on it."""
    return {
        "machine": asdict(machine),
        "versions": dict(versions),
        "corpus": dict(corpus),
        "jobs": [_job(table) for table in tables],
    }


def _row(result: Result, reference: Result | None) -> tuple[str, ...]:
    wall, processor = (f"{ratio:.2f}" for ratio in result.ratios(reference)) if reference else ("", "")
    found = (str(result.findings.count), str(len(result.findings.files))) if result.findings.count else ("", "")
    return (
        result.name,
        f"{result.wall:.3f}",
        wall,
        f"{result.processor:.3f}",
        processor,
        f"{result.peak / 2**20:.0f}",
        *found,
    )


def _job(table: Table) -> dict[str, Any]:
    return {
        "name": table.job.name,
        "about": table.job.about,
        "reference": table.job.reference,
        "results": [_result(result, table.reference) for result in table.results],
    }


def _result(result: Result, reference: Result | None) -> dict[str, Any]:
    ratios = dict(zip(("wall_ratio", "processor_ratio"), result.ratios(reference), strict=True)) if reference else {}
    return {
        "name": result.name,
        "wall": result.wall,
        "processor": result.processor,
        **ratios,
        "peak": result.peak,
        "findings": result.findings.count,
        "files": len(result.findings.files),
        "samples": [asdict(sample) for sample in result.samples],
    }
