"""The cache as users meet it: where it is, how to be without, and that it changes nothing but the time."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint import cli
from ssot_lint.cachefiles import CACHE
from ssot_lint.discovery import discover
from ssot_lint.executor import WORTH_PROCESSES
from ssot_lint.project import summarize

PACK = """\
[pack]
id = "app"

[[rule]]
id = "APP101"
kind = "legacy-import"
moved."app.old.Manager" = "app.home.Manager"
"""

FILES = {
    "ssot-lint.toml": 'packs = ["pack.toml"]\n',
    "pack.toml": PACK,
    "app/__init__.py": "",
    "app/home.py": "class Manager: ...\n",
    "app/old.py": "from app.home import Manager\n",
    "app/legacy.py": "from app.old import Manager\n\nprint(Manager)\n",
}

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    monkeypatch.chdir(root)
    monkeypatch.delenv("SSOT_LINT_CACHE_DIR", raising=False)
    return root


@pytest.fixture
def run(project: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Give what runs a command line in the project, and tells its exit code and what it printed."""

    def function(*arguments: str) -> tuple[int, str]:
        code = cli.run(arguments)
        out, err = capfd.readouterr()
        assert err == ""
        return code, out

    return function


@pytest.fixture
def nothing_is_summarized(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def fail(raw: bytes, module: str, path: str, is_package: bool) -> None:
        raise AssertionError(f"{module} was summarized")

    return lambda: monkeypatch.setattr(summarize, "summarize", fail)


def databases(directory: Path) -> list[Path]:
    return sorted(directory.glob("*.sqlite"))


@pytest.mark.parametrize("command", ["check", "fix"])
def test_it_is_in_the_project(run: Run, project: Path, command: str) -> None:
    run(command)
    assert len(databases(project / CACHE)) == 1
    assert (project / CACHE / ".gitignore").read_text() == "*\n"


def test_a_second_run_says_the_same_and_summarizes_nothing(run: Run, nothing_is_summarized: Callable[[], None]) -> None:
    first = run("check")
    nothing_is_summarized()
    assert run("check") == first


def test_what_changes_is_seen(run: Run, project: Path) -> None:
    assert "[*]" in run("check", "--output-format=concise")[1]
    (project / "app/old.py").write_text("class Manager: ...\n")
    assert "[*]" not in run("check", "--output-format=concise")[1]


@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_run_can_do_without(run: Run, project: Path, tmp_path: Path, command: str) -> None:
    run(command, "--no-cache", "--cache-dir", "../elsewhere")
    assert not (project / CACHE).exists()
    assert not (tmp_path / "elsewhere").exists()


def test_it_can_be_elsewhere(run: Run, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "app")
    run("check", "--cache-dir", "../../option")
    monkeypatch.setenv("SSOT_LINT_CACHE_DIR", str(tmp_path / "variable"))
    run("check")
    assert len(databases(tmp_path / "option")) == len(databases(tmp_path / "variable")) == 1
    assert not (project / CACHE).exists()


def test_no_cache_is_no_problem(run: Run, project: Path) -> None:
    first = run("check")
    assert run("check", "--cache-dir", "pack.toml") == first
    (database,) = databases(project / CACHE)
    database.write_bytes(b"no database" * 1000)
    assert run("check") == first


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_processes_leave_what_they_made(run: Run, project: Path, nothing_is_summarized: Callable[[], None]) -> None:
    for number in range(WORTH_PROCESSES + 10):
        (project / f"app/m{number}.py").write_text(FILES["app/legacy.py"])
    first = run("check", "--jobs=2")
    nothing_is_summarized()
    assert run("check", "--jobs=1") == first
    assert run("check", "--jobs=2") == first


def test_it_holds_no_source(project: Path) -> None:
    """Where there is no git, either."""
    os.makedirs(f"{CACHE}/deeper")
    for path in (f"{CACHE}/a.py", f"{CACHE}/deeper/b.py"):
        Path(path).write_text("")
    assert not [path for path in discover(project, ["."], (), False).files if CACHE in path]
