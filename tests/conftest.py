"""What tests of several modules need: rules made as a pack makes them, and the same surroundings everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from ssot_lint.kinds import kind_class
from ssot_lint.rule import Rule
from ssot_lint.toml.reading import TomlFile
from ssot_lint.toml.tables import Place, read_table

MakeRule = Callable[[str, Mapping[str, Any]], Rule]


@pytest.fixture(scope="session", autouse=True)
def outside_of_pipelines() -> Iterator[None]:
    """In GitHub Actions and GitLab CI a run reports in other ways; the tests are to see the same there."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "GITLAB_CI", "CI_PROJECT_DIR"):
            patch.delenv(name, raising=False)
        yield


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
