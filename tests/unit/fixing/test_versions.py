from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.fixing.versions import broken_version
from ssot_lint.project import Project

OLD = "from old import f\nprint(f(), gone)\n"
NEW = "from new import g\nprint(g())\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (OLD, None),
        ("from old import f\nprint(f())\n", None),
        ("from old import f\nprint(g())\n", "`g` would be undefined"),
        ("from old import f\nprint(f(), gone, len)\n", None),
        ("from old import f\nprint(f(\n", "the file would not be valid Python"),
        ("return 1\n", "the file would not compile: 'return' outside function (line 1)"),
    ],
)
def test_a_version_between_two(text: str, reason: str | None, tmp_path: Path) -> None:
    project = Project(tmp_path, (".",), lambda: ())
    assert broken_version(project, "a.py", [OLD.encode(), NEW.encode()], text.encode()) == reason


def test_what_was_never_right_need_not_be(tmp_path: Path) -> None:
    project = Project(tmp_path, (".",), lambda: ())
    assert broken_version(project, "a.py", [b"def f(\n", b"def f(:\n"], b"def g(\n") is None
    assert broken_version(project, "a.py", [b"return 1\n"], b"return 2\n") is None
