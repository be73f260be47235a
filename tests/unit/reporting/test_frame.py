"""The code frame: carets exactly under the range, whatever the characters."""

from __future__ import annotations

import re
import unicodedata

import pytest

from ssot_lint.model import Position, Range
from ssot_lint.reporting.frame import frame
from ssot_lint.reporting.paint import Paint
from ssot_lint.source.text import Text


def place(start_row: int, start_column: int, end_row: int, end_column: int) -> Range:
    return Range(Position(start_row, start_column), Position(end_row, end_column))


def show(string: str, where: Range) -> list[str]:
    return list(frame(Text(string), where, Paint(False)))


def find(string: str, what: str) -> Range:
    offset = string.index(what)
    return Text(string).range(offset, offset + len(what))


def columns(string: str) -> int:
    """How many columns of a terminal ``string`` takes, counted in another way than the frame does."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in string
    )


def test_two_lines_of_context_without_blank_ones_at_the_edges() -> None:
    assert show("one\ntwo\nthree\n\nfive\n\nseven\n", place(5, 1, 5, 5)) == [
        "  |",
        "3 | three",
        "4 |",
        "5 | five",
        "  | ^^^^",
        "6 |",
        "7 | seven",
        "  |",
    ]
    assert show("\n\nthree\n\n\n", place(3, 2, 3, 3)) == ["  |", "3 | three", "  |  ^", "  |"]


@pytest.mark.parametrize(
    "line",
    [
        "call(WHAT)",
        "\tcall(WHAT)",
        "\tx\t= WHAT",
        "ab\tcd = WHAT",
        "名前 = 'ｆｕｌｌ' + WHAT",
        "n\u0303o\u0308 = 'e\u0301' + WHAT",
        "'🎉' + WHAT  # 🎉",
        "x = '\x1b[31m' + WHAT",
    ],
)
@pytest.mark.parametrize("what", ["Manager", "管理者", "e\u0301te\u0301", "tab\tbed"])
def test_carets_stand_under_the_range(line: str, what: str) -> None:
    source = line.replace("WHAT", what)
    _, shown, carets, _ = show(source, find(source, what))
    visible_what = what if "\t" not in what else "tab" + shown.partition("tab")[2].partition("bed")[0] + "bed"
    before, found, _ = shown.partition(visible_what)
    assert found
    assert carets == "  | " + " " * (columns(before) - 4) + "^" * columns(visible_what)


def test_a_tab_goes_to_the_next_stop() -> None:
    assert show("\tx = 1", place(1, 2, 1, 3)) == ["  |", "1 |     x = 1", "  |     ^", "  |"]
    assert show("ab\tx = 1", place(1, 3, 1, 4)) == ["  |", "1 | ab  x = 1", "  |   ^^", "  |"]


def test_nothing_in_a_line_reaches_the_terminal_as_a_command() -> None:
    lines = show("x = '\x1b]0;title\x07' # \u202edetrevni\x85\x0c", place(1, 1, 1, 2))
    assert lines[1] == "1 | x = '␛]0;title␇' # \ufffddetrevni\ufffd␌"


def test_each_line_of_a_range_is_underlined_without_its_indentation() -> None:
    assert show("x = call(\n    a,\n)\ny\n", place(1, 5, 3, 2)) == [
        "  |",
        "1 | x = call(",
        "  |     ^^^^^",
        "2 |     a,",
        "  |     ^^",
        "3 | )",
        "  | ^",
        "4 | y",
        "  |",
    ]


def test_a_range_that_ends_at_the_start_of_a_line_does_not_have_that_line() -> None:
    assert show("one\ntwo\nthree\n", place(1, 1, 2, 1)) == [
        "  |",
        "1 | one",
        "  | ^^^",
        "2 | two",
        "3 | three",
        "  |",
    ]


def test_of_a_long_range_the_first_lines_are_shown() -> None:
    lines = show("".join(f"line {row}\n" for row in range(1, 30)), place(10, 1, 20, 3))
    assert [line for line in lines if "line" in line] == [f"{row:>2} | line {row}" for row in range(8, 15)]
    assert lines[-2:] == ["...", "   |"]


def test_of_a_long_line_the_part_around_the_range_is_shown() -> None:
    line = "a" * 3000 + "WHAT" + "b" * 3000
    lines = show(line, find(line, "WHAT"))
    assert lines[1] == "1 | …" + "a" * 20 + "WHAT" + "b" * 96 + "…"
    assert lines[2] == "  |  " + " " * 20 + "^^^^"
    assert show("c" * 500, place(1, 1, 1, 400))[1:3] == ["1 | " + "c" * 120 + "…", "  | " + "^" * 120]


def test_an_empty_range_has_one_caret() -> None:
    assert show("one\ntwo\n", place(2, 4, 2, 4)) == ["  |", "1 | one", "2 | two", "  |    ^", "  |"]


def test_only_pythons_newlines_end_a_line() -> None:
    assert show("a\x0cb\u2028c\r\nd\re\n", place(3, 1, 3, 2)) == [
        "  |",
        "1 | a␌b\ufffdc",
        "2 | d",
        "3 | e",
        "  | ^",
        "  |",
    ]


def test_a_text_that_does_not_reach_so_far_has_no_frame() -> None:
    assert show("one\n", place(3, 1, 3, 2)) == []
    assert show("", place(1, 1, 1, 1)) == []


def test_colour_does_not_move_anything() -> None:
    source = "x = call(\n\targument)\n"
    where = place(1, 5, 2, 10)
    coloured = list(frame(Text(source), where, Paint(True)))
    assert "\x1b[1;31m    ^^^^^\x1b[0m" in coloured[2]
    assert [re.sub("\x1b\\[[0-9;]*m", "", line) for line in coloured] == show(source, where)
