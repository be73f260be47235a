"""What ``factory-bypass`` calls a bypass, and where; examples are in the kind itself."""

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
    "app/__init__.py": "from app.things import Thing as Passed\n",
    "app/things.py": "_all = {}\n\nclass Thing: ...\n\ndef get_thing(): ...\n",
}
HEADER = "import app, copy, types\nfrom app import Passed, things\nfrom app.things import Thing, get_thing\n\n"
OPTIONS = {"classes": ["app.things.Thing"], "factory": "app.things.get_thing", "private": ["app.things._all", "_token"]}


@pytest.fixture
def check(make_rule: MakeRule) -> Check:
    """Check one file of a project with a rule of the kind."""

    def run(code: str, path: str = "app/user.py", **options: Any) -> tuple[Violation, ...]:
        example = Example(bad=code, path=path, files=FILES)
        checker = example_checker(make_rule("factory-bypass", {**OPTIONS, **options}), example, code)
        return checker.check(path, code.encode()).violations

    return run


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("class A(Thing): ...", "Thing is derived from"),
        ("class A(dict, Passed[int]): ...", "Passed is derived from"),
        ("class A(app.Passed): ...", "app.Passed is derived from"),
        ("A = types.new_class('A', (Thing,))", "Thing is derived from"),
        ("copy.copy(get_thing())", "get_thing() is copied"),
        ("it = Thing(); copy.deepcopy(it)", "it is copied"),
        ("def f(it: Passed): return copy.copy(it)", "it is copied"),
        ("object.__new__(things.Thing)", "things.Thing is made without being constructed"),
        ("Thing.a = 1", "Thing is changed at run time"),
        ("delattr(Thing, 'a')", "Thing is changed at run time"),
        ("things._all", "things._all is the factory's own"),
        ("from app.things import _all as every", "_all is the factory's own"),
        ("Thing(_token=1)", "_token is the factory's own"),
        ("it._token", "it._token is the factory's own"),
    ],
)
def test_bypasses(check: Check, code: str, said: str) -> None:
    found = check(f"{HEADER}{code}\n")
    assert [v.message.replace("`", "") for v in found] == [f"{said}; use app.things.get_thing"]


@pytest.mark.parametrize(
    "code",
    [
        "class A(dict): ...",
        "class A(things.Other): ...",
        "isinstance(it, Thing)",
        "type(Thing)",
        "copy.copy(other)",
        "def f(it: dict): return copy.copy(it)",
        "own.copy(get_thing())",
        "get_thing().a = 1",
        "setattr(it, 'Thing', Thing)",
        "other._all",
        "f(token=1)",
    ],
)
def test_none(check: Check, code: str) -> None:
    assert check(f"{HEADER}{code}\n") == ()


def test_at_home(check: Check) -> None:
    code = FILES["app/things.py"] + "class A(Thing): ...\n_all.clear()\nThing(_token=1)\n"
    assert check(code, path="app/things.py") == ()
    assert check(f"{HEADER}class A(Thing): ...\n", **{"allowed-in": ["app.user"]}) == ()


def test_without_classes_nothing_is_a_copy(check: Check) -> None:
    assert check(f"{HEADER}copy.copy(get_thing())\n", classes=[], factory="") == ()
    assert len(check(f"{HEADER}things._all\n", classes=[], factory="")) == 1


def test_the_factory_need_not_be_named(check: Check) -> None:
    assert [v.message for v in check(f"{HEADER}class A(Thing): ...\n", factory="")] == ["`Thing` is derived from"]
