"""A whole run: order, failures, and when what is written."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

from ssot_lint import executor, fixing, judging, runner
from ssot_lint.config import Settings
from ssot_lint.discovery import Discovery, PathError, discover
from ssot_lint.judging import Work
from ssot_lint.model import (
    FILE_START,
    Applicability,
    Edit,
    Failure,
    FileReport,
    Fix,
    Report,
    Severity,
    Violation,
)
from ssot_lint.project import Project
from ssot_lint.runner import RunOptions, run, run_source
from ssot_lint.source.triggers import Hits
from ssot_lint.toml import ConfigurationErrors

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

OLD, NEW = b"old\n", b"new\n"


def violation(path: str, applicability: Applicability = Applicability.SAFE) -> Violation:
    return Violation(
        code="T101",
        kind="legacy-import",
        pack="t",
        severity=Severity.ERROR,
        message="old",
        path=path,
        range=FILE_START,
        fix=Fix(applicability, "new", (Edit(FILE_START, "new"),)),
    )


class FakeChecker:
    """Finds a violation in files that hold ``old`` (``OLD``: with an unsafe fix), and crashes over ``crash``."""

    asked_for_triggers: ClassVar[list[int]] = []
    prepared: ClassVar[list[int]] = []
    project = Project(Path(), (), tuple)

    def __init__(self, *arguments: object, **options: object) -> None:
        pass

    @property
    def triggers(self) -> None:
        self.asked_for_triggers.append(os.getpid())

    def sight(self, path: str, raw: bytes) -> Hits | None:
        return Hits() if raw != b"clean\n" else None

    def prepare(self) -> None:
        self.prepared.append(os.getpid())

    def heard(self, report: FileReport) -> FileReport:
        return report

    def check(self, path: str, raw: bytes, *, explicit: bool = False) -> FileReport:
        if raw == b"crash\n":
            raise KeyError(path)
        if raw == b"named\n" and not explicit:
            return FileReport(path)
        if raw == b"OLD\n":
            return FileReport(path, (violation(path, Applicability.UNSAFE),))
        return FileReport(path, (violation(path),) if raw in (OLD, b"named\n") else ())


def fake_fix(checker: FakeChecker, path: str, raw: bytes, unsafe: bool, **options: object) -> fixing.Fixed:
    return fixing.Fixed(FileReport(path, fixed=checker.check(path, raw).violations), NEW)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(judging, "Checker", FakeChecker)
    monkeypatch.setattr(fixing, "fix_file", fake_fix)
    return tmp_path


def settings(
    root: Path,
    packs: tuple[str, ...] = (),
    select: tuple[str, ...] = ("ALL",),
    exclude: tuple[str, ...] = (),
) -> Settings:
    return Settings(root=root, packs=packs, select=select, exclude=exclude)


def fill(root: Path, count: int) -> list[str]:
    """Make ``count`` files, of which every third is ``old``, and give the paths of those."""
    for number in range(count):
        (root / f"m{number:03}.py").write_bytes(b"x = 1\n" if number % 3 else OLD)
    return [f"m{number:03}.py" for number in range(0, count, 3)]


def paths(report: Report) -> list[str]:
    return [file.path for file in report.files]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_reports_are_in_path_order_whatever_the_jobs(project: Path, jobs: int) -> None:
    old = fill(project, executor.WORTH_PROCESSES + 10)
    seen: list[tuple[int, int]] = []
    report = run(settings(project), ["."], RunOptions(jobs=jobs), lambda done, total: seen.append((done, total)))
    total = executor.WORTH_PROCESSES + 10
    assert report.checked == total
    assert paths(report) == old
    assert seen == [(done, total) for done in range(1, total + 1)]


def test_what_all_processes_need_is_found_out_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(project, executor.WORTH_PROCESSES)
    monkeypatch.setattr(FakeChecker, "asked_for_triggers", [])
    monkeypatch.setattr(FakeChecker, "prepared", [])
    run(settings(project), ["."], RunOptions(jobs=2))
    assert FakeChecker.asked_for_triggers == [os.getpid()]
    assert FakeChecker.prepared == [os.getpid()]


def test_for_a_few_files_nothing_is_prepared(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeChecker, "prepared", [])
    old = fill(project, 3)
    for number in range(runner.WORTH_JUDGING):
        (project / f"clean{number}.py").write_bytes(b"clean\n")
    assert paths(run(settings(project), ["."], RunOptions())) == old
    assert FakeChecker.prepared == []


def test_files_without_anything_to_say_are_counted_only(project: Path) -> None:
    (project / "clean.py").write_bytes(b"x = 1\n")
    assert run(settings(project), ["."], RunOptions()) == Report((), 1, paths=("clean.py",))


@pytest.mark.parametrize("count", [3, executor.WORTH_PROCESSES])
def test_fixing_writes(project: Path, count: int) -> None:
    old = fill(project, count)
    report = run(settings(project), ["."], RunOptions(fix=True, jobs=2))
    assert [(file.path, file.violations, len(file.fixed)) for file in report.files] == [(path, (), 1) for path in old]
    assert all((project / path).read_bytes() == NEW for path in old)


def test_fixed_files_are_reported_among_the_others(project: Path) -> None:
    fill(project, 4)
    (project / "m001.py").write_bytes(b"OLD\n")
    assert paths(run(settings(project), ["."], RunOptions(fix=True))) == ["m000.py", "m001.py", "m003.py"]


def test_nothing_is_written_before_all_is_judged(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(project, 4)

    def interrupt(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(settings(project), ["."], RunOptions(fix=True), interrupt)
    assert (project / "m000.py").read_bytes() == OLD


def test_a_diff_writes_nothing(project: Path) -> None:
    fill(project, 1)
    (report,) = run(settings(project), ["."], RunOptions(diff=True)).files
    assert report.diff == "--- a/m000.py\n+++ b/m000.py\n@@ -1,1 +1,1 @@\n-old\n+new\n"
    assert len(report.fixed) == 1
    assert (project / "m000.py").read_bytes() == OLD


def test_unsafe_fixes_are_made_when_they_are_asked_for(project: Path) -> None:
    path = project / "unsafe.py"
    path.write_bytes(b"OLD\n")
    (report,) = run(settings(project), ["."], RunOptions(fix=True)).files
    assert (len(report.violations), report.fixed, path.read_bytes()) == (1, (), b"OLD\n")
    (report,) = run(settings(project), ["."], RunOptions(fix=True, unsafe=True)).files
    assert (report.violations, len(report.fixed), path.read_bytes()) == ((), 1, NEW)


def test_a_file_that_cannot_be_written_is_reported_as_it_is(project: Path) -> None:
    fill(project, 4)
    (project / "m000.py").chmod(0o444)
    refused, fixed = run(settings(project), ["."], RunOptions(fix=True)).files
    assert refused == FileReport(
        "m000.py", (violation("m000.py"),), failures=(Failure("m000.py", "not fixed: it is read-only"),)
    )
    assert (project / "m000.py").read_bytes() == OLD
    assert fixed.fixed
    assert (project / "m003.py").read_bytes() == NEW


@pytest.mark.parametrize("count", [3, executor.WORTH_PROCESSES])
def test_a_crash_costs_one_file(project: Path, count: int) -> None:
    old = fill(project, count)
    (project / "crash.py").write_bytes(b"crash\n")
    report = run(settings(project), ["."], RunOptions(jobs=2))
    assert paths(report) == ["crash.py", *old]
    (crashed,) = report.files[0].violations
    assert crashed.code == "SL006"
    assert crashed.message.startswith(
        "the tool crashed on this file, please report it: KeyError: 'crash.py' (test_runner.py, line "
    )


def test_a_file_that_is_gone_or_cannot_be_read_costs_one_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = fill(project, 3)

    def refuse(path: str, mode: str, buffering: int) -> object:
        if path.endswith("m001.py"):
            raise PermissionError(13, "Permission denied", path)
        return open(path, mode, buffering)

    monkeypatch.setattr(judging, "open", refuse, raising=False)
    report = run(settings(project), ["."], RunOptions())
    assert paths(report) == [*old, "m001.py"]
    (unreadable,) = report.files[1].violations
    assert (unreadable.code, unreadable.message) == ("SL002", "the file cannot be read: Permission denied")


def test_a_directory_that_cannot_be_listed_is_a_failure(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(project, 1)
    (project / "closed").mkdir()

    def lose(root: Path, named: list[str], exclude: tuple[str, ...], force_exclude: bool) -> Discovery:
        return replace(discover(root, named, exclude, force_exclude), failures=(Failure("closed", "cannot list"),))

    monkeypatch.setattr(runner, "discover", lose)
    report = run(settings(project), ["."], RunOptions())
    assert paths(report) == ["closed", "m000.py"]
    assert report.files[0].failures == (Failure("closed", "cannot list"),)


def test_named_files_are_known_as_such(project: Path) -> None:
    (project / "x.py").write_bytes(b"named\n")
    assert paths(run(settings(project), ["."], RunOptions())) == []
    assert paths(run(settings(project), ["x.py"], RunOptions())) == ["x.py"]


def test_excluded_files_are_left_out(project: Path) -> None:
    fill(project, 4)
    excluding = settings(project, exclude=("m000.py",))
    assert paths(run(excluding, ["."], RunOptions())) == ["m003.py"]
    assert paths(run(excluding, ["m000.py"], RunOptions())) == ["m000.py"]
    assert paths(run(excluding, ["m000.py"], RunOptions(force_exclude=True))) == []
    assert paths(run(replace(excluding, force_exclude=True), ["m000.py"], RunOptions())) == []


def test_what_is_wrong_with_the_run_is_raised(project: Path) -> None:
    with pytest.raises(PathError):
        run(settings(project), ["nowhere"], RunOptions())
    with pytest.raises(ConfigurationErrors):
        run(settings(project, packs=("nowhere.toml",)), ["."], RunOptions())
    with pytest.raises(ConfigurationErrors):
        run(settings(project, select=("NONSENSE",)), ["."], RunOptions())
    with pytest.raises(ConfigurationErrors):
        run(replace(settings(project), per_file_ignores={"tests/**": ("NONSENSE",)}), ["."], RunOptions())


def test_the_checker_is_told_the_settings(tmp_path: Path) -> None:
    told = replace(
        Settings(root=tmp_path), per_file_ignores={"tests/**": ("T101",)}, require_reason=True, src=("src", ".")
    )
    rules = runner.Rules((), frozenset({"T101"}))
    checker = Work(told, rules, RunOptions(), project=("src/a.py", "b.py")).checker()
    assert checker.per_file_ignores == {"tests/**": ("T101",)}
    assert checker.demands.reason
    assert "T101" in checker.known
    located = checker.project.module_of("src/a.py")
    assert located
    assert located[0] == "a"
    for name in ("b.py", "c.py"):
        (tmp_path / name).write_text("word\n")
    assert checker.project.mentions("word") == ("b.py",)


@pytest.mark.parametrize(
    ("options", "after"),
    [(RunOptions(), OLD), (RunOptions(fix=True), NEW), (RunOptions(diff=True), OLD)],
)
def test_what_is_not_in_a_file_is_checked_and_fixed_likewise(project: Path, options: RunOptions, after: bytes) -> None:
    report, result = run_source(settings(project), "sub/x.py", OLD, options)
    assert paths(report) == ["sub/x.py"]
    assert report.checked == 1
    assert result == after
    assert bool(report.files[0].fixed) is (options.fix or options.diff)
    assert bool(report.files[0].diff) is options.diff
    assert not list(project.iterdir())


def test_what_is_excluded_is_given_back(project: Path) -> None:
    excluding = settings(project, exclude=("sub/",))
    fix = RunOptions(fix=True, force_exclude=True)
    assert run_source(excluding, "sub/x.py", OLD, fix) == (Report((), 0), OLD)
    assert run_source(excluding, None, OLD, fix)[1] == NEW
