"""Who imports a name: by every form of import, and by its own name."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.project import Project

FORMS = {
    "from a.b import c": {"a.b:c"},
    "from a.b import (  # of b\n  c as d,\n  e\n)": {"a.b:c", "a.b:e"},
    "from\ta . b import c, \\\n e": {"a.b:c", "a.b:e"},
    "from a.b import *": {"a.b:*"},
    "import a.b as x, c": {"a.b:", "c:"},
    "if x: import a.b": {"a.b:"},
    "from . import c": {"pkg:c"},
    "from .b import c": {"pkg.b:c"},
    "from ..b import c": {"b:c"},
    "from a import ﬁle": {"a:file"},
    "# from x import (\nfrom a import b\n": {"a:b"},
    "x = 'a.b'": set(),
}


@pytest.mark.parametrize("code", FORMS)
def test_every_form(code: str) -> None:
    raw = {"pkg/__init__.py": b"", "pkg/mod.py": code.encode(), "other.py": b"import os\n"}
    project = Project(Path("/nonexistent"), (".",), lambda: sorted(raw), overlay=raw)
    asked = {"a.b:c", "a.b:e", "a.b:*", "a.b:", "c:", "pkg:c", "pkg.b:c", "a:file", "a:b", "b:c"}
    found = {name for name in asked if project.importing(*name.split(":"))}
    assert found == FORMS[code]
    assert all(project.importing(*name.split(":")) == ("pkg/mod.py",) for name in found)
