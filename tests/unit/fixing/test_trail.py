"""What fixing leaves behind: every byte that it changed, whose it was, and the way back."""

from __future__ import annotations

from typing import Any

import pytest

from ssot_lint.fixing import Fixed, fix_file
from ssot_lint.fixing.trail import inverted, made
from ssot_lint.model import Hunk

TWO_RULES = [
    b"a = bad\nb = worse\n",
    b"a = worse, bad, bad, worse",
    b"\xef\xbb\xbfa = bad\r\nb = 'caf\xc3\xa9', worse\r\n",
    b"# coding: latin-1\nx = '\xe9', bad, worse\n",
    b"a = badworse\n",
]


def places(done: Fixed) -> list[tuple[bytes, bytes, tuple[str, ...]]]:
    return [(hunk.old, hunk.new, hunk.codes) for hunk in done.hunks]


@pytest.mark.parametrize("raw", TWO_RULES)
def test_there_and_back_to_the_byte(checker: Any, swap: Any, raw: bytes) -> None:
    done = fix_file(checker(swap("bad", "None, 7"), swap("worse", "0", "T2")), "a.py", raw, unsafe=False)
    assert done.raw != raw
    assert made(raw, done.hunks) == done.raw
    assert made(done.raw, inverted(done.hunks)) == raw


def test_each_place_has_the_rule_that_wanted_it(checker: Any, swap: Any) -> None:
    rules = swap("bad", "None"), swap("worse", "0", "T2")
    done = fix_file(checker(*rules), "a.py", b"a = bad, worse\n", unsafe=False)
    assert places(done) == [(b"bad", b"None", ("T1",)), (b"worse", b"0", ("T2",))]


def test_what_one_rule_made_of_anothers_is_of_both(checker: Any, swap: Any) -> None:
    rules = swap("bad", "[worse, 2]"), swap("worse", "0", "T2")
    done = fix_file(checker(*rules), "a.py", b"a = bad, worse\n", unsafe=True)
    assert done.raw == b"a = [0, 2], 0\n"
    assert places(done) == [(b"bad", b"[0, 2]", ("T1", "T2")), (b"worse", b"0", ("T2",))]


def test_what_two_rules_share_is_of_both(checker: Any, swap: Any) -> None:
    rules = swap("bad", "os.a", header="import os\n"), swap("worse", "os.b", "T2", header="import os\n")
    done = fix_file(checker(*rules), "a.py", b"a = bad\nb = worse\n", unsafe=False)
    assert places(done)[0] == (b"", b"import os\n", ("T1", "T2"))


def test_an_import_that_goes_belongs_to_the_rule_that_took_its_uses(checker: Any, swap: Any) -> None:
    rules = swap(r"old\.bad", "None"), swap("worse", "0", "T2")
    raw = b"import old\nb = worse\na = old.bad\n"
    done = fix_file(checker(*rules, files={"old.py": "bad = 1\n"}), "a.py", raw, unsafe=False)
    assert done.raw == b"b = 0\na = None\n"
    assert places(done)[0] == (b"import old\n", b"", ("T1",))


def test_later_steps_are_counted_from_the_first_text(checker: Any, swap: Any) -> None:
    rules = swap("bad", "[bed, bid]"), swap("bed", "1", "T2"), swap("bid", "22", "T3"), swap("z", "33", "T4")
    done = fix_file(checker(*rules), "a.py", b"a = bad, z\n", unsafe=False)
    assert done.raw == b"a = [1, 22], 33\n"
    assert places(done) == [(b"bad", b"[1, 22]", ("T1", "T2", "T3")), (b"z", b"33", ("T4",))]


def test_rows_are_those_of_the_first_text(checker: Any, swap: Any) -> None:
    rules = swap("bad", "(1,\n 2)", header="import os\n"), swap("worse", "0", "T2")
    done = fix_file(checker(*rules), "a.py", b"a = 1\nb = bad\nc = worse\n", unsafe=False)
    assert [(hunk.row, hunk.new) for hunk in done.hunks] == [(1, b"import os\n"), (2, b"(1,\n 2)"), (3, b"0")]


def test_other_bytes_are_not_changed(checker: Any) -> None:
    hunk = Hunk(4, b"bad", b"None", ("T1",))
    assert made(b"a = bed\n", [hunk]) is None
    assert made(b"a = bad\n", [hunk, hunk]) is None
