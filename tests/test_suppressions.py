"""Suppressions on the command line: written, found to be needless and removed, forbidden, and told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from ssot_lint import cli

FILES = {
    "ssot-lint.toml": 'packs = ["pack.toml"]\n',
    "pack.toml": """\
[pack]
id = "app"

[[rule]]
id = "APP101"
kind = "legacy-import"
moved."app.old.Manager" = "app.home.Manager"

[[rule]]
id = "APP301"
kind = "module-singleton"
classes = ["app.home.Manager"]
""",
    "app/__init__.py": "",
    "app/home.py": "class Manager:\n    pass\n",
    "app/old.py": "from app.home import Manager\n\n__all__ = ['Manager']\n",
    "app/legacy.py": "from app.old import Manager\n\nmanager = Manager()\n",
}
LEGACY = FILES["app/legacy.py"]


class Result(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def found(self) -> list[str]:
        lines = (line.split(" ") for line in self.out.splitlines() if ".py:" in line)
        return [f"{words[0].removesuffix(':')} {words[1]}" for words in lines]


Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SSOT_LINT_OUTPUT_FORMAT", "concise")
    return tmp_path


@pytest.fixture
def legacy(project: Path) -> Path:
    return project / "app" / "legacy.py"


@pytest.fixture
def run(project: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    def function(*arguments: str) -> Result:
        return Result(cli.run(arguments), *capfd.readouterr())

    return function


class TestAddIgnore:
    def test_with_a_reason(self, run: Run, legacy: Path) -> None:
        result = run("check", "--add-ignore=it moves in May")
        note = "ssot-lint: note: suppressed 2 violations in 1 file\n"
        assert result == Result(0, "All checks passed!\n", note)
        assert legacy.read_text() == (
            "from app.old import Manager  # ssot: ignore[APP101] it moves in May\n\n"
            "manager = Manager()  # ssot: ignore[APP301] it moves in May\n"
        )
        assert run("check").code == 0

    def test_without_one_what_follows_is_a_path(self, run: Run, project: Path, legacy: Path) -> None:
        (project / "app" / "more.py").write_text(LEGACY)
        assert run("check", "--add-ignore", "app/legacy.py").code == 0
        assert legacy.read_text().startswith("from app.old import Manager  # ssot: ignore[APP101]\n")
        assert run("check").found == ["app/more.py:1:21 APP101", "app/more.py:3:1 APP301"]

    def test_of_some_rules(self, run: Run, legacy: Path) -> None:
        assert run("check", "--add-ignore", "--select=APP301").code == 0
        assert run("check").found == ["app/legacy.py:1:21 APP101"]

    def test_of_the_tools_own_rules_none(self, run: Run, legacy: Path) -> None:
        text = "x = 1  # ssot: ignore[APP101]\n"
        legacy.write_text(text)
        assert run("check", "--add-ignore").found == ["app/legacy.py:1:8 SL003"]
        assert legacy.read_text() == text

    def test_what_is_accepted_needs_none(self, run: Run, legacy: Path) -> None:
        run("baseline")
        assert "suppressed 0 violations in 0 files" in run("check", "--add-ignore").err
        assert legacy.read_text() == LEGACY

    def test_what_may_not_be_suppressed_is_left(self, run: Run, project: Path, legacy: Path) -> None:
        (project / "ssot-lint.toml").write_text('packs = ["pack.toml"]\nno-suppress = ["legacy-import"]\n')
        result = run("check", "--add-ignore")
        assert (result.code, result.found) == (1, ["app/legacy.py:1:21 APP101"])
        assert "APP101" not in legacy.read_text()

    @pytest.mark.parametrize(
        "raw",
        [
            (LEGACY + "def (\n").encode(),
            b"# coding: ascii\n" + LEGACY.encode() + "# ä\n".encode(),
            b"# coding: latin-1\n" + LEGACY.encode(),
        ],
        ids=["not Python", "not text", "no such letters"],
    )
    def test_what_cannot_be_written_without_a_doubt_is_left(self, raw: bytes, run: Run, legacy: Path) -> None:
        legacy.write_bytes(raw)
        result = run("check", "--add-ignore=→ home")
        assert result.code == 1
        assert "APP101" in result.out
        assert legacy.read_bytes() == raw

    def test_a_file_that_is_read_only(self, run: Run, legacy: Path) -> None:
        legacy.chmod(0o444)
        result = run("check", "--add-ignore")
        assert (result.code, legacy.read_text()) == (1, LEGACY)
        assert "error: app/legacy.py: " in result.err
        assert "read-only" in result.err

    def test_the_configuration_may_demand_a_reason(self, run: Run, project: Path, legacy: Path) -> None:
        (project / "ssot-lint.toml").write_text('packs = ["pack.toml"]\nrequire-reason = true\n')
        result = run("check", "--add-ignore")
        assert (result.code, legacy.read_text()) == (2, LEGACY)
        assert "demands a reason" in result.err
        assert run("check", "--add-ignore=because").code == 0

    @pytest.mark.parametrize("other", ["--fix", "--diff", "-"])
    def test_alone(self, other: str, run: Run, legacy: Path) -> None:
        assert run("check", "--add-ignore", other).code == 2
        assert legacy.read_text() == LEGACY


class TestUnused:
    def test_fixing_removes_them(self, run: Run, legacy: Path) -> None:
        legacy.write_text(
            "# ssot: file-ignore[APP301] x\n"
            "# ssot: ignore[APP101, APP301] not needed\n"
            "from app.home import Manager  # ssot: ignore[APP101]  # noqa: F401\n\n"
            "# ssot: disable[APP101] tables\n"
            "manager = Manager()  # a comment\n"
            "# ssot: enable[APP101]\n"
        )
        assert run("check").found == [
            "app/legacy.py:2:1 SL003",
            "app/legacy.py:2:1 SL003",
            "app/legacy.py:3:31 SL003",
            "app/legacy.py:5:1 SL003",
        ]
        result = run("fix")
        assert (result.code, result.found) == (0, [])
        assert legacy.read_text() == (
            "# ssot: file-ignore[APP301] x\n"
            "from app.home import Manager  # noqa: F401\n\n"
            "manager = Manager()  # a comment\n"
        )

    def test_together_with_what_is_wrong_in_the_same_statement(self, run: Run, legacy: Path) -> None:
        legacy.write_text("from app.old import Manager  # ssot: ignore[APP301] why\n\nprint(Manager)\n")
        assert run("fix").code == 0
        assert legacy.read_text() == "from app.home import Manager\n\nprint(Manager)\n"

    def test_in_the_middle_of_a_statement(self, run: Run, legacy: Path) -> None:
        legacy.write_text("x = [\n    # ssot: ignore[APP101]\n    1,  # ssot: ignore[APP301] y  # one\n]\n")
        assert run("fix").code == 0
        assert legacy.read_text() == "x = [\n    1,  # one\n]\n"

    def test_those_of_rules_that_were_not_checked_stay(self, run: Run, legacy: Path) -> None:
        text = "x = 1  # ssot: ignore[APP101]\n"
        legacy.write_text(text)
        assert run("fix", "--select=APP301").code == 0
        assert legacy.read_text() == text

    def test_a_diff_shows_it(self, run: Run, legacy: Path) -> None:
        legacy.write_text("x = 1  # ssot: ignore[APP101]\n")
        result = run("fix", "--diff")
        assert result.code == 1
        assert "\n-x = 1  # ssot: ignore[APP101]\n+x = 1\n" in result.out


class TestForbidden:
    def test_they_are_told_and_do_not_count(self, run: Run, project: Path, legacy: Path) -> None:
        (project / "ssot-lint.toml").write_text('packs = ["pack.toml"]\nno-suppress = ["APP3"]\n')
        run("check", "--add-ignore")
        legacy.write_text(legacy.read_text() + "other = Manager()  # ssot: ignore[APP301] why\n")
        result = run("check", "--select=APP301")
        assert result.found == [
            "app/legacy.py:3:1 APP301",
            "app/legacy.py:4:1 APP301",
            "app/legacy.py:4:20 SL009",
        ]

    def test_it_is_no_matter_of_what_was_known_before(self, run: Run, project: Path, legacy: Path) -> None:
        run("check", "--add-ignore")
        assert run("check").code == 0
        (project / "ssot-lint.toml").write_text('packs = ["pack.toml"]\nno-suppress = ["ALL"]\n')
        assert len(run("check").found) == 4

    def test_selectors_are_checked(self, run: Run, project: Path) -> None:
        (project / "ssot-lint.toml").write_text('packs = ["pack.toml"]\nno-suppress = ["APP9"]\n')
        result = run("check")
        assert result.code == 2
        assert "ssot-lint.toml:2: unknown rule, kind or pack 'APP9'" in result.err


def test_sarif_tells_why(run: Run, legacy: Path) -> None:
    run("check", "--add-ignore=until=2999-01-31 owner=@chat it moves")
    results = json.loads(run("check", "--output-format=sarif").out)["runs"][0]["results"]
    assert [result["suppressions"] for result in results] == [
        [
            {
                "kind": "inSource",
                "status": "accepted",
                "justification": "it moves; until 2999-01-31; owner @chat",
            }
        ]
    ] * 2


class TestReport:
    @pytest.fixture(autouse=True)
    def some(self, project: Path, legacy: Path, run: Run) -> None:
        """One that is used twice, one in vain, one that has expired, one that is not understood; and a baseline."""
        assert run("baseline", "--owner=@team", "--select=APP301").code == 0
        legacy.write_text(
            "# ssot: file-ignore[APP101] owner=@chat until=2999-01-31 the shim\n"
            f"{LEGACY}"
            "from app.old import Manager as old  # noqa: F401\n"
            "x = 1  # ssot: ignore[APP301]\n"
            "y = 2  # ssot: ignore[APP301] until=2020-01-31 y\n"
            "z = 3  # ssot: ignore\n"
        )

    def test_for_people(self, run: Run) -> None:
        assert run("report", "--suppressions") == Result(
            0,
            """\
