"""``check --since``: what is new against a revision, whatever the rows and the names of files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from ssot_lint import cli
from ssot_lint.git import git

WHO = ("-c", "user.name=a", "-c", "user.email=a@b")
PACK = """\
[pack]
id = "app"

[[rule]]
id = "APP101"
kind = "legacy-import"
moved."app.old.Manager" = "app.home.Manager"
moved."app.old.Helper" = "app.home.Helper"

[[rule]]
id = "APP301"
kind = "module-singleton"
classes = ["app.home.Manager"]
"""
FILES = {
    "ssot-lint.toml": 'packs = ["pack.toml"]\nsrc = ["lib"]\n',
    "pack.toml": PACK,
    "lib/app/__init__.py": "",
    "lib/app/home.py": "class Helper: pass\n\n\nclass Manager: pass\n",
    "lib/app/old.py": "from app.home import Helper, Manager\n\n__all__ = ['Helper', 'Manager']\n",
    "lib/app/legacy.py": "from app.old import Manager\n\nmanager = Manager()\n",
}
LEGACY = FILES["lib/app/legacy.py"]


class Result(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def found(self) -> list[str]:
        lines = (line.split(" ") for line in self.out.splitlines() if ".py:" in line or ".json:" in line)
        return [f"{words[0].removesuffix(':')} {words[1]}" for words in lines]


Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a directory of a repository, with a commit."""
    root = tmp_path / "back end"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    git(tmp_path, "init", "-q", "-b", "main")
    monkeypatch.chdir(root)
    monkeypatch.setenv("SSOT_LINT_OUTPUT_FORMAT", "concise")
    commit(root)
    return root


