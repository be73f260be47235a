"""Definitions of one name in several modules."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.project import Project

MakeProject = Callable[[dict[str, str]], Project]


FILES = {"app/__init__.py": "", "app/a.py": "class X: ...\n"}


def everywhere(path: str, module: str) -> bool:
    return True


DEFINITIONS = {
    "class": "class X:\n    pass\n",
    "base": "class X(Y): ...\n",
    "function": "def X(): ...\n",
    "async": "async  def X(): ...\n",
    "decorated": "@decorate\nclass X: ...\n",
    "carriage return": "import a\rclass X: ...\r",
    "compatibility form": "class \uff38: ...\n",
}
OTHERS = {
    "import": "from app.a import X\n",
    "value": "X = 1\n",
    "string": "TEXT = '''\nclass X: ...\n'''\n",
    "variant": "if a:\n    class X: ...\nelse:\n    class X: ...\n",
    "fallback": "try:\n    from app.a import X\nexcept ImportError:\n    class X: ...\n",
    "inner": "class Y:\n    class X: ...\n",
    "method": "class Y:\n    def X(self): ...\n",
    "bound again": "class X: ...\nX = 1\n",
    "deleted": "class X: ...\ndel X\n",
    "longer": "class XY: ...\n",
    "broken": "class X: ...\ndef f(:\n",
}


@pytest.mark.parametrize("text", DEFINITIONS.values(), ids=DEFINITIONS)
def test_what_is_a_definition(text: str, texts: MakeProject) -> None:
    assert texts({**FILES, "app/b.py": text}).namesakes("X", everywhere) == ("app.a", "app.b")


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_what_is_none(text: str, texts: MakeProject) -> None:
    assert texts({**FILES, "app/b.py": text}).namesakes("X", everywhere) == ()


def test_only_those_count_that_are_asked_for(texts: MakeProject) -> None:
    project = texts({**FILES, "app/b.py": "class X: ...\n", "lib/c.py": "class X: ...\n"})
    assert project.namesakes("X", lambda path, module: path.startswith("app/")) == ("app.a", "app.b")
    assert project.namesakes("X", lambda path, module: module != "app.b") == ("app.a", "lib.c")
    assert project.namesakes("X", lambda path, module: module == "app.b") == ()


def test_files_that_no_import_finds_do_not_count(texts: MakeProject) -> None:
    hidden = {"app/b/__init__.py": "", "app/b.py": "class X: ...\n", "app/my-script.py": "class X: ...\n"}
    assert texts({**FILES, **hidden}).namesakes("X", everywhere) == ()
