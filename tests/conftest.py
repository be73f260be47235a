"""What tests of several modules need: rules made as a pack makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ssot_lint.kinds import kind_class
from ssot_lint.rule import Rule
from ssot_lint.toml.reading import TomlFile
from ssot_lint.toml.tables import Place, read_table

MakeRule = Callable[[str, Mapping[str, Any]], Rule]


@pytest.fixture(scope="session")
def make_rule() -> MakeRule:
    """Make a rule of a kind from options as a pack writes them."""

    def make(kind: str, options: Mapping[str, Any]) -> Rule:
        cls = kind_class(kind)
        assert cls is not None
        place = Place(TomlFile(Path("pack.toml"), {}, ""), [])
        rule = read_table(cls, dict(options), place, {"id": "EX1", "pack": "examples", "tests": ()})
        assert rule is not None, place.errors
        assert not list(rule.problems())
        return rule

    return make