@pytest.fixture
def run(project: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    def function(*arguments: str, command: str = "check", since: str = "HEAD") -> Result:
        code = cli.run([command, "--no-cache", "--since", since, *arguments])
        return Result(code, *capfd.readouterr())

    return function


def commit(project: Path) -> None:
    git(project, "add", "-A")
    git(project, *WHO, "commit", "-qm", "x", "--allow-empty")


def test_what_was_there_is_set_aside(run: Run) -> None:
    summary = "All checks passed!\n2 more violations were there before.\n"
    assert run() == Result(0, summary, "")


def test_it_may_have_moved(run: Run, project: Path) -> None:
    legacy = project / "lib" / "app" / "legacy.py"
    legacy.write_text("import os\n\n\nfrom app.old import (\n    Manager,\n)\nmanager = Manager( )\nprint(os)\n")
    assert run().code == 0
    legacy.write_text("# A comment.\n" + LEGACY)
    os.rename(legacy, project / "lib" / "app" / "ancient.py")
    assert run().code == 0
    commit(project)
    assert run(since="HEAD~1").code == 0
    assert run("lib/app/ancient.py", since="HEAD~1").code == 0


def test_what_is_new_is_told(run: Run, project: Path) -> None:
    (project / "lib" / "app" / "legacy.py").write_text(f"from app.old import Helper\n{LEGACY}print(Helper)\n")
    (project / "lib" / "app" / "more.py").write_text(LEGACY)
    result = run()
    assert result.code == 1
    assert result.found == [
        "lib/app/legacy.py:1:21 APP101",
        "lib/app/more.py:1:21 APP101",
        "lib/app/more.py:3:1 APP301",
    ]


def test_a_violation_in_a_row_that_did_not_change_may_be_new(run: Run, project: Path) -> None:
    """A filter by rows would not see it: the row is old, what it means is not."""
    (project / "lib" / "app" / "plain.py").write_text("from app.tools import Thing\n\nthing = Thing()\n")
    (project / "lib" / "app" / "tools.py").write_text("class Thing: pass\n")
    commit(project)
    (project / "lib" / "app" / "tools.py").write_text("from app.home import Manager as Thing\n")
    assert run().found == ["lib/app/plain.py:3:1 APP301"]


def test_a_swap_is_new(run: Run, project: Path) -> None:
    (project / "lib" / "app" / "legacy.py").write_text(LEGACY.replace("manager =", "other ="))
    assert run().found == ["lib/app/legacy.py:3:1 APP301"]


def test_what_was_suppressed_is_new_when_it_is_not_any_more(run: Run, project: Path) -> None:
    legacy = project / "lib" / "app" / "legacy.py"
    legacy.write_text(LEGACY.replace("()", "()  # ssot: ignore[APP301] one user"))
    commit(project)
    legacy.write_text(LEGACY)
    assert run().found == ["lib/app/legacy.py:3:1 APP301"]


def test_a_new_rule_finds_nothing_new(run: Run, project: Path) -> None:
    (project / "pack.toml").write_text(PACK.replace("APP301", "APP302"))
    assert run().code == 0


def test_a_branch_is_held_against_where_it_left(run: Run, project: Path) -> None:
    git(project, "checkout", "-qb", "feature")
    (project / "lib" / "app" / "more.py").write_text("from app.old import Helper\n\nprint(Helper)\n")
    commit(project)
    git(project, "checkout", "-q", "main")
    (project / "lib" / "app" / "legacy.py").write_text("")
    commit(project)
    git(project, "checkout", "-q", "feature")
    assert run(since="main").found == ["lib/app/more.py:1:21 APP101"]


def test_histories_without_a_common_commit(run: Run, project: Path) -> None:
    git(project, "checkout", "-q", "--orphan", "other")
    (project / "lib" / "app" / "more.py").write_text(LEGACY)
    commit(project)
    assert run(since="main").found == ["lib/app/more.py:1:21 APP101", "lib/app/more.py:3:1 APP301"]


def test_before_the_project_was_there(run: Run, project: Path) -> None:
    git(project, "checkout", "-q", "--orphan", "other")
    git(project, "rm", "-rq", "--cached", ".")
    git(project, *WHO, "commit", "-qm", "nothing", "--allow-empty")
    assert len(run().found) == 2


def test_what_is_no_file_of_the_repository_is_passed_over(run: Run, project: Path) -> None:
    git(project, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},back end/lib/app/module.py")
    os.symlink("legacy.py", project / "lib" / "app" / "link.py")
    git(project, "add", "lib/app/link.py")
    git(project, *WHO, "commit", "-qm", "x")
    (project / "lib" / "app" / "more.py").write_text(LEGACY)
    assert run().found == ["lib/app/more.py:1:21 APP101", "lib/app/more.py:3:1 APP301"]


def test_without_violations_git_is_not_asked_for_files(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "lib" / "app" / "legacy.py").write_text("")
    monkeypatch.setattr("ssot_lint.ratchet.revision.check_out", None)
    assert run() == Result(0, "All checks passed!\n", "")


def test_fixing_leaves_what_was_there(run: Run, project: Path) -> None:
    legacy = project / "lib" / "app" / "legacy.py"
    legacy.write_text(LEGACY + "from app.old import Helper\n\nprint(Helper)\n")
    assert run(command="fix").code == 0
    assert legacy.read_text() == LEGACY + "from app.home import Helper\n\nprint(Helper)\n"


def test_together_with_a_baseline(run: Run, project: Path) -> None:
    assert cli.run(["baseline", "-q", "lib/app/legacy.py"]) == 0
    (project / "lib" / "app" / "old_news.py").write_text("from app.old import Manager\n\nprint(Manager)\n")
    commit(project)
    (project / "lib" / "app" / "more.py").write_text("from app.old import Helper\n\nprint(Helper)\n")
    result = run()
    assert result.found == ["lib/app/more.py:1:21 APP101"]
    assert "2 more violations are accepted by the baseline.\n1 more violation was there before.\n" in result.out
    fixed = run(command="fix")
    assert fixed.code == 0
    assert "app.old" in (project / "lib" / "app" / "old_news.py").read_text()
    assert "app.old" not in (project / "lib" / "app" / "more.py").read_text()


def test_nothing_of_the_repository_is_touched(run: Run, project: Path) -> None:
    (project / "lib" / "app" / "more.py").write_text(LEGACY)
    before = git(project, "status", "--porcelain"), git(project, "stash", "list"), git(project, "worktree", "list")
    run()
    after = git(project, "status", "--porcelain"), git(project, "stash", "list"), git(project, "worktree", "list")
    assert after == before


@pytest.mark.parametrize("since", ["nowhere", "-x", "HEAD~99", "HEAD:lib"])
def test_what_is_no_revision(since: str, run: Run) -> None:
    result = run(since=since)
    assert (result.code, result.out) == (2, "")
    assert f"--since {since}: there is no such commit here" in result.err


def test_outside_of_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert cli.run(["check", "--no-cache", "--since", "HEAD"]) == 2
    assert "--since HEAD: not a git repository" in capfd.readouterr().err


def test_standard_input_has_no_history(run: Run) -> None:
    result = run("-")
    assert result.code == 2
    assert "--since is for files" in result.err
