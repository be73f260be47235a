"""What the examples of ``duplicate-definition`` cannot show: places, messages, who is told, and the other modules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.kinds.duplicate_definition import DuplicateDefinition
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker

FILES = {
    "shop/__init__.py": "",
    "shop/a.py": "from shop.lib import deco\n\n@deco(Result)\nclass Result: ...\n\nclass classy: ...\n",
    "shop/b.py": "async  def Result(): ...\n",
    "shop/c.py": "class Result: ...\nclass Result: ...\n",
    "shop/d.py": "class Result: ...\n",
    "shop/e.py": "class Result: ...\n",
    "shop/f.py": "class classy: ...\n",
    "tests/test_a.py": "class Result: ...\n",
    "old/a.py": "class Result: ...\n",
}
MakeRule = Callable[[str, Mapping[str, Any]], Rule]


def said(rule: Rule) -> dict[str, list[tuple[int, int, str]]]:
    """What is said of each file: row, column and message."""
    found = {}
    for path, code in FILES.items():
        report = example_checker(rule, Example(path=path, files=FILES), code).check(path, code.encode())
        found[path] = [(v.range.start.row, v.range.start.column, v.message) for v in report.violations]
    return {path: messages for path, messages in found.items() if messages}


def test_every_definition_is_told_once_on_its_name_and_names_the_others(make_rule: MakeRule) -> None:
    found = said(make_rule("duplicate-definition", {"packages": ["shop"]}))
    assert found["shop/a.py"] == [
        (4, 7, "`Result` is defined in 5 modules, also in shop.b, shop.c, shop.d and 1 more"),
        (6, 7, "`classy` is defined in 2 modules, also in shop.f"),
    ]
    assert found["shop/b.py"] == [
        (1, 12, "`Result` is defined in 5 modules, also in shop.a, shop.c, shop.d and 1 more")
    ]
    assert [place[:2] for place in found["shop/c.py"]] == [(2, 7)]
    assert found.keys() == {path for path in FILES if path.startswith("shop/")} - {"shop/__init__.py"}


def test_the_canonical_one_is_not_told(make_rule: MakeRule) -> None:
    options = {"names": ["Res*"], "packages": ["shop.*"], "canonical": ["shop.c.Result"]}
    found = said(make_rule("duplicate-definition", options))
    assert found.keys() == {"shop/a.py", "shop/b.py", "shop/d.py", "shop/e.py"}
    assert found["shop/e.py"][0][2] == (
        "`Result` is defined in 5 modules, also in shop.a, shop.b, shop.c and 1 more; its home is shop.c.Result"
    )


def test_the_canonical_one_may_have_the_name_of_a_module(make_rule: MakeRule) -> None:
    files = {"shop/__init__.py": "class a: ...\n", "shop/a.py": "", "shop/b.py": "class a: ...\n"}
    rule = make_rule("duplicate-definition", {"packages": ["shop"], "canonical": ["shop.a"]})
    for path, count in (("shop/__init__.py", 0), ("shop/b.py", 1)):
        checker = example_checker(rule, Example(path=path, files=files), files[path])
        assert len(checker.check(path, files[path].encode()).violations) == count


@pytest.mark.parametrize(
    ("options", "modules"),
    [
        ({}, "a b c d e old"),
        ({"packages": ["shop.a", "shop.b"]}, "a b"),
        ({"packages": ["shop.a", "old"]}, "a old"),
        ({"exclude": ["old/"]}, "a b c d e"),
        ({"allowed-in": ["shop.*"]}, ""),
        ({"allowed-in": ["shop.a", "old.**"]}, "b c d e"),
        ({"include-tests": True}, "a b c d e old test"),
    ],
)
def test_where_the_rule_does_not_apply_nothing_counts(
    make_rule: MakeRule, options: dict[str, Any], modules: str
) -> None:
    found = said(make_rule("duplicate-definition", {"names": ["Result"], **options}))
    places = {"old": "old/a.py", "test": "tests/test_a.py"}
    assert found.keys() == {places.get(module, f"shop/{module}.py") for module in modules.split()}
    if modules:
        count = len(modules.split())
        assert all(f"defined in {count} modules" in messages[0][2] for messages in found.values())


def test_options_that_make_no_sense_are_said() -> None:
    rule = DuplicateDefinition(id="X1", packages=("a.b*",), canonical=("Result",))
    assert list(DuplicateDefinition(id="X1").problems()) == ["give at least one of 'names' and 'packages'"]
    assert list(rule.problems()) == [
        "'a.b*' is not a module pattern: '*' and '**' stand for whole segments",
        "'Result' in 'canonical' is not in any module",
    ]
