"""``ssot-lint move``: what it prints and writes, and when it does not; `tests/unit/moving` has what it does to code."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint import cli
from ssot_lint.journal import Journal

FILES = {
    "ssot-lint.toml": "",
    "app/__init__.py": "",
    "app/old.py": "class Thing: ...\n",
    "app/user.py": "from app.old import Thing\n",
    "README.md": "See app.old.Thing, not app.old.Things.\n",
}
MOVED = {"app/old.py": "", "app/new.py": "class Thing: ...\n", "app/user.py": "from app.new import Thing\n"}
MOVE = ("move", "app.old.Thing", "app.new.Thing")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SSOT_LINT_CACHE_DIR", raising=False)
    return tmp_path


@pytest.fixture
def run(project: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Give what runs a command line in this process, in the project."""

    def function(*arguments: str) -> tuple[int, str, str]:
        return (cli.run(arguments), *capfd.readouterr())

    return function


@pytest.fixture
def repository(project: Path) -> Path:
    """The project, all of it committed."""
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "all")):
        git(project, *command)
    return project


def git(root: Path, *arguments: str, stdin: str = "") -> str:
    command = ["git", "-c", "user.email=me@example.org", "-c", "user.name=me", *arguments]
    done = subprocess.run(command, cwd=root, input=stdin, capture_output=True, text=True, check=True)
    return done.stdout


def files(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in sorted((root / "app").glob("*.py"))}


BEFORE = {path: text for path, text in FILES.items() if path.endswith(".py")}
AFTER = {**BEFORE, **MOVED}


def test_outside_of_git_it_is_done(run: Run, project: Path) -> None:
    assert run(*MOVE) == (0, "Moved app.old.Thing to app.new.Thing: 3 files changed.\n", "")
    assert files(project) == AFTER
    (record,) = Journal(project / ".ssot_lint_cache").runs()
    assert record.command == "move app.old.Thing app.new.Thing"


def test_so_it_is_where_all_is_committed(run: Run, repository: Path) -> None:
    code, out, err = run(*MOVE)
    assert (code, out) == (0, "Moved app.old.Thing to app.new.Thing: 3 files changed.\n")
    assert err == "ssot-lint: note: README.md:1: app.old.Thing is named here, too\n"
    assert files(repository) == AFTER


def test_in_a_dirty_tree_it_is_shown(run: Run, repository: Path) -> None:
    (repository / "scratch.txt").touch()
    code, out, err = run(*MOVE)
    assert (code, files(repository)) == (0, BEFORE)
    assert "--allow-dirty writes" in err
    assert "Would move app.old.Thing to app.new.Thing: 3 files to change." in err
    git(repository, "apply", "-", stdin=out)
    assert files(repository) == AFTER
    git(repository, "checkout", "-q", ".")
    (repository / "app/new.py").unlink()
    assert run(*MOVE, "--allow-dirty")[0] == 0
    assert files(repository) == AFTER


def test_a_dry_run(run: Run, repository: Path) -> None:
    code, out, err = run("move", "app.old", "app.inner.old", "--dry-run")
    assert (code, files(repository)) == (0, BEFORE)
    assert "--allow-dirty" not in err
    git(repository, "apply", "--index", "-", stdin=out)
    assert git(repository, "status", "--porcelain") == (
        "A  app/inner/__init__.py\nR  app/old.py -> app/inner/old.py\nM  app/user.py\n"
    )
    assert (repository / "app/user.py").read_text() == "from app.inner.old import Thing\n"


def test_it_can_be_undone(run: Run, project: Path) -> None:
    run("move", "app", "lib.app")
    assert (project / "lib/app/old.py").exists()
    assert not (project / "app").exists()
    assert run("undo")[0] == 0
    assert files(project) == BEFORE
    assert not (project / "lib").exists()


class TestWhatIsLeft:
    @pytest.fixture(autouse=True)
    def legacy_test(self, project: Path) -> None:
        (project / "test_legacy.py").write_text("from app.old import Thing\n")

    def test_stops_it_all(self, run: Run, project: Path) -> None:
        code, out, _ = run(*MOVE)
        assert (code, files(project)) == (1, BEFORE)
        assert out == (
            "test_legacy.py:1:21: MOVE1 app.old.Thing moved to app.new.Thing (refused: negative-test)\n"
            "Nothing moved; --shim would keep the old path alive for what is left.\n"
        )

    def test_is_served_by_a_shim(self, run: Run, project: Path) -> None:
        code, out, _ = run(*MOVE, "--shim")
        assert (code, out.splitlines()[-1]) == (1, "Moved app.old.Thing to app.new.Thing: 3 files changed.")
        assert "def __getattr__" in files(project)["app/old.py"]

    def test_is_told_to_programs(self, run: Run) -> None:
        (left,) = json.loads(run(*MOVE, "--output-format", "json")[1])
        assert (left["filename"], left["code"], left["refusal"]) == ("test_legacy.py", "MOVE1", "negative-test")

    def test_is_what_paths_leave_out(self, run: Run, project: Path) -> None:
        (project / "test_legacy.py").unlink()
        code, out, _ = run(*MOVE, "app/new.py")
        assert (code, out.splitlines()[0]) == (1, "app/user.py:1:21: MOVE1 [*] app.old.Thing moved to app.new.Thing")
        assert run(*MOVE, "app")[0] == 0
        assert files(project) == AFTER


def test_what_cannot_be_is_said(run: Run, project: Path) -> None:
    (project / "app/new.py").write_text("Thing = 1\n")
    code, out, err = run(*MOVE)
    assert (code, out) == (1, "")
    assert err == "ssot-lint: error: app.old.Thing cannot move to app.new.Thing: app/new.py has another `Thing`\n"


@pytest.mark.parametrize("arguments", [("app.gone", "app.x.gone"), ("app.old", "app.old"), ("app.old",), ("a-b", "c")])
def test_bad_usage(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("move", *arguments)[0] == 2


def test_nothing_to_move(run: Run, project: Path) -> None:
    (project / "app/new.py").write_text("class Thing: ...\n")
    (project / "app/old.py").write_text("from app.new import Thing\n")
    (project / "app/user.py").unlink()
    assert run(*MOVE) == (0, "Nothing moved.\n", "")


def test_one_that_was_interrupted_is_brought_to_its_end(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        replace, writes = os.replace, []

        def interrupt(old: str, new: Path) -> None:
            if str(new).endswith(".py"):
                writes.append(new)
                if len(writes) == 2:
                    raise KeyboardInterrupt
            replace(old, new)

        patch.setattr(os, "replace", interrupt)
        assert run(*MOVE)[0] == 130
    assert files(project) not in (BEFORE, AFTER)
    code, _, err = run(*MOVE)
    assert (code, files(project)) == (0, AFTER)
    assert "was interrupted while it wrote, and was brought to its end first (2 more written)" in err
