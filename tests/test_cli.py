"""The command line: exit codes, what is printed where, and bad input."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from ssot_lint import __version__, cli, judging, runner
from ssot_lint.cli import console

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
allowed-in = ["app.home"]
[rule.arguments]
context = { keyword = "context", position = 0, required = true }
"""

HOME = """\
class Manager:
    def __init__(self, context):
        self.context = context


def get_manager(context):
    return Manager(context)
"""

LEGACY = "from app.old import Manager\n\nprint(Manager)\n"
FIXED = "from app.home import Manager\n\nprint(Manager)\n"
REFUSED = "from app.home import Manager\n\n\ndef build(*args):\n    return Manager(*args)\n"

FILES = {
    "ssot-lint.toml": 'packs = ["pack.toml"]\n',
    "pack.toml": PACK,
    "app/__init__.py": "",
    "app/home.py": HOME,
    "app/old.py": "from app.home import Manager\n\n__all__ = ['Manager']\n",
    "app/legacy.py": LEGACY,
    "app/direct.py": REFUSED,
}

LEGACY_LINE = "app/legacy.py:1:21: APP101 [*] "
REFUSED_LINE = "app/direct.py:5:12: APP201 "


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in FILES.items():
        write(tmp_path / path, text)
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "SSOT_LINT_OUTPUT_FORMAT", "SSOT_LINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run(project: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give what runs a command line in this process, in the project."""

    def function(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin)))
        code = cli.run(arguments)
        out, err = capfdbinary.readouterr()
        return Result(code, out.decode(), err.decode())

    return function


