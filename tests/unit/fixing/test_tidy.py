"""Imports that fixing makes unused go; all others stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from ssot_lint.fixing import fix_file
from ssot_lint.model import Violation
from ssot_lint.source.text import Text

FILES = {"new.py": "def thing(): ...\ndef other(): ...\n", "far.py": "from pkg.taken import thing\n", "pkg/sub.py": ""}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from new import thing\na = thing.bad\n", "a = None\n"),
        ("from new import thing, other\na = thing.bad\n", "from new import other\na = None\n"),
        ("from new import thing as t, other as o\na = t.bad, o.bad\n", "a = None, None\n"),
        ("import new\na = new.bad\n", "a = None\n"),
        ("def f():\n    from new import thing\n    return thing.bad\n", "def f():\n    return None\n"),
        # Used elsewhere in the file, by code or by name.
        ("from new import thing\na = thing.bad, thing\n", None),
        ("from new import thing\na = thing.bad, lambda: thing\n", None),
        ("from new import thing\n__all__ = ['thing']\na = thing.bad\n", None),
        ("from new import thing\na: 'list[thing]' = thing.bad\n", None),
        ("from new import thing\na = thing.bad, 'm.thing'\n", None),
        # It was not used before either: it is there for others.
        ("from new import thing, other\na = other.bad\n", "from new import thing\na = None\n"),
        # Its comment would be lost.
        ("from new import thing  # noqa\na = thing.bad\n", None),
    ],
)
def test_imports_made_unused(checker: Any, swap: Any, before: str, after: str | None) -> None:
    done = fix_file(checker(swap(r"\w+\.bad", "None"), files=FILES), "pkg/mine.py", before.encode(), unsafe=False)
    expected = after if after is not None else before.replace("thing.bad", "None")
    assert done.raw.decode() == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("try:\n  import new\n  import new as n\nexcept x: ...\nA\n", "try:\n  import new as n\nexcept x: ...\n0\n"),
        ("if x:\n    import new\n    import new as n\nA\n", "if x:\n    pass\n0\n"),
        ("if x: import new; import new as n\nA\n", "if x: pass\n0\n"),
        ("import new; import new as n; x = 1\nA\n", "x = 1\n0\n"),
        ("x = 1; import new; import new as n\nA\n", "x = 1\n0\n"),
        ("import new, new as n\nA\n", "0\n"),
        ("x = 1\nfrom new import (\n  a as new,\n  b as n,\n)\nA\n", "x = 1\n0\n"),
        ("from new import (\n  a as new,\n  b,\n  c as n,\n)\nA\n", "from new import (\n  b,\n)\n0\n"),
    ],
)  # fmt: skip
def test_several_imports_side_by_side(checker: Any, swap: Any, before: str, after: str) -> None:
    uses = "new.x, n.x"
    stand_in = checker(swap(r"new\.x, n\.x", "0"), files=FILES)
    done = fix_file(stand_in, "pkg/mine.py", before.replace("A", uses).encode(), unsafe=False)
    assert done.raw.decode() == after


@pytest.mark.parametrize("count", [2, 40])
def test_imports_of_many_functions_go_together(checker: Any, swap: Any, count: int) -> None:
    asked: list[str] = []

    def counting(path: str, text: Text) -> Iterator[Violation]:
        asked.append(path)
        yield from ()

    body = "    import new\n    import far\n"
    before = "".join(f"def f{number}():\n{body}    return new, far\n" for number in range(count))
    stand_in = checker(swap(r"new, far", "0"), counting, files=FILES)
    done = fix_file(stand_in, "pkg/mine.py", before.encode(), unsafe=False)
    assert done.raw.decode() == before.replace("new, far", "0").replace(body, "")
    assert len(asked) == 3, "at first, after the fixes, after the imports"


@pytest.mark.parametrize("path", ["pkg/__init__.py", "pkg/taken.py"])
def test_what_others_take_from_the_file_stays(checker: Any, swap: Any, path: str) -> None:
    before = b"from new import thing\na = thing.bad\n"
    done = fix_file(checker(swap(r"\w+\.bad", "None"), files=FILES), path, before, unsafe=False)
    assert done.raw == b"from new import thing\na = None\n"


def test_the_fix_is_made_though_its_import_cannot_go(checker: Any, swap: Any) -> None:
    def missed(path: str, text: Text) -> Iterator[Violation]:
        if "thing" not in text.string:
            yield from (replace(found, fix=None) for found in swap("a", "")(path, text))

    stand_in = checker(swap(r"\w+\.bad", "None"), missed, files=FILES)
    done = fix_file(stand_in, "pkg/mine.py", b"from new import thing\na = thing.bad\n", unsafe=False)
    assert done.raw == b"from new import thing\na = None\n"


def test_without_a_fix_nothing_goes(checker: Any, swap: Any) -> None:
    before = b"from new import thing\na = 1\n"
    assert fix_file(checker(swap("bad", "None"), files=FILES), "pkg/mine.py", before, unsafe=False).raw == before
