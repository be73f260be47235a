"""Calls that must stay because of what stands around them: mocks, comparisons, objects of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker

MakeRule = Callable[[str, Mapping[str, Any]], Rule]

FILES = {
    "app/__init__.py": "",
    "app/thing.py": "class Thing:\n    def __init__(self, user=None, mode=None): ...\n",
    "app/factory.py": "def get(user, mode=None): ...\n",
    "app/compat.py": "from app.factory import get as obtain\n",
}
USER = {"keyword": "user", "position": 0, "required": True, "in-scope": ["user"]}
OPTIONS: dict[str, Any] = {
    "classes": ["app.thing.Thing"],
    "factory": "app.factory.get",
    "arguments": {"user": USER, "mode": {"keyword": "mode", "position": 1}},
}
FROM = "from app.thing import Thing"
IMPORTS = "from app.thing import Thing\nfrom app.factory import get\nfrom app import compat\nimport app.thing\n\n"


def said(make_rule: MakeRule, code: str, path: str = "example.py", **options: Any) -> list[str]:
    """Give what is said of each construction: the refusal, or how safe the fix is."""
    rule = make_rule("direct-instantiation", {**OPTIONS, **options})
    checker = example_checker(rule, Example(files=FILES), code)
    found = checker.check(path, code.encode()).violations
    return [v.refusal.code if v.refusal else v.fix.applicability.value if v.fix else "" for v in found]


@pytest.mark.parametrize(
    ("body", "outcomes"),
    [
        ("def f(u): return Thing(u), Thing(u)\n", ["one-object", "one-object"]),
        ("def f(u): return Thing(u), Thing(user=u)\n", ["one-object", "one-object"]),
        ("def f(u): return Thing(u, 1), Thing(u, 2)\n", ["one-object", "one-object"]),
        ("def f(u, v): return Thing(u), Thing(v)\n", ["unsafe", "unsafe"]),
        ("def f(u, v): return Thing(u.a), Thing(u . a), Thing(v)\n", ["one-object", "one-object", "unsafe"]),
        ("def f(user): return Thing(), Thing()\n", ["one-object", "one-object"]),
        ("def f(user): return Thing(mode=1), Thing(mode=2)\n", ["one-object", "one-object"]),
        ("def f(u):\n    def g(): return Thing(u)\n    return Thing(u)\n", ["one-object", "one-object"]),
        ("def f(u): return Thing(u)\ndef g(u): return Thing(u)\n", ["unsafe", "unsafe"]),
        ("a = Thing(1)\nb = Thing(1)\n", ["unsafe", "unsafe"]),
        ("def f(u): return [Thing(u) for _ in u]\n", ["unsafe"]),
        ("def f(u): return Thing(), Thing(u)\n", ["no-context", "unsafe"]),
    ],
)
def test_two_objects_do_not_become_one(make_rule: MakeRule, body: str, outcomes: list[str]) -> None:
    assert said(make_rule, IMPORTS + body, shared=True) == outcomes
    if "one-object" in outcomes:
        assert "one-object" not in said(make_rule, IMPORTS + body)


def test_what_nobody_needs_makes_no_difference(make_rule: MakeRule) -> None:
    code = IMPORTS + "def f(u, v): return Thing(u), Thing(v)\n"
    arguments = {"user": {**USER, "required": False}}
    assert said(make_rule, code, shared=True, arguments=arguments) == ["unsafe", "unsafe"]


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("def test_f(u): assert Thing(u) is get(1)\n", "negative-test"),
        ("def test_f(u): assert Thing(u) is compat.obtain(1)\n", "negative-test"),
        ("def test_f(u):\n    def g(): get(1)\n    Thing(u)\n", "negative-test"),
        ("def test_f(u): assert Thing(u) is u.get(1)\n", "unsafe"),
        ("def test_f(u): return Thing(u), get\n", "unsafe"),
        ("def test_f(u): return Thing(u), compat.other(1)\n", "unsafe"),
        ("def test_f(u): return Thing(u)\ndef test_g(): get(1)\n", "unsafe"),
    ],
)
def test_comparisons_stay(make_rule: MakeRule, body: str, outcome: str) -> None:
    assert said(make_rule, IMPORTS + body, "tests/test_thing.py", shared=True) == [outcome]
    assert said(make_rule, IMPORTS + body, shared=True) == ["unsafe"]
    assert said(make_rule, IMPORTS + body, "tests/test_thing.py") in (["safe"], ["unsafe"])


@pytest.mark.parametrize(
    ("path", "name", "outcome"),
    [
        ("tests/test_thing.py", "test_f", "unsafe"),
        ("tests/test_thing.py", "test_legacy_thing", "negative-test"),
        ("tests/test_thing.py", "test_DeprecatedThing", "negative-test"),
        ("tests/test_thing_compatibility.py", "test_f", "negative-test"),
        ("tests/test_direct_instantiation.py", "test_f", "negative-test"),
        ("tests/legacy/test_thing.py", "test_f", "unsafe"),
        ("app/legacy.py", "f", "unsafe"),
    ],
)
def test_tests_of_the_old_way_stay(make_rule: MakeRule, path: str, name: str, outcome: str) -> None:
    code = f"{IMPORTS}class Test:\n    def {name}(self, u): Thing(u)\n"
    assert said(make_rule, code, path, shared=True) == [outcome]
    assert said(make_rule, code, path) == ["safe"]
    in_class = f"{IMPORTS}class {name}:\n    def f(self, u): Thing(u)\n"
    assert said(make_rule, in_class, path, shared=True) == [outcome]


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("def f(u):\n    with patch('app.thing.Thing'):\n        Thing(u)\n", "patch-target"),
        ("def f(u):\n    with mock.patch('example.Thing', u) as m:\n        app.thing.Thing(u)\n", "patch-target"),
        ("@patch('example.Thing')\ndef f(u): Thing(u)\n", "patch-target"),
        ("def f(u):\n    patch.object(app.thing, 'Thing')\n    Thing(u)\n", "patch-target"),
        ("def f(u, monkeypatch):\n    monkeypatch.setattr('app.thing.Thing', 1)\n    Thing(u)\n", "patch-target"),
        ("def f(u):\n    with patch('app.thing.Other'):\n        Thing(u)\n", "safe"),
        ("def f(u):\n    with patch('app.thing.Thing.send'):\n        Thing(u)\n", "safe"),
        ("def f(u):\n    import_module('app.Thing')\n    Thing(u)\n", "safe"),
        ("def f(u): Thing(u)\ndef g():\n    with patch('app.other.Thing'): pass\n", "safe"),
        ("def f(u):\n    with patch('app.other.Thing'):\n        Thing[int](u)\n", "safe"),
    ],
)
def test_what_is_mocked_stays(make_rule: MakeRule, body: str, outcome: str) -> None:
    assert said(make_rule, IMPORTS + body) == [outcome]


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("def f(u):\n    with raises(E):\n        def g(): Thing(u)\n", "negative-test"),
        ("def f(u):\n    with catch_warnings():\n        from app.thing import Thing\n    Thing(u)\n", "negative-test"),
        ("def f(u):\n    with other():\n        from app.thing import Thing\n    Thing(u)\n", "safe"),
        # An import stays where it is, and so does what is imported beside it.
        ("def f(u):\n    from app.thing import Thing\n    from app.thing import Thing\n    Thing(u)\n", "safe"),
        (f"def f(u):\n    if u:\n        {FROM}\n        Thing(u)\n    {FROM}\n", "safe"),
        (f"def f(u):\n    if u:\n        {FROM}\n    else:\n        {FROM}\n    Thing(u)\n", "mixed-bindings"),
    ],
)
def test_imports_of_what_is_called(make_rule: MakeRule, code: str, outcome: str) -> None:
    assert said(make_rule, code if "from" in code else IMPORTS + code) == [outcome]
