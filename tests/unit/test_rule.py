"""What all rules share."""

from __future__ import annotations

import pytest

from ssot_lint.rule import Example


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("x = 1\n", "x = 1\n"),
        ("    x = 1\n", "    x = 1\n"),
        ("\n    x = 1\n    ", "x = 1\n"),
        ("\n    if x:\n        y\n\n    z\n", "if x:\n    y\n\nz\n"),
        ("\n        x\n    ", "x\n"),
        ("\nx\n    y\n", "x\n    y\n"),
        ("\n    x", "x"),
        ("", ""),
        (None, None),
    ],
)
def test_texts_of_an_example_are_dedented(text: str | None, meant: str | None) -> None:
    example = Example(bad=text, ok=text, good=text, files={"a.py": text or ""})
    assert (example.bad, example.ok, example.good, example.files["a.py"]) == (meant, meant, meant, meant or "")
