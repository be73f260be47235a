"""Names that modules are given by others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.project import Project
from ssot_lint.source.scan import Scan, scan
from ssot_lint.source.text import Text

MakeProject = Callable[[dict[str, str]], Project]

FILES = {"pkg/__init__.py": "", "pkg/base.py": "known = 1\n", "pkg/other.py": "", "app.py": ""}


@pytest.mark.parametrize(
    "code",
    [
        "from . import base\nbase.dialect = 1\n",
        "from . import base\nbase.x = base.dialect = 1\n",
        "from . import base as b\nb.dialect = 1\n",
        "import pkg.base\npkg.base.dialect = 1\n",
        "import pkg\ndef f():\n    pkg.base.dialect = 1\n",
        "from . import base\nsetattr(base, 'dialect', 1)\n",
        "from . import base\nsetattr(base, name, getattr(other, 'driver'))\n",
        "from . import base\nfor name in ('dialect', 'driver'):\n    setattr(base, name, 1)\n",
        "import sys\nsys.modules['pkg.base'].dialect = 1\n",
        "import sys\nmodule = sys.modules['pkg.base']\nmodule.dialect = 1\n",
        "from importlib import import_module\nmodule = import_module('pkg.base')\nsetattr(module, 'dialect', 1)\n",
        "def fill(base):\n    base.dialect = 1\n",  # whatever it is given
        "from .broken import *\nbase.dialect = 1\n",
        "from . import other, base\nother.dialect = 1\nbase.dialect = 1\n",
        "from . import base\nself = base\nself.x = 1\nbase.dialect = 1\n",
    ],
)
def test_what_may_be_a_gift(texts: MakeProject, code: str) -> None:
    assert texts({**FILES, "pkg/giver.py": code}).dangling("pkg.base:dialect") is None


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("pkg/giver.py", "from . import base\nbase.driver = 1\n"),
        ("pkg/giver.py", "from . import base\nbase.dialect == 1\n"),
        ("pkg/giver.py", "from . import base\nprint(base.dialect)\n"),
        ("pkg/giver.py", "from . import other\nother.dialect = 1\n"),
        ("pkg/giver.py", "from . import other\nfor name in 'ab':\n    setattr(other, name, 1)\n"),
        ("pkg/giver.py", "from . import base, other\nother.dialect = base.dialect\n"),
        ("pkg/giver.py", "def fill(base, values):\n    for name in values:\n        setattr(base, name, 1)\n"),
        ("pkg/giver.py", "def fill(base):\n    base.driver.dialect = 1\n"),
        ("pkg/giver.py", "class base: ...\nbase.dialect = 1\n"),
        ("pkg/giver.py", "base = object()\nbase.dialect = 1\n"),
        ("pkg/giver.py", "def fill(self):\n    self.base.dialect = 1\n"),
        ("pkg/giver.py", "def fill(self):\n    self.dialect = 1\n"),
        ("pkg/giver.py", "from . import base\nbase.dialect.name = 1\n"),
        ("pkg/giver.py", "from . import base\nTEXT = 'base.dialect = 1'\n"),
        ("pkg/giver.py", "from . import base\nbase.dialect = (\n"),
        ("tests/test_base.py", "from pkg import base\nbase.dialect = 1\n"),
        ("pkg/test_base.py", "from . import base\nsetattr(base, 'dialect', 1)\n"),
    ],
)
def test_what_is_none(texts: MakeProject, path: str, code: str) -> None:
    dangling = texts({**FILES, path: code}).dangling("pkg.base:dialect")
    assert dangling is not None
    assert dangling.symbol == "pkg.base.dialect"


def test_a_package_that_is_given_something_may_be_followed_further(texts: MakeProject) -> None:
    files = {**FILES, "pkg/giver.py": "import pkg\npkg.dialect = object()\n"}
    assert texts(files).dangling("pkg.dialect.name") is None
    assert texts(files).dangling("pkg.dialect:") is not None, "an import needs a module"


def test_only_what_may_give_is_parsed_and_once(texts: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str | None] = []

    def spy(text: Text, module: str | None, is_package: bool) -> Scan:
        parsed.append(module)
        return scan(text, module, is_package)

    monkeypatch.setattr("ssot_lint.project.gifts.scan", spy)
    project = texts({**FILES, "pkg/giver.py": "from pkg import other\nother.dialect = other.driver = 1\n"})
    for name in ("dialect", "driver", "dialect", "gone"):
        assert project.dangling(f"pkg.base:{name}") is not None
    assert parsed == ["pkg.giver"]
