"""Where names are defined."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.project import Project
from ssot_lint.project.homes import COMMON, Homes
from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.tables import Texts
from ssot_lint.project.trail import Trail


def project(files: dict[str, str | bytes]) -> Project:
    overlay = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    return Project(Path("/nonexistent"), (".",), lambda: sorted(files), overlay=overlay)


def homes(files: dict[str, str | bytes]) -> Homes:
    known = project(files)
    texts = Texts(lambda: sorted(files), known.read, Trail(), {})
    return Homes(ModuleMap(Path("/nonexistent"), (".",), files), known.summary, texts)


@pytest.mark.parametrize(
    "definition",
    [
        "class Thing: ...",
        "def Thing(): ...",
        "async  def Thing(): ...",
        "Thing = 1",
        "Thing: int = 1",
        "x = 1\rThing = 1",
        "x = 1\r\nclass  Thing(x): ...",
    ],
)
def test_definitions(definition: str) -> None:
    assert project({"a.py": definition}).homes("Thing") == ("a.Thing",)


@pytest.mark.parametrize(
    "text",
    [
        "from b import Thing",
        "from b import Other\nThing = Other",
        "Thing == 1",
        "Thing: int",
        "class Outer:\n    class Thing: ...",
        "if x:\n    Thing = 1",
        "'''\nThing = 1\n'''",
        "MyThing = Thing2 = 1",
    ],
)
def test_what_is_no_definition(text: str) -> None:
    assert project({"a.py": text, "b.py": ""}).homes("Thing") == ()


def test_modules_have_homes_too() -> None:
    files: dict[str, str | bytes] = {
        "a/__init__.py": "",
        "a/thing.py": "",
        "b.py": "thing = 1\n",
        "not-a-module/thing.py": "",
    }
    assert project(files).homes("thing") == ("a.thing", "b.thing")


def test_a_file_that_no_import_finds_is_no_home() -> None:
    files: dict[str, str | bytes] = {"a/__init__.py": "", "a.py": "class Thing: ...\n"}
    assert project(files).homes("Thing") == ()


def test_names_in_other_encodings() -> None:
    assert project({"a.py": "# coding: latin-1\nclass Bär: ...\n".encode("latin-1")}).homes("Bär") == ("a.Bär",)


def test_common_names_are_not_looked_at_closely() -> None:
    files: dict[str, str | bytes] = {f"m{number}.py": "from x import y\nThing = y\n" for number in range(COMMON + 1)}
    assert len(project(files).homes("Thing")) == COMMON + 1


@pytest.mark.parametrize("text", ["x.Thing = 1", "x.Thing: int = 1", "setattr(x, 'Thing', 1)", "a.b . Thing  = 1"])
def test_stored_attributes(text: str) -> None:
    assert homes({"a.py": text}).is_stored("Thing")


@pytest.mark.parametrize("text", ["Thing = 1", "x.Thing == 1", "x.Thing()", "f(x, 'Thing')"])
def test_attributes_that_are_not_stored(text: str) -> None:
    assert not homes({"a.py": text}).is_stored("Thing")
