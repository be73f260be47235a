"""What is accepted, and in which files."""

from __future__ import annotations

from dataclasses import replace

from ssot_lint.baseline.acceptance import Acceptance, accepted_by
from ssot_lint.baseline.entries import Entry
from ssot_lint.fingerprint import fingerprint
from ssot_lint.model import FILE_START, Anchor, FileReport, SetAside, Severity, Violation


def broken(name: str, path: str = "a.py", number: int = 1) -> Violation:
    anchor = Anchor(path.removesuffix(".py"), "", "c0de", name, number)
    return Violation("X1", "kind", "pack", Severity.ERROR, name, path, FILE_START, symbol=name, anchor=anchor)


ASIDE = SetAside("baseline", "why")
ONE, TWO = broken("one"), broken("two")


def test_what_is_accepted_is_set_aside_with_the_reason() -> None:
    acceptance = Acceptance({fingerprint(ONE): ASIDE})
    report = FileReport("a.py", (TWO, ONE), suppressed=(TWO,), fixed=(ONE,))
    assert acceptance.apply(report) == replace(report, violations=(TWO,), accepted=(replace(ONE, set_aside=ASIDE),))


def test_a_second_of_the_same_is_not() -> None:
    report = Acceptance({fingerprint(ONE): ASIDE}).apply(FileReport("a.py", (ONE, broken("one", number=2))))
    assert [violation.anchor.number for violation in report.violations if violation.anchor] == [2]


def test_twice_is_as_good_as_once() -> None:
    acceptance = Acceptance({fingerprint(ONE): ASIDE})
    once = acceptance.apply(FileReport("a.py", (ONE, TWO)))
    assert acceptance.apply(once) == once
    assert len(Acceptance({fingerprint(TWO): ASIDE}).apply(once).accepted) == 2


def test_a_file_that_was_renamed_is_the_same_file() -> None:
    acceptance = Acceptance({fingerprint(ONE): ASIDE}, {"b.py": ("z", "a")})
    assert acceptance.find(broken("one", "b.py")) == fingerprint(ONE)
    assert acceptance.find(broken("two", "b.py")) is None
    assert acceptance.find(broken("one", "c.py")) is None


def test_of_two_the_first_gives_the_reason() -> None:
    other = SetAside("revision")
    both = Acceptance({fingerprint(ONE): ASIDE}, {"b.py": ("a",)}).with_more(
        Acceptance({fingerprint(ONE): other, fingerprint(TWO): other}, {"b.py": ("z",), "c.py": ("y",)})
    )
    assert both.aside == {fingerprint(ONE): ASIDE, fingerprint(TWO): other}
    assert both.former == {"b.py": ("a", "z"), "c.py": ("y",)}


def test_entries_accept_until_their_last_day() -> None:
    entries = [Entry.of(ONE, until="2027-01-31"), Entry.of(TWO)]
    assert accepted_by(entries, "2027-01-31", {}).aside.keys() == {fingerprint(ONE), fingerprint(TWO)}
    assert accepted_by(entries, "2027-02-01", {}).aside.keys() == {fingerprint(TWO)}
