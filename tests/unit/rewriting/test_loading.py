"""What importing a module runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from ssot_lint.project import Project
from ssot_lint.rewriting.loading import closes_circle, goes_through, may_fail, packages_around

MakeProject = Callable[[Mapping[str, str]], Project]

APP = {
    "app/__init__.py": "from app.first import First\n",
    "app/first.py": "from app import second\n\ndef f():\n    import app.third\n",
    "app/second.py": "import json\nimport app.gone\n",
    "app/third.py": "",
}


def test_what_an_import_starts_and_asks_for(make_project: MakeProject) -> None:
    loading = make_project(APP).load("app.first")
    assert loading.starts == {"app", "app.first", "app.second"}
    assert loading.asks == {"app.first", "app.second", "json", "app.gone"}


def test_what_is_running_is_not_started_again(make_project: MakeProject) -> None:
    loading = make_project(APP).load("app.second", frozenset({"app"}))
    assert loading.starts == {"app.second"}


def test_packages_around() -> None:
    assert packages_around("a.b.c") == {"a", "a.b"}
    assert packages_around("a") == frozenset()


@pytest.mark.parametrize(
    ("home", "package", "closes"),
    [
        ("", "", False),
        ("from app.user import User\n", "", True),
        ("import app.user\n", "", True),
        ("from app import user\n", "", True),
        ("import app.between\n", "", True),
        ("def f():\n    import app.user\n", "", False),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import app.user\n", "", False),
        # The package is on its way here and has been started, so what it imports does not come first ...
        ("", "import app.user\nimport app.home\n", False),
        ("from app import other\n", "import app.user\n", False),
        # ... but what it binds itself is not there yet.
        ("from app import name\n", "import app.user\nname = 1\n", True),
        ("from app import name\n", "name = 1\n", False),
    ],
)
def test_circles(make_project: MakeProject, home: str, package: str, closes: bool) -> None:
    files = {"app/__init__.py": package, "app/user.py": "", "app/other.py": "", "app/home.py": home}
    project = make_project({**files, "app/between.py": "import app.user\n"})
    assert closes_circle(project, "app.user", "app.home") is closes


@pytest.mark.parametrize(
    ("old", "home", "name", "through"),
    [
        ("from home import Thing\n", "class Thing: ...\n", "Thing", True),
        ("from base import Thing\n", "from base import Thing\n", "Thing", False),
        ("from home import Thing\n", "class Thing: ...\ndef make(): ...\n", "make", True),
        ("from home import Thing\n", "class Thing: ...\nimport base\ndef make(): ...\n", "make", False),
        ("from home import Thing\n", "def make(): ...\nfrom base import x\nclass Thing: ...\n", "make", False),
        (
            "from home import Thing\n",
            "import base\nclass Thing:\n    def f(self):\n        import base\n\nm = 1\n",
            "m",
            True,
        ),
        ("from home import Thing\n", "class Thing: ...\n", "gone", False),
        ("from home import Thing\n", "from base import *\n", "Thing", True),
    ],
)
def test_what_an_import_goes_through(make_project: MakeProject, old: str, home: str, name: str, through: bool) -> None:
    project = make_project({"old.py": old, "home.py": home, "base.py": "class Thing: ...\nx = 1\n"})
    assert goes_through(project, "old:Thing", "home", name) is through


@pytest.mark.parametrize(
    ("old", "fails"),
    [
        ("from new import Thing\n", False),
        ("import json, os.path\nfrom new import Thing\n", False),
        ("import elsewhere\nfrom new import Thing\n", True),
        ("import gone.module\nfrom new import Thing\n", True),
        ("from new import Thing, nothing\n", True),
        ("import helper\nfrom new import Thing\n", True),
        ("from new import Thing\ndef f():\n    import elsewhere\n", False),
        ("def f(:\n", True),
    ],
)
def test_imports_that_may_fail(make_project: MakeProject, old: str, fails: bool) -> None:
    new = "import known_to_new\n\nclass Thing: ...\n"
    project = make_project({"old.py": old, "new.py": new, "helper.py": "import elsewhere\n"})
    assert may_fail(project, "old", "new") is fails
