from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.applying import Change, Cut, batches
from ssot_lint.applying.changes import dependents, in_order


def change(path: str, *needs: str) -> Change:
    return Change(path, b"", b"x", needs=frozenset(needs))


def cut(by: Cut | None, root: Path, *changes: Change) -> dict[str, list[str]]:
    return {batch.name: [change.path for change in batch.changes] for batch in batches(changes, by, root)}


CHANGES = [change(path) for path in ("b/z.py", "a.py", "b/a.py", "c/d/x.py")]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (None, {"": ["a.py", "b/a.py", "b/z.py", "c/d/x.py"]}),
        ("file", {path: [path] for path in ("a.py", "b/a.py", "b/z.py", "c/d/x.py")}),
        ("directory", {".": ["a.py"], "b": ["b/a.py", "b/z.py"], "c/d": ["c/d/x.py"]}),
        ("owner", {"@b @all": ["b/a.py", "b/z.py"], "@c": ["c/d/x.py"], "nobody": ["a.py"]}),
    ],
)
def test_what_is_together(by: Cut | None, expected: dict[str, list[str]], tmp_path: Path) -> None:
    (tmp_path / "CODEOWNERS").write_text("b/ @b @all\nc/ @c\n")
    assert cut(by, tmp_path, *CHANGES) == expected


def test_nothing_is_no_batch(tmp_path: Path) -> None:
    assert cut(None, tmp_path) == {}


def test_what_needs_another_is_with_it_and_comes_after(tmp_path: Path) -> None:
    changes = change("a/a.py", "z/z.py"), change("z/z.py"), change("z/y.py"), change("b/b.py", "a/a.py")
    assert cut("directory", tmp_path, *changes) == {"a": ["z/z.py", "a/a.py", "b/b.py"], "z": ["z/y.py"]}


def test_what_need_each_other_are_together(tmp_path: Path) -> None:
    assert cut("file", tmp_path, change("a", "b"), change("b", "c"), change("c", "a")) == {"a": ["c", "b", "a"]}


def test_what_is_not_changed_is_not_needed() -> None:
    assert [one.path for one in in_order([change("b", "gone"), change("a", "b")])] == ["b", "a"]


def test_dependents() -> None:
    changes = change("a"), change("b", "a"), change("c", "b"), change("d"), change("e", "d")
    assert [one.path for one in dependents(changes, ["a"])] == ["b", "c"]
    assert [one.path for one in dependents(changes, ["a", "b"])] == ["c"]
