from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.fixing.apply import ImpossibleFix, apply, choose, plan
from ssot_lint.model import FILE_START, Applicability, Edit, Fix, Position, Range, Severity, Violation
from ssot_lint.source.text import Text

TEXT = Text("0123456789")


def fix(*changes: tuple[int, int, str], safe: bool = True, text: Text = TEXT) -> Fix:
    edits = tuple(Edit(text.range(start, end), content) for start, end, content in changes)
    return Fix(Applicability.SAFE if safe else Applicability.UNSAFE, "", edits)


def violation(repair: Fix | None) -> Violation:
    return Violation("T1", "test", "test", Severity.ERROR, "bad", "a.py", FILE_START, fix=repair)


@pytest.mark.parametrize(
    ("fixes", "expected"),
    [
        ([], "0123456789"),
        ([fix((2, 4, "ab"))], "01ab456789"),
        ([fix((8, 10, "")), fix((0, 1, "zero"))], "zero1234567"),
        # All edits of a fix or none: the second overlaps the first with its last edit.
        ([fix((2, 4, "ab")), fix((3, 5, "x"), (7, 8, "y"))], "01ab456789"),
        ([fix((2, 4, "ab")), fix((3, 3, "x"))], "01ab456789"),
        ([fix((3, 3, "x")), fix((2, 4, "ab"))], "01ab456789"),
        ([fix((2, 4, "ab")), fix((2, 4, "cd"))], "01ab456789"),
        # One that covers what an earlier one inserts.
        ([fix((1, 1, "x"), (3, 3, "y")), fix((2, 5, "z"))], "0x12y3456789"),
        # Neighbours do not overlap, whatever order.
        ([fix((2, 4, "ab")), fix((4, 6, "cd"))], "01abcd6789"),
        ([fix((2, 4, "ab")), fix((4, 4, "x"))], "01abx456789"),
        ([fix((2, 4, "ab")), fix((2, 2, "x"))], "01xab456789"),
        # The same insertion, and the same replacement, is made once; others of the two are still made.
        ([fix((0, 0, "import a;"), (3, 4, "x")), fix((0, 0, "import a;"), (7, 8, "y"))], "import a;012x456y89"),
        ([fix((0, 2, "A"), (3, 4, "x")), fix((0, 2, "A"), (7, 8, "y"))], "A2x456y89"),
        # Different insertions at one place are all made.
        ([fix((0, 0, "b;"), (7, 8, "y")), fix((0, 0, "a;"), (3, 4, "x"))], "a;b;012x456y89"),
        ([fix((0, 0, "b;"), (0, 0, "a;"))], "b;a;0123456789"),
        ([fix((2, 3, "y"), (5, 5, "a;")), fix((0, 1, "z"), (5, 5, "b;"))], "z1y34b;a;56789"),
        ([fix((10, 10, "end"))], "0123456789end"),
    ],
)
def test_one_pass(fixes: list[Fix], expected: str) -> None:
    for order in permutations(fixes):
        assert apply(TEXT, order) == expected


def test_what_waits_is_not_among_the_fixes_of_the_plan() -> None:
    first, second = fix((2, 4, "ab")), fix((3, 5, "x"))
    assert plan(TEXT, [second, first]).fixes == (first,)


@pytest.mark.parametrize(
    "impossible",
    [
        fix((2, 4, "ab"), (3, 5, "x")),
        fix((2, 4, "ab"), (0, 1, "x")),
        fix((4, 2, "ab")),
        Fix(Applicability.SAFE, "", (Edit(Range(Position(1, 1), Position(3, 1)), ""),)),
        Fix(Applicability.SAFE, "", (Edit(Range(Position(1, 1), Position(1, 12)), ""),)),
        Fix(Applicability.SAFE, "", (Edit(Range(Position(0, 1), Position(1, 1)), ""),)),
        Fix(Applicability.SAFE, "", (Edit(Range(Position(1, 0), Position(1, 1)), ""),)),
    ],
)
def test_impossible_fixes(impossible: Fix) -> None:
    with pytest.raises(ImpossibleFix):
        apply(TEXT, [impossible])


def test_a_column_beyond_its_line_is_impossible() -> None:
    beyond = Fix(Applicability.SAFE, "", (Edit(Range(Position(1, 4), Position(1, 4)), ""),))
    with pytest.raises(ImpossibleFix):
        apply(Text("a\nbcdef\n"), [beyond])


def test_choose() -> None:
    safe, unsafe = fix((1, 2, "a")), fix((3, 4, "b"), safe=False)
    violations = [violation(unsafe), violation(safe), violation(None), violation(safe)]
    assert choose(violations, unsafe=False) == (safe,)
    assert choose(violations, unsafe=True) == (unsafe, safe)


def test_moved() -> None:
    made = plan(TEXT, [fix((2, 4, "abcd")), fix((6, 6, "x")), fix((8, 9, ""))])
    assert made.apply(TEXT.string) == "01abcd45x679"
    assert [made.moved(offset) for offset in range(11)] == [0, 1, 2, None, 6, 7, 9, 10, 11, 11, 12]
    assert [(start, end) for _, start, end in made.results()] == [(2, 6), (8, 9), (11, 11)]


def test_meeting() -> None:
    made = plan(TEXT, [fix((2, 4, "a")), fix((7, 7, "b"))])
    met = {span: "".join(c.content for c in made.meeting(*span)) for span in [(0, 1), (0, 2), (4, 6), (4, 7), (8, 9)]}
    assert met == {(0, 1): "", (0, 2): "a", (4, 6): "a", (4, 7): "ab", (8, 9): ""}


@given(st.text("ab\n", max_size=30), st.data())
def test_what_is_kept_is_kept_in_its_place(string: str, data: st.DataObject) -> None:
    text = Text(string)
    place = st.integers(0, len(string))
    change = st.tuples(place, place, st.text("XY", max_size=3)).map(lambda c: (min(c[:2]), max(c[:2]), c[2]))
    fixes = [fix(c, text=text) for c in data.draw(st.lists(change, max_size=6))]
    made = plan(text, fixes)
    result = made.apply(string)
    assert result.replace("X", "").replace("Y", "") == "".join(made.kept(string))
    for offset in range(len(string)):
        moved = made.moved(offset)
        if moved is not None and not any(c.start <= offset < c.end for c in made.changes):
            assert result[moved] == string[offset]
    for done, start, end in made.results():
        assert result[start:end] == done.content
