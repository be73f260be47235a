from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from ssot_lint.fixing import fix_file
from ssot_lint.model import FileReport, Violation
from ssot_lint.own_rules import NOT_PYTHON
from ssot_lint.source.text import Text


def spots(violations: tuple[Violation, ...]) -> list[tuple[str, int, int]]:
    return [(v.message.split()[0], v.range.start.row, v.range.start.column) for v in violations]


def refusals(report: FileReport) -> list[str | None]:
    return [v.refusal.code if v.refusal else None for v in report.violations]


def test_nothing_to_fix(checker: Any, swap: Any) -> None:
    stand_in = checker(swap("x", "y"))
    done = fix_file(stand_in, "a.py", b"a = 1\n", unsafe=False)
    assert done.raw == b"a = 1\n"
    assert done.report == FileReport("a.py")


def test_fixes_and_says_so_where_it_was(checker: Any, swap: Any) -> None:
    raw = b"a = bad\nlong = [1, bad]\n"
    done = fix_file(checker(swap("bad", "None")), "a.py", raw, unsafe=False)
    assert done.raw == b"a = None\nlong = [1, None]\n"
    assert spots(done.report.fixed) == [("bad", 1, 5), ("bad", 2, 12)]
    assert done.report.violations == ()


def test_a_report_that_is_known_is_not_asked_for_again(checker: Any, swap: Any) -> None:
    known = checker(swap("bad", "None")).check("a.py", b"a = bad\n")
    assert fix_file(checker(), "a.py", b"a = bad\n", unsafe=False, report=known).raw == b"a = None\n"


def test_what_remains_is_where_it_is_now(checker: Any, swap: Any) -> None:
    rules = swap("bad", "None", header="import os\n"), swap("worse", "0", "T2", safe=False)
    done = fix_file(checker(*rules), "a.py", b"a = bad, worse\n", unsafe=False)
    assert done.raw == b"import os\na = None, worse\n"
    assert spots(done.report.violations) == [("worse", 2, 11)]
    assert done.report.violations[0].fix is not None


def test_unsafe_if_asked(checker: Any, swap: Any) -> None:
    rules = swap("bad", "None"), swap("worse", "0", "T2", safe=False)
    done = fix_file(checker(*rules), "a.py", b"a = bad, worse\n", unsafe=True)
    assert done.raw == b"a = None, 0\n"
    assert spots(done.report.fixed) == [("bad", 1, 5), ("worse", 1, 10)]


def test_overlapping_fixes_take_rounds(checker: Any, swap: Any) -> None:
    rules = swap(r"a1", "None"), swap(r"\ba1\b.*", "0", "T2")
    done = fix_file(checker(*rules), "a.py", b"x = a1, 7\n", unsafe=False)
    assert done.raw == b"x = None, 7\n"
    assert spots(done.report.fixed) == [("a1", 1, 5), ("a1,", 1, 5)]


@pytest.mark.parametrize(
    "raw", ["caf\u00e9 = bad\r\n".encode(), b"\xef\xbb\xbfa = bad", b"# coding: latin-1\nx = '\xe9', bad\n"]
)
def test_bytes_stay(checker: Any, swap: Any, raw: bytes) -> None:
    assert fix_file(checker(swap("bad", "None")), "a.py", raw, unsafe=False).raw == raw.replace(b"bad", b"None")


def test_files_that_are_not_python_are_left_alone(checker: Any, swap: Any) -> None:
    def not_python(path: str, text: Text) -> Iterator[Violation]:
        yield NOT_PYTHON.violation(path, "no")

    stand_in = checker(swap("bad", "None"), not_python)
    done = fix_file(stand_in, "a.py", b"def bad(\n", unsafe=False)
    assert done.raw == b"def bad(\n"
    assert refusals(done.report) == ["not-lossless", None]


def test_bytes_that_would_not_come_back_are_left_alone(checker: Any, swap: Any) -> None:
    raw = b"# coding: utf-8-sig\na = bad\n"
    done = fix_file(checker(swap("bad", "None")), "a.py", raw, unsafe=False)
    assert done.raw == raw
    assert refusals(done.report) == ["not-lossless"]


def test_the_guilty_alone_are_refused(checker: Any, swap: Any) -> None:
    names = [f"bad{number}" for number in range(20)]
    raw = "".join(f"x{name} = {name}\n" for name in names).encode()
    guilty = {"bad3", "bad17"}
    rules = [swap(rf"\b{name}\b", "undefined" if name in guilty else "None", f"T{name}") for name in names]
    done = fix_file(checker(*rules), "a.py", raw, unsafe=False)
    assert [v.symbol for v in done.report.violations] == ["bad3", "bad17"]
    assert refusals(done.report) == ["law-7", "law-7"]
    assert all("`undefined`" in v.refusal.reason for v in done.report.violations if v.refusal)
    assert all(v.fix is None for v in done.report.violations)
    assert len(done.report.fixed) == 18
    assert done.raw.decode().count("None") == 18


