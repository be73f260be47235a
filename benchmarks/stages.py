"""Where the time of a run goes: the stages of one, one after the other, in this process."""

from __future__ import annotations

import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from benchmarks.corpus import Corpus
from ssot_lint.check import Checker
from ssot_lint.config import Settings, default_settings
from ssot_lint.discovery import discover
from ssot_lint.judging import Work
from ssot_lint.model import FileReport, Report
from ssot_lint.runner import RunOptions, load_rules

Result = TypeVar("Result")


@dataclass
class Clock:
    """Adds up the processor seconds of stages, and of how many files each had to do with."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    files: Counter[str] = field(default_factory=Counter)

    def time(self, stage: str, work: Callable[[], Result], files: int = 1) -> Result:
        """Do ``work``, which has to do with so many ``files``, as a part of ``stage``."""
        start = _processor()
        result = work()
        self.add(stage, _processor() - start, files)
        return result

    def add(self, stage: str, seconds: float, files: int = 1) -> None:
        """Note that ``stage`` took so many ``seconds`` for so many ``files``."""
        self.seconds[stage] += seconds
        self.files[stage] += files


def stages(corpus: Corpus, packs: Sequence[str]) -> Clock:
    """Check all files of ``corpus`` with all rules of ``packs``, in one process, and say what each stage took.

    What can be fixed is fixed, but not written.
    """
    clock = Clock()
    root = corpus.root
    settings = replace(default_settings(root), root=root, packs=tuple(packs))
    clock.time("import libcst", lambda: import_module("libcst"), 0)
    rules = clock.time("load the rules", lambda: load_rules(settings), 0)
    found = clock.time("discover", lambda: discover(root, [str(root)], (), False), len(corpus.files))
    checker = Work(settings, rules, RunOptions(), project=found.project).checker()
    clock.time("find the names", lambda: checker.triggers, 0)
    reports = [_one_file(clock, checker, settings, path) for path in found.files]
    clock.time("report", lambda: _report(root, reports, len(found.files)), len(reports))
    return clock


def rows_of(clock: Clock) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table of the stages."""
    total = sum(clock.seconds.values())
    yield "stage", "cpu s", "share", "files", "ms a file"
    for stage, seconds in clock.seconds.items():
        files = clock.files[stage]
        each = f"{seconds / files * 1000:.3f}" if files else ""
        yield stage, f"{seconds:.3f}", f"{seconds / total:.1%}", f"{files:,}" if files else "", each


def _one_file(clock: Clock, checker: Checker, settings: Settings, path: str) -> FileReport:
    """Check a file; the stages within the check are done once more, each by itself."""
    from ssot_lint.fixing import fix_file

    raw = clock.time("read", (settings.root / path).read_bytes)
    module, is_package = checker.project.module_of(path) or (None, False)
    single = Clock()
    hits = single.time("look for triggers", lambda: checker.screen.settled(checker.screen.hits(path, raw)))
    if hits:
        single.time("scan", lambda: _scan(raw, module, is_package))
    start = _processor()
    report = checker.check(path, raw)
    rest = _processor() - start - sum(single.seconds.values())
    single.add("visit" if hits else "other reasons to look", max(0.0, rest))
    for stage, seconds in single.seconds.items():
        clock.add(stage, seconds)
    if any(violation.fix for violation in report.violations):
        clock.time("fix", lambda: fix_file(checker, path, raw, unsafe=True))
    return report


def _scan(raw: bytes, module: str | None, is_package: bool) -> None:
    from ssot_lint.source.scan import scan
    from ssot_lint.source.text import NotText, Text

    try:
        scan(Text.read(raw), module, is_package)
    except (NotText, SyntaxError):
        return


def _report(root: Path, reports: Sequence[FileReport], files: int) -> int:
    from ssot_lint.reporting import ReportContext, render

    return sum(len(line) for line in render("concise", Report(tuple(reports), files), ReportContext(root=root)))


def _processor() -> float:
    """The processor seconds of this process and of those it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
