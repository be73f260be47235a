"""Tables of a job, and what is kept of it."""

from __future__ import annotations

from benchmarks.measure import Findings, Job, Outcome, Result, Sample
from benchmarks.report import aligned, job_as_json, lines_of

OURS = Result("ours", (Sample(0.5, 1.0, 2**20), Sample(0.5, 1.0, 3 * 2**20)), Findings(1, frozenset({"a.py"})))
THEIRS = Result("theirs", (Sample(1.0, 4.0, 2**20),) * 2, Findings(1200, frozenset({"a.py", "b.py"})))


def outcome(reference: str = "theirs", same: bool = True) -> Outcome:
    return Outcome(Job("job", "what it is", (), reference, same=same), (OURS, THEIRS), {"third": "it broke"})


def test_a_table() -> None:
    assert list(lines_of(outcome())) == [
        "job: what it is (2 rounds)",
        "          wall s  ratio  cpu s  ratio  peak MiB  findings  files  missed",
        "  ours     0.500   0.50  1.000   0.25         3         1      1       1",
        "  theirs   1.000   1.00  4.000   1.00         1     1,200      2       0",
        "  third: it broke",
        "",
    ]


def test_tools_that_look_for_different_things_miss_nothing() -> None:
    _, head, *_ = lines_of(outcome(same=False))
    assert head.endswith("files")


def test_without_the_reference_there_are_no_ratios() -> None:
    _, _, ours, *_ = lines_of(outcome("absent"))
    assert ours.split() == ["ours", "0.500", "1.000", "3", "1", "1", "1"]
    assert "wall_ratio" not in job_as_json(outcome("absent"))["results"][0]


def test_nobody_may_have_done_it() -> None:
    first, *_ = lines_of(Outcome(Job("job", "what it is", (), ""), (), {"ours": "it broke"}))
    assert first == "job: what it is (nobody did it)"


def test_what_is_kept() -> None:
    kept = job_as_json(outcome())
    assert (kept["name"], kept["reference"], kept["failed"]) == ("job", "theirs", ["third"])
    ours = kept["results"][0]
    assert (ours["wall_ratio"], ours["processor_ratio"], ours["missed"], ours["files"]) == (0.5, 0.25, 1, 1)
    assert ours["samples"][1] == {"wall": 0.5, "processor": 1.0, "peak": 3 * 2**20}


def test_columns() -> None:
    assert list(aligned([("a", "bb"), ("ccc", "d")])) == ["  a    bb", "  ccc   d"]
