"""A small project, runs over it with and without a cache, and which files they look at closely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from ssot_lint import judging
from ssot_lint.cachefiles import CACHE
from ssot_lint.config import Settings, find_settings
from ssot_lint.model import FileReport, Report
from ssot_lint.runner import RunOptions, run

PACK = """\
[pack]
id = "app"

[[rule]]
id = "APP101"
kind = "legacy-import"
moved."app.old.Manager" = "app.home.Manager"

[[rule]]
id = "APP201"
kind = "direct-instantiation"
classes = ["app.home.Manager"]
factory = "app.home.get_manager"

[[rule]]
id = "APP301"
kind = "unresolved-import"

[[rule]]
id = "APP401"
kind = "await-mismatch"
callables = ["app.clock.now"]
"""

FILES = {
    "ssot-lint.toml": 'packs = ["pack.toml"]\n',
    "pack.toml": PACK,
    "app/__init__.py": "",
    "app/home.py": "class Manager: ...\n\n\ndef get_manager(): return Manager()\n",
    "app/old.py": "from app.home import Manager\n",
    "app/legacy.py": "from app.old import Manager\n\nprint(Manager)\n",
    "app/maker.py": "from app.home import Manager\n\n\ndef make():\n    return Manager()\n",
    "app/clock.py": "async def now(): ...\n",
    "app/user.py": "from app.clock import now\n\n\nasync def use():\n    now()\n",
    "app/aside.py": "import os\n\nprint(os)\n",
    "tests/test_manager.py": "from unittest.mock import patch\n\n\n@patch('app.old.Manager')\ndef test(m): ...\n",
}


@dataclass
class Project:
    """A project below ``root``; ``judged`` are the files that the last run looked at closely."""

    root: Path
    judged: list[str]

    def write(self, path: str, text: str) -> None:
        """Write a file, with the directories above it."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def read(self, path: str) -> str:
        """Give the text of a file."""
        return (self.root / path).read_text()

    def settings(self, **changes: Any) -> Settings:
        """Give the settings of the project."""
        return replace(find_settings(self.root), **changes)

    def run(self, *paths: str, cache: Path | None = None, **options: Any) -> Report:
        """Check ``paths``, by default all, with a cache."""
        return self._run(paths, RunOptions(cache=cache or self.root / CACHE, **{"jobs": 1, **options}))

    def cold(self, *paths: str, **options: Any) -> Report:
        """Check without a cache."""
        return self._run(paths, RunOptions(jobs=1, **options))

    def _run(self, paths: tuple[str, ...], options: RunOptions) -> Report:
        self.judged.clear()
        named = [str(self.root / path) for path in paths or (".",)]
        return run(self.settings(), named, options)

    def warm(self, *paths: str, **options: Any) -> list[str]:
        """Check with a cache and without; the reports must be the same. Give the files that were looked at closely."""
        report = self.run(*paths, **options)
        judged = sorted(self.judged)
        assert report == self.cold(*paths)
        return judged


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The project of `FILES`, of which nothing is known yet."""
    made = Project(tmp_path / "project", [])
    for path, text in FILES.items():
        made.write(path, text)
    judge: Callable[[judging.Worker, str], judging.Outcome | None] = judging.Worker.__call__

    def noted(worker: judging.Worker, path: str) -> judging.Outcome | None:
        made.judged.append(path)
        return judge(worker, path)

    monkeypatch.setattr(judging.Worker, "__call__", noted)
    return made


@pytest.fixture
def known(project: Project) -> Project:
    """The same, when a run has kept all there is to know."""
    project.run()
    return project


def codes(report: Report) -> list[tuple[str, str]]:
    """Give the path and the code of each violation."""
    files: tuple[FileReport, ...] = report.files
    return [(violation.path, violation.code) for file in files for violation in file.violations]
