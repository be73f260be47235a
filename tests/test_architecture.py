"""What holds for the code base as a whole: its layers, its types, its style, and what starting up may cost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = sysconfig.get_path("scripts")


def run(*command: str, cwd: Path = ROOT, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment in ``cwd``, with the ``ssot_lint`` that is in ``home`` or else there."""
    program = shutil.which(command[0], path=SCRIPTS)
    assert program, f"{command[0]} is not installed: pip install -e '.[dev]'"
    return subprocess.run(
        [program, *command[1:]],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(home or cwd), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


class TestLayers:
    @pytest.fixture
    def copy(self, tmp_path: Path) -> Path:
        """A copy of the package and its contracts, to break them in."""
        shutil.copytree(ROOT / "ssot_lint", tmp_path / "ssot_lint", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", tmp_path)
        return tmp_path

    def test_all_contracts_are_kept(self) -> None:
        result = run("lint-imports", "--no-cache")
        assert result.returncode == 0, result.stdout

    @pytest.mark.parametrize(
        ("module", "text", "complaint"),
        [
            ("newcomer.py", "", "ssot_lint.newcomer"),
            ("model.py", "import ssot_lint.globs\n", "ssot_lint.model is not allowed to import ssot_lint.globs"),
            (
                "source/newcomer.py",
                "import ssot_lint.kinds\n",
                "ssot_lint.source is not allowed to import ssot_lint.kinds",
            ),
            ("runner.py", "import click\n", "ssot_lint.runner -> click (l."),
            ("config.py", "import tomli\n", "ssot_lint.config -> tomli (l."),
            ("kinds/newcomer.py", "import libcst\n", "ssot_lint.kinds.newcomer -> libcst (l."),
            (
                "kinds/newcomer.py",
                "import ssot_lint.kinds.legacy_import\n",
                "ssot_lint.kinds.newcomer is not allowed to import ssot_lint.kinds.legacy_import",
            ),
        ],
    )
    def test_a_breach_is_seen(self, copy: Path, module: str, text: str, complaint: str) -> None:
        with (copy / "ssot_lint" / module).open("a") as file:
            file.write(text)
        result = run("lint-imports", "--no-cache", cwd=copy)
        assert result.returncode == 1
        assert complaint in result.stdout


class TestTypesAndStyle:
    @pytest.mark.parametrize(
        "command", [("mypy",), ("ruff", "check", "."), ("ruff", "format", "--check", ".")], ids=" ".join
    )
    def test_there_is_nothing_to_complain_about(self, command: tuple[str, ...]) -> None:
        result = run(*command)
        assert result.returncode == 0, result.stdout + result.stderr


class TestStartUp:
    """What is loaded when the work is not there to be done: click, the tool's own modules, and little else."""

    HEAVY = frozenset(
        {"ast", "asyncio", "concurrent", "difflib", "hashlib", "json", "libcst", "logging", "multiprocessing", "random"}
        | {"socket", "sqlite3", "subprocess", "symtable", "tempfile", "tokenize", "tomli", "unittest", "yaml"}
    )

    def heavy_after(self, code: str, cwd: Path) -> frozenset[str]:
        """The heavy modules that are loaded once ``code`` has run."""
        program = f"import sys\n{code}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
        result = run("python", "-c", program, cwd=cwd, home=ROOT)
        assert result.returncode == 0, result.stderr
        return self.HEAVY & frozenset(result.stdout.splitlines()[-1].split())

    def test_importing_the_command_line(self, tmp_path: Path) -> None:
        click = self.heavy_after("import click, dataclasses", tmp_path)
        after = self.heavy_after("import ssot_lint.cli", tmp_path)
        assert after - click == set()

    def test_checking_a_file_in_which_no_rule_can_fire(self, tmp_path: Path) -> None:
        (tmp_path / "clean.py").write_text("def double(x: int) -> int:\n    return 2 * x\n")
        check = "from ssot_lint.cli import run\nassert run(['check', 'clean.py']) == 0"
        click = self.heavy_after("import click, dataclasses", tmp_path)
        # The built-in pack is TOML, and it is git that knows which files there are.
        assert self.heavy_after(check, tmp_path) - click == {"tomli", "subprocess"}
