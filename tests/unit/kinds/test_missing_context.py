"""Factories that are called for nobody: what is certain, and what could be passed."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.fixing import fix_file
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker

MakeRule = Callable[[str, Mapping[str, Any]], Rule]

FILES = {
    "app/__init__.py": "",
    "app/home.py": """
        def get(mode=None, user=None): ...
        def only(*, user=None): ...
        def anything(**options): ...
        def nothing(mode=None): ...
        def several(*modes, user=None): ...
        def first(user=None, /, **options): ...

        class Thing:
            def __init__(self, mode=None, user=None): ...
            @staticmethod
            def make(user=None): ...
            @classmethod
            def of(cls, user=None): ...

        @unknown
        def decorated(user=None): ...
        """,
    "app/shim.py": "from app.home import get as obtain\n",
}
NAMES = (
    "get",
    "only",
    "anything",
    "nothing",
    "several",
    "first",
    "Thing",
    "Thing.make",
    "Thing.of",
    "decorated",
    "gone",
)
OPTIONS = {"calls": [f"app.home.{name}" for name in NAMES], "parameter": "user"}
IMPORTS = """
from app.home import Thing, anything, decorated, first, get, gone, nothing, only, several
from app import home, shim

""".lstrip("\n")


def said(make_rule: MakeRule, code: str, path: str = "example.py") -> tuple[list[str], str]:
    """Give what is said of each violation, and what becomes of the code."""
    checker = example_checker(make_rule("missing-context", OPTIONS), Example(files=FILES), code)
    found = checker.check(path, code.encode()).violations
    outcomes = [v.refusal.code if v.refusal else v.fix.applicability.value if v.fix else "" for v in found]
    return outcomes, fix_file(checker, path, code.encode(), unsafe=True).raw.decode()


def tried(make_rule: MakeRule, call: str, before: str = "pass\n", parameters: str = "u, c=None, *a, **k") -> str:
    """Give what becomes of a call in a function: nothing, the refusal, or the call."""
    code = f"{IMPORTS}def f({parameters}):\n{textwrap.indent(before, '    ')}    return {call}\n"
    outcomes, fixed = said(make_rule, code)
    assert outcomes in ([], ["no-context"], ["comment-loss"], ["unknown-argument"], ["unsafe"])
    return (
        "nothing" if not outcomes else outcomes[0] if fixed == code else fixed.partition("    return ")[2].rstrip("\n")
    )


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("get()", "no-context"),
        ("get(1)", "no-context"),
        ("get(mode=1)", "no-context"),
        ("get(1, None)", "no-context"),
        ("get(1, (None))", "no-context"),
        ("get(user=None)", "no-context"),
        ("get(1, u or None)", "no-context"),
        ("get(user=getattr(u, 'user', None))", "no-context"),
        ("get(user=getattr(u, 'user', u))", "nothing"),
        ("get(user=getattr(u, 'user'))", "nothing"),
        ("get(user=None if u else u)", "no-context"),
        ("get(user=u.get('user', None))", "no-context"),
        ("get(user=u.get('user'))", "nothing"),
        ("get(user=k.get('user'))", "nothing"),
        ("get(user=(x := None))", "no-context"),
        ("get(user=c)", "nothing"),
        ("get(user=u)", "nothing"),
        ("get(user=0)", "nothing"),
        ("get(user=undefined)", "nothing"),
        ("get(1, u)", "nothing"),
        ("get(*a)", "nothing"),
        ("get(1, *a)", "nothing"),
        ("get(*a, u)", "nothing"),
        ("get(*a, None)", "nothing"),
        ("get(*a, user=None)", "no-context"),
        ("get(**k)", "nothing"),
        ("get(user=None, **k)", "no-context"),
        ("get(1, None, **k)", "no-context"),
        ("only()", "no-context"),
        ("only(**k)", "nothing"),
        ("anything()", "no-context"),
        ("anything(user=None)", "no-context"),
        ("anything(user=u)", "nothing"),
        ("nothing()", "nothing"),
        ("several(1, 2)", "no-context"),
        ("several(None)", "no-context"),
        ("several(user=u)", "nothing"),
        ("first()", "no-context"),
        ("first(None)", "no-context"),
        ("first(u)", "nothing"),
        ("first(*a)", "nothing"),
        ("decorated()", "no-context"),
        ("decorated(u)", "nothing"),
        ("decorated(None)", "nothing"),
        ("decorated(user=None)", "no-context"),
        ("gone()", "no-context"),
        ("gone(1)", "nothing"),
        ("gone(*a)", "nothing"),
        ("gone(**k)", "nothing"),
        ("get(colour=2, mode=1)", "unknown-argument"),
        ("Thing()", "no-context"),
        ("Thing[int](1)", "no-context"),
        ("Thing(1, u)", "nothing"),
        ("Thing.make()", "no-context"),
        ("Thing.of(None)", "no-context"),
        ("Thing.of(u)", "nothing"),
        ("home.get()", "no-context"),
        ("shim.obtain()", "no-context"),
        ("home.get", "nothing"),
        ("u.get()", "nothing"),
        ("lambda get: get()", "nothing"),
        ("lambda: get()", "no-context"),
    ],
)
def test_calls(make_rule: MakeRule, call: str, result: str) -> None:
    assert tried(make_rule, call) == result


@pytest.mark.parametrize(
    ("before", "result"),
    [
        ("x = None\n", "no-context"),
        ("x = getattr(u, 'user', None)\n", "no-context"),
        ("x = None\nif u:\n    x = u or None\n", "no-context"),
        ("x = u\n", "nothing"),
        ("x = c\n", "nothing"),
        ("x = None\nif u:\n    x = u\n", "nothing"),
        ("x = u or None\nif not x:\n    raise ValueError\n", "nothing"),
        ("x = u or None\nassert x\n", "nothing"),
        ("for x in u:\n    pass\n", "nothing"),
        ("y = None\nx = y\n", "no-context"),
        ("x = u\nx = None\n", "no-context"),
        ("x = None\ndel x\n", "nothing"),
    ],
)
def test_names(make_rule: MakeRule, before: str, result: str) -> None:
    assert tried(make_rule, "get(user=x)", before) == result


@pytest.mark.parametrize(
    ("parameters", "call", "result"),
    [
        ("user", "get()", "get(user=user)"),
        ("user", "get(1)", "get(1, user=user)"),
        ("user", "get(mode=1,)", "get(mode=1, user=user,)"),
        ("user", "get(1, user or None)", "get(1, user)"),
        ("user", "get(1, None)", "no-context"),
        ("user", "get(user=None)", "no-context"),
        ("user", "get(user=None if u else None)", "no-context"),
        ("user", "get(user=None if u else user)", "get(user=user)"),
        ("user", "get(user = getattr(a, 'b', None))", "get(user = user)"),
        ("user", "get(user=user or None)", "get(user=user)"),
        ("user", "get(\n    # why\n    )", "get(user=user\n    # why\n    )"),
        ("user", "get(user=(  # why\n    user or None))", "get(user=(  # why\n    user))"),
        ("user", "get(user=user or  # why\n    None)", "comment-loss"),
        ("user", "get()()", "get(user=user)()"),
        ("user", "get(colour=1)", "unknown-argument"),
        ("user", "anything(colour=1)", "anything(colour=1, user=user)"),
        ("user", "decorated(colour=1)", "decorated(colour=1, user=user)"),
        ("user=None", "get()", "no-context"),
        ("user=None", "user and get()", "user and get(user=user)"),
        ("*user", "get()", "no-context"),
        ("self, user=None", "get()", "no-context"),
        ("user", "[get() for user in u]", "no-context"),
    ],
)
def test_what_is_there_is_passed(make_rule: MakeRule, parameters: str, call: str, result: str) -> None:
    assert tried(make_rule, call, parameters=parameters) == result


def test_an_attribute_is_passed(make_rule: MakeRule) -> None:
    code = f"{IMPORTS}class C:\n    def __init__(self, user): self.user = user\n    def f(self): get(1)\n"
    assert said(make_rule, code) == (["unsafe"], code.replace("get(1)", "get(1, user=self.user)"))
    code = code.replace("user): self", "user=None): self")
    assert said(make_rule, code) == (["no-context"], code)


@pytest.mark.parametrize(
    ("code", "outcomes"),
    [
        ("def f(m=get()): ...\n", ["no-context"]),
        ("class C:\n    m = get()\n", ["no-context"]),
        ("m = get()\n", ["no-context"]),
        ("@get()\ndef f(): ...\n", ["no-context"]),
        ("with pytest.raises(E):\n    get()\n", []),
        ("try:\n    get()\n    assert False\nexcept E:\n    pass\n", []),
        ("with pytest.warns(E):\n    get()\n", ["no-context"]),
    ],
)
def test_places(make_rule: MakeRule, code: str, outcomes: list[str]) -> None:
    assert said(make_rule, IMPORTS + code)[0] == outcomes


def test_what_may_be_the_factory_counts(make_rule: MakeRule) -> None:
    code = "try:\n    from app.home import get\nexcept ImportError:\n    get = None\n\ndef f(): get()\n"
    assert said(make_rule, code)[0] == ["no-context"]


def test_the_factory_may_call_itself_and_others_may_not(make_rule: MakeRule) -> None:
    code = "def get(mode=None, user=None):\n    return get()\n\ndef only(*, user=None):\n    return get()\n"
    assert said(make_rule, code, "app/home.py")[0] == ["no-context"]


@pytest.mark.parametrize("options", [{"calls": [], "parameter": "a"}, {"calls": ["a.b"], "parameter": "a.b"}])
def test_problems_of_a_rule_are_told(make_rule: MakeRule, options: Mapping[str, Any]) -> None:
    with pytest.raises(AssertionError):
        make_rule("missing-context", options)
