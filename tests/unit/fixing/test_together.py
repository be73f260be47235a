"""What each file may become for itself, and not together with others."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.fixing.together import broken_together
from ssot_lint.project import Project

FILES = {
    "home.py": "class Thing: ...\n",
    "old.py": "from home import Thing\n\ndef helper(): ...\n",
    "user.py": "from old import Thing\n",
    "other.py": "x = 1\n",
    "lost.py": "from nowhere_else import y\nfrom home import Gone\n",
}


def broken(after: dict[str, str | None], **more: str) -> dict[str, str]:
    before = {**FILES, **{f"{name}.py": text for name, text in more.items()}}
    raw = {path: text.encode() for path, text in before.items()}
    project = Project(Path("/nonexistent"), (".",), lambda: sorted(raw), overlay=raw)
    contents = {path: text.encode() if text is not None else None for path, text in after.items()}
    found = broken_together(project, {path: raw.get(path) for path in after}, contents)
    return {path: f"{law.law} {law.reason}" for path, law in found.items()}


def test_a_name_that_one_file_needs_and_another_drops() -> None:
    assert broken({"old.py": "def helper(): ...\n"}) == {
        "old.py": "6 user imports `Thing` from it, which would not be there any more"
    }
    assert broken({"old.py": "def helper(): ...\n", "user.py": "from home import Thing\n"}) == {}


def test_a_name_that_is_needed_newly() -> None:
    after: dict[str, str | None] = {"old.py": "from home import Thing\n", "other.py": "from old import helper\n"}
    assert sorted(broken(after)) == ["old.py", "other.py"]


def test_a_module_that_goes() -> None:
    assert list(broken({"old.py": None})) == ["old.py"]
    assert broken({"old.py": None, "user.py": "from home import Thing\n"}) == {}


def test_a_module_that_comes() -> None:
    assert broken({"new.py": "class New: ...\n", "other.py": "from new import New\n"}) == {}


def test_a_string_that_names_it() -> None:
    tests = "from unittest.mock import patch\n\n@patch('old.helper')\ndef test(): ...\n"
    assert broken({"old.py": "from home import Thing\n"}) == {}
    assert broken({"old.py": "from home import Thing\n"}, test_it=tests) == {
        "old.py": "6 a string names old.helper, which would not be there any more"
    }


@pytest.mark.parametrize("text", ["def __getattr__(name): ...\n", "from home import *\n"])
def test_what_may_come_from_elsewhere(text: str) -> None:
    assert broken({"old.py": text}) == {}


def test_what_was_missing_before() -> None:
    assert broken({"lost.py": FILES["lost.py"] + "z = 1\n"}) == {}


def test_two_files_that_close_a_cycle_together() -> None:
    after: dict[str, str | None] = {"home.py": "import other\nclass Thing: ...\n", "other.py": "import home\nx = 1\n"}
    assert broken(after) == {"home.py": "10 it would import other, which would import it: a cycle"}
    assert broken({"home.py": after["home.py"]}) == {}


def test_a_cycle_that_was_there() -> None:
    before = {"ring": "import ring_b, ring_c\n", "ring_b": "import ring_c\n", "ring_c": "import ring\n"}
    assert broken({"ring_c.py": "import ring_b, ring\n"}, **before) == {}


def test_what_is_not_python_is_not_judged() -> None:
    assert broken({"other.py": "def f(:\n", "data.txt": "import home.nothing\n"}) == {}
