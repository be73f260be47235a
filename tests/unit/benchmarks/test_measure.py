"""Measuring commands: in turn, with what they find, and without those that fail."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.measure import CommandFailed, Contender, Findings, Job, Outcome, Result, Sample, measure, run

MakeContender = Callable[..., Contender]


@pytest.fixture
def contender(tmp_path: Path) -> MakeContender:
    """Make a contender that runs Python code and finds one place for each line it prints."""

    def make(name: str, code: str, **options: Any) -> Contender:
        command = (sys.executable, "-I", "-S", "-c", code)
        return Contender(name, command, tmp_path, parse=lambda out: Findings(out.count("\n")), **options)

    return make


def result(name: str, *walls: float, files: frozenset[str] = frozenset()) -> Result:
    samples = tuple(Sample(wall, 2 * wall, round(wall * 100)) for wall in walls)
    return Result(name, samples, Findings(len(files), files))


class TestResult:
    def test_medians_and_the_peak(self) -> None:
        some = result("some", 3.0, 1.0, 8.0)
        assert (some.wall, some.processor, some.peak) == (3.0, 6.0, 800)

    def test_a_ratio_is_the_median_of_those_of_the_rounds(self) -> None:
        # The machine was slow in the second round: that of the medians would be 1.
        assert result("ours", 1.0, 8.0, 4.0).ratios(result("theirs", 2.0, 4.0, 16.0)) == (0.5, 0.5)


class TestOutcome:
    def test_the_reference_is_found_by_its_name(self) -> None:
        first, second = result("first", 1.0), result("second", 2.0)
        assert Outcome(Job("job", "", (), "second"), (first, second), {}).reference is second
        assert Outcome(Job("job", "", (), "third"), (first, second), {}).reference is None

    def test_missed_are_the_files_that_only_others_know(self) -> None:
        first = result("first", 1.0, files=frozenset({"a.py", "b.py"}))
        second = result("second", 1.0, files=frozenset({"b.py", "c.py", "d.py"}))
        outcome = Outcome(Job("job", "", (), ""), (first, second), {})
        assert (outcome.missed(first), outcome.missed(second)) == (2, 1)


class TestRun:
    def test_a_command_is_measured_and_its_output_read(self, contender: MakeContender) -> None:
        sample, findings = run(contender("prints", "print('one'); print('two')"), 60)
        assert findings == Findings(2)
        assert sample.wall > 0
        assert sample.processor > 0
        assert sample.peak > 2**20

    def test_processes_it_starts_count(self, contender: MakeContender) -> None:
        burn = "import time\nwhile time.process_time() < 0.3: pass"
        start = f"import subprocess, sys; subprocess.run([sys.executable, '-I', '-S', '-c', {burn!r}])"
        sample, _ = run(contender("starts", start), 60)
        assert sample.processor > 0.25

    def test_its_environment(self, contender: MakeContender, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        monkeypatch.setenv("KEPT", "1")
        code = "import os\nfor name in ('PYTHONDONTWRITEBYTECODE', 'KEPT', 'OWN'):\n if name in os.environ: print(name)"
        assert run(contender("prints", code, variables={"OWN": "1"}), 60)[1] == Findings(2)

    def test_a_bad_exit_code(self, contender: MakeContender) -> None:
        with pytest.raises(CommandFailed, match=r"(?s)exit code 2: .*broken"):
            run(contender("fails", "import sys; print('broken', file=sys.stderr); sys.exit(2)"), 60)

    def test_a_command_that_takes_too_long(self, contender: MakeContender) -> None:
        with pytest.raises(CommandFailed, match="more than 0 s"):
            run(contender("sleeps", "import time; time.sleep(60)"), 0.2)

    def test_an_interrupt_ends_what_was_started(
        self, contender: MakeContender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(process: subprocess.Popen[str], **_: float) -> tuple[str, str]:
            started.append(process)
            raise KeyboardInterrupt

        started: list[subprocess.Popen[str]] = []
        monkeypatch.setattr(subprocess.Popen, "communicate", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(contender("sleeps", "import time; time.sleep(60)"), 60)
        assert started[0].returncode == -signal.SIGKILL

    def test_a_program_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(CommandFailed, match="could not be started"):
            run(Contender("absent", (str(tmp_path / "absent"),), tmp_path), 60)


class TestMeasure:
    def test_contenders_have_turns(self, contender: MakeContender) -> None:
        turns: list[str] = []

        def noted(name: str) -> Contender:
            return contender(name, "print(1)", before=lambda: turns.append(name))

        job = Job("job", "", (noted("a"), noted("b")), "a", (noted("warm"),), lambda: turns.append("round"), repeat=2)
        outcome = measure(job, 1, 60)
        assert turns == ["warm", "round", "a", "b", "round", "a", "b"]
        assert [(result.name, len(result.samples)) for result in outcome.results] == [("a", 2), ("b", 2)]

    def test_one_that_fails_has_no_result(self, contender: MakeContender) -> None:
        job = Job("job", "", (contender("bad", "import sys; sys.exit(3)"), contender("good", "")), "good")
        outcome = measure(job, 2, 60)
        assert [result.name for result in outcome.results] == ["good"]
        assert "exit code 3" in outcome.failures["bad"]
