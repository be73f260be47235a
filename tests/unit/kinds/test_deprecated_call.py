"""Calls that another callable has taken over: functions, methods of classes, and of objects made for the purpose."""

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
    "app/old.py": """
        from app.new import get

        class Factory:
            def __init__(self, config=None): ...
            def make(self, user=None): ...
            async def later(self, user=None): ...
            @staticmethod
            def static(user=None, mode=None): ...
            @classmethod
            def of_class(cls, user=None, mode=None): ...

        class Special(Factory): ...

        class Other:
            def make(self, user=None): ...

        def old(user=None, /, mode=None): ...
        def positional(config, user=None): ...
        def get_factory(): return Factory()
        async def coming(user=None): ...

        alias = old
        """,
    "app/new.py": """
        def get(user, mode=None): ...
        async def open_(user, mode=None): ...

        class New:
            @classmethod
            def of(cls, user, mode=None): ...
        """,
}
OLD = [
    *(f"app.old.Factory.{name}" for name in ("make", "later", "static", "of_class")),
    *(f"app.old.{name}" for name in ("old", "positional", "coming", "gone", "Special.of_class")),
    "app.missing.Factory.make",
]


def options(new: str = "app.new.get", **others: Any) -> dict[str, Any]:
    user = {"keyword": "user", "position": 0, "required": True, "in-scope": ["user"]}
    return {"calls": dict.fromkeys(OLD, new), "arguments": {"user": user, "mode": {"keyword": "mode"}}, **others}


def outcomes(
    make_rule: MakeRule, code: str, given: Mapping[str, Any], path: str = "example.py"
) -> tuple[list[str], str]:
    """Give what is said of each violation, and what becomes of the code."""
    checker = example_checker(make_rule("deprecated-call", given), Example(files=FILES), code)
    found = checker.check(path, code.encode()).violations
    said = [v.refusal.code if v.refusal else v.fix.applicability.value if v.fix else "" for v in found]
    return said, fix_file(checker, path, code.encode(), unsafe=True).raw.decode()


