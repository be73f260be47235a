"""Replacements: their order, and what they become."""

from __future__ import annotations

import pytest

from ssot_lint.model import Edit, Position, Range
from ssot_lint.source.replacements import Replacement, in_order, to_edits
from ssot_lint.source.text import Text


def test_replacements_are_put_in_order() -> None:
    assert in_order([Replacement(5, 6, "b"), Replacement(0, 2, "a")]) == (
        Replacement(0, 2, "a"),
        Replacement(5, 6, "b"),
    )


def test_those_that_touch_become_one() -> None:
    touching = [
        Replacement(3, 5, ""),
        Replacement(3, 3, "first "),
        Replacement(3, 3, "second "),
        Replacement(5, 5, "third"),
    ]
    assert in_order(touching) == (Replacement(3, 5, "first second third"),)


def test_what_changes_nothing_is_left_out() -> None:
    assert in_order([Replacement(3, 3, "")]) == ()


@pytest.mark.parametrize("other", [Replacement(1, 3, ""), Replacement(2, 2, "x"), Replacement(0, 4, "")])
def test_an_overlap_is_an_error(other: Replacement) -> None:
    with pytest.raises(ValueError, match="overlap"):
        in_order([Replacement(1, 3, "a"), other])


def test_edits_count_rows_and_columns_from_one() -> None:
    edits = to_edits(Text("é = 1\r\nx = 2\n"), [Replacement(11, 12, "3"), Replacement(4, 5, "2")])
    assert edits == (
        Edit(Range(Position(1, 5), Position(1, 6)), "2"),
        Edit(Range(Position(2, 5), Position(2, 6)), "3"),
    )
