"""Kinds found by their names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ssot_lint import kinds
from ssot_lint.kinds import kind_class, kind_names
from ssot_lint.rule import Rule

KINDS = tuple(
    path.stem.replace("_", "-")
    for path in sorted(Path(kinds.__file__).parent.glob("*.py"))
    if not path.stem.startswith("_")
)


def test_names_are_those_of_the_modules_and_cost_no_import(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KINDS:
        monkeypatch.delitem(sys.modules, f"ssot_lint.kinds.{name.replace('-', '_')}", raising=False)
    assert kind_names() == KINDS
    assert [module for module in sys.modules if module.startswith("ssot_lint.kinds.")] == []


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_named_as_its_module_and_its_class(name: str) -> None:
    kind = kind_class(name)
    assert kind is not None
    assert issubclass(kind, Rule)
    assert kind.kind == name
    assert kind.__module__ == f"ssot_lint.kinds.{name.replace('-', '_')}"


@pytest.mark.parametrize(
    "name", ["no-such-kind", "legacy_import", "LegacyImport", "", "--init--", "../rule", "os.path"]
)
def test_other_names_are_no_kinds(name: str) -> None:
    assert kind_class(name) is None


def test_a_kind_is_imported_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "two_words.py").write_text("class TwoWords: pass\n")
    (tmp_path / "broken.py").write_text("raise AssertionError\n")
    (tmp_path / "_helper.py").write_text("raise AssertionError\n")
    monkeypatch.setattr(kinds, "__path__", [str(tmp_path)])
    monkeypatch.setattr(kinds, "two_words", None, raising=False)
    assert kind_names() == ("broken", "two-words")
    found = kind_class("two-words")
    del sys.modules["ssot_lint.kinds.two_words"]
    assert found is not None
    assert found.__name__ == "TwoWords"
