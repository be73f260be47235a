"""Formats that are XML: well formed whatever is in a message, and with nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from ssot_lint.model import FileReport, Report
from ssot_lint.reporting.markup import attributes, content

Lines = Callable[..., list[str]]
SAID = "Thing: 100% built,\r\nhere; \ufffd[2J<b>`a`|b</b> \ufffd @d #1 ]"


def parse(lines: list[str]) -> ElementTree.Element:
    text = "\n".join(lines)
    return ElementTree.fromstring(text.encode())


def test_junit(report: Report, lines: Lines) -> None:
    root = parse(lines("junit", report))
    assert (root.tag, root.attrib) == (
        "testsuites",
        {"name": "ssot-lint", "tests": "4", "failures": "3", "errors": "1"},
    )
    first, second, third = root
    assert first.attrib == {
        "name": "app/x.py",
        "tests": "2",
        "failures": "2",
        "errors": "0",
        "package": "org.ssot-lint",
    }
    case = first[0]
    assert case.attrib == {"name": "org.ssot-lint.WS101", "classname": "app/x", "line": "1", "column": "21"}
    assert [p.attrib for p in case.iter("property")] == [
        {"name": "severity", "value": "error"},
        {"name": "compliance", "value": "SOC2"},
    ]
    failure = case.find("failure")
    assert failure is not None
    assert failure.attrib == {"message": "app.old.Thing moved to app.new.Thing"}
    assert failure.text == "line 1, col 21, app.old.Thing moved to app.new.Thing"
    failure = second.find("testcase/failure")
    assert failure is not None
    assert failure.attrib == {"message": SAID}
    assert failure.text == f"line 2, col 9, {SAID}"
    assert [(e.tag, e.attrib) for e in third[0]] == [("error", {"message": "not fixed: read-only"})]
    assert third.attrib["errors"] == "1"


def test_junit_of_nothing_is_a_test_that_passed(clean: Report, lines: Lines) -> None:
    root = parse(lines("junit", clean))
    assert root.attrib == {"name": "ssot-lint", "tests": "1", "failures": "0", "errors": "0"}
    assert [case.attrib["name"] for case in root.iter("testcase")] == ["No errors found"]
    assert not list(root.iter("failure"))


def test_checkstyle(report: Report, lines: Lines) -> None:
    root = parse(lines("checkstyle", report))
    assert (root.tag, root.attrib) == ("checkstyle", {"version": "8.0"})
    assert [file.attrib for file in root] == [{"name": "app/x.py"}, {"name": "app/y, z.py"}, {"name": "app/z.py"}]
    assert [error.attrib for error in root[0]] == [
        {
            "line": "1",
            "column": "21",
            "severity": "error",
            "message": "app.old.Thing moved to app.new.Thing [SOC2]",
            "source": "ssot-lint.WS101",
        },
        {"line": "1", "column": "21", "severity": "info", "message": "it is one", "source": "ssot-lint.WS301"},
    ]
    assert root[1][0].attrib["message"] == SAID
    assert root[2][0].attrib == {
        "line": "1",
        "severity": "error",
        "message": "not fixed: read-only",
        "source": "ssot-lint.failure",
    }


def test_checkstyle_of_nothing_has_no_files(clean: Report, lines: Lines) -> None:
    assert list(parse(lines("checkstyle", clean))) == []


@pytest.mark.parametrize("output_format", ["junit", "checkstyle"])
def test_files_with_nothing_to_say_are_left_out(output_format: str, report: Report, lines: Lines) -> None:
    more = replace(report, files=(*report.files, FileReport("quiet.py", fixed=report.files[0].violations)))
    assert lines(output_format, more) == lines(output_format, report)


@pytest.mark.parametrize("character", [*map(chr, range(0x20)), *"<>&'\"", "\x7f", "\ud800", "\ufffe", "\uffff", "😀"])
def test_every_character_leaves_it_well_formed(character: str) -> None:
    allowed = character in "<>&'\"\t\n\r\x7f😀"
    shown = character if allowed else "\ufffd"
    root = ElementTree.fromstring(f"<x{attributes(a=f'1{character}2')}>1{content(character)}2</x>".encode())
    assert root.attrib == {"a": f"1{shown}2"}
    assert root.text == f"1{shown}2"
