"""Files of projects that are nothing but texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_lint.file import File
from ssot_lint.project import Project
from ssot_lint.source.scan import scan
from ssot_lint.source.text import Text

MakeProject = Callable[[Mapping[str, str]], Project]
OpenFile = Callable[..., File]


@pytest.fixture(scope="session")
def make_project() -> MakeProject:
    def make(files: Mapping[str, str]) -> Project:
        overlay = {path: text.encode() for path, text in files.items()}
        return Project(Path("/nonexistent"), (".",), lambda: sorted(files), overlay=overlay)

    return make


@pytest.fixture(scope="session")
def open_file(make_project: MakeProject) -> OpenFile:
    """Make a file with ``code`` at ``path`` in a project with other ``files``."""

    def make(code: str, files: Mapping[str, str], path: str = "example.py") -> File:
        project = make_project({**files, path: code})
        module, is_package = project.module_of(path) or (None, False)
        return File(path, scan(Text.read(code.encode()), module, is_package), project)

    return make
