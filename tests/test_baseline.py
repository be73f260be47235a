"""The ratchet on the command line: what is accepted stays silent, what is new does not, and the baseline shrinks."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from ssot_lint import cli
from ssot_lint.git import git

WHO = ("-c", "user.name=a", "-c", "user.email=a@b")
FILES = {
    "ssot-lint.toml": 'packs = ["pack.toml"]\n',
    "pack.toml": """\
[pack]
id = "app"

[[rule]]
id = "APP101"
kind = "legacy-import"
moved."app.old.Manager" = "app.home.Manager"
moved."app.old.Helper" = "app.home.Helper"

[[rule]]
id = "APP201"
kind = "direct-instantiation"
classes = ["app.home.Manager"]
factory = "app.home.get_manager"
allowed-in = ["app.home"]
[rule.arguments]
context = { keyword = "context", position = 0, required = true }
""",
    "app/__init__.py": "",
    "app/home.py": """\
class Helper:
    pass


class Manager:
    def __init__(self, context):
        self.context = context


def get_manager(context):
    return Manager(context)
""",
    "app/old.py": "from app.home import Helper, Manager\n\n__all__ = ['Helper', 'Manager']\n",
    "app/legacy.py": "from app.old import Manager\n\nprint(Manager)\n",
    "app/direct.py": "from app.home import Manager\n\n\ndef build(*args):\n    return Manager(*args)\n",
}
BASELINE = ".ssot-baseline.json"


class Result(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def found(self) -> list[str]:
        """Path and code of each violation, from the concise format."""
        lines = (line.split(" ") for line in self.out.splitlines() if ".py:" in line or ".json:" in line)
        return [f"{words[0].partition(':')[0]} {words[1]}" for words in lines]


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
def run(project: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    def function(command: str, *arguments: str) -> Result:
        code = cli.run([command, "--no-cache", *arguments])
        return Result(code, *capfd.readouterr())

    return function


@pytest.fixture
def accepted(run: Run) -> None:
    """A baseline of all that is there."""
    assert run("baseline").code == 0


def commit(project: Path) -> None:
    if not (project / ".git").exists():
        git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, *WHO, "commit", "-qm", "x")


def entries(project: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((project / BASELINE).read_text())
    return found[:-1]


def append(path: Path, text: str) -> None:
    with path.open("a") as file:
        file.write(text)


class TestFirstTime:
    def test_all_is_accepted_and_silent(self, run: Run, project: Path) -> None:
        assert run("baseline") == Result(0, f"{BASELINE} accepts 2 violations of 2 rules in 2 files.\n", "")
        assert [(entry["path"], entry["rule"]) for entry in entries(project)] == [
            ("app/direct.py", "APP201"),
            ("app/legacy.py", "APP101"),
        ]
        summary = "All checks passed!\n2 more violations are accepted by the baseline.\n"
        assert run("check") == Result(0, summary, "")

    def test_on_terms(self, run: Run, project: Path) -> None:
        assert run("baseline", "--reason=the move", "--owner=@chat", "--until=2999-12-31", "app/legacy.py").code == 0
        (entry,) = entries(project)
        assert (entry["reason"], entry["owner"], entry["until"]) == ("the move", "@chat", "2999-12-31")
        assert run("check").found == ["app/direct.py APP201"]

    def test_where_the_configuration_says(self, run: Run, project: Path) -> None:
        append(project / "ssot-lint.toml", 'baseline = "tools/debt.json"\n')
        (project / "tools").mkdir()
        assert run("baseline").code == 0
        assert (project / "tools" / "debt.json").exists()
        assert run("check").code == 0

    def test_quietly(self, run: Run) -> None:
        assert run("baseline", "-q") == Result(0, "", "")

    def test_there_is_nothing_to_prune(self, run: Run) -> None:
        result = run("baseline", "--prune")
        assert result.code == 2
        assert "There is no baseline yet" in result.err

    def test_a_bug_of_the_tool_is_not_accepted(self, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def crash(*_: object) -> None:
            raise KeyError("x")

        monkeypatch.setattr("ssot_lint.kinds.legacy_import.LegacyImport.visit_ImportFrom", crash)
        result = run("baseline")
        assert result.code == 1
        assert "app/legacy.py: not accepted: SL006" in result.err
        assert [entry["rule"] for entry in entries(project)] == ["APP201"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--update"], "--update accepts more than before, so it has to say why: --reason TEXT."),
        (["--update", "--reason=  "], "so it has to say why"),
        (["--until=soon"], "'soon' is no date; write YYYY-MM-DD."),
        (["--until=2020-01-01"], "2020-01-01 has passed."),
    ],
)
def test_bad_usage(arguments: list[str], complaint: str, run: Run, project: Path) -> None:
    result = run("baseline", *arguments)
    assert result.code == 2
    assert complaint in result.err
    assert not (project / BASELINE).exists()


@pytest.mark.usefixtures("accepted")
class TestNothingIsSwallowed:
    def test_something_new(self, run: Run, project: Path) -> None:
        append(project / "app" / "legacy.py", "from app.old import Helper\n")
        result = run("check")
        assert (result.code, result.found) == (1, ["app/legacy.py APP101"])
        assert "app.old.Helper" in result.out

    def test_one_more_of_the_same(self, run: Run, project: Path) -> None:
        append(project / "app" / "legacy.py", "from app.old import Manager\n")
        assert run("check").found == ["app/legacy.py APP101"]

    def test_a_swap(self, run: Run, project: Path) -> None:
        (project / "app" / "direct.py").write_text(FILES["app/direct.py"].replace("build", "make"))
        result = run("check")
        assert result.found == [f"{BASELINE} SL008", "app/direct.py APP201"]

    def test_the_same_in_another_file(self, run: Run, project: Path) -> None:
        (project / "app" / "copy.py").write_text(FILES["app/legacy.py"])
        assert run("check").found == ["app/copy.py APP101"]

    def test_another_rule_for_the_same_code(self, run: Run, project: Path) -> None:
        pack = project / "pack.toml"
        pack.write_text(pack.read_text().replace("APP101", "APP102"))
        assert run("check").found == ["app/legacy.py APP102"]

    def test_from_standard_input(self, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        text = FILES["app/legacy.py"] + "from app.old import Helper\n"
        with open(project / "stdin", "w+") as stdin:
            stdin.write(text)
            stdin.seek(0)
            monkeypatch.setattr("sys.stdin", stdin)
            result = run("check", "-", "--stdin-filename=app/legacy.py")
        assert (result.code, result.found) == (1, ["app/legacy.py APP101"])
        assert ":4:" in result.out


@pytest.mark.usefixtures("accepted")
class TestWhatIsAcceptedStaysSilent:
    def test_when_it_moves_and_is_formatted(self, run: Run, project: Path) -> None:
        text = "# A comment.\n\nimport os\nfrom app.old import (\n    Manager,  # old\n)\n\n\nprint(os, Manager)\n"
        (project / "app" / "legacy.py").write_text(text)
        assert run("check").code == 0

    @pytest.mark.parametrize("how", ["committed", "staged", "not staged"])
    def test_when_its_file_is_renamed(self, how: str, run: Run, project: Path) -> None:
        commit(project)
        os.rename(project / "app" / "legacy.py", project / "app" / "ancient.py")
        if how == "committed":
            commit(project)
        elif how == "staged":
            git(project, "add", "-A")
        assert run("check").code == 0
        assert run("check", "app/ancient.py").code == 0
        assert run("fix", "app/ancient.py").code == 0

    def test_a_directory_from_which_a_file_went_does_not_miss_it(self, run: Run, project: Path) -> None:
        (project / "lib").mkdir()
        commit(project)
        os.rename(project / "app" / "legacy.py", project / "lib" / "legacy.py")
        assert run("check", "app").code == 0
        assert run("check", ".").code == 0

    def test_git_is_not_asked_what_became_of_files_that_nobody_named(
        self, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (project / "app" / "legacy.py").unlink()
        monkeypatch.setattr("ssot_lint.ratchet.held.renamed", None)
        assert run("check", "app/direct.py").code == 0

    def test_by_default_and_only_then(self, run: Run) -> None:
        assert run("check", "--no-baseline").found == ["app/direct.py APP201", "app/legacy.py APP101"]

    def test_also_to_a_fix(self, run: Run, project: Path) -> None:
        append(project / "app" / "legacy.py", "from app.old import Helper\n")
        assert run("fix").code == 0
        assert (project / "app" / "legacy.py").read_text() == FILES["app/legacy.py"] + "from app.home import Helper\n"
        run("fix", "--no-baseline")
        assert "app.old" not in (project / "app" / "legacy.py").read_text()


@pytest.mark.usefixtures("accepted")
class TestStale:
    def mend(self, project: Path) -> None:
        (project / "app" / "legacy.py").write_text("from app.home import Manager\n\nprint(Manager)\n")

    def test_what_is_gone_is_told_at_its_entry(self, run: Run, project: Path) -> None:
        self.mend(project)
        result = run("check")
        assert (result.code, result.found) == (1, [f"{BASELINE} SL008"])
        assert result.out.startswith(
            f"{BASELINE}:3:1: SL008 the baseline accepts APP101 (`from app.old import Manager`) in app/legacy.py, where"
        )

    def test_it_can_be_ignored(self, run: Run, project: Path) -> None:
        self.mend(project)
        assert run("check", "--ignore=SL008").code == 0

    def test_several_in_a_file_are_told_once(self, run: Run, project: Path) -> None:
        (project / "app" / "legacy.py").write_text("from app.old import Helper, Manager\nprint(Helper, Manager)\n")
        run("baseline", "--update", "--reason=x")
        self.mend(project)
        result = run("check")
        assert result.found == [f"{BASELINE} SL008"]
        assert "(`from app.old import Helper`) and 1 more in app/legacy.py" in result.out

    def test_only_what_was_looked_at_is_judged(self, run: Run, project: Path) -> None:
        self.mend(project)
        assert run("check", "app/direct.py").code == 0
        assert run("check", "--select=APP201").code == 0
        assert run("check", "app/legacy.py").found == [f"{BASELINE} SL008"]

    def test_a_file_that_is_gone(self, run: Run, project: Path) -> None:
        (project / "app" / "legacy.py").unlink()
        assert run("check", "app/direct.py").code == 0
        assert run("check").found == [f"{BASELINE} SL008"]

    def test_a_file_that_was_renamed_and_mended(self, run: Run, project: Path) -> None:
        (project / "lib").mkdir()
        append(project / "app" / "legacy.py", "x = 1\n" * 20)
        commit(project)
        self.mend(project)
        append(project / "app" / "legacy.py", "x = 1\n" * 20)
        os.rename(project / "app" / "legacy.py", project / "lib" / "legacy.py")
        assert run("check", "app").code == 0
        assert run("check").found == [f"{BASELINE} SL008"]

    def test_a_file_that_is_broken_is_not_judged(self, run: Run, project: Path) -> None:
        (project / "app" / "direct.py").write_text(FILES["app/direct.py"] + "def (\n")
        assert run("check").found == ["app/direct.py SL001"]

    def test_pruning_drops_it_and_nothing_else(self, run: Run, project: Path) -> None:
        self.mend(project)
        append(project / "app" / "direct.py", "Manager(1)\n")
        assert run("baseline", "--prune") == Result(0, "Dropped 1 entry.\n", "")
        assert [entry["path"] for entry in entries(project)] == ["app/direct.py"]
        assert run("check").found == ["app/direct.py APP201"]

    def test_pruning_writes_where_files_are_now(self, run: Run, project: Path) -> None:
        commit(project)
        os.rename(project / "app" / "legacy.py", project / "app" / "ancient.py")
        assert run("baseline", "--prune").out == "Dropped 0 entries.\n"
        assert [entry["path"] for entry in entries(project)] == ["app/ancient.py", "app/direct.py"]
        commit(project)
        assert run("check").code == 0

    def test_sarif_says_that_it_is_absent(self, run: Run, project: Path) -> None:
        self.mend(project)
        fingerprint = entries(project)[1]["fingerprint"]
        results = json.loads(run("check", "--output-format=sarif").out)["runs"][0]["results"]
        states = {(result["ruleId"], result["baselineState"]) for result in results}
        assert states == {("APP101", "absent"), ("APP201", "unchanged"), ("SL008", "new")}
        (absent,) = (result for result in results if result["baselineState"] == "absent")
        assert absent["partialFingerprints"] == {"ssotLint/v1": fingerprint}


@pytest.mark.usefixtures("accepted")
class TestUpdate:
    def test_what_is_new_is_accepted_for_a_reason(self, run: Run, project: Path) -> None:
        append(project / "app" / "legacy.py", "from app.old import Helper\n")
        result = run("baseline", "--update", "--reason=until the move", "--owner=@x")
        assert result == Result(0, "Accepted 1 violation of 1 rule in 1 file.\n", "")
        assert run("check").code == 0
        assert [entry.get("reason") for entry in entries(project)] == [None, "until the move", None]

    def test_what_is_gone_stays_unless_it_is_pruned_too(self, run: Run, project: Path) -> None:
        (project / "app" / "legacy.py").write_text("from app.old import Helper\n")
        run("baseline", "--update", "--reason=x")
        assert len(entries(project)) == 3
        result = run("baseline", "--update", "--prune", "--reason=x")
        assert result.out == "Accepted 0 violations of 0 rules in 0 files.\nDropped 1 entry.\n"
        assert len(entries(project)) == 2

    def test_what_somebody_else_accepted_meanwhile_stays(
        self, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from ssot_lint.ratchet import held

        judge = held.Held.judge

        def interfered(self: held.Held, *arguments: object) -> held.Judged:
            judged = judge(self, *arguments)  # type: ignore[arg-type]
            path = project / BASELINE
            path.write_text(path.read_text().replace("[\n", '[\n{"path": "z", "rule": "Z1", "fingerprint": "z"},\n'))
            return judged

        monkeypatch.setattr(held.Held, "judge", interfered)
        append(project / "app" / "legacy.py", "from app.old import Helper\n")
        run("baseline", "--update", "--reason=x")
        assert "z" in [entry["path"] for entry in entries(project)]
        assert len(entries(project)) == 4


class TestExpiry:
    @pytest.fixture(autouse=True)
    def expired(self, project: Path, accepted: None) -> None:
        path = project / BASELINE
        old = '"fingerprint": "' + entries(project)[1]["fingerprint"]
        path.write_text(path.read_text().replace(old, f'"owner": "@chat", "until": "2020-01-31", {old}'))

    def test_it_does_not_count_any_more(self, run: Run) -> None:
        result = run("check")
        assert (result.code, result.found) == (1, [f"{BASELINE} SL005", "app/legacy.py APP101"])
        assert f"{BASELINE}:3:1: SL005 APP101 in app/legacy.py was accepted by @chat until 2020-01-31" in result.out

    def test_it_is_stale_where_it_is_mended(self, run: Run, project: Path) -> None:
        (project / "app" / "legacy.py").write_text("")
        assert run("check").found == [f"{BASELINE} SL008"]

    def test_it_can_be_accepted_anew(self, run: Run, project: Path) -> None:
        assert run("baseline", "--update", "--reason=once more", "--until=2999-01-31").code == 0
        assert run("check").code == 0
        assert entries(project)[1]["reason"] == "once more"
        assert "owner" not in entries(project)[1]


@pytest.mark.usefixtures("accepted")
class TestStatus:
    def test_in_order(self, run: Run) -> None:
        assert run("baseline") == Result(0, f"{BASELINE} accepts 2 violations of 2 rules in 2 files.\n", "")

    def test_what_there_is_to_do(self, run: Run, project: Path) -> None:
        path = project / BASELINE
        path.write_text(path.read_text().replace('"APP201",', '"APP201", "until": "2020-01-31",'))
        (project / "app" / "legacy.py").write_text("from app.old import Helper\n")
        before = path.read_text()
        result = run("baseline")
        assert result.code == 1
        assert result.out.splitlines()[1:] == [
            "1 not there any more: `ssot-lint baseline --prune` drops them.",
            "1 expired: mend them, or accept them anew.",
            "1 new: mend them, or accept them by `ssot-lint baseline --update --reason TEXT`.",
        ]
        assert path.read_text() == before


@pytest.mark.usefixtures("accepted")
class TestTheFile:
    def test_one_that_is_wrong_is_bad_configuration(self, run: Run, project: Path) -> None:
        (project / BASELINE).write_text("[\n<<<<<<< HEAD\n")
        result = run("check")
        assert result.code == 2
        assert f"{BASELINE}:2: has a conflict of a merge" in result.err

    def test_one_that_cannot_be_written(self, run: Run, project: Path) -> None:
        (project / BASELINE).chmod(0o444)
        append(project / "app" / "legacy.py", "from app.old import Helper\n")
        result = run("baseline", "--update", "--reason=x")
        assert result.code == 2
        assert f"{BASELINE}: it is read-only" in result.err

    def test_two_branches_merge_without_a_conflict(self, run: Run, project: Path) -> None:
        for number in range(8):
            (project / "app" / f"m{number}.py").write_text(FILES["app/legacy.py"])
        run("baseline", "--update", "--reason=x")
        commit(project)
        for branch, number in (("one", 1), ("two", 5)):
            git(project, "checkout", "-qb", branch, "HEAD" if branch == "one" else "HEAD~1")
            append(project / "app" / f"m{number}.py", "from app.old import Helper\n")
            (project / "app" / f"m{number + 2}.py").write_text("")
            run("baseline", "--update", "--prune", f"--reason={branch}")
            commit(project)
        git(project, *WHO, "merge", "-q", "one")
        assert run("check").code == 0
        assert run("baseline").code == 0
