"""``ssot-lint fix``: cut into batches, verified, explained, asked about; `test_cli` has what it shares with `check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from ssot_lint import cli
from ssot_lint.cli.asking import Questions
from ssot_lint.journal import Journal
from ssot_lint.model import Applicability, Edit, FileReport, Fix, Position, Range, Severity, Violation

PACK = """\
[pack]
id = "app"

[[rule]]
id = "APP101"
kind = "legacy-import"
moved."app.old.Manager" = "app.home.Manager"
moved."app.old.make" = "app.home.make"
moved."app.gone.Thing" = "app.home.Thing"
"""
HOME = "class Manager: ...\n\nclass Thing: ...\n\ndef make(): ...\n"
USER, FIXED = "from app.old import Manager\n", "from app.home import Manager\n"
FILES = {
    "ssot-lint.toml": 'packs = ["pack.toml"]\n',
    "pack.toml": PACK,
    "app/__init__.py": "",
    "app/home.py": HOME,
    "app/old.py": "from app.home import Manager, make\n",
    "app/a.py": USER,
    "app/b.py": USER,
    "app/sub/c.py": USER,
    "app/sub/d.py": USER + "from app.old import make\n",
    "CODEOWNERS": "app/ @app\napp/sub/ @sub\n",
}
USERS = ("app/a.py", "app/b.py", "app/sub/c.py", "app/sub/d.py")


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "SSOT_LINT_OUTPUT_FORMAT", "SSOT_LINT_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run(project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give what runs a command line in this process, in the project."""

    def function(*arguments: str, stdin: str = "") -> Result:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin.encode())))
        code = cli.run(arguments)
        return Result(code, *capfd.readouterr())

    return function


def fixed(root: Path) -> list[str]:
    return [path for path in USERS if (root / path).read_text().startswith(FIXED)]


class TestBatches:
    def test_a_limit_is_of_files(self, run: Run, project: Path) -> None:
        result = run("fix", "--limit", "1", "--output-format", "concise")
        assert (result.code, fixed(project)) == (1, ["app/a.py"])
        assert "Found 5 violations (1 fixed, 4 remaining)." in result.out
        assert "[*] 4 fixable" in result.out
        run("fix", "--limit", "2")
        assert fixed(project) == ["app/a.py", "app/b.py", "app/sub/c.py"]

    @pytest.mark.parametrize("by", ["directory", "owner"])
    def test_cut_by(self, run: Run, project: Path, by: str) -> None:
        run("fix", "--by", by, "--limit", "1")
        assert fixed(project) == ["app/a.py", "app/b.py"]
        assert run("fix", "--by", by, "--limit", "1").code == 0
        assert fixed(project) == list(USERS)

    def test_a_diff_shows_the_batches_that_would_be_made(self, run: Run, project: Path) -> None:
        result = run("fix", "--by", "directory", "--limit", "1", "--diff")
        assert [line for line in result.out.splitlines() if line.startswith("+++")] == [
            "+++ b/app/a.py",
            "+++ b/app/b.py",
        ]
        assert fixed(project) == []


class TestVerification:
    def test_a_batch_that_the_command_refuses_is_put_back(self, run: Run, project: Path) -> None:
        command = f"\"{sys.executable}\" -c \"import sys; sys.exit('home' in open('app/sub/c.py').read())\""
        result = run("fix", "--by", "directory", "--verify-command", command, "--output-format", "concise")
        assert (result.code, fixed(project)) == (1, ["app/a.py", "app/b.py"])
        assert "app/sub/c.py:1:21: APP101 " in result.out
        assert "(refused: verify-command)" in result.out

    def test_files_that_go_wrong_together_are_put_back(self, run: Run, project: Path) -> None:
        # Each fix closes no cycle by itself.
        (project / "pack.toml").write_text(
            PACK + 'moved."left.shim.x" = "right.x"\nmoved."right_shim.y" = "left.home.y"\n'
        )
        files = {
            "left/__init__.py": "", "left/home.py": "from left.shim import x\ny = 1\n",
            "left/shim.py": "def __getattr__(name): ...\n", "right.py": "from right_shim import y\nx = 1\n",
            "right_shim.py": "def __getattr__(name): ...\n",
        }  # fmt: skip
        for path, text in files.items():
            (project / path).parent.mkdir(exist_ok=True)
            (project / path).write_text(text)
        result = run("fix", "--unsafe-fixes", "left", "right.py", "--output-format", "json")
        assert result.out.count('"refusal": "law-10"') == 1
        assert (project / "left/home.py").read_text() == files["left/home.py"]
        assert (project / "right.py").read_text() == "from left.home import y\nx = 1\n"


