"""What a file may import, told from its bytes."""

from __future__ import annotations

import pytest

from ssot_lint.source.roots import imported_roots


@pytest.mark.parametrize(
    ("source", "roots"),
    [
        ("import os, app.new as n\n", {"os", "app"}),
        ("from app.new import a, b\n", {"app"}),
        ("if x: import app; from lib import y\n", {"app", "lib"}),
        ("lazy import app\n", {"app"}),
        ("def f():\n\tfrom\tapp import (\n    a,\n)\n", {"app"}),
        ("import \uff41pp\n", {"app"}),
        ("# -*- coding: latin-1 -*-\nimport app\n", {"app"}),
        ("import \\\n app\n", {"app"}),
        ("from app import (  # it\n  a,\n)\nimport lib as l\n", {"app", "lib"}),
        ("x = 1\n", set()),
    ],
)
def test_roots(source: str, roots: set[str]) -> None:
    found = imported_roots(source.encode("latin-1") if "latin" in source else source.encode())
    assert found is not None
    assert roots <= found


@pytest.mark.parametrize(
    "source", ["from . import a\n", "from .a import b\n", "from ..a import b\n", "from a import (\nfrom b import c\n"]
)
def test_what_cannot_be_told(source: str) -> None:
    assert imported_roots(source.encode()) is None
