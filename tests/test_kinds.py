"""Every example of every kind holds, on sites and on whole modules alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.kinds import kind_class, kind_names
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker, shortcomings

CASES = [
    pytest.param(name, example, id=f"{name}-{number}")
    for name in kind_names()
    for number, example in enumerate(getattr(kind_class(name), "examples", ()), 1)
]


@pytest.mark.parametrize(("kind", "example"), CASES)
def test_example(kind: str, example: Example, make_rule: Callable[..., Rule]) -> None:
    assert list(shortcomings(make_rule(kind, example.options), example)) == [], example.note


@pytest.mark.parametrize(("kind", "example"), CASES)
def test_sites_and_whole_modules_agree(kind: str, example: Example, make_rule: Callable[..., Rule]) -> None:
    rule = make_rule(kind, example.options)
    code = example.bad if example.bad is not None else example.ok
    assert code is not None
    on_sites = example_checker(rule, example, code).check(example.path, code.encode())
    on_module = example_checker(rule, example, code, whole_modules=True).check(example.path, code.encode())
    assert on_sites == on_module


@pytest.mark.parametrize("name", kind_names())
def test_a_kind_shows_what_it_finds_fixes_refuses_and_leaves_alone(name: str) -> None:
    kind = kind_class(name)
    assert kind is not None
    assert kind.kind == name
    assert any(example.bad for example in kind.examples)
    assert any(example.ok for example in kind.examples)
    assert all(example.note for example in kind.examples)