class TestExplanation:
    def test_each_edit_has_its_rule_and_its_proof(self, run: Run) -> None:
        result = run("fix", "--explain", "app/a.py")
        assert result.out == (
            "app/a.py\n"
            "  APP101 app.old.Manager moved to app.home.Manager: import from app.home\n"
            "    = safe: proved by the definition: it is app.home.Manager, by way of app/old.py:1, app/home.py:1\n"
            "    line 1: - app.old\n"
            "            + app.home\n"
            "\n"
            "Found 1 violation (1 fixed, 0 remaining).\n"
        )

    def test_what_is_not_proved_is_said_to_be_so(self, run: Run, project: Path) -> None:
        (project / "app/a.py").write_text("from app.gone import Thing\n")
        assert "= unsafe: it is not proved" in run("fix", "--explain", "--unsafe-fixes", "app/a.py").out

    def test_programs_read_undisturbed(self, run: Run) -> None:
        result = run("fix", "--explain", "app/a.py", "--output-format", "json")
        assert result.out == "[]\n"
        assert result.err.startswith("app/a.py\n  APP101 ")

    def test_nothing_is_nothing(self, run: Run) -> None:
        assert run("fix", "--explain", "app/home.py").out == "All checks passed!\n"


class TestInteractive:
    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ("y\ny\nn\nn\nn\n", ["app/a.py", "app/b.py"]),
            ("n\na\n", ["app/b.py", "app/sub/c.py", "app/sub/d.py"]),
            ("n\nyes\nq\n", ["app/b.py"]),
            ("what?\n\nN\nY\nQ\n", ["app/b.py"]),
            ("n\ny\n", ["app/b.py"]),
            ("", []),
        ],
    )
    def test_what_is_answered_is_done(self, run: Run, project: Path, answers: str, expected: list[str]) -> None:
        result = run("fix", "--interactive", stdin=answers)
        assert fixed(project) == expected
        assert result.code == 1

    def test_fixes_of_one_file_are_asked_about_one_by_one(self, run: Run, project: Path) -> None:
        run("fix", "-i", "app/sub/d.py", stdin="n\ny\n")
        assert (project / "app/sub/d.py").read_text() == USER + "from app.home import make\n"

    def test_a_diff_is_shown_and_asked_beside_the_report(self, run: Run) -> None:
        result = run("fix", "-i", "app/a.py", "--color", "always", stdin="y\n")
        for line in (
            "\x1b[1m+++ b/app/a.py",
            "\x1b[1;31m-from app.old import",
            "\x1b[32m+from app.home import",
            "(q)uit: ",
        ):
            assert line in result.err
        assert "Make this fix?" not in result.out

    def test_the_same_is_not_asked_twice(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"y\nn\n")))
        place = Range(Position(1, 1), Position(1, 2))
        fix = Fix(Applicability.SAFE, "write b", (Edit(place, "b"),))
        violation = Violation("T1", "test", "test", Severity.ERROR, "a is bad", "a.py", place, fix=fix)
        wanted = Questions(tmp_path, "never")(FileReport("a.py", (violation,)), b"a\n")
        assert [wanted(fix), wanted(fix)] == [True, True]

    def test_standard_input_cannot_be_both(self, run: Run) -> None:
        assert run("fix", "-i", "-").code == 2

    def test_the_others_can_still_be_fixed(self, run: Run) -> None:
        assert "[*] 4 fixable" in run("fix", "-i", "--output-format", "concise", stdin="y\nq\n").out


class TestRecords:
    def test_it_is_recorded_which_command_wrote(self, run: Run, project: Path) -> None:
        run("fix", "app/a.py", "app/sub", "--unsafe-fixes", "--select", "APP101", "--limit", "7")
        (record,) = Journal(project / ".ssot_lint_cache").runs()
        assert record.command == "fix app/a.py app/sub --unsafe-fixes --select APP101 --limit 7"

    def test_without_a_cache_there_is_none(self, run: Run, project: Path) -> None:
        run("fix", "--no-cache")
        assert fixed(project) == list(USERS)
        assert not (project / ".ssot_lint_cache").exists()

    def test_no_change_no_record(self, run: Run, project: Path) -> None:
        run("fix", "app/home.py")
        run("fix", "--diff")
        assert Journal(project / ".ssot_lint_cache").runs() == []

    def test_a_run_that_was_interrupted_is_told_and_brought_to_its_end(
        self, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            replace = os.replace

            def interrupt(old: str, new: Path) -> None:
                if Path(new).name == "c.py":
                    raise KeyboardInterrupt
                replace(old, new)

            patch.setattr(os, "replace", interrupt)
            assert run("fix").code == 130
        assert fixed(project) == ["app/a.py", "app/b.py"]
        (project / "app/sub/c.py").write_text("# mine\n" + USER)
        assert "`ssot-lint undo " in run("fix", "app/home.py").err
        result = run("fix")
        assert "was interrupted while it wrote, and was brought to its end first" in result.err
        assert "(1 more written; changed since: app/sub/c.py)" in result.err
        assert (project / "app/sub/c.py").read_text() == "# mine\n" + FIXED
        assert fixed(project) == ["app/a.py", "app/b.py", "app/sub/d.py"]
        assert run("fix").err == ""
