"""Measure commands: how long, how much of the processors and of the memory they take, and what they print.

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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LAUNCHER = """
import os, sys, time
out, err, *command = sys.argv[1:]
flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
files += [(os.POSIX_SPAWN_OPEN, number, name, flags, 0o600) for number, name in ((1, out), (2, err))]
start = time.perf_counter()
process = os.posix_spawnp(command[0], command, os.environ, file_actions=files)
_, status, usage = os.wait4(process, 0)
wall = time.perf_counter() - start
print(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""
KIB = 1 if sys.platform == "darwin" else 1024
"""How many bytes the operating system means by one when it speaks of memory."""

Parser = Callable[[str], "Findings"]


class CommandFailed(Exception):
    """A command did not do its job; the text of the exception says which and how."""


@dataclass(frozen=True)
class Findings:
    """What a tool has found: how many places, and in which files."""

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


@dataclass(frozen=True)
class Contender:
    """One command of a job: what is measured under ``name``.

    ``parse`` makes findings of what it prints, ``before`` puts its input into the state it is to have. Of ``variables``
    the environment of the command is made, together with that of this process. ``good`` are the exit codes of
    commands that did what they were asked to do.
    """

    name: str
    command: tuple[str, ...]
    cwd: Path
    parse: Parser = lambda _: Findings()
    before: Callable[[], None] = nothing
    variables: Mapping[str, str] = field(default_factory=dict)
    good: frozenset[int] = frozenset({0, 1})


@dataclass(frozen=True)
class Job:
    """Contenders for the same result; ratios are to the one called ``reference``, if that takes part.

    Before each round, in which every contender has one turn, ``before`` is called. Jobs that take no time can be
    measured more often: ``repeat`` times the rounds of others.
    """

    name: str
    about: str
    contenders: tuple[Contender, ...]
    reference: str
    before: Callable[[], None] = nothing
    repeat: int = 1


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


def measure(job: Job, rounds: int, limit: float) -> tuple[Result, ...]:
    """Measure the contenders of ``job``, in turn, ``rounds`` times; raises `CommandFailed`.

    A command may take ``limit`` seconds.
    """
    samples: dict[str, list[Sample]] = {contender.name: [] for contender in job.contenders}
    findings: dict[str, Findings] = {}
    for _ in range(rounds * job.repeat):
        job.before()
        for contender in job.contenders:
            sample, findings[contender.name] = run(contender, limit)
            samples[contender.name].append(sample)
    return tuple(Result(name, tuple(taken), findings[name]) for name, taken in samples.items())


def run(contender: Contender, limit: float) -> tuple[Sample, Findings]:
    """Run the command of ``contender`` once; raises `CommandFailed`."""
    contender.before()
    with tempfile.TemporaryDirectory() as directory:
        out, err = Path(directory, "out"), Path(directory, "err")
        wall, processor, peak, code = _launch(contender, out, err, limit)
        if int(code) not in contender.good:
            said = err.read_text(errors="replace")[-500:]
            raise CommandFailed(f"{contender.name} ended with the exit code {code}: {said}")
        findings = contender.parse(out.read_text(errors="replace"))
    return Sample(float(wall), float(processor), int(peak) * KIB), findings


def _launch(contender: Contender, out: Path, err: Path, limit: float) -> Sequence[str]:
    launcher = (sys.executable, "-I", "-S", "-c", LAUNCHER, str(out), str(err))
    with subprocess.Popen(
        [*launcher, *contender.command],
        cwd=contender.cwd,
        env=dict(_environment(contender.variables)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            told, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise CommandFailed(f"{contender.name} took more than {limit:.0f} s") from None
    if process.returncode:
        raise CommandFailed(f"{contender.name} could not be started")
    return told.split()


def _environment(variables: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The environment of a command: nothing in it may keep Python from using bytecode, nor decide about caches."""
    kept = {key: value for key, value in os.environ.items() if key not in {"PYTHONDONTWRITEBYTECODE", "FORCE_COLOR"}}
    yield from {**kept, "NO_COLOR": "1", **variables}.items()
