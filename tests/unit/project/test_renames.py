from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.project.renames import UNCLEAR, renames
from ssot_lint.project.summarize import summarize
from ssot_lint.project.summary import ModuleSummary
from ssot_lint.source.triggers import searchable

ROOT = Path(__file__).parents[3]


def found(text: str, word: str = "Old") -> list[str]:
    return list(renames(text.encode(), word))


class TestNewNames:
    @pytest.mark.parametrize(
        "text",
        [
            "from a import Old as New",
            "import a.Old as New",
            "from a import (Other, Old as New)",
            "from a import (\n    Old  # a comment\n    as New,\n)",
            "from a import Old \\\n    as \\\n    New",
            "from a import Old\tas\tNew\r\n",
            "if x:\n    from a import Old as New",
            "try:\n    from a import Old as New\nexcept ImportError:\n    pass",
            "New = Old",
            "New = a.b.Old",
            "New: type = Old",
            "New=Old",
            "New = Old  # a comment",
            "New = Old;",
            "New = (Old)",
            "if x:\n    New = Old",
            "class A:\n    pass\n\nNew = Old",
            "def f():\n    global New\n    New = Old",
            "def f():\n    global Other, New\n    from a import Old as New",
            "def f():\n    global Other, \\\n        New\n    New = Old",
            "    New = Old",
        ],
    )
    def test_that_can_be_told(self, text: str) -> None:
        assert found(text) in (["New"], [UNCLEAR])

    @pytest.mark.parametrize(
        "text",
        [
            "New, Other = Old, x",
            "New = x, Old = y, Old",
            "[New] = [Old]",
            "New = (\n    Old\n)",
            "New = (\n    x\n    if y\n    else Old\n)",
            "New = (\n    x or  # why\n    Old\n)",
            "New = \\\n    Old",
            "New = Old if x else y",
            "New = x if y else Old",
            "New = Old or x",
            "New = x or Old",
            "New = x and Old",
            "(New := Old)",
            "if (New := Old):\n    pass",
            "New = Other = (Old)",
            "for x in y: New = (Old)",
            "x = 1; New = (Old)",
            "from a import b; New = (Old)",
            "def f():\n    global New\n    New, x = Old, y",
            'if x:\n    TEXT = """\ndef f():\n"""\n    New = (Old)',
        ],
    )
    def test_that_only_parsing_would_tell(self, text: str) -> None:
        assert UNCLEAR in found(text)

    @pytest.mark.parametrize(
        "text",
        [
            "from a import Old",
            "from a import Other, Old, Another",
            "from a import (\n    Other,\n    Old,\n)",
            "import Old",
            "New = Old()",
            "New = Old(x)",
            "New = Old.attribute",
            "New = Old[int]",
            "New = Old | None",
            "New = Old is None",
            "New = Older",
            "New = NotOld",
            "New = x.Older",
            "Old = New",
            "Old: type = New",
            "# New = Old",
            "    # from a import Old as New",
            "New = 'Old'",
            'patch("a.Old")',
            "return Old",
            "assert isinstance(x, Old)",
            "raise Old",
            "class New(Old):\n    pass",
            "def f(x: Old) -> Old:\n    pass",
            "def f(\n    x: Old,\n):\n    pass",
            "@Old\ndef f():\n    pass",
            "def f():\n    New = Old",
            "def f():\n    from a import Old as New",
            "async def f():\n    if x:\n        New = Old",
            "class A:\n    New = Old",
            "class A:\n    def f(self):\n        self.new = Old",
            "def f():\n    global Other\n    New = Old",
            "The Old one, or any other",
        ],
    )
    def test_that_are_none(self, text: str) -> None:
        assert found(text) == []


def test_comments_take_no_time() -> None:
    assert found("from a import Old " + "# - " * 5000 + "\nx") == []


def names_bound_to(summary: ModuleSummary) -> dict[str, set[str]]:
    """Give for each word the names of a module that its summary knows to stand for something called so."""
    names: dict[str, set[str]] = {}
    for name, bounds in summary.names.items():
        for bound in bounds:
            word = bound.via or (bound.target or "").replace(":", ".").rpartition(".")[2]
            if word not in ("", name) and "." not in name:
                names.setdefault(word, set()).add(name)
    return names


@pytest.mark.parametrize("folder", ["ssot_lint", "tests", "examples"])
def test_no_name_is_missed(folder: str) -> None:
    asked = 0
    for path in sorted((ROOT / folder).rglob("*.py")):
        raw = path.read_bytes()
        summary = summarize(raw, "pkg.mod", "pkg/mod.py", is_package=False)
        for word, names in names_bound_to(summary).items() if not summary.broken else ():
            told = set(renames(searchable(raw), word))
            assert UNCLEAR in told or names <= told, (path, word)
            asked += len(names)
    assert asked > 5
