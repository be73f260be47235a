"""Directives that are written: they cover what they are for, and change nothing."""

from __future__ import annotations

import pytest

from ssot_lint.model import FILE_START, Position, Range, Severity, Violation
from ssot_lint.source.text import Text
from ssot_lint.suppression.adding import inserted, insertions

KNOWN = frozenset({"A1", "B2"})


def broken(row: int, code: str = "A1") -> Violation:
    place = Range(Position(row, 1), Position(row, 2)) if row else FILE_START
    return Violation(code, "kind", "pack", Severity.ERROR, "wrong", "a.py", place)


def silenced(string: str, *violations: Violation, reason: str = "why") -> str | None:
    found = insertions(Text(string), violations, reason, KNOWN)
    return None if found is None else inserted(string, found)


@pytest.mark.parametrize(
    ("row", "before", "after"),
    [
        (2, "a\nb\nc\n", "a\nb  # ssot: ignore[A1] why\nc\n"),
        (1, "a", "a  # ssot: ignore[A1] why"),
        (1, "a \t\r\nb\r\n", "a  # ssot: ignore[A1] why \t\r\nb\r\n"),
        (1, "a  # noqa: F401\n", "a  # noqa: F401  # ssot: ignore[A1] why\n"),
        (1, "a  # ssot: ignore[B2] so\n", "a  # ssot: ignore[B2] so  # ssot: ignore[A1] why\n"),
        (2, "a = [\n    1,\n]\n", "a = [\n    1,  # ssot: ignore[A1] why\n]\n"),
        (2, "if a:\n    b = '''x\n    y'''\n", "if a:\n    # ssot: ignore[A1] why\n    b = '''x\n    y'''\n"),
        (2, "a = (\n  f('''\n''')\n)\n", "# ssot: ignore[A1] why\na = (\n  f('''\n''')\n)\n"),
        (2, "a = b + \\\n  c + \\\n  d\n", "# ssot: ignore[A1] why\na = b + \\\n  c + \\\n  d\n"),
        (2, "\tif a:\n\t\tb = f('''\n''')\n", "\tif a:\n\t\t# ssot: ignore[A1] why\n\t\tb = f('''\n''')\n"),
        (1, "a = 'x\\\ny'\n", "# ssot: ignore[A1] why\na = 'x\\\ny'\n"),
        (0, "import a\n", "# ssot: file-ignore[A1] why\nimport a\n"),
        (
            0,
            "#!/bin/python\n# coding: utf-8\nimport a\n",
            "#!/bin/python\n# coding: utf-8\n# ssot: file-ignore[A1] why\nimport a\n",
        ),
        (0, "a\r\nb\r\n", "# ssot: file-ignore[A1] why\r\na\r\nb\r\n"),
        (0, "# only\n", "# only\n# ssot: file-ignore[A1] why\n"),
        (0, "# only", "# only\n# ssot: file-ignore[A1] why"),
        (0, "a  # not the head\n", "# ssot: file-ignore[A1] why\na  # not the head\n"),
        (2, "# ä\nä = 'ö'\n", "# ä\nä = 'ö'  # ssot: ignore[A1] why\n"),
    ],
)
def test_where_it_is_written(row: int, before: str, after: str) -> None:
    assert silenced(before, broken(row)) == after


def test_several_rules_in_a_row_and_several_rows() -> None:
    assert silenced("a\nb = '''\n'''\nc\n", broken(4), broken(2, "B2"), broken(2), broken(0), broken(1)) == (
        "# ssot: file-ignore[A1] why\na  # ssot: ignore[A1] why\n# ssot: ignore[A1, B2] why\nb = '''\n'''\n"
        "c  # ssot: ignore[A1] why\n"
    )


@pytest.mark.parametrize(
    ("reason", "written"),
    [
        ("", "a  # ssot: ignore[A1]\n"),
        ("two\nlines ", "a  # ssot: ignore[A1] two lines\n"),
        ("until=2999-01-31 owner=@x later", "a  # ssot: ignore[A1] until=2999-01-31 owner=@x later\n"),
    ],
)
def test_reasons(reason: str, written: str) -> None:
    assert silenced("a\n", broken(1), reason=reason) == written


def test_a_reason_that_makes_it_mean_nothing_is_not_written() -> None:
    assert silenced("a\n", broken(1), reason="until=soon") is None


def test_what_would_change_the_text_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the end of a row be in a string without being known to be."""
    monkeypatch.setattr("ssot_lint.suppression.adding._Places._ends_open", lambda *_: False)
    assert silenced("a = '''\n'''\n", broken(1)) is None
    assert silenced("a = b + \\\n  c\n", broken(1)) is None


def test_in_newer_grammar_too() -> None:
    assert silenced("lazy import a\n", broken(1)) == "lazy import a  # ssot: ignore[A1] why\n"
