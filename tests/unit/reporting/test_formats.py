"""The output formats: what each says about the same report."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest

from ssot_lint.fingerprint import fingerprint
from ssot_lint.formats import FORMATS
from ssot_lint.model import (
    Applicability,
    Edit,
    Failure,
    FileReport,
    Fix,
    Position,
    Range,
    Refusal,
    Report,
    SetAside,
    Severity,
    Violation,
)
from ssot_lint.reporting import ReportContext, remaining, render, render_statistics

SOURCE = "from app.old import Thing\nthing = Thing(*args)\n"
IMPORT = Range(Position(1, 21), Position(1, 26))
CALL = Range(Position(2, 9), Position(2, 21))
EDIT = Edit(Range(Position(1, 6), Position(1, 13)), "app.new")

SAFE = Violation(
    code="WS101",
    kind="legacy-import",
    pack="app",
    severity=Severity.ERROR,
    message="app.old.Thing moved to app.new.Thing",
    path="app/x.py",
    range=IMPORT,
    symbol="app.old.Thing",
    origin="app.new.Thing",
    fix=Fix(Applicability.SAFE, "import it from app.new", (EDIT,)),
    url="https://example.org/WS101",
    compliance=("SOC2",),
)
UNSAFE = replace(SAFE, code="WS102", fix=Fix(Applicability.UNSAFE, "import it from app.new", (EDIT,)), url=None)
REFUSED = Violation(
    code="WS201",
    kind="direct-instantiation",
    pack="app",
    severity=Severity.WARNING,
    message="Thing is built directly",
    path="app/x.py",
    range=CALL,
    refusal=Refusal("star-arguments", "the call passes *args"),
)


def report(*violations: Violation, fixed: tuple[Violation, ...] = (), failures: tuple[Failure, ...] = ()) -> Report:
    return Report((FileReport("app/x.py", violations, fixed=fixed, failures=failures),), checked=3)


def context(**options: Any) -> ReportContext:
    return ReportContext(Path("/nowhere"), sources={"app/x.py": SOURCE.encode()}, **options)


def lines(output_format: str, what: Report, **options: bool) -> list[str]:
    return list(render(output_format, what, context(**options)))


def test_text_shows_the_code_and_what_can_be_done() -> None:
    assert (
        "\n".join(lines("text", report(SAFE, REFUSED)))
        == """\
app/x.py:1:21: WS101 [*] app.old.Thing moved to app.new.Thing [SOC2]
  |
1 | from app.old import Thing
  |                     ^^^^^
2 | thing = Thing(*args)
  |
  = fix (safe): import it from app.new

app/x.py:2:9: WS201 Thing is built directly
  |
1 | from app.old import Thing
2 | thing = Thing(*args)
  |         ^^^^^^^^^^^^
  |
  = refused (star-arguments): the call passes *args

