"""Suppressions that nobody needs, taken away: they and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from ssot_lint.fixing.apply import plan
from ssot_lint.model import Applicability
from ssot_lint.own_rules import UNUSED_SUPPRESSION
from ssot_lint.source.text import Text
from ssot_lint.suppression import Terms, apply

KNOWN = frozenset({"A1", "A10", "B2"})


def without_unused(text: str, *codes: str) -> str:
    """What is left of ``text`` when the unused ones of ``codes`` are removed, one after the other."""
    terms = Terms(known=KNOWN, active=frozenset(codes), today=date(2026, 6, 15))
    for _ in range(9):
        violations, _ = apply((), "a.py", text, terms)
        fixes = [violation.fix for violation in violations if violation.code == UNUSED_SUPPRESSION.code]
        if not fixes:
            return text
        assert fixes[0] is not None
        assert fixes[0].applicability is Applicability.SAFE
        text = plan(Text(text), [fixes[0]], []).apply(text)
    raise AssertionError("it does not come to an end")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a = 1  # ssot: ignore[A1] why\nb\n", "a = 1\nb\n"),
        ("a = 1  # ssot: ignore[A1]", "a = 1"),
        ("a = 1\t#ssot:ignore[A1]\r\nb\r\n", "a = 1\r\nb\r\n"),
        ("ä = 'ö'  # ssot: ignore[A1]\n", "ä = 'ö'\n"),
        ("    # ssot: ignore[A1] why\n    a = 1\n", "    a = 1\n"),
        ("a = [\n    # ssot: ignore[A1]\n    1,\n]\n", "a = [\n    1,\n]\n"),
        ("# ssot: file-ignore[A1]\r\na = 1\r\n", "a = 1\r\n"),
        ("a = 1\n# ssot: file-ignore[A1]", "a = 1\n"),
        ("a = 1  # ssot: ignore[A1, B2] why\n", "a = 1  # ssot: ignore[B2] why\n"),
        ("a = 1  # ssot: ignore[B2, A1] why\n", "a = 1  # ssot: ignore[B2] why\n"),
        ("a = 1  # ssot: ignore[ B2 A1,A10 ]\n", "a = 1  # ssot: ignore[ B2,A10 ]\n"),
        ("a = 1  # ssot: ignore[A10, A1]\n", "a = 1  # ssot: ignore[A10]\n"),
        ("a = 1  # ssot: ignore[A1, A1] why\n", "a = 1\n"),
        ("a = 1  # noqa: A1\n", "a = 1\n"),
        ("a = 1  # noqa: F401, A1 why B2\n", "a = 1  # noqa: F401 why B2\n"),
        ("a = 1  # noqa: A1 F401\n", "a = 1  # noqa: F401\n"),
        ("a = 1  # type: ignore  # ssot: ignore[A1] why\n", "a = 1  # type: ignore\n"),
        ("a = 1  # ssot: ignore[A1] why  # type: ignore\n", "a = 1  # type: ignore\n"),
        ("a = 1  # ssot: ignore[A1] why # ssot: ignore[B2]\n", "a = 1  # ssot: ignore[B2]\n"),
        ("a = 1  # ssot: ignore[B2] why # noqa: A1 x\n", "a = 1  # ssot: ignore[B2] why\n"),
        ("# ssot: ignore[B2]  # ssot: ignore[A1]\na = 1\n", "# ssot: ignore[B2]\na = 1\n"),
        (
            "  # ssot: disable[A1] x\n  a = 1\n  # ssot: enable[A1]\n  b\n",
            "  a = 1\n  b\n",
        ),
        (
            "# ssot: disable[A1, B2] x\na = 1\n# ssot: enable[B2, A1]\n",
            "# ssot: disable[B2] x\na = 1\n# ssot: enable[B2]\n",
        ),
    ],
)
def test_what_is_left(before: str, after: str) -> None:
    assert without_unused(before, "A1") == after


def test_all_of_several_in_turn() -> None:
    assert without_unused("a = 1  # ssot: ignore[A1, B2, A10] why\n", "A1", "B2", "A10") == "a = 1\n"


def test_those_that_are_used_or_not_judged_stay() -> None:
    text = "a = 1  # ssot: ignore[A1]\n"
    assert without_unused(text, "B2") == text