app/legacy.py:1:1: APP101; in file-ignore; until 2999-01-31; owner @chat; sets aside 2: the shim
app/legacy.py:6:8: APP301; sets aside 0
app/legacy.py:7:8: APP301; expired 2020-01-31; sets aside 0: y
app/legacy.py:8:8: is not understood; write `# ssot: ignore[ID] reason` or `# ssot: file-ignore[ID] reason`
3 suppressions in 1 file set aside 2 violations: 2 none, 1 expired, 1 without a reason.
The baseline accepts 1 violation: @team 1.
""",
            "",
        )

    def test_for_programs(self, run: Run) -> None:
        told = json.loads(run("report", "--suppressions", "--output-format=json").out)
        assert told["suppressions"][0] == {
            "filename": "app/legacy.py",
            "location": {"row": 1, "column": 1},
            "form": "file-ignore",
            "codes": ["APP101"],
            "until": "2999-01-31",
            "expired": False,
            "owner": "@chat",
            "reason": "the shim",
            "problem": None,
            "violations": 2,
        }
        assert [stated["expired"] for stated in told["suppressions"]] == [False, False, True, False]
        (entry,) = told["baseline"]
        assert entry.pop("fingerprint")
        assert entry == {
            "filename": "app/legacy.py",
            "code": "APP301",
            "symbol": "app.legacy.manager",
            "until": None,
            "owner": "@team",
            "reason": None,
        }

    def test_of_two_in_a_row_each_has_its_own(self, run: Run, legacy: Path) -> None:
        legacy.write_text("from app.old import Manager  # ssot: ignore[APP301] a  # ssot: ignore[APP101] b\n")
        out = run("report", "--suppressions").out
        assert "APP301; sets aside 0: a\n" in out
        assert "APP101; sets aside 1: b\n" in out
        legacy.write_text("from app.old import Manager; m = Manager()  # ssot: ignore[APP101, APP301]\n")
        assert "APP101, APP301; sets aside 2\n" in run("report", "--suppressions").out

    def test_of_some_files_and_without_a_baseline(self, run: Run, project: Path) -> None:
        (project / ".ssot-baseline.json").unlink()
        assert run("report", "--suppressions", "app/home.py").out == (
            "0 suppressions in 0 files set aside 0 violations: 0 none, 0 expired, 0 without a reason.\n"
        )

    def test_files_that_are_no_text(self, run: Run, legacy: Path) -> None:
        legacy.write_bytes(b"x = 1  # ssot: ignore[APP101] \xff\n")
        assert "app/legacy.py:1:8: APP101; sets aside 0: \ufffd" in run("report", "--suppressions").out

    def test_what_to_report_has_to_be_said(self, run: Run) -> None:
        result = run("report")
        assert result.code == 2
        assert "--suppressions" in result.err