def write(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def process(*arguments: str, cwd: Path, stdout: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ssot_lint", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    environment.pop("PYTHONUNBUFFERED", None)
    return subprocess.Popen(command, cwd=cwd, env=environment, stdout=stdout, stderr=subprocess.PIPE)


class TestCheck:
    def test_what_is_wrong_is_shown_with_its_code(self, run: Run) -> None:
        result = run("check")
        assert result.code == 1
        assert result.err == ""
        assert result.out.startswith(REFUSED_LINE)
        assert f"\n{LEGACY_LINE}" in result.out
        assert "1 | from app.old import Manager\n  |                     ^^^^^^^\n" in result.out
        assert "\n  = refused (star-arguments): " in result.out
        assert "\n  = fix (safe): " in result.out
        assert result.out.endswith("\n\nFound 2 violations.\n[*] 1 fixable with `ssot-lint fix`.\n")

    def test_what_is_clean_exits_with_0(self, run: Run) -> None:
        assert run("check", "app/home.py", "app/__init__.py") == Result(0, "All checks passed!\n", "")

    def test_nothing_is_changed(self, run: Run, project: Path) -> None:
        run("check")
        assert {path: (project / path).read_text() for path in FILES} == FILES

    def test_paths_limit_what_is_reported(self, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert run("check", "--output-format=concise", "app/legacy.py").lines[0].startswith(LEGACY_LINE)
        monkeypatch.chdir(project / "app")
        assert run("check", "--output-format=concise", "legacy.py").lines[0].startswith(LEGACY_LINE)

    def test_no_python_files_is_worth_a_warning(self, run: Run, project: Path) -> None:
        (project / "empty").mkdir()
        warning = "ssot-lint: warning: no Python files found under the given paths\n"
        assert run("check", "empty") == Result(0, "All checks passed!\n", warning)
        assert run("check", "-q", "empty") == Result(0, "", "")

    def test_exit_zero(self, run: Run) -> None:
        assert run("check", "--exit-zero").code == 0
        assert run("check", "--exit-zero", "nowhere.py").code == 2

    def test_quiet_leaves_the_violations(self, run: Run) -> None:
        lines = run("check", "-q", "--output-format", "concise").lines
        assert [line.partition(": ")[0] for line in lines] == ["app/direct.py:5:12", "app/legacy.py:1:21"]

    def test_statistics(self, run: Run) -> None:
        result = run("check", "--statistics")
        assert result.code == 1
        assert result.lines[:2] == [
            "1\tAPP101\t[*] legacy-import",
            "1\tAPP201\t[ ] direct-instantiation (1 star-arguments)",
        ]
        counts = json.loads(run("check", "--statistics", "--output-format=json").out)
        assert [(count["code"], count["count"]) for count in counts] == [("APP101", 1), ("APP201", 1)]

    def test_several_processes_say_the_same(self, run: Run, project: Path) -> None:
        for number in range(250):
            write(project / f"app/more/m{number}.py", LEGACY if number % 3 else FIXED)
        one = run("check", "--output-format=json", "--jobs=1")
        two = run("check", "--output-format=json", "--jobs=2")
        assert len(json.loads(one.out)) == 2 + 166
        assert one == two


class TestFix:
    def test_what_can_be_is_repaired_and_the_rest_reported(self, run: Run, project: Path) -> None:
        result = run("fix", "--output-format=concise")
        assert result.code == 1
        assert (project / "app/legacy.py").read_text() == FIXED
        assert (project / "app/direct.py").read_text() == REFUSED
        assert result.lines[0].startswith(REFUSED_LINE)
        assert result.lines[1:] == ["Found 2 violations (1 fixed, 1 remaining)."]
        assert run("fix", "--output-format=concise").lines[1:] == ["Found 1 violation."]

    def test_all_repaired_exits_with_0(self, run: Run) -> None:
        result = run("fix", "app/legacy.py")
        assert result == Result(0, "Found 1 violation (1 fixed, 0 remaining).\n", "")

    def test_check_fix_is_the_same(self, run: Run, project: Path) -> None:
        assert run("check", "--fix", "app/legacy.py").code == 0
        assert (project / "app/legacy.py").read_text() == FIXED

    def test_exit_non_zero_on_fix(self, run: Run) -> None:
        assert run("check", "--fix", "--exit-non-zero-on-fix", "app/legacy.py").code == 1
        assert run("check", "--fix", "--exit-non-zero-on-fix", "app/legacy.py").code == 0

    def test_a_read_only_file_is_left_and_named(self, run: Run, project: Path) -> None:
        path = project / "app/legacy.py"
        path.chmod(0o444)
        result = run("fix", "--output-format=concise", "app/legacy.py", "app/home.py")
        assert result.code == 1
        assert result.err == "ssot-lint: error: app/legacy.py: not fixed: it is read-only\n"
        assert result.lines[0].startswith(LEGACY_LINE)
        assert path.read_text() == LEGACY
        assert stat.S_IMODE(path.stat().st_mode) == 0o444


class TestDiff:
    @pytest.mark.parametrize("text", [LEGACY, LEGACY.rstrip("\n"), LEGACY.replace("\n", "\r\n")])
    def test_git_applies_it(self, run: Run, project: Path, text: str) -> None:
        path = project / "app/legacy.py"
        write(path, text)
        result = run("check", "--diff", "app")
        assert result.code == 1
        assert path.read_bytes() == text.encode()
        assert result.out.startswith("--- a/app/legacy.py\n+++ b/app/legacy.py\n@@ -1,3 +1,3 @@\n")
        subprocess.run(["git", "apply", "-"], input=result.out.encode(), cwd=project, check=True)
        assert path.read_bytes() == text.replace("app.old", "app.home").encode()

    def test_what_cannot_be_fixed_is_not_hidden(self, run: Run) -> None:
        result = run("check", "--diff")
        errors = result.err.splitlines()
        assert errors[0].startswith(REFUSED_LINE)
        assert errors[0].endswith(" (refused: star-arguments)")
        assert errors[1:] == ["Would fix 1 of 2 violations."]
        only_refused = run("check", "--diff", "app/direct.py")
        assert (only_refused.code, only_refused.out) == (1, "")

    def test_no_diff_is_clean(self, run: Run) -> None:
        assert run("check", "--diff", "app/home.py") == Result(0, "", "All checks passed!\n")

    def test_an_odd_encoding_stays_as_it_is(self, run: Run, project: Path) -> None:
        text = ("# coding: latin-1\n# é\n" + LEGACY).encode("latin-1")
        write(project / "app/legacy.py", text)
        with process("check", "--diff", "app/legacy.py", cwd=project, stdout=subprocess.PIPE) as child:
            diff, _ = child.communicate()
        subprocess.run(["git", "apply", "-"], input=diff, cwd=project, check=True)
        assert (project / "app/legacy.py").read_bytes() == text.replace(b"app.old", b"app.home")


class TestStandardInput:
    def test_it_is_checked_as_the_file_that_it_is_said_to_be(self, run: Run) -> None:
        result = run("check", "-", "--stdin-filename", "app/new.py", stdin=LEGACY.encode())
        assert result.code == 1
        assert result.out.startswith("app/new.py:1:21: APP101 [*] ")
        assert "1 | from app.old import Manager\n" in result.out

    def test_it_needs_no_name(self, run: Run) -> None:
        assert run("check", "-", stdin=LEGACY.encode()).out.startswith("-:1:21: APP101 [*] ")

    @pytest.mark.parametrize("arguments", [("fix", "-"), ("check", "--fix", "-")])
    def test_what_fixing_makes_of_it_goes_to_standard_output(self, run: Run, arguments: tuple[str, ...]) -> None:
        result = run(*arguments, stdin=LEGACY.encode())
        assert result == Result(0, FIXED, "Found 1 violation (1 fixed, 0 remaining).\n")
        refused = run(*arguments, "--output-format=concise", stdin=REFUSED.encode())
        assert (refused.code, refused.out) == (1, REFUSED)
        assert refused.err.startswith("-:5:12: APP201 ")

    def test_a_diff_of_it(self, run: Run) -> None:
        result = run("check", "--diff", "-", "--stdin-filename=app/new.py", stdin=LEGACY.encode())
        assert result.code == 1
        assert result.out.startswith("--- a/app/new.py\n+++ b/app/new.py\n")

    def test_an_excluded_name_is_left_alone(self, run: Run) -> None:
        options = ("--stdin-filename=app/new.py", "--exclude=app/", "--force-exclude")
        assert run("fix", "-", "-q", *options, stdin=LEGACY.encode()) == Result(0, LEGACY, "")

    def test_it_is_checked_alone(self, run: Run) -> None:
        result = run("check", "-", "app", stdin=LEGACY.encode())
        assert result.code == 2
        assert "Standard input can only be checked alone." in result.err


class TestOutput:
    def test_the_format_is_an_option_or_a_variable(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        expected = run("check", "--output-format=json")
        assert [violation["code"] for violation in json.loads(expected.out)] == ["APP201", "APP101"]
        monkeypatch.setenv("SSOT_LINT_OUTPUT_FORMAT", "json")
        assert run("check") == expected
        monkeypatch.setenv("SSOT_LINT_OUTPUT_FORMAT", "yaml")
        assert run("check").code == 2

    def test_the_report_goes_to_a_file(self, run: Run, project: Path) -> None:
        result = run("check", "--output-format=json", "--output-file=report.json", "--color=always")
        assert (result.code, result.out) == (1, "")
        assert len(json.loads((project / "report.json").read_text())) == 2
        run("check", "--output-format=concise", "--output-file=report.txt", "--color=always", "app/direct.py")
        assert (project / "report.txt").read_text().startswith(REFUSED_LINE)
        assert run("check", "--output-file", "nowhere/report.json").code == 2

    @pytest.mark.parametrize(
        ("arguments", "variables", "colored"),
        [
            ((), {}, False),
            (("--color=always",), {}, True),
            (("--color=always",), {"NO_COLOR": "1"}, True),
            ((), {"FORCE_COLOR": "1"}, True),
            ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
            (("--color=never",), {"FORCE_COLOR": "1"}, False),
        ],
    )
    def test_colour(
        self,
        run: Run,
        monkeypatch: pytest.MonkeyPatch,
        arguments: tuple[str, ...],
        variables: dict[str, str],
        colored: bool,
    ) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        assert ("\x1b[" in run("check", *arguments).out) is colored

    def test_a_terminal_without_the_characters_gets_stand_ins(
        self, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(project / "app/legacy.py", "from app.old import Manager  # 管\n")
        monkeypatch.setenv("PYTHONIOENCODING", "ascii")
        with process("check", "app/legacy.py", cwd=project, stdout=subprocess.PIPE) as child:
            out, errors = child.communicate(timeout=60)
        assert (child.returncode, errors) == (1, b"")
        assert b"# \\u7ba1\n" in out

    def test_progress_is_for_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert console.progress(quiet=False) is None

        class Terminal(TextIOWrapper):
            def isatty(self) -> bool:
                return True

        raw = BytesIO()
        terminal = Terminal(raw)
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setattr(console, "PROGRESS_AFTER", 0)
        assert console.progress(quiet=True) is None
        show = console.progress(quiet=False)
        assert show
        show(1, 2)
        show(2, 2)
        assert raw.getvalue().decode() == "\r1 of 2 files\r\x1b[K"


class TestSettings:
    def test_select_and_ignore(self, run: Run) -> None:
        def codes(*arguments: str) -> list[str]:
            report = run("check", "--output-format=json", *arguments)
            return [violation["code"] for violation in json.loads(report.out)]

        assert codes("--select=APP1") == ["APP101"]
        assert codes("--select", "app", "--ignore", "legacy-import,SL001") == ["APP201"]
        assert codes("--select=APP101", "--select=APP201") == ["APP201", "APP101"]

    def test_own_rules_are_ignored_like_others(self, run: Run, project: Path) -> None:
        def codes(*arguments: str) -> list[str]:
            report = run("check", "--output-format=json", "--select=APP101", *arguments)
            return sorted(violation["code"] for violation in json.loads(report.out))

        write(project / "app/unused.py", "x = 1  # ssot: ignore[APP101] because\n")
        write(project / "app/broken.py", "from app.old import Manager\ndef f(:\n")
        assert codes() == ["APP101", "APP101", "SL001", "SL003"]
        assert codes("--ignore=SL003") == ["APP101", "APP101", "SL001"]
        assert codes("--ignore=not-python,unused-suppression") == ["APP101", "APP101"]
        assert codes("--ignore=ssot-lint") == ["APP101", "APP101"]
        write(project / "ssot-lint.toml", 'packs = ["pack.toml"]\nper-file-ignores."app/b*" = ["SL", "APP"]\n')
        assert codes() == ["APP101", "SL003"]
        assert run("check", "--ignore=ALL").code == 0

    def test_a_file_that_cannot_be_read_may_be_ignored(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, project: Path
    ) -> None:
        def refuse(worker: judging.Worker, path: str) -> OSError:
            return PermissionError(13, "Permission denied")

        monkeypatch.setattr(judging.Worker, "_read", refuse)
        assert run("check", "app/legacy.py").code == 1
        assert run("check", "app/legacy.py", "--ignore=SL002").code == 0

    def test_a_crash_may_be_ignored(self, run: Run, monkeypatch: pytest.MonkeyPatch, project: Path) -> None:
        def crash(worker: judging.Worker, path: str) -> None:
            raise KeyError(path)

        monkeypatch.setattr(judging.Worker, "__call__", crash)
        assert "SL006" in run("check", "app/legacy.py").out
        assert run("check", "app/legacy.py", "--ignore=SL006").code == 0

    def test_any_severity_counts(self, run: Run, project: Path) -> None:
        write(project / "pack.toml", PACK.replace('id = "APP101"', 'id = "APP101"\nseverity = "info"'))
        assert run("check", "app/legacy.py").code == 1
        assert "of whatever severity" in run("check", "--help").out

    def test_exclude_is_for_what_is_found_and_with_force_for_what_is_named(self, run: Run) -> None:
        assert run("check", "--exclude=app/legacy.py,app/direct.py").code == 0
        assert run("check", "--exclude=app/legacy.py", "app/legacy.py").code == 1
        assert run("check", "--exclude=app/legacy.py", "--force-exclude", "app/legacy.py").code == 0

    def test_another_configuration_or_none(self, run: Run, project: Path) -> None:
        write(project / "strict/ssot-lint.toml", 'packs = ["../pack.toml"]\nselect = ["APP101"]\n')
        (project / "ssot-lint.toml").unlink()
        assert run("check", "--select=APP101").code == 2
        assert run("check", "--isolated", "--pack=pack.toml").code == 1
        assert run("check", "--isolated").code == 0
        assert run("check", "--config=strict/ssot-lint.toml", "--isolated").code == 2
        assert run("check", "--config=strict/ssot-lint.toml", "strict").code == 0

    def test_packs_are_named_from_the_working_directory(
        self, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(project / "app")
        assert run("check", "--pack", "../pack.toml", "legacy.py").code == 1


class TestMistakes:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("check", "nix.py"), "ssot-lint: error: there is no file or directory nix.py\n"),
            (("check", "app", "nix"), "ssot-lint: error: there is no file or directory nix\n"),
        ],
    )
    def test_a_path_that_is_not_there(self, run: Run, arguments: tuple[str, ...], message: str) -> None:
        assert run(*arguments) == Result(2, "", message)

    @pytest.mark.parametrize(
        "arguments",
        [
            (),
            ("chekc",),
            ("check", "--nonsense"),
            ("check", "--output-format=yaml"),
            ("check", "--jobs=-1"),
            ("check", "--config=nowhere.toml"),
            ("check", "--pack=nonsense"),
            ("check", "--select=APP9"),
        ],
    )
    def test_bad_usage(self, run: Run, arguments: tuple[str, ...]) -> None:
        result = run(*arguments)
        assert (result.code, result.out) == (2, "")
        assert result.err
        assert "Traceback" not in result.err
        assert "bug" not in result.err

    def test_all_mistakes_of_the_configuration_are_named_at_once(self, run: Run, project: Path) -> None:
        write(project / "pack.toml", PACK.replace("classes", "clases").replace("moved", "mooved"))
        result = run("check")
        assert (result.code, result.out) == (2, "")
        lines = result.err.splitlines()
        assert len(lines) == 2
        assert all(re.match(r"pack\.toml:\d+: rule APP\d01: unknown key ", line) for line in lines)

    def test_a_broken_configuration_is_one_line(self, run: Run, project: Path) -> None:
        write(project / "ssot-lint.toml", "packs = [\n")
        result = run("check")
        assert (result.code, result.out) == (2, "")
        assert re.fullmatch(r"ssot-lint\.toml:\d+: .*\n", result.err)

    def test_a_bug_is_one_line_and_asks_for_a_report(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def crash(*arguments: object) -> None:
            raise KeyError("oops")

        monkeypatch.setattr(runner, "run", crash)
        result = run("check")
        assert (result.code, result.out) == (2, "")
        first, *rest = result.err.splitlines()
        assert first.startswith("ssot-lint: error: this is a bug of ssot-lint, please report it: KeyError: 'oops' (")
        assert rest == ["ssot-lint: note: set SSOT_LINT_DEBUG=1 to see the whole traceback"]
        monkeypatch.setenv("SSOT_LINT_DEBUG", "1")
        assert "Traceback (most recent call last):\n" in run("check").err


class TestBadFiles:
    @pytest.mark.parametrize(
        ("raw", "code", "message"),
        [
            (b"def f(:\n", "SL001", "not valid Python: "),
            (b"x = 1\ny = '\xff'\n", "SL002", "it is not valid utf-8 (line 2, byte 12)"),
            (b"# coding: nonsense\n", "SL002", "its coding cookie names an unknown encoding, 'nonsense'"),
            (b"x = 1\0\n", "SL002", "it contains a NUL byte, so it is not Python source"),
        ],
    )
    def test_each_has_one_message_and_the_rest_is_checked(
        self, run: Run, project: Path, raw: bytes, code: str, message: str
    ) -> None:
        write(project / "app/broken.py", raw)
        for command in ("check", "fix"):
            result = run(command, "--output-format=concise", "app/broken.py", "app/direct.py")
            assert (result.code, result.err) == (1, "")
            assert result.lines[0].startswith("app/broken.py:")
            assert f": {code} {message}" in result.lines[0]
            assert result.lines[1].startswith(REFUSED_LINE)
            assert result.lines[2] == "Found 2 violations."
        assert (project / "app/broken.py").read_bytes() == raw

    def test_a_broken_file_with_nothing_to_find_is_no_news(self, run: Run, project: Path) -> None:
        write(project / "app/empty.py", b"")
        assert run("check", "app/empty.py").code == 0

    def test_a_file_that_cannot_be_read(self, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(path: str, mode: str, buffering: int) -> object:
            if path.endswith("legacy.py"):
                raise PermissionError(13, "Permission denied", path)
            return open(path, mode, buffering)

        monkeypatch.setattr(judging, "open", refuse, raising=False)
        result = run("check", "--output-format=concise", "app")
        assert result.code == 1
        assert result.lines[1] == "app/legacy.py:1:1: SL002 the file cannot be read: Permission denied"
        assert result.lines[0].startswith(REFUSED_LINE)

    def test_a_directory_named_like_a_module(self, run: Run, project: Path) -> None:
        write(project / "app/x.py/legacy.py", LEGACY)
        lines = run("check", "--output-format=concise", "app/x.py").lines
        assert lines[0].startswith("app/x.py/legacy.py:1:21: APP101 ")
        assert lines[1] == "Found 1 violation."

    def test_a_file_that_is_named_is_checked_whatever_its_name(self, run: Run, project: Path) -> None:
        write(project / "script", LEGACY)
        assert run("check", "script").out.startswith("script:1:21: APP101 [*] ")


class TestRules:
    def test_the_rules_of_the_loaded_packs_and_the_own_ones(self, run: Run) -> None:
        result = run("rules")
        assert result.code == 0
        assert [line.split()[0] for line in result.lines[:3]] == ["APP101", "APP201", "SL001"]
        assert re.fullmatch(r"APP101  \[\*\]  legacy-import +app +error +\S.*", result.lines[0])

    def test_those_that_are_ignored_are_no_rules_of_the_run(self, run: Run) -> None:
        listed = [line.split()[0] for line in run("rules", "--ignore=SL003,APP1").lines]
        assert listed == ["APP201", "SL001", "SL002", "SL004", "SL005", "SL006", "SL007", "SL008", "SL009"]
        nothing = run("rules", "--ignore=ALL")
        assert (nothing.code, nothing.lines) == (0, [])

    def test_as_json(self, run: Run) -> None:
        rules = json.loads(run("rules", "--output-format=json", "--select=APP201").out)
        assert [rule["code"] for rule in rules][:2] == ["APP201", "SL001"]
        assert rules[0].keys() == {"code", "kind", "pack", "severity", "fix", "summary", "compliance"}
        assert {rule["code"]: rule["fix"] for rule in rules}["SL003"] == "always"

    def test_explain_a_rule(self, run: Run) -> None:
        result = run("explain", "APP101")
        assert result.code == 0
        assert result.lines[0] == "APP101 (legacy-import), error, pack app"
        assert '    moved."app.old.Manager" = "app.home.Manager"' in result.lines
        assert "The kind legacy-import" in result.lines
        arguments = '    arguments.context = { keyword = "context", position = 0, required = true }'
        assert arguments in run("explain", "APP201").lines

    def test_explain_a_kind(self, run: Run) -> None:
        result = run("explain", "direct-instantiation")
        assert result.code == 0
        assert result.lines[0] == "direct-instantiation"
        assert "    classes: required" in result.lines
        assert "    drop: default []" in result.lines
        assert "  # flagged" in result.lines
        assert "  # fixed" in result.lines

    def test_explain_an_own_rule(self, run: Run) -> None:
        assert run("explain", "SL001").lines[0] == "SL001 (not-python), error"

    def test_explain_a_rule_of_a_pack_that_is_not_loaded(self, run: Run) -> None:
        from ssot_lint.packs import builtin_packs

        first_id = re.search(r'^id = "([A-Z]+\d+)"', builtin_packs()["core"].read_text(), re.MULTILINE)
        assert first_id
        assert run("explain", first_id[1]).lines[0].endswith("pack core")

    def test_explain_nothing(self, run: Run) -> None:
        result = run("explain", "APP102")
        assert result.code == 2
        assert "There is no rule or kind 'APP102'. Did you mean 'APP101'?" in result.err


class TestProcess:
    def test_version_and_help(self, run: Run) -> None:
        assert run("--version") == Result(0, f"ssot-lint {__version__}\n", "")
        result = run("-h")
        assert result.code == 0
        assert all(f"\n  {command} " in result.out for command in ("check", "fix", "rules", "explain"))
        assert "--unsafe-fixes" in run("check", "--help").out

    def test_main_exits_with_the_code(self, project: Path) -> None:
        with pytest.raises(SystemExit) as exit_of_main:
            cli.main(["check", "--exit-zero", "-q", "app/home.py"])
        assert exit_of_main.value.code == 0

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [(["check"], 1), (["check", "app/home.py"], 0), (["fix", "--diff", "--exit-zero"], 0), (["rules"], 0)],
    )
    def test_a_reader_who_goes_away_misses_the_rest(self, project: Path, arguments: list[str], code: int) -> None:
        read, write_end = os.pipe()
        with process(*arguments, cwd=project, stdout=write_end) as child:
            os.close(write_end)
            os.close(read)
            _, errors = child.communicate(timeout=60)
        assert child.returncode == code
        assert b"Traceback" not in errors
        assert b"Exception ignored" not in errors

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")
    def test_a_full_disk_is_one_line(self, project: Path) -> None:
        with open("/dev/full", "wb") as full, process("check", cwd=project, stdout=full.fileno()) as child:
            _, errors = child.communicate(timeout=60)
        assert (child.returncode, errors) == (2, b"ssot-lint: error: [Errno 28] No space left on device\n")

    def test_an_interrupt_ends_quietly(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(*arguments: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(runner, "run", interrupt)
        assert run("check") == Result(130, "", "\n")
