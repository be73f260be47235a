"""The hooks, as pre-commit installs and runs them from a repository of this project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = {
    ".ssot-lint.toml": 'packs = ["pack.toml"]\n',
    "pack.toml": """\
[pack]
id = "chat"
summary = "The manager has one home"

[[rule]]
id = "CH101"
kind = "legacy-import"
moved."chat.old.Manager" = "chat.home.Manager"
""",
    "chat/__init__.py": "",
    "chat/home.py": "class Manager:\n    pass\n",
    "chat/old.py": "from chat.home import Manager\n\n__all__ = ['Manager']\n",
    "chat/clean.py": "from chat.home import Manager\n\nprint(Manager)\n",
}
LEGACY = "from chat.old import Manager\n\nprint(Manager)\n"
FIXED = PROJECT["chat/clean.py"]


def environment(tmp_path: Path) -> dict[str, str]:
    """The environment without a surrounding git, with an identity and with a pre-commit of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    roles = ("AUTHOR", "COMMITTER")
    identity = {f"GIT_{role}_NAME": "Test" for role in roles} | {
        f"GIT_{role}_EMAIL": "test@example.com" for role in roles
    }
    return {**inherited, **identity, "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"), "PRE_COMMIT_COLOR": "never"}


def git(directory: Path, *arguments: str, tmp_path: Path) -> str:
    command = ["git", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(
        command, cwd=directory, env=environment(tmp_path), capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture
def hooks(tmp_path: Path) -> Path:
    """A repository that holds this project as it is now, committed or not."""
    repository = tmp_path / "hooks"
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", tmp_path=tmp_path).split(
        "\0"
    ):
        if (ROOT / name).is_file():
            (repository / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, repository / name)
    commit(repository, tmp_path)
    return repository


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project that keeps its rule."""
    root = tmp_path / "project"
    for name, text in PROJECT.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    commit(root, tmp_path)
    return root


def commit(directory: Path, tmp_path: Path) -> None:
    git(directory, "init", "--quiet", tmp_path=tmp_path)
    git(directory, "add", "--all", tmp_path=tmp_path)
    git(directory, "commit", "--quiet", "--message", "As it is", tmp_path=tmp_path)


def try_hooks(hooks: Path, project: Path, *files: str) -> tuple[dict[str, str], str]:
    """Run all hooks on ``files`` of ``project``: what each came to, and all that was printed."""
    git(project, "add", "--all", tmp_path=project.parent)
    command = [sys.executable, "-m", "pre_commit", "try-repo", "--verbose", "--hook-stage", "manual", str(hooks)]
    result = subprocess.run(
        [*command, "--files", *files],
        cwd=project,
        env=environment(project.parent),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    outcomes = dict(re.findall(r"^(ssot-lint.*?)\.{3,}(\w+)$", result.stdout, re.MULTILINE))
    assert list(outcomes) == ["ssot-lint", "ssot-lint (fix)", "ssot-lint (whole tree)"], result.stdout + result.stderr
    return outcomes, result.stdout


def test_a_clean_project_passes(hooks: Path, project: Path) -> None:
    outcomes, output = try_hooks(hooks, project, "chat/clean.py", "chat/old.py", "chat/home.py")
    assert set(outcomes.values()) == {"Passed"}, output


def test_a_legacy_import_fails_and_is_rewritten(hooks: Path, project: Path) -> None:
    legacy = project / "chat" / "legacy.py"
    legacy.write_text(LEGACY)
    outcomes, output = try_hooks(hooks, project, "chat/legacy.py")
    assert outcomes == {"ssot-lint": "Failed", "ssot-lint (fix)": "Failed", "ssot-lint (whole tree)": "Passed"}, output
    assert "chat/legacy.py:1:" in output
    assert "CH101" in output
    assert legacy.read_text() == FIXED
    # Exit code 1 is the tool's own doing; that files were modified pre-commit would see anyway.
    assert output.count("exit code: 1") == 2


def test_files_outside_the_commit_concern_the_whole_tree_only(hooks: Path, project: Path) -> None:
    legacy = project / "chat" / "legacy.py"
    legacy.write_text(LEGACY)
    outcomes, output = try_hooks(hooks, project, "chat/clean.py")
    assert outcomes == {"ssot-lint": "Passed", "ssot-lint (fix)": "Passed", "ssot-lint (whole tree)": "Failed"}, output
    assert legacy.read_text() == LEGACY
