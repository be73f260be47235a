"""Small applications whose own tests pass before and after a codemod, and after it is taken back.

One is a directory in ``tests/projects`` with an ``application.toml``: what it is ``about``, the ``command``, its exit
``code`` if that is not 0, what it has to say in ``notes``, and which files are ``gone`` afterwards. ``before`` is the
application with its tests, ``after`` the files that are there afterwards and differ.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ssot_lint import cli
from ssot_lint.toml import read_toml

PROJECTS = Path(__file__).parent / "projects"
APPLICATIONS = [pytest.param(path.parent, id=path.parent.name) for path in sorted(PROJECTS.glob("*/application.toml"))]


@dataclass(frozen=True)
class Application:
    path: Path
    command: tuple[str, ...]
    code: int
    notes: tuple[str, ...]
    gone: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> Application:
        data = read_toml(path / "application.toml").data
        assert data.pop("about")
        notes, gone = tuple(data.pop("notes", ())), frozenset(data.pop("gone", ()))
        application = cls(path, tuple(data.pop("command")), data.pop("code", 0), notes, gone)
        assert not data, "unknown keys"
        return application


@pytest.mark.parametrize("path", APPLICATIONS)
def test_its_own_tests_pass(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    application = Application.read(path)
    shutil.copytree(path / "before", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SSOT_LINT_CACHE_DIR", raising=False)
    before = texts(tmp_path)
    passed = passing(tmp_path)
    assert cli.run(application.command) == application.code
    said = capfd.readouterr()
    assert tuple(line for line in said.err.splitlines() if line.startswith("ssot-lint: note: ")) == application.notes
    expected = {name: text for name, text in before.items() if name not in application.gone}
    assert texts(tmp_path) == {**expected, **texts(path / "after")}
    assert passing(tmp_path) == passed
    assert cli.run(["undo"]) == 0
    assert texts(tmp_path) == before
    assert passing(tmp_path) == passed


@pytest.mark.parametrize("path", APPLICATIONS)
def test_what_is_after_differs(path: Path) -> None:
    before, after = texts(path / "before"), texts(path / "after")
    assert after
    assert all(before.get(name) != text for name, text in after.items())


def passing(root: Path) -> str:
    """Run the tests of an application, and give how many there are, all of which pass."""
    command = [
        sys.executable,
        "-B",
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-W",
        "error::ImportWarning",
        "tests",
    ]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTEST_ADDOPTS": "", "COLUMNS": "80"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[-1].partition(" in ")[0]


def texts(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in _files(root)}


def _files(root: Path) -> Iterator[Path]:
    hidden = {"__pycache__", ".ssot_lint_cache"}
    return (path for path in root.rglob("*") if path.is_file() and hidden.isdisjoint(path.parts))
