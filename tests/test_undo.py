"""``ssot-lint undo``: what a run wrote is taken back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint import cli

PACK = """\
[pack]
id = "app"

[[rule]]
id = "APP101"
kind = "legacy-import"
moved."app.old.Manager" = "app.home.Manager"

[[rule]]
id = "APP102"
kind = "legacy-import"
moved."app.old.make" = "app.home.make"
"""
USER = b"\xef\xbb\xbffrom app.old import Manager\r\n\r\nprint(Manager)\r\nfrom app.old import make"
FILES = {
    "ssot-lint.toml": b'packs = ["pack.toml"]\n',
    "pack.toml": PACK.encode(),
    "app/__init__.py": b"",
    "app/home.py": b"class Manager: ...\n\ndef make(): ...\n",
    "app/old.py": b"from app.home import Manager, make\n",
    "app/a.py": USER,
    "app/sub/b.py": b"from app.old import Manager\n",
}
KILLED = """
import os, signal, sys
from pathlib import Path
from ssot_lint import cli

left, replace = int(sys.argv[1]), os.replace

def mortal(old, new):
    global left
    if str(new).endswith(".py"):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
    replace(old, new)

os.replace = mortal
sys.exit(cli.run(["fix", "-q"]))
"""

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, raw in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SSOT_LINT_CACHE_DIR", raising=False)
    return tmp_path


@pytest.fixture
def run(project: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Give what runs a command line in this process, in the project."""

    def function(*arguments: str) -> tuple[int, str]:
        code = cli.run(arguments)
        out, err = capfd.readouterr()
        return code, out + err

    return function


def files(root: Path) -> dict[str, bytes]:
    return {path: (root / path).read_bytes() for path in FILES}


def test_the_last_run_to_the_byte(run: Run, project: Path) -> None:
    os.chmod(project / "app/a.py", 0o750)
    assert run("fix")[0] == 0
    fixed = files(project)
    assert fixed["app/a.py"] != USER
    code, said = run("undo")
    assert code == 0
    assert said.splitlines()[:2] == ["app/a.py restored (APP101, APP102)", "app/sub/b.py restored (APP101)"]
    assert said.splitlines()[2].startswith("Restored 2 of 2 files of run 2")
    assert files(project) == FILES
    assert (project / "app/a.py").stat().st_mode & 0o777 == 0o750
    assert run("undo")[0] == 2, "there is no other run"
    run("fix")
    assert files(project) == fixed, "undone is not forbidden"


def test_one_run_after_the_other(run: Run, project: Path) -> None:
    run("fix", "--select", "APP101")
    between = files(project)
    run("fix")
    (_, listed) = run("undo", "--list")
    last, first = (line.split()[0] for line in listed.splitlines())
    code, said = run("undo", first, "--path", "app/a.py")
    assert (code, said.splitlines()[0]) == (1, "app/a.py refused: it was changed since (APP101)")
    assert run("undo", last)[0] == 0
    assert files(project) == between
    assert run("undo")[0] == 0
    assert files(project) == FILES


def test_some_paths(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("fix")
    monkeypatch.chdir(project / "app")
    assert run("undo", "--path", "sub")[1].startswith("app/sub/b.py restored")
    assert (project / "app/a.py").read_bytes() != USER
    monkeypatch.chdir(project)
    assert run("undo", "--path", ".")[0] == 0
    assert files(project) == FILES


def test_some_rules(run: Run, project: Path) -> None:
    run("fix")
    assert run("undo", "--select", "APP102")[1].startswith("app/a.py restored (APP102)\nRestored 1 of 1 file ")
    assert (project / "app/a.py").read_bytes() == USER.replace(b"old import Manager", b"home import Manager")
    assert run("undo", "--select", "APP9") == (2, run("undo", "--select", "APP9")[1])
    assert run("undo", "--select", "APP")[0] == 0
    assert files(project) == FILES


def test_what_two_rules_have_changed_is_undone_for_both(run: Run, project: Path) -> None:
    before = b"from app.old import Manager as M\nimport app.old\nprint(M, app.old.make)\n"
    (project / "app/a.py").write_bytes(before)
    run("fix")
    fixed = (project / "app/a.py").read_bytes()
    assert b"app.old" not in fixed
    code, said = run("undo", "--select", "APP102")
    assert (code, said.splitlines()[0]) == (
        1, "app/a.py refused: APP102 and APP101 changed the same place: undo them together (APP102)",
    )  # fmt: skip
    assert (project / "app/a.py").read_bytes() == fixed
    assert run("undo", "--select", "APP102,APP101")[0] == 0
    assert (project / "app/a.py").read_bytes() == before


def test_a_diff_writes_nothing(run: Run, project: Path) -> None:
    run("fix")
    fixed = files(project)
    code, said = run("undo", "--diff")
    assert code == 0
    assert "+from app.old import Manager\n" in said.replace("\r", "")
    assert "Would restore 2 of 2 files of run" in said
    assert files(project) == fixed


def test_for_programs(run: Run, project: Path) -> None:
    assert json.loads(run("undo", "--list", "--output-format", "json")[1]) == []
    run("fix")
    (listed,) = json.loads(run("undo", "--list", "--output-format", "json")[1])
    assert (listed["command"], listed["state"]) == ("fix", "finished")
    assert [(file["filename"], file["codes"]) for file in listed["files"]] == [
        ("app/a.py", ["APP101", "APP102"]), ("app/sub/b.py", ["APP101"]),
    ]  # fmt: skip
    (project / "app/a.py").write_bytes(b"mine\n")
    code, said = run("undo", "--output-format", "json")
    assert code == 1
    assert json.loads(said) == [
        {"run": listed["run"], "filename": "app/a.py", "outcome": "refused", "codes": ["APP101", "APP102"],
         "reason": "it was changed since"},
        {"run": listed["run"], "filename": "app/sub/b.py", "outcome": "restored", "codes": ["APP101"], "reason": None},
    ]  # fmt: skip


def test_nothing_was_written(run: Run) -> None:
    assert run("undo", "--list") == (0, "No run has written anything, or it is forgotten.\n")
    assert run("undo") == (2, run("undo")[1])
    assert "there is no record of a run 20200101" in run("undo", "20200101")[1]


def test_where_the_cache_is(run: Run, project: Path) -> None:
    run("fix", "--cache-dir", "elsewhere")
    assert run("undo")[0] == 2
    assert run("undo", "--cache-dir", "elsewhere")[0] == 0
    assert files(project) == FILES


@pytest.mark.parametrize("moment", range(3))
def test_a_run_that_was_killed(run: Run, project: Path, moment: int) -> None:
    """The whole command, killed before one of its files; `tests/unit/applying` kills the writing at every moment."""
    run("fix")
    fixed = files(project)
    run("undo")
    command = [sys.executable, "-c", KILLED, str(moment)]
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    killed = subprocess.run(command, cwd=project, env=environment, check=False, capture_output=True)
    assert killed.returncode == (-9 if moment < 2 else 0), killed.stderr
    changed = [path for path in FILES if files(project)[path] != FILES[path]]
    assert changed == ["app/a.py", "app/sub/b.py"][:moment]
    if moment < 2:
        assert "  interrupted  2 files  " in run("undo", "--list")[1]
    assert run("fix")[0] == 0
    assert files(project) == fixed
    assert run("undo")[0] == 0
    assert files(project) == FILES