def test_one_rule_with_good_and_bad_fixes_of_one_message(checker: Any, swap: Any) -> None:
    def rule(path: str, text: Text) -> Iterator[Violation]:
        for found in swap(r"bad", "None")(path, text):
            yield found if found.range.start.row != 2 else next(swap(r"bad(?=.*#)", "nope")(path, text))

    raw = b"a = bad\nb = bad  # this one\nc = bad\n"
    done = fix_file(checker(rule, files={}), "a.py", raw, unsafe=False)
    assert done.raw == b"a = None\nb = bad  # this one\nc = None\n"
    assert spots(done.report.violations) == [("bad", 2, 5)]
    assert spots(done.report.fixed) == [("bad", 1, 5), ("bad", 3, 5)]


def test_of_two_that_are_guilty_together_one_is_made(checker: Any, swap: Any) -> None:
    def both(path: str, text: Text) -> Iterator[Violation]:
        yield from (replace(found, fix=None) for found in swap("None, 0", "", "T3")(path, text))

    rules = swap("bad", "None", "T1"), swap("worse", "0", "T2"), both
    done = fix_file(checker(*rules), "a.py", b"a = bad, worse\n", unsafe=False)
    assert done.raw == b"a = None, worse\n"
    assert refusals(done.report) == ["law-3"]


def test_all_guilty_is_the_file_as_it_was(checker: Any, swap: Any) -> None:
    done = fix_file(checker(swap("bad", "nope")), "a.py", b"a = bad\nb = bad\n", unsafe=False)
    assert done.raw == b"a = bad\nb = bad\n"
    assert refusals(done.report) == ["law-7", "law-7"]
    assert done.report.fixed == ()


@pytest.mark.parametrize(("new", "raw"), [("None", b"a = None\n"), ("nope", b"a = bad\n")])
def test_a_shared_fix_is_made_once_or_refused_for_all(checker: Any, swap: Any, new: str, raw: bytes) -> None:
    def rule(path: str, text: Text) -> Iterator[Violation]:
        for found in swap("bad", new)(path, text):
            yield found
            yield replace(found, code="T2", message="also")

    done = fix_file(checker(rule), "a.py", b"a = bad\n", unsafe=False)
    assert done.raw == raw
    assert refusals(done.report) == (["law-7", "law-7"] if new == "nope" else [])


def test_many_guilty_fixes_do_not_take_forever(checker: Any, swap: Any) -> None:
    raw = "".join(f"x{number} = bad{number}\n" for number in range(100)).encode()
    asked: list[int] = []

    def rule(path: str, text: Text) -> Iterator[Violation]:
        asked.append(1)
        yield from swap(r"bad\d+", "nope")(path, text)

    done = fix_file(checker(rule), "a.py", raw, unsafe=False)
    assert done.raw == raw
    assert set(refusals(done.report)) == {"law-7"}
    assert len(asked) < 200


def test_banned_violations_are_known_again_when_rewritten(checker: Any, swap: Any) -> None:
    """The second fix rewrites the text in which the refused one stands; it must not be made in the second round."""
    rules = swap(r"(?<=import )bad\b", "None.x", "T1"), swap(r"from old( import \w+)", r"from new\1", "T2")
    files = {"new.py": "bad = 1\n", "old.py": "from new import bad\n"}
    done = fix_file(checker(*rules, files=files), "a.py", b"from old import bad\n", unsafe=False)
    assert done.raw == b"from new import bad\n"
    assert refusals(done.report) == ["law-1"]


class TestWanted:
    """Of all fixes those that somebody chose."""

    RAW = b"a = bad\nb = bad\nc = worse\n"

    def fix(
        self, checker: Any, swap: Any, rows: set[int], raw: bytes = RAW, new: str = "None"
    ) -> tuple[str, FileReport]:
        stand_in = checker(swap("bad", new), swap("worse", "0", "T2"))
        done = fix_file(stand_in, "a.py", raw, False, wanted=lambda fix: fix.edits[0].range.start.row in rows)
        return done.raw.decode(), done.report

    def test_the_others_stay_and_keep_their_fixes(self, checker: Any, swap: Any) -> None:
        raw, report = self.fix(checker, swap, {1})
        assert raw == "a = None\nb = bad\nc = worse\n"
        assert spots(report.fixed) == [("bad", 1, 5)]
        assert spots(report.violations) == [("bad", 2, 5), ("worse", 3, 5)]
        assert all(violation.fix for violation in report.violations)

    def test_none(self, checker: Any, swap: Any) -> None:
        raw, report = self.fix(checker, swap, set())
        assert (raw, report.fixed, len(report.violations)) == (self.RAW.decode(), (), 3)

    def test_one_that_breaks_a_law_is_refused_the_others_are_not(self, checker: Any, swap: Any) -> None:
        raw, report = self.fix(checker, swap, {1, 3}, new=")")
        assert raw == "a = bad\nb = bad\nc = 0\n"
        assert refusals(report) == ["law-1", None]
