"""What ``module-singleton`` calls bound, and as what; examples are in the kind itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.model import Violation
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker

MakeRule = Callable[[str, Mapping[str, Any]], Rule]
Check = Callable[..., tuple[Violation, ...]]
FILES = {
    "app/__init__.py": "",
    "app/things.py": (
        "class Thing:\n    @classmethod\n    def create(cls): ...\n    def size(self): ...\n\n"
        "def make_thing(): ...\n\nclass Things(list[Thing]): ...\n"
    ),
}
HEADER = "from app.things import Thing, Things, make_thing\n"


@pytest.fixture
def check(make_rule: MakeRule) -> Check:
    """Check one file of a project with a rule of the kind."""

    def run(code: str, **options: Any) -> tuple[Violation, ...]:
        rule = make_rule("module-singleton", {key.replace("_", "-"): value for key, value in options.items()})
        example = Example(bad=code, path="app/user.py", files=FILES)
        return example_checker(rule, example, code).check("app/user.py", code.encode()).violations

    return run


@pytest.mark.parametrize(
    ("code", "symbols"),
    [
        ("class A:\n    class B:\n        x = Thing()\n", ["A.B.x"]),
        ("class A:\n    def f(self, x=Thing(), *, y=Thing()): ...\n", ["A.f.x", "A.f.y"]),
        ("def f(x=[Thing()]): ...\n", ["f.x"]),
        ("a.b.c = Thing()\n", ["a.b.c"]),
        ("globals()['x'] = Thing()\n", ["x"]),
        ("globals().setdefault('x', Thing())\n", ["x"]),
        ("globals().update(x=Thing(), y=1)\n", ["x"]),
        ("setattr(app, 'x', Thing())\n", ["app.x"]),
        ("x = {'a': 1, 'b': (Thing(), *[Thing()])}\n", ["x"]),
        ("from functools import partial\nx = partial(Thing, 1)()\n", ["x"]),
        ("import functools\nx = functools.partial(print, Thing())\n", ["x"]),
        ("x = Thing.create()\n", ["x"]),
        ("x = y = Thing()\n", ["x", "y"]),
    ],
)
def test_bound(check: Check, code: str, symbols: list[str]) -> None:
    found = check(HEADER + code, classes=["app.things.Thing"])
    assert [v.symbol for v in found] == [f"app.user.{symbol}" for symbol in symbols]
    assert {v.origin for v in found} == {"app.things.Thing"}


@pytest.mark.parametrize(
    "code",
    [
        "x = Thing\n",
        "x = Thing().size()\n",
        "x = len(Thing())\n",
        "from functools import partial\nx = partial(Thing, 1)\n",
        "def f():\n    app.x = Thing()\n",
        "def f():\n    class A:\n        x = Thing()\n",
        "def f():\n    def g(x=Thing()): ...\n",
        "f = lambda x: setattr(x, 'y', Thing())\n",
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: Thing = Thing()\n",
        "from pydantic import BaseModel\nclass A(BaseModel):\n    x: Thing = Thing()\n",
        "from pydantic import BaseModel\nclass A(BaseModel): ...\nclass B(A):\n    x: Thing = Thing()\n",
    ],
)
def test_not_bound(check: Check, code: str) -> None:
    assert check(HEADER + code, classes=["app.things.Thing"]) == ()


def test_methods_of_models_have_defaults_like_all_others(check: Check) -> None:
    code = f"{HEADER}from pydantic import BaseModel\nclass A(BaseModel):\n    def f(self, x=Thing()): ...\n"
    assert [v.symbol for v in check(code, classes=["app.things.Thing"])] == ["app.user.A.f.x"]


def test_only_what_is_governed(check: Check) -> None:
    code = HEADER + "a = Thing()\nb = make_thing()\nc = Things()\nd = print()\n"
    assert [v.symbol for v in check(code, class_patterns=["Thing*"])] == ["app.user.a", "app.user.c"]
    assert [v.symbol for v in check(code, class_patterns=["Thing*"], but_not=["Things"])] == ["app.user.a"]
    assert [v.symbol for v in check(code, factory_patterns=["make_*", "print"])] == ["app.user.b"]
    assert [v.symbol for v in check(code, factories=["app.things.make_thing"])] == ["app.user.b"]


def test_words(make_rule: MakeRule) -> None:
    """A file in which nothing is called as it has to be is not even parsed."""
    rule = make_rule("module-singleton", {"class-patterns": ["*Thing"]})
    project = example_checker(rule, Example(ok=""), "").project
    assert rule.looks_at("app/user.py", "app.user")
    assert not rule.may_fire_in(b"x = Other()\n", project)
    assert rule.may_fire_in(b"x = SomeThing()\n", project)
    assert not make_rule("module-singleton", {"classes": ["app.Thing"]}).looks_at("app/user.py", "app.user")
