"""Small whole projects, fixed: what spans files, and the traps.

A case is a directory in ``tests/projects`` with a ``case.toml``: what it is ``about``, whether ``unsafe`` fixes are
made, and all that is ``left`` afterwards, ``path:row code refusal``, or ``unsafe`` for what only a human can agree to.
``before`` is the project, ``after`` the files that fixing changes. A ``run.py`` says the same before and after.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ssot_lint.config import find_settings
from ssot_lint.model import Violation
from ssot_lint.runner import RunOptions, run
from ssot_lint.toml import read_toml

PROJECTS = Path(__file__).parent / "projects"
PROGRAM = "run.py"


@dataclass(frozen=True)
class Case:
    path: Path
    unsafe: bool
    left: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Case:
        data = read_toml(path / "case.toml").data
        assert data.pop("about")
        case = cls(path, data.pop("unsafe", False), tuple(data.pop("left", ())))
        assert not data, "unknown keys"
        return case


CASES = [pytest.param(path.parent, id=path.parent.name) for path in sorted(PROJECTS.glob("*/case.toml"))]


@pytest.mark.parametrize("path", CASES)
def test_project(path: Path, tmp_path: Path) -> None:
    case = Case.read(path)
    shutil.copytree(path / "before", tmp_path, dirs_exist_ok=True)
    said = output(tmp_path)
    left = fix(tmp_path, case.unsafe)
    assert texts(tmp_path) == {**texts(path / "before"), **texts(path / "after")}
    assert left == sorted(case.left)
    assert output(tmp_path) == said
    assert fix(tmp_path, case.unsafe) == left
    assert texts(tmp_path) == {**texts(path / "before"), **texts(path / "after")}, "fixing twice is fixing once"


@pytest.mark.parametrize("path", CASES)
def test_what_is_after_was_before_and_differs(path: Path) -> None:
    before, after = texts(path / "before"), texts(path / "after")
    assert all(name in before and before[name] != text for name, text in after.items())


def fix(root: Path, unsafe: bool) -> list[str]:
    """Fix a project in place and give what is left, each with its refusal."""
    report = run(find_settings(root), [str(root)], RunOptions(fix=True, unsafe=unsafe, jobs=1))
    assert not [failure for file in report.files for failure in file.failures]
    return sorted(_described(violation) for file in report.files for violation in file.violations)


def _described(violation: Violation) -> str:
    outcome = violation.refusal.code if violation.refusal else "none"
    if violation.fix:
        outcome = violation.fix.applicability.value
    return f"{violation.path}:{violation.range.start.row} {violation.code} {outcome}"


def output(root: Path) -> str | None:
    """Run the program of a project, if it has one, and give what it prints."""
    if not (root / PROGRAM).exists():
        return None
    done = subprocess.run([sys.executable, "-B", PROGRAM], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def texts(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in _files(root)}


def _files(root: Path) -> Iterator[Path]:
    return (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
