"""SARIF: valid, and with all that others leave out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ssot_lint import __version__
from ssot_lint.fingerprint import fingerprint
from ssot_lint.model import FileReport, Report, SetAside
from ssot_lint.own_rules import RULE_CRASHED

Lines = Callable[..., list[str]]
Run = Callable[..., Any]
SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "sarif-2.1.0-subset.json").read_text())
AT_X = {"uri": "app/x.py", "uriBaseId": "%SRCROOT%"}


@pytest.fixture
def run(lines: Lines) -> Run:
    """Give what renders a report, holds it against the schema, and gives its only run."""

    def function(what: Report, *arguments: Any, **environment: str) -> Any:
        log = json.loads("\n".join(lines("sarif", what, *arguments, **environment)))
        jsonschema.validate(log, SCHEMA)
        (only,) = log["runs"]
        return only

    return function


@pytest.fixture
def set_aside(report: Report) -> Report:
    """The report, in which one violation is new, one accepted, one suppressed; and one is gone."""
    info, safe = report.files[0].violations
    refused = report.files[1].violations[0]
    accepted = replace(safe, set_aside=SetAside("baseline", "it moves in May", "@chat", "2027-05-31"))
    suppressed = replace(info, set_aside=SetAside("comment", "the demo has one user", row=1))
    file = FileReport("app/x.py", suppressed=(suppressed,), accepted=(accepted,))
    gone = {"0123": replace(safe, code="WS102", path="app/gone.py")}
    return Report((file, FileReport("app/y, z.py", (refused,))), 5, compared=True, gone=gone)


def test_the_schema_forbids_what_it_does_not_know(report: Report, lines: Lines) -> None:
    log = json.loads("\n".join(lines("sarif", report)))
    log["runs"][0]["results"][0]["fingerprint"] = "x"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SCHEMA)


def test_the_tool_and_its_rules(report: Report, run: Run) -> None:
    driver = run(report)["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("ssot-lint", __version__)
    assert [rule["id"] for rule in driver["rules"]] == ["WS101", "WS201", "WS301"]
    first = driver["rules"][0]
    assert first["name"] == "LegacyImport"
    assert first["shortDescription"]["text"] in first["fullDescription"]["text"]
    assert "\n    " not in first["fullDescription"]["text"]
    assert "ssot-lint explain WS101" in first["help"]["text"]
    assert first["helpUri"] == "https://example.org/WS101"
    assert first["defaultConfiguration"] == {"level": "error"}
    assert first["properties"] == {
        "id": "WS101",
        "kind": "legacy-import",
        "name": "legacy-import",
        "problem.severity": "error",
        "tags": ["SOC2"],
    }
    assert "helpUri" not in driver["rules"][1]
    assert [rule["properties"]["problem.severity"] for rule in driver["rules"][1:]] == ["warning", "recommendation"]


def test_rules_of_the_tool_and_of_kinds_unknown_here(report: Report, run: Run) -> None:
    strange = replace(report.files[0].violations[0], kind="of-a-plugin")
    own = RULE_CRASHED.violation("app/x.py", "it crashed")
    rules = run(Report((FileReport("app/x.py", (strange, own)),), 1))["tool"]["driver"]["rules"]
    assert [rule["shortDescription"]["text"] for rule in rules] == [RULE_CRASHED.summary, "of-a-plugin"]


def test_a_result(report: Report, run: Run) -> None:
    result = run(report)["results"][0]
    safe = report.files[0].violations[1]
    del result["codeFlows"]
    assert result == {
        "ruleId": "WS101",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "app.old.Thing moved to app.new.Thing"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": AT_X,
                    "region": {"startLine": 1, "startColumn": 21, "endLine": 1, "endColumn": 26},
                },
                "logicalLocations": [{"fullyQualifiedName": "app.x.f"}],
            }
        ],
        "partialFingerprints": {"ssotLint/v1": fingerprint(safe)},
        "properties": {
            "kind": "legacy-import",
            "pack": "app",
            "symbol": "app.old.Thing",
            "origin": "app.new.Thing",
            "tags": ["SOC2"],
        },
        "fixes": [
            {
                "description": {"text": "import it from app.new (safe)"},
                "artifactChanges": [
                    {
                        "artifactLocation": AT_X,
                        "replacements": [
                            {
                                "deletedRegion": {"startLine": 1, "startColumn": 6, "endLine": 1, "endColumn": 13},
                                "insertedContent": {"text": "app.new"},
                            }
                        ],
                    }
                ],
            }
        ],
    }


def test_each_result_has_its_rule_and_its_level(report: Report, run: Run) -> None:
    found = run(report)
    rules = found["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in found["results"]] == ["WS101", "WS301", "WS201"]
    assert [result["level"] for result in found["results"]] == ["error", "note", "warning"]


def test_why_there_is_no_fix(report: Report, run: Run) -> None:
    result = run(report)["results"][2]
    assert "fixes" not in result
    assert result["properties"]["refusal"] == "star-arguments"
    assert result["properties"]["refusalReason"] == "the call passes *args"


def test_re_exports_are_a_code_flow(report: Report, run: Run) -> None:
    result, *others = run(report)["results"]
    (flow,) = result["codeFlows"]
    steps = [step["location"] for step in flow["threadFlows"][0]["locations"]]
    assert [
        (
            step["physicalLocation"]["artifactLocation"]["uri"],
            step["physicalLocation"]["region"],
            step["message"]["text"],
        )
        for step in steps
    ] == [
        ("app/x.py", {"startLine": 1, "startColumn": 21, "endLine": 1, "endColumn": 26}, "app.old.Thing is used"),
        ("app/old.py", {"startLine": 3}, "app.old.Thing is passed on"),
        ("app/new.py", {"startLine": 7}, "app.new.Thing is defined"),
    ]
    assert not any("codeFlows" in other for other in others)


def test_paths_are_relative_uris(report: Report, run: Run, tmp_path: Path) -> None:
    def uris(*arguments: Any, **environment: str) -> list[str]:
        results = run(report, *arguments, **environment)["results"]
        return [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]

    assert uris() == ["app/x.py", "app/x.py", "app/y%2C%20z.py"]
    (tmp_path / "back end").mkdir()
    assert uris(tmp_path / "back end", GITHUB_WORKSPACE=str(tmp_path))[0] == "back%20end/app/x.py"
    assert set(run(report)["originalUriBaseIds"]) == {"%SRCROOT%"}
    odd = replace(report.files[1].violations[0], path="a\udcff.py")
    assert "a%FF.py" in json.dumps(run(Report((FileReport(odd.path, (odd,)),), 1)))


def test_what_could_not_be_done_is_a_notification(report: Report, run: Run) -> None:
    (invocation,) = run(report)["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["level"] == "error"
    assert notification["message"] == {"text": "not fixed: read-only"}
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "app/z.py"


def test_so_is_a_crash(run: Run) -> None:
    crash = RULE_CRASHED.violation("app/x.py", "it crashed")
    (invocation,) = run(Report((FileReport("app/x.py", (crash,)),), 1))["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [note["message"]["text"] for note in invocation["toolExecutionNotifications"]] == ["it crashed"]


def test_what_is_set_aside_says_so(set_aside: Report, run: Run) -> None:
    results = {result["ruleId"]: result for result in run(set_aside)["results"]}
    assert {code: result["baselineState"] for code, result in results.items()} == {
        "WS101": "unchanged",
        "WS102": "absent",
        "WS201": "new",
        "WS301": "new",
    }
    assert results["WS102"]["partialFingerprints"] == {"ssotLint/v1": "0123"}
    assert {code: result["suppressions"] for code, result in results.items()} == {
        "WS101": [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "it moves in May; until 2027-05-31; owner @chat",
            }
        ],
        "WS102": [],
        "WS201": [],
        "WS301": [{"kind": "inSource", "status": "accepted", "justification": "the demo has one user"}],
    }


def test_what_a_revision_had_is_old_and_not_silenced(set_aside: Report, run: Run) -> None:
    file = set_aside.files[0]
    old = replace(file.accepted[0], set_aside=SetAside("revision"))
    (result,) = run(Report((FileReport("app/x.py", accepted=(old,)),), 1, compared=True))["results"]
    assert result["baselineState"] == "unchanged"
    assert "suppressions" not in result


def test_without_a_comparison_nothing_is_said_of_states(report: Report, run: Run) -> None:
    assert all("baselineState" not in r and "suppressions" not in r for r in run(report)["results"])


def test_of_nothing(clean: Report, run: Run) -> None:
    found = run(clean)
    assert found["results"] == []
    assert found["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
