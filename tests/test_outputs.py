"""Reports on the command line: several at once, in files, and those that suit the continuous integration around."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import jsonschema
import pytest

from ssot_lint import cli
from ssot_lint.formats import FORMATS, TELLING

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-subset.json").read_text())
FILES = {
    "ssot-lint.toml": 'packs = ["pack.toml"]\n',
    "pack.toml": """\
[pack]
id = "app"

[[rule]]
id = "APP101"
kind = "legacy-import"
moved."app.old.Manager" = "app.home.Manager"
""",
    "app/__init__.py": "",
    "app/home.py": "class Manager:\n    pass\n",
    "app/shim.py": "from app.home import Manager\n\n__all__ = ['Manager']\n",
    "app/old.py": "from app.shim import Manager\n\n__all__ = ['Manager']\n",
    "app/legacy.py": "from app.old import Manager\n\nprint(Manager)\n",
}
CONCISE = "app/legacy.py:1:21: APP101 [*] app.old.Manager moved to app.home.Manager"


class Result(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SSOT_LINT_OUTPUT_FORMAT", raising=False)
    return tmp_path


@pytest.fixture
def run(project: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    def function(*arguments: str) -> Result:
        code = cli.run(["check", "--no-cache", *arguments])
        return Result(code, *capfd.readouterr())

    return function


def test_several_at_once(run: Run, project: Path) -> None:
    result = run("--output-format=concise", "--output-format=sarif=out.sarif", "--output-format", "junit=out.xml")
    assert result.code == 1
    assert result.out.splitlines()[0] == CONCISE
    log = json.loads((project / "out.sarif").read_text())
    jsonschema.validate(log, SCHEMA)
    assert len(log["runs"][0]["results"]) == 1
    assert ElementTree.parse(project / "out.xml").getroot().attrib["failures"] == "1"


def test_re_exports_are_found_by_a_run(run: Run) -> None:
    (result,) = json.loads(run("--output-format=sarif").out)["runs"][0]["results"]
    locations = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["message"]["text"] for step in locations] == [
        "app.old.Manager is used",
        "app.old.Manager is passed on",
        "app.shim.Manager is passed on",
        "app.home.Manager is defined",
    ]


def test_all_in_files_leaves_nothing_to_print(run: Run, project: Path) -> None:
    assert run("--output-format=json=out.json") == Result(1, "", "")
    assert len(json.loads((project / "out.json").read_text())) == 1


def test_the_output_file_is_for_the_one_without_a_file(run: Run, project: Path) -> None:
    assert run("--output-format=json=out.json", "--output-format=concise", "-o", "out.txt").out == ""
    assert (project / "out.txt").read_text().splitlines()[0] == CONCISE


def test_a_variable_names_several(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSOT_LINT_OUTPUT_FORMAT", "concise json=out.json")
    assert run().out.splitlines()[0] == CONCISE
    assert (project / "out.json").exists()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--output-format=text", "--output-format=json"], "text and json cannot both go to standard output"),
        (["--output-format=json=a.json", "-o", "b"], "so --output-file is one too many"),
        (["--output-format=srif"], "there is no format 'srif'. Did you mean 'sarif'?"),
        (["--output-format=yml"], "there is no format 'yml'. Choose from text, concise, json, json-lines, sarif,"),
        (["--output-format=json=nowhere/a.json"], "there is no directory 'nowhere' for 'nowhere/a.json'."),
        (["--output-format=json="], "'' is not the name of a file."),
        (["--output-format=json=app"], "'app' is not the name of a file."),
        (["-o", "nowhere/a.txt"], "there is no directory 'nowhere' for 'nowhere/a.txt'."),
    ],
)
def test_what_cannot_be_written_is_said_beforehand(
    arguments: list[str], complaint: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssot_lint.runner.run", None)
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert complaint in " ".join(result.err.split())


@pytest.mark.parametrize("output_format", FORMATS)
def test_each_format_is_there_and_says_what_is_wrong(output_format: str, run: Run) -> None:
    result = run("--output-format", output_format)
    assert (result.code, result.err) == (1, "")
    assert "APP101" in result.out
    assert run("--output-format", output_format, "app/home.py").code == 0


class TestContinuousIntegration:
    def test_github(self, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
        result = run()
        assert result.out.startswith("::error title=ssot-lint (APP101),file=")
        assert result.err == ""
        assert run("-o", "out.txt").out == result.out
        assert (project / "out.txt").read_text().splitlines()[0] == CONCISE

    def test_gitlab(self, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GITLAB_CI", "true")
        monkeypatch.setenv("CI_PROJECT_DIR", str(project.parent))
        result = run()
        (entry,) = json.loads(result.out)
        assert entry["location"]["path"] == f"{project.name}/app/legacy.py"
        assert result.err.splitlines()[0] == CONCISE
        assert run("-o", "out.json").out.splitlines()[0] == CONCISE
        assert json.loads((project / "out.json").read_text()) == [entry]

    @pytest.mark.parametrize("variable", ["GITHUB_ACTIONS", "GITLAB_CI"])
    def test_what_is_asked_for_goes_before(self, variable: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = run("--output-format=concise")
        counted = run("--statistics")
        monkeypatch.setenv(variable, "true")
        assert run("--output-format=concise") == asked
        assert run("--statistics") == counted

    def test_elsewhere_it_is_text(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        text = run("--output-format=text")
        monkeypatch.setenv("GITHUB_ACTIONS", "false")
        monkeypatch.setenv("GITLAB_CI", "")
        assert run() == text


@pytest.mark.parametrize("output_format", sorted(TELLING))
def test_a_mistake_in_the_configuration_is_in_each_format_that_can_tell(
    output_format: str, run: Run, project: Path
) -> None:
    (project / "ssot-lint.toml").write_text('packs = ["pack.toml"]\nselekt = []\n')
    result = run(f"--output-format={output_format}", "--output-format=json=out.json")
    assert result.code == 2
    assert "unknown key" in result.out
    assert result.err == "ssot-lint.toml:2: unknown key 'selekt'; did you mean 'select'?\n"
    assert not (project / "out.json").exists()
    if output_format == "sarif":
        log = json.loads(result.out)
        jsonschema.validate(log, SCHEMA)
        assert log["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_a_mistake_on_the_command_line_is_nobodys_file(run: Run) -> None:
    result = run("--output-format=pylint", "--select=APP9")
    assert result.out.startswith(".:1: [failure] --select: unknown rule")


def test_statistics_stand_where_there_is_a_place_for_them(run: Run, project: Path) -> None:
    result = run("--statistics", "--output-format=concise", "--output-format=sarif=out.sarif")
    assert result.out.splitlines()[0] == "1\tAPP101\t[*] legacy-import"
    assert "results" in (project / "out.sarif").read_text()
