"""Every rule of every built-in pack keeps its own examples, and the packs are what design and engine expect."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.packs import Pack, builtin_packs, load_packs
from ssot_lint.rule import Example, Rule
from ssot_lint.toml import ConfigurationSite
from ssot_lint.trial import shortcomings


def _packs() -> tuple[Pack, ...]:
    return load_packs(sorted(builtin_packs()), Path(), ConfigurationSite("packs", "--pack"))


CASES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for pack in _packs()
    for rule in pack.rules
    for number, example in enumerate(rule.tests, 1)
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule: Rule, example: Example) -> None:
    assert list(shortcomings(rule, example)) == [], example.note


@pytest.mark.parametrize("pack", _packs(), ids=lambda pack: pack.id)
def test_every_rule_has_examples_of_what_it_flags_and_what_it_does_not(pack: Pack) -> None:
    assert [rule.id for rule in pack.rules if not any(example.bad for example in rule.tests)] == []
    assert any(example.ok for rule in pack.rules for example in rule.tests)