def tried(make_rule: MakeRule, call: str, given: Mapping[str, Any], before: str = "") -> str:
    """Give what becomes of a call in a function: nothing, the refusal, or the call, marked if it is unsafe."""
    code = (
        "from app.old import Factory, Special, Other, old, positional, get_factory, coming, gone, alias\n"
        "from app.missing import Factory as Missing\nimport app.old as m\n\n"
        f"async def f(u, c, other):\n{textwrap.indent(before, '    ')}    return {call}\n"
    )
    said, fixed = outcomes(make_rule, code, given)
    if not said:
        assert fixed == code
        return "nothing"
    result = fixed.partition("    return ")[2].rstrip("\n")
    return {"safe": result, "unsafe": f"unsafe: {result}"}.get(said[0], said[0])


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("old(u)", "get(user=u)"),
        ("old(u, 1)", "get(user=u, mode=1)"),
        ("old(u, mode=1)", "get(user=u, mode=1)"),
        ("alias(u)", "get(user=u)"),
        ("m.old(u)", "get(user=u)"),
        ("m.alias(u)", "get(user=u)"),
        ("old()", "no-context"),
        ("old(None)", "no-context"),
        ("old(*u)", "star-arguments"),
        ("old(u, colour=1)", "unknown-argument"),
        ("positional(u)", "unknown-argument"),
        ("positional(c, u)", "unknown-argument"),
        ("positional(user=u)", "get(user=u)"),
        ("old", "nothing"),
        ("lambda old: old(u)", "nothing"),
        ("other.old(u)", "nothing"),
        ("gone(u)", "unsafe: get(user=u)"),
        ("gone(user=u)", "unsafe: get(user=u)"),
        # Methods of classes.
        ("Factory.static(u)", "get(user=u)"),
        ("m.Factory.static(u)", "get(user=u)"),
        ("Factory.of_class(u)", "get(user=u)"),
        ("Factory.make(c, u)", "unknown-argument"),
        ("Factory.make(c, user=u)", "unknown-argument"),
        ("Other.make(c, u)", "nothing"),
        # Methods of objects.
        ("Factory().make(u)", "unsafe: get(user=u)"),
        ("Factory().static(u)", "unsafe: get(user=u)"),
        ("Factory().static(u, 1)", "unsafe: get(user=u, mode=1)"),
        ("Factory().of_class(u, 1)", "unsafe: get(user=u, mode=1)"),
        ("c[0].make(u)", "nothing"),
        ("''.make(u)", "nothing"),
        ("Factory().of_class(user=u)", "unsafe: get(user=u)"),
        ("m.Factory().make(u)", "unsafe: get(user=u)"),
        ("Factory(c).make(u)", "unknown-argument"),
        ("Factory(**c).make(u)", "unknown-argument"),
        ("Factory(\n    # why\n    ).make(u)", "comment-loss"),
        ("Factory().make()", "no-context"),
        ("Factory().make(Factory().make(u))", "unsafe: get(user=get(user=u))"),
        ("Missing().make(u)", "unsafe: get(user=u)"),
        ("Other().make(u)", "nothing"),
        ("get_factory().make(u)", "nothing"),
        ("Factory.make", "nothing"),
        ("Factory().make", "nothing"),
        ("Factory().other(u)", "nothing"),
        ("Factory()().make(u)", "nothing"),
        ("other().make(u)", "nothing"),
        ("Factory.make().make(u)", "no-context"),
        # `await`.
        ("await coming(u)", "get(user=u)"),
        ("(await coming(u)).x", "(get(user=u)).x"),
        ("coming(u)", "not-awaited"),
        ("await old(u)", "awaited-object"),
        ("gone(u), await gone(u)", "not-awaited"),
        ("await gone(u), gone(u)", "not-awaited"),
        ("await gone(u), gone", "unsafe: get(user=u), gone"),
        ("await gone(u)", "unsafe: get(user=u)"),
        ("await Factory().later(u)", "unsafe: get(user=u)"),
        ("Factory().later(u)", "not-awaited"),
    ],
)
def test_calls(make_rule: MakeRule, call: str, result: str) -> None:
    assert tried(make_rule, call, options()) == result


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("old(u)", "await open_(user=u)"),
        ("old(u).x", "(await open_(user=u)).x"),
        ("coming(u)", "open_(user=u)"),
        ("await coming(u)", "await open_(user=u)"),
        ("lambda: coming(u)", "lambda: open_(user=u)"),
        ("lambda: old(u)", "not-in-async"),
        ("gone(u)", "unsafe: await open_(user=u)"),
        ("await gone(u)", "unsafe: await open_(user=u)"),
        ("gone(u), await gone(u)", "not-awaited"),
        ("Factory().make(u)", "unsafe: await open_(user=u)"),
        ("Factory().make(u).x", "unsafe: (await open_(user=u)).x"),
        ("await Factory().later(u)", "unsafe: await open_(user=u)"),
    ],
)
def test_calls_of_what_is_async_now(make_rule: MakeRule, call: str, result: str) -> None:
    assert tried(make_rule, call, options("app.new.open_")) == result


def test_a_method_of_a_class_may_take_over(make_rule: MakeRule) -> None:
    assert tried(make_rule, "old(u)", options("app.new.New.of")) == "New.of(user=u)"


def test_options_are_those_of_a_construction(make_rule: MakeRule) -> None:
    assert tried(make_rule, "old(u)", options(shared=True)) == "unsafe: get(user=u)"
    assert tried(make_rule, "old(u, colour=c)", options(drop=["colour"])) == "get(user=u)"
    assert tried(make_rule, "old(u)", options("elsewhere.get", **{"await": True})) == "await get(user=u)"
    assert tried(make_rule, "old(u)", options("elsewhere.get")) == "unknown-factory"


@pytest.mark.parametrize(
    ("before", "call", "result"),
    [
        ("f = Factory()\n", "f.make(u)", "unsafe: get(user=u)"),
        ("f: Factory = Factory()\n", "f.make(u)", "unsafe: get(user=u)"),
        ("f = m.Factory()\n", "f.make(u)", "unsafe: get(user=u)"),
        ("f = Factory(c)\n", "f.make(u)", "unknown-argument"),
        ("f = Factory(config=c)\n", "f.make(u)", "unknown-argument"),
        ("f = Factory()\n", "f.make(u), f.make(u)", "used-otherwise"),
        ("f = Factory()\nf.x = 1\n", "f.make(u)", "used-otherwise"),
        ("f = Factory()\nprint(f)\n", "f.make(u)", "used-otherwise"),
        ("f = Factory()\ndel f.x\n", "f.make(u)", "used-otherwise"),
        ("f = Factory()\ndef g(): return f\n", "f.make(u)", "used-otherwise"),
        ("f = g = Factory()\n", "f.make(u)", "used-otherwise"),
        ("print(f := Factory())\n", "f.make(u)", "used-otherwise"),
        ("if c:\n    f = Factory()\n", "f.make(u)", "used-otherwise"),
        ("f = Factory(); c = 1\n", "f.make(u)", "used-otherwise"),
        ("f = Factory()  # why\n", "f.make(u)", "comment-loss"),
        ("f = (Factory  # why\n)()\n", "f.make(u)", "comment-loss"),
        ("f = None\nf = Factory()\n", "f.make(u)", "nothing"),
        ("f = Other()\n", "f.make(u)", "nothing"),
        ("f = get_factory()\n", "f.make(u)", "nothing"),
        ("f = Factory\n", "f.static(u)", "get(user=u)"),
        ("f, g = Factory(), 1\n", "f.make(u)", "nothing"),
        ("f = await Factory()\n", "f.make(u)", "nothing"),
        ("f = Factory()\n", "[f.make(u) for f in c]", "nothing"),
        ("f = Factory()\n", "[f.make(u) for _ in c]", "unsafe: [get(user=u) for _ in c]"),
        ("f = Factory()\n", "lambda: f.make(u)", "unsafe: lambda: get(user=u)"),
    ],
)
def test_objects_with_a_name(make_rule: MakeRule, before: str, call: str, result: str) -> None:
    assert tried(make_rule, call, options(), before) == result