Found 2 violations.
[*] 1 fixable with `ssot-lint fix`."""
    )


def test_concise_is_a_line_a_violation() -> None:
    assert lines("concise", report(SAFE, UNSAFE, REFUSED)) == [
        "app/x.py:1:21: WS101 [*] app.old.Thing moved to app.new.Thing [SOC2]",
        "app/x.py:1:21: WS102 [unsafe] app.old.Thing moved to app.new.Thing [SOC2]",
        "app/x.py:2:9: WS201 Thing is built directly (refused: star-arguments)",
        "Found 3 violations.",
        "[*] 1 fixable with `ssot-lint fix` (1 more with `--unsafe-fixes`).",
    ]


def test_json_has_the_keys_of_ruff_and_ours() -> None:
    assert json.loads("\n".join(lines("json", report(SAFE, REFUSED)))) == [
        {
            "cell": None,
            "code": "WS101",
            "name": "legacy-import",
            "kind": "legacy-import",
            "pack": "app",
            "severity": "error",
            "message": "app.old.Thing moved to app.new.Thing",
            "filename": "app/x.py",
            "location": {"row": 1, "column": 21},
            "end_location": {"row": 1, "column": 26},
            "noqa_row": 1,
            "symbol": "app.old.Thing",
            "origin": "app.new.Thing",
            "fix": {
                "applicability": "safe",
                "message": "import it from app.new",
                "edits": [
                    {
                        "content": "app.new",
                        "location": {"row": 1, "column": 6},
                        "end_location": {"row": 1, "column": 13},
                    }
                ],
                "elsewhere": [],
            },
            "refusal": None,
            "url": "https://example.org/WS101",
            "compliance": ["SOC2"],
            "fingerprint": fingerprint(SAFE),
        },
        {
            "cell": None,
            "code": "WS201",
            "name": "direct-instantiation",
            "kind": "direct-instantiation",
            "pack": "app",
            "severity": "warning",
            "message": "Thing is built directly",
            "filename": "app/x.py",
            "location": {"row": 2, "column": 9},
            "end_location": {"row": 2, "column": 21},
            "noqa_row": 2,
            "symbol": None,
            "origin": None,
            "fix": None,
            "refusal": "star-arguments",
            "url": None,
            "compliance": [],
            "fingerprint": fingerprint(REFUSED),
        },
    ]


def test_json_of_nothing_is_an_empty_array() -> None:
    assert lines("json", report()) == ["[]"]


def test_json_holds_any_path() -> None:
    odd = replace(SAFE, path="späte\udce9.py")
    text = "\n".join(lines("json", report(odd)))
    assert text.isascii()
    assert json.loads(text)[0]["filename"] == odd.path


@pytest.mark.parametrize("output_format", FORMATS)
def test_violations_are_in_the_order_of_the_text(output_format: str) -> None:
    assert lines(output_format, report(REFUSED, UNSAFE, SAFE)) == lines(output_format, report(SAFE, UNSAFE, REFUSED))
    assert [violation.code for violation in remaining(report(REFUSED, UNSAFE, SAFE))] == ["WS101", "WS102", "WS201"]


def test_a_file_that_is_gone_has_no_frame() -> None:
    text = list(render("text", report(REFUSED), ReportContext(Path("/nowhere"))))
    assert text[:3] == [
        "app/x.py:2:9: WS201 Thing is built directly",
        "  = refused (star-arguments): the call passes *args",
        "",
    ]


def test_the_text_is_read_from_the_file_as_python_would(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "x.py").write_bytes("# coding: latin-1\né = Thing(*args)\n".encode("latin-1"))
    where = Range(Position(2, 5), Position(2, 17))
    text = list(render("text", report(replace(REFUSED, range=where)), ReportContext(tmp_path)))
    assert text[3:5] == ["2 | é = Thing(*args)", "  |     ^^^^^^^^^^^^"]


def test_the_text_of_a_file_that_python_cannot_read_is_shown_as_far_as_possible() -> None:
    sources = {"app/x.py": b"first = 1\n\xff = Thing(*args)\n"}
    where = Range(Position(2, 5), Position(2, 17))
    text = list(render("text", report(replace(REFUSED, range=where)), ReportContext(Path("/nowhere"), sources=sources)))
    assert text[3:5] == ["2 | \ufffd = Thing(*args)", "  |     ^^^^^^^^^^^^"]


def test_names_cannot_act_on_a_terminal() -> None:
    odd = replace(REFUSED, path="a\nb\x1b[31m.py", message="x\x1b[2J")
    assert lines("concise", report(odd))[0] == "a␊b␛[31m.py:2:9: WS201 x␛[2J (refused: star-arguments)"


@pytest.mark.parametrize("output_format", ["text", "concise"])
def test_colour_changes_nothing_but_the_colour(output_format: str) -> None:
    coloured = lines(output_format, report(SAFE, UNSAFE, REFUSED), color=True)
    assert any("\x1b[" in line for line in coloured)
    plain = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in coloured]
    assert plain == lines(output_format, report(SAFE, UNSAFE, REFUSED))


@pytest.mark.parametrize(
    ("what", "options", "expected"),
    [
        (report(), {}, ["All checks passed!"]),
        (report(), {"quiet": True}, []),
        (report(failures=(Failure("app/x.py", "read-only"),)), {}, []),
        (report(REFUSED), {}, ["Found 1 violation."]),
        (report(REFUSED), {"quiet": True}, []),
        (report(fixed=(SAFE,)), {}, ["Found 1 violation (1 fixed, 0 remaining)."]),
        (report(REFUSED, fixed=(SAFE, SAFE)), {}, ["Found 3 violations (2 fixed, 1 remaining)."]),
        (
            report(UNSAFE, UNSAFE),
            {},
            ["Found 2 violations.", "2 unsafe fixes available with `--unsafe-fixes`."],
        ),
        (
            report(SAFE, UNSAFE),
            {"unsafe": True},
            ["Found 2 violations.", "[*] 2 fixable with `ssot-lint fix --unsafe-fixes`."],
        ),
        (
            report(UNSAFE, fixed=(SAFE,)),
            {"diff": True},
            ["Would fix 1 of 2 violations.", "1 unsafe fix available with `--unsafe-fixes`."],
        ),
    ],
)
def test_the_summary(what: Report, options: dict[str, bool], expected: list[str]) -> None:
    found = [line for line in lines("concise", what, **options) if not line.startswith("app/x.py:")]
    assert found == expected


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (("baseline",), ["All checks passed!", "1 more violation is accepted by the baseline."]),
        (("revision", "revision"), ["All checks passed!", "2 more violations were there before."]),
        (
            ("revision", "baseline"),
            [
                "All checks passed!",
                "1 more violation is accepted by the baseline.",
                "1 more violation was there before.",
            ],
        ),
    ],
)
def test_the_summary_counts_what_is_set_aside(
    by: tuple[Literal["baseline", "revision"], ...], expected: list[str]
) -> None:
    accepted = tuple(replace(SAFE, set_aside=SetAside(one)) for one in by)
    assert lines("concise", Report((FileReport("app/x.py", accepted=accepted),), 1)) == expected


def test_statistics_count_each_rule() -> None:
    what = report(SAFE, SAFE, UNSAFE, REFUSED, replace(REFUSED, code="WS101"))
    assert list(render_statistics("text", what, context())) == [
        "3\tWS101\t[-] legacy-import (1 star-arguments)",
        "1\tWS102\t[ ] legacy-import (1 unsafe)",
        "1\tWS201\t[ ] direct-instantiation (1 star-arguments)",
        "4\tcompliance:SOC2",
        "Found 5 violations.",
        "[*] 2 fixable with `ssot-lint fix` (1 more with `--unsafe-fixes`).",
    ]


def test_statistics_count_unsafe_fixes_when_they_are_asked_for() -> None:
    assert next(render_statistics("concise", report(UNSAFE), context(unsafe=True))) == "1\tWS102\t[*] legacy-import"


def test_statistics_are_aligned() -> None:
    what = report(*[SAFE] * 12, replace(REFUSED, code="SL1"))
    table = list(render_statistics("text", what, context(quiet=True)))
    assert table == [
        "12\tWS101\t[*] legacy-import",
        " 1\tSL1  \t[ ] direct-instantiation (1 star-arguments)",
        "12\tcompliance:SOC2",
    ]


def test_statistics_by_tag() -> None:
    what = report(*[SAFE] * 12, replace(REFUSED, code="WS9", compliance=("HIPAA", "SOC2")))
    table = list(render_statistics("text", what, context(quiet=True)))
    assert table[2:] == ["13\tcompliance:SOC2", " 1\tcompliance:HIPAA"]


def test_statistics_as_json() -> None:
    text = "\n".join(render_statistics("json", report(SAFE, REFUSED, REFUSED), context()))
    assert json.loads(text) == [
        {
            "code": "WS201",
            "name": "direct-instantiation",
            "count": 2,
            "fixable": False,
            "fixable_count": 0,
            "unsafe_count": 0,
            "refusals": {"star-arguments": 2},
            "compliance": [],
        },
        {
            "code": "WS101",
            "name": "legacy-import",
            "count": 1,
            "fixable": True,
            "fixable_count": 1,
            "unsafe_count": 0,
            "refusals": {},
            "compliance": ["SOC2"],
        },
    ]
