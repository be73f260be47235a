"""The table of the tool's own rules."""

from __future__ import annotations

import re

import pytest

from ssot_lint.model import FILE_START, Position, Range, Severity
from ssot_lint.own_rules import MISSING_REASON, NOT_PYTHON, OWN_RULES


def test_codes_run_without_gaps_and_are_the_keys() -> None:
    assert list(OWN_RULES) == [f"SL{number:03}" for number in range(1, len(OWN_RULES) + 1)]
    assert all(code == rule.code for code, rule in OWN_RULES.items())


def test_names_are_kebab_case_and_unique() -> None:
    names = [rule.name for rule in OWN_RULES.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)


@pytest.mark.parametrize(
    ("selector", "selected"),
    [
        *((selector, True) for selector in ("SL001", "SL00", "SL", "S", "ALL", "ssot-lint", "not-python")),
        *((selector, False) for selector in ("SL002", "SL0010", "all", "not", "ssot", "sl001", "python")),
    ],
)
def test_what_selects_a_rule(selector: str, selected: bool) -> None:
    assert NOT_PYTHON.selected_by(selector) is selected


def test_a_violation_carries_the_rule_and_its_place() -> None:
    place = Range(Position(3, 1), Position(3, 9))
    violation = MISSING_REASON.violation("a/b.py", "why?", place)
    assert (violation.code, violation.kind, violation.pack) == ("SL007", "missing-reason", "ssot-lint")
    assert (violation.severity, violation.path, violation.message) == (Severity.ERROR, "a/b.py", "why?")
    assert violation.range == place


def test_a_violation_of_the_whole_file_stands_at_its_start() -> None:
    assert NOT_PYTHON.violation("a.py", "no").range == FILE_START
