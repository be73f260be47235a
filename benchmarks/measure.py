"""Measure commands: how long, how much of the processors and of the memory they take, and what they find.

A command is started by a launcher, a process that does nothing else: what Linux calls the peak of a process includes
what the process was before it was that program, and a Python with modules loaded is larger than some tools.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LAUNCHER = """
import os, sys, time
out, err, *command = sys.argv[1:]
flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
files += [(os.POSIX_SPAWN_OPEN, number, name, flags, 0o600) for number, name in ((1, out), (2, err))]
start = time.perf_counter()
process = os.posix_spawn(command[0], command, os.environ, file_actions=files)
_, status, usage = os.wait4(process, 0)
wall = time.perf_counter() - start
print(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""
KIB = 1 if sys.platform == "darwin" else 1024
"""How many bytes the operating system means by one when it speaks of memory."""
NOT_INHERITED = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "FORCE_COLOR")
"""Variables of the environment that would change what a command costs."""


class CommandFailed(Exception):
    """A command did not do its job; the text of the exception says how."""


@dataclass(frozen=True)
class Findings:
    """What a tool has found, or what is left of it: how many places, and in which files."""

    count: int = 0
    files: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sample:
    """What one run of a command took: seconds by the clock, of all processors, and bytes of its largest process."""

    wall: float
    processor: float
    peak: int


def nothing() -> None:
    """Do nothing before a command or a round."""


def no_findings(_: str) -> Findings:
    """Find nothing in what a command prints."""
    return Findings()


@dataclass(frozen=True)
class Contender:
    """One command of a job: what is measured under ``name``.

    ``parse`` makes findings of what it prints, ``before`` puts its input into the state it is to have; neither is
    measured. ``variables`` are those of its environment that differ from those of this process, ``good`` the exit
    codes of a command that did what it was asked to do.
    """

    name: str
    command: tuple[str, ...]
    cwd: Path
    parse: Callable[[str], Findings] = no_findings
    before: Callable[[], None] = nothing
    variables: Mapping[str, str] = field(default_factory=dict)
    good: frozenset[int] = frozenset({0, 1})


@dataclass(frozen=True)
class Job:
    """Contenders for one result; ratios are to the one called ``reference``, if that takes part.

    ``warm_up`` runs first, and is not measured. Then there are rounds, in each of which every contender has one turn;
    ``before`` is called at their start. Jobs that take no time can be measured more often: ``repeat`` times the rounds
    of others. ``same`` says that all look for exactly the same; ``counted`` is what findings and their files are here.
    """

    name: str
    about: str
    contenders: tuple[Contender, ...]
    reference: str
    warm_up: tuple[Contender, ...] = ()
    before: Callable[[], None] = nothing
    repeat: int = 1
    same: bool = False
    counted: tuple[str, str] = ("findings", "files")


@dataclass(frozen=True)
class Result:
    """The ``samples`` of a contender, one a round, and what it found in the last one."""

    name: str
    samples: tuple[Sample, ...]
    findings: Findings

    @property
    def wall(self) -> float:
        """The median of the seconds by the clock."""
        return statistics.median(sample.wall for sample in self.samples)

    @property
    def processor(self) -> float:
        """The median of the seconds of all processors."""
        return statistics.median(sample.processor for sample in self.samples)

    @property
    def peak(self) -> int:
        """The most memory that a process took in any round, in bytes."""
        return max(sample.peak for sample in self.samples)

    def ratios(self, reference: Result) -> tuple[float, float]:
        """The medians of the ratios to ``reference``, by the clock and of the processors, each round by itself.

        What else the machine does differs from round to round, and less so within one.
        """
        rounds = list(zip(self.samples, reference.samples, strict=True))
        return (
            statistics.median(ours.wall / theirs.wall for ours, theirs in rounds),
            statistics.median(ours.processor / theirs.processor for ours, theirs in rounds),
        )


@dataclass(frozen=True)
class Outcome:
    """What came of a ``job``: the ``results`` of the contenders, and why others have none."""

    job: Job
    results: tuple[Result, ...]
    failures: Mapping[str, str]

    @property
    def reference(self) -> Result | None:
        """The result that the others are compared with."""
        return next((result for result in self.results if result.name == self.job.reference), None)

    def missed(self, result: Result) -> int:
        """In how many files others found something and ``result`` has nothing."""
        everywhere = frozenset[str]().union(*(result.findings.files for result in self.results))
        return len(everywhere - result.findings.files)


def measure(job: Job, rounds: int, limit: float) -> Outcome:
    """Measure the contenders of ``job``, in turn, ``rounds`` times. A command may take ``limit`` seconds."""
    failures: dict[str, str] = {}
    for contender in job.warm_up:
        _run_or_note(contender, limit, failures)
    samples: dict[str, list[Sample]] = {contender.name: [] for contender in job.contenders}
    findings: dict[str, Findings] = {}
    for _ in range(rounds * job.repeat):
        job.before()
        for contender in job.contenders:
            taken = contender.name not in failures and _run_or_note(contender, limit, failures)
            if taken:
                samples[contender.name].append(taken[0])
                findings[contender.name] = taken[1]
    results = (Result(name, tuple(samples[name]), findings[name]) for name in samples if name not in failures)
    return Outcome(job, tuple(results), failures)


def run(contender: Contender, limit: float) -> tuple[Sample, Findings]:
    """Run the command of ``contender`` once; raises `CommandFailed`."""
    contender.before()
    with tempfile.TemporaryDirectory() as directory:
        out, err = Path(directory, "out"), Path(directory, "err")
        wall, processor, peak, code = _launch(contender, out, err, limit)
        if int(code) not in contender.good:
            raise CommandFailed(f"it ended with exit code {code}: {err.read_text(errors='replace')[-500:]}")
        findings = contender.parse(out.read_text(errors="replace"))
    return Sample(float(wall), float(processor), int(peak) * KIB), findings


def _run_or_note(contender: Contender, limit: float, failures: dict[str, str]) -> tuple[Sample, Findings] | None:
    try:
        return run(contender, limit)
    except CommandFailed as failure:
        failures[contender.name] = str(failure)
        return None


def _launch(contender: Contender, out: Path, err: Path, limit: float) -> Sequence[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", LAUNCHER, str(out), str(err), *contender.command],
        cwd=contender.cwd,
        env={**inherited, "NO_COLOR": "1", **contender.variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            told, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            raise CommandFailed(f"it took more than {limit:.0f} s") from None
        finally:
            # Whatever ended the wait, an interrupt as well: what was started has a session of its own.
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode:
        raise CommandFailed("it could not be started")
    return told.split()
