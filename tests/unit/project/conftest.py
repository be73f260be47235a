"""The small projects in ``tests/projects``, one a subject; and projects that are nothing but texts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from ssot_lint.project import Project

PROJECTS = Path(__file__).parents[2] / "projects"
ROOTS = {"namespaces": ("src", "lib", ".")}

OpenProject = Callable[[str], Project]
MakeProject = Callable[[dict[str, str]], Project]


def files_below(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.py"))


@pytest.fixture(scope="session")
def project(reopened: OpenProject) -> OpenProject:
    """Open one of the small projects by its name, the same for all tests."""
    return cache(reopened)


@pytest.fixture(scope="session")
def reopened() -> OpenProject:
    """Open one of the small projects by its name, of which nothing is known yet."""

    def open_project(name: str) -> Project:
        root = PROJECTS / name
        assert root.is_dir()
        return Project(root, ROOTS.get(name, (".",)), lambda: files_below(root))

    return open_project


@pytest.fixture
def texts(tmp_path: Path) -> MakeProject:
    """Make a project of texts by their paths; nothing of it is on disk."""

    def make(files: dict[str, str]) -> Project:
        return Project(tmp_path, (".",), lambda: list(files), {path: text.encode() for path, text in files.items()})

    return make
