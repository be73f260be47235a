"""The file of the baseline: what is in a line, what is wrong in one, and what merges leave."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ssot_lint.baseline.entries import Entry, as_text, is_date, parse, read_entries, renewed
from ssot_lint.fingerprint import fingerprint
from ssot_lint.model import FILE_START, Anchor, SetAside, Severity, Violation
from ssot_lint.toml import ConfigurationErrors

PATH = Path("base.json")
ONE = Entry("app/x.py", "app.x", "WS101", "0123", symbol="app.old.X", statement="from app.old import X", row=2)
TWO = Entry(
    "app/y.py",
    "app.y",
    "WS201",
    "4567",
    symbol="ä",
    definition="f",
    statement='X("\\")',
    number=2,
    owner="@chat",
    until="2027-01-31",
    reason="because",
    row=3,
)
SCRIPT = Entry("bin/run-it.py", "bin/run-it.py", "SL001", "89ab", row=4)
VIOLATION = Violation(
    code="WS101",
    kind="legacy-import",
    pack="p",
    severity=Severity.ERROR,
    message="moved",
    path="app/x.py",
    range=FILE_START,
    symbol="app.old.X",
    anchor=Anchor("app.x", "C.f", "c0de", "from app.old import X", 3),
)


def complaints(text: str) -> list[tuple[int, str]]:
    with pytest.raises(ConfigurationErrors) as caught:
        parse(text, PATH)
    assert {error.path for error in caught.value.errors} == {"base.json"}
    return [(error.row, error.message) for error in caught.value.errors]


def entry_text(**changes: object) -> str:
    values = {"path": "app/x.py", "rule": "WS101", "fingerprint": "0123", **changes}
    return "[\n" + json.dumps({key: value for key, value in values.items() if value is not None}) + "\n]\n"


def test_what_is_written_is_read_again() -> None:
    assert parse(as_text([ONE, TWO, SCRIPT]), PATH) == (ONE, TWO, SCRIPT)
    assert parse(as_text([]), PATH) == ()


def test_an_entry_is_a_line_and_ends_in_a_comma() -> None:
    lines = as_text([TWO, SCRIPT, ONE]).split("\n")
    assert lines[0] == "["
    assert lines[4:] == ['{"version": 1}', "]", ""]
    assert all(line.endswith(",") for line in lines[1:4])
    assert lines[1] == (
        '{"path": "app/x.py", "module": "app.x", "rule": "WS101", "symbol": "app.old.X", '
        '"statement": "from app.old import X", "fingerprint": "0123"},'
    )
    assert '"symbol": "ä"' in lines[2]
    assert lines[2].endswith('"owner": "@chat", "until": "2027-01-31", "reason": "because", "fingerprint": "4567"},')
    assert lines[3] == '{"path": "bin/run-it.py", "rule": "SL001", "fingerprint": "89ab"},'


def test_the_order_does_not_depend_on_that_of_the_entries() -> None:
    others = [replace(ONE, number=2, fingerprint="a"), replace(ONE, definition="g", fingerprint="b")]
    assert as_text([ONE, TWO, *others]) == as_text([*others, TWO, ONE])


def test_a_line_added_changes_no_other() -> None:
    before, after = (as_text(entries).split("\n") for entries in ([ONE, SCRIPT], [ONE, TWO, SCRIPT]))
    assert [line for line in after if line not in before] == [line for line in after if "4567" in line]
    assert [line for line in before if line not in after] == []


def test_a_union_of_two_branches_is_read(tmp_path: Path) -> None:
    lines = as_text([ONE, TWO]).split("\n")
    union = "\n".join([*lines[:3], lines[1], *as_text([SCRIPT]).split("\n")[1:]])
    assert {entry.fingerprint for entry in parse(union, PATH)} == {"0123", "4567", "89ab"}


def test_of_entries_that_are_the_same_the_first_counts() -> None:
    twice = as_text([ONE])[:-1].replace('{"version": 1}\n]', as_text([replace(ONE, reason="why")])[2:])
    assert parse(twice, PATH) == (ONE,)


def test_other_layouts_are_read_and_have_rows() -> None:
    pretty = json.dumps(json.loads(as_text([ONE, TWO])), indent=2)
    first, second = parse(pretty, PATH)
    assert (first, second) == (replace(ONE, row=first.row), replace(TWO, row=second.row))
    assert "0123" in pretty.split("\n")[first.row - 1]
    assert "4567" in pretty.split("\n")[second.row - 1]


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert read_entries(tmp_path / "none.json") == ()
    (tmp_path / "empty.json").touch()
    assert read_entries(tmp_path / "empty.json") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[\n{,\n]", [(2, "is not JSON: Expecting property name enclosed in double quotes")]),
        ('{"version": 1}', [(1, "is not a list of objects")]),
        ("[1]", [(1, "is not a list of objects")]),
        ('[{"version": 2}]', [(0, "has the version 2; this ssot-lint knows version 1")]),
        (entry_text(path=None), [(2, "an entry has no 'path'")]),
        (entry_text(rule=""), [(2, "an entry has no 'rule'")]),
        (entry_text(fingerprint=None), [(0, "an entry has no 'fingerprint'")]),
        (entry_text(fingerprint=1), [(0, "an entry has no 'fingerprint'"), (0, "'fingerprint' is not a string")]),
        (entry_text(untill="2027-01-01"), [(2, "an entry has the unknown key 'untill'; did you mean 'until'?")]),
        (entry_text(until="2027-02-30"), [(2, "'until' is '2027-02-30'; write YYYY-MM-DD")]),
        (entry_text(until="20270228"), [(2, "'until' is '20270228'; write YYYY-MM-DD")]),
        (entry_text(until=2027), [(2, "'until' is not a string")]),
        (entry_text(number="2"), [(2, "'number' is not a number")]),
        (entry_text(number=True), [(2, "'number' is not a number")]),
        (entry_text(reason=["x"]), [(2, "'reason' is not a string")]),
    ],
)
def test_what_is_wrong_is_said_with_its_row(text: str, expected: list[tuple[int, str]]) -> None:
    assert complaints(text) == expected


def test_all_that_is_wrong_is_said_at_once() -> None:
    text = entry_text(path="")[:-2] + "," + entry_text(fingerprint="9", owner=3)[1:]
    assert [message for _, message in complaints(text)] == ["an entry has no 'path'", "'owner' is not a string"]


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> branch"])
def test_a_conflict_is_named_as_such(mark: str) -> None:
    lines = as_text([ONE]).split("\n")
    ((row, message),) = complaints("\n".join([*lines[:2], mark, *lines[2:]]))
    assert row == 3
    assert "keep the lines of both sides" in message


def test_what_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "base.json").write_bytes(b"\xff")
    with pytest.raises(ConfigurationErrors, match="is not UTF-8"):
        read_entries(tmp_path / "base.json")


def test_an_entry_holds_what_a_violation_is_known_by() -> None:
    entry = Entry.of(VIOLATION, owner="@a", until="2027-01-01", reason="r")
    assert entry == Entry(
        "app/x.py",
        "app.x",
        "WS101",
        fingerprint(VIOLATION),
        "app.old.X",
        "C.f",
        "from app.old import X",
        3,
        "@a",
        "2027-01-01",
        "r",
    )
    bare = replace(VIOLATION, anchor=None, symbol=None)
    assert Entry.of(bare) == Entry("app/x.py", "app/x.py", "WS101", fingerprint(bare))


def test_why_it_does_not_count() -> None:
    assert TWO.aside == SetAside("baseline", "because", "@chat", "2027-01-31", 3)


def test_the_last_day_counts() -> None:
    assert not TWO.expired("2027-01-31")
    assert TWO.expired("2027-02-01")
    assert not ONE.expired("9999-12-31")


def test_renewed_it_keeps_its_terms() -> None:
    assert renewed(TWO, VIOLATION) == replace(
        Entry.of(VIOLATION), owner="@chat", until="2027-01-31", reason="because", row=3
    )


@pytest.mark.parametrize(
    ("text", "valid"), [("2027-01-31", True), ("2027-02-29", False), ("2027-1-1", False), ("", False)]
)
def test_dates(text: str, valid: bool) -> None:
    assert is_date(text) is valid