def test_an_object_of_a_module_may_be_used_by_others(make_rule: MakeRule) -> None:
    code = "from app.old import Factory\n\nf = Factory()\nf.make(1)\n"
    assert outcomes(make_rule, code, options()) == (["used-otherwise"], code)


def test_all_of_a_block_is_left_as_pass(make_rule: MakeRule) -> None:
    code = (
        "from app.old import Factory\n\ndef f(u):\n    try:\n        f = Factory()\n    finally:\n        pass\n"
        "    return f.make(u)\n"
    )
    fixed = (
        code.replace("f = Factory()", "pass")
        .replace("f.make(u)", "get(user=u)")
        .replace("old import Factory", "new import get")
    )
    assert outcomes(make_rule, code, options()) == (["unsafe"], fixed)


def test_what_is_replaced_and_what_replaces_it_may_call_it(make_rule: MakeRule) -> None:
    inside = "def get(user, mode=None):\n    from app.old import old\n    return old(user)\n"
    assert outcomes(make_rule, inside, options(), "app/new.py")[0] == []
    inside = "class Factory:\n    @staticmethod\n    def static(user=None):\n        return Factory.static(user)\n"
    assert outcomes(make_rule, inside, options(), "app/old.py")[0] == []
    beside = f"{inside}    def other(u): return Factory.static(u)\n"
    assert outcomes(make_rule, beside, options(), "app/old.py")[0] == ["safe"]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("with pytest.raises(E):", []),
        ("with pytest.warns(W):", []),
        ("with self.assertWarns(W):", []),
        ("with pytest.deprecated_call():", []),
        ("with warnings.catch_warnings():", ["negative-test"]),
        ("with other():", ["safe"]),
        ("with pytest.raises(E):\n      def g():", ["negative-test"]),
    ],
)
def test_what_a_test_expects(make_rule: MakeRule, header: str, said: list[str]) -> None:
    code = f"from app.old import old\n\ndef test_f(u):\n    {header}\n        old(u)\n"
    assert outcomes(make_rule, code, options())[0] == said


def test_what_may_be_something_else_is_refused(make_rule: MakeRule) -> None:
    code = "try:\n    from app.old import old\nexcept ImportError:\n    from other import old\n\nold(1)\n"
    assert outcomes(make_rule, code, options()) == (["mixed-bindings"], code)


def test_a_call_of_what_is_gone_is_told_as_that_of_what_is_there(make_rule: MakeRule) -> None:
    """So that the fix of its import makes no violation that was not there before."""
    rule = make_rule("deprecated-call", options())
    for module in ("app.missing", "app.old"):
        code = f"from {module} import Factory\n\nFactory.make()\n"
        violation = example_checker(rule, Example(files=FILES), code).check("example.py", code.encode()).violations[0]
        assert violation.symbol == "app.old.Factory.make"
        assert violation.message == "app.old.Factory.make() is deprecated; call app.new.get()"


def test_contradictions_in_a_rule_are_told(make_rule: MakeRule) -> None:
    rule = make_rule("deprecated-call", {"calls": {"a.b": "a.c"}})
    assert list(rule.problems()) == []
    for calls in ({}, {"a.b": "a.b"}, {"a.b": "a.c", "a.c": "a.d"}):
        with pytest.raises(AssertionError):
            make_rule("deprecated-call", {"calls": calls})
