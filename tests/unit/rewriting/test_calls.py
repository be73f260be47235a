"""Calls that go to a factory: their arguments, their ``await``, who may be affected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.fixing import fix_file
from ssot_lint.model import Applicability
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker, shortcomings

MakeRule = Callable[[str, Mapping[str, Any]], Rule]

FILES = {
    "app/__init__.py": "",
    "app/thing.py": """
        class Thing:
            def __init__(self, mode=None, user=None, *rest, token=None, colour=None): ...
        """,
    "app/factory.py": """
        from app.thing import Thing

        def get(user, mode=None, *, token=None): ...
        async def open_(user=None): ...
        def strict(user, /, other): ...
        def anything(**kwargs): ...
        def needs(user, more): ...

        class Maker:
            @staticmethod
            def static(user, mode=None): ...
            @classmethod
            def of_class(cls, user, mode=None): ...
            @classmethod
            async def coming(cls, user, mode=None): ...
            def method(self, user, mode=None): ...
        """,
}
OPTIONS: dict[str, Any] = {
    "classes": ["app.thing.Thing"],
    "factory": "app.factory.get",
    "drop": ["colour"],
    "arguments": {
        "user": {"position": 1, "required": True, "in-scope": ["user"]},
        "mode": {"keyword": "mode", "position": 0},
    },
}


def tried(make_rule: MakeRule, call: str, options: Mapping[str, Any], files: Mapping[str, str] = FILES) -> str:
    """Give what becomes of a call in ``def f(u): ...``: the refusal, or the call, marked if it is unsafe."""
    code = f"from app.thing import Thing\n\nasync def f(u, c=1, g=print):\n    return {call}\n"
    example = Example(files=files)
    checker = example_checker(make_rule("direct-instantiation", options), example, code)
    violation = checker.check(example.path, code.encode()).violations[0]
    if violation.refusal:
        return violation.refusal.code
    assert violation.fix is not None
    fixed = fix_file(checker, example.path, code.encode(), unsafe=True).raw.decode()
    prefix = "unsafe: " if violation.fix.applicability is Applicability.UNSAFE else ""
    return prefix + fixed.partition("    return ")[2].rstrip("\n")


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("Thing('m', u)", "get(mode='m', user=u)"),
        ("Thing(user=u)", "get(user=u)"),
        ("Thing(user=u, mode=1)", "get(user=u, mode=1)"),
        ("Thing(mode = 1, user = u,)", "get(mode = 1, user = u,)"),
        ("Thing(None, u, colour=c)", "get(mode=None, user=u)"),
        ("Thing(colour=c, user=u)", "get(user=u)"),
        ("Thing(user=u, colour=c, mode=1)", "get(user=u, mode=1)"),
        ("Thing(user=u, colour=c,)", "get(user=u,)"),
        ("Thing(user=u, colour=c.d[0] + 1)", "get(user=u)"),
        ("Thing(user=u, colour=g())", "unsafe: get(user=u)"),
        ("Thing(user=u, colour=[g() for g in c])", "unsafe: get(user=u)"),
        ("Thing(user=u, colour=(x := 1))", "unknown-argument"),
        ("Thing(user=u, colour=await g())", "unknown-argument"),
        ("Thing(user=u, # why\n  colour=c)", "comment-loss"),
        ("Thing(x for x in u)", "no-context"),
        ("Thing((x for x in u), u)", "get(mode=(x for x in u), user=u)"),
        ("Thing(x := 1, u)", "get(mode=(x := 1), user=u)"),
        ("Thing(lambda: 1, u)", "get(mode=lambda: 1, user=u)"),
        ("Thing(1, u, 2)", "unknown-argument"),
        ("Thing(1, u, token=2)", "unknown-argument"),
        ("Thing(1, u, user=u)", "unknown-argument"),
        ("Thing(user=None)", "no-context"),
        ("Thing(None, None)", "no-context"),
        ("Thing(user=getattr(u, 'user', None))", "no-context"),
        ("Thing(user=u or None)", "no-context"),
        ("Thing(user=u if c else None)", "no-context"),
        ("Thing(user=(x := None))", "no-context"),
        ("Thing(user=u.get('user', None))", "no-context"),
        ("Thing(user=u or c)", "get(user=u or c)"),
        ("Thing(user=u.user)", "get(user=u.user)"),
        ("Thing(\n  u,  # mode\n  u  # user\n  )", "get(\n  mode=u,  # mode\n  user=u  # user\n  )"),
        ("Thing(u, *(), user=u)", "star-arguments"),
        ("Thing(u, u, **{})", "star-arguments"),
        ("Thing(*u)", "star-arguments"),
        ("Thing(**u)", "star-arguments"),
        ("Thing()", "no-context"),
        ("Thing[int](user=u)", "get(user=u)"),
        ("(Thing)(user=u)", "(get)(user=u)"),
        ("(Thing # why\n  )(user=u)", "(get # why\n  )(user=u)"),
        ("Thing.__new__(Thing)", "raw-new"),
        ("object.__new__(Thing)", "raw-new"),
        ('f"{Thing(user=u)}"', 'f"{get(user=u)}"'),
        ('f"{Thing(user=u)=}"', 'unsafe: f"{get(user=u)=}"'),
    ],
)
def test_arguments(make_rule: MakeRule, call: str, result: str) -> None:
    assert tried(make_rule, call, OPTIONS) == result


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("Thing()", "await open_()"),
        ("Thing().x", "(await open_()).x"),
        ("Thing()[0]", "(await open_())[0]"),
        ("Thing()()", "(await open_())()"),
        ("Thing() ** 2", "(await open_()) ** 2"),
        ("2 ** Thing()", "2 ** await open_()"),
        ("Thing() + 1", "await open_() + 1"),
        ("-Thing()", "-await open_()"),
        ("[Thing() for _ in u]", "[await open_() for _ in u]"),
        ("(Thing() for _ in u)", "not-in-async"),
        ("lambda: Thing()", "not-in-async"),
        ("await Thing()", "unsafe: await open_()"),
        ("(Thing()).x", "(await open_()).x"),
        ("await (Thing())", "unsafe: await (open_())"),
        ("Thing().x.y(Thing())", "(await open_()).x.y(await open_())"),
        ("c ** Thing() ** 2", "c ** (await open_()) ** 2"),
        ("not Thing()", "not await open_()"),
        ("Thing() if Thing() else c", "await open_() if await open_() else c"),
        ("{**Thing()}", "{**await open_()}"),
        ("g(*Thing())", "g(*await open_())"),
        ("c[Thing()]", "c[await open_()]"),
        ("f'{Thing().x:{Thing()}}'", "f'{(await open_()).x:{await open_()}}'"),
        ("[1 for _ in Thing()]", "[1 for _ in await open_()]"),
        ("{Thing(): Thing() for _ in u if Thing()}", "{await open_(): await open_() for _ in u if await open_()}"),
        ("[[Thing() for _ in u] for _ in u]", "not-in-async"),
    ],
)
def test_awaits(make_rule: MakeRule, call: str, result: str) -> None:
    assert tried(make_rule, call, {**OPTIONS, "factory": "app.factory.open_", "arguments": {}}) == result


@pytest.mark.parametrize(
    ("constructor", "factory", "call", "result"),
    [
        ("", "", "await Thing()", "unsafe: get()"),
        ("", "", "(await Thing()).x", "unsafe: (get()).x"),
        ("", "", "await(Thing())", "unsafe: (get())"),
        ("", "", "[await  Thing()]", "unsafe: [get()]"),
        ("    def __await__(self): ...\n", "", "await Thing()", "awaited-object"),
        ("    def __await__(self): ...\n", "", "Thing()", "get()"),
        ("    def __await__(self): ...\n", " -> int", "await Thing()", "unsafe: get()"),
        ("    def __await__(self): ...\n", " -> object", "await Thing()", "awaited-object"),
    ],
)
def test_awaited_objects(make_rule: MakeRule, constructor: str, factory: str, call: str, result: str) -> None:
    files = {
        "app/__init__.py": "",
        "app/thing.py": f"class Thing:\n    def __init__(self): ...\n{constructor}",
        "app/factory.py": f"def get(){factory}:\n    return make()\n",
    }
    assert tried(make_rule, call, {**OPTIONS, "arguments": {}}, files) == result


@pytest.mark.parametrize(
    ("factory", "result"),
    [
        ("app.factory.get", "get(user=u)"),
        ("app.factory.anything", "anything(user=u)"),
        ("app.factory.strict", "unknown-argument"),
        ("app.factory.needs", "missing-argument"),
        ("app.factory.gone", "target-missing"),
        ("elsewhere.get", "unknown-factory"),
        ("app.factory.Maker.static", "Maker.static(user=u)"),
        ("app.factory.Maker.of_class", "Maker.of_class(user=u)"),
        ("app.factory.Maker.coming", "await Maker.coming(user=u)"),
        ("app.factory.Maker.method", "missing-argument"),
        ("app.factory.Maker.gone", "unknown-factory"),
    ],
)
def test_factories(make_rule: MakeRule, factory: str, result: str) -> None:
    assert tried(make_rule, "Thing(user=u)", {**OPTIONS, "factory": factory}) == result


@pytest.mark.parametrize(
    ("constructor", "call", "result"),
    [
        ("a=None, b=None", "Thing(b=u)", "get(user=u)"),
        ("a=None, b=None", "Thing(u)", "unknown-argument"),
        ("a=None, b=None", "Thing(1, u)", "unknown-argument"),
        ("b=None, a=None", "Thing(u)", "get(user=u)"),
        ("*args", "Thing(u)", "get(user=u)"),
        ("**options", "Thing(b=u)", "get(user=u)"),
        ("**options", "Thing(c=u)", "unknown-argument"),
        ("a, /, **options", "Thing(b=u)", "get(user=u)"),
    ],
)
def test_a_name_counts_more_than_a_position(make_rule: MakeRule, constructor: str, call: str, result: str) -> None:
    files = {**FILES, "app/thing.py": f"class Thing:\n    def __init__(self, {constructor}): ...\n"}
    options = {**OPTIONS, "arguments": {"user": {"keyword": "b", "position": 0}}}
    assert tried(make_rule, call, options, files) == result


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("def f(user): return Thing()", "get(user=user)"),
        ("def f(user=None): return Thing()", "it may be None, not there"),
        ("def f(user=None):\n    if user: return Thing()", "get(user=user)"),
        ("def f(user):\n    del user\n    return Thing()", "not there, not there"),
        ("def f():\n    if a: user = 1\n    Thing()", "it may not be there, not there"),
        ("def f():\n    if a: user = 1\n    else: user = 2\n    Thing()", "get(user=user)"),
        ("def f(user):\n    return [Thing() for user in user]", "not there, not there"),
        ("def f(request): Thing()", "get(user=request.state.user)"),
        ("def f(request, user=None): Thing()", "get(user=request.state.user)"),
        ("def f(request):\n    request.state.user = None\n    Thing()", "not there, it may be None"),
        ("def f(*request): Thing()", "not there, not there"),
        ("def f(user):\n    def g(): return lambda: Thing()", "get(user=user)"),
        ("user = 1\ndef f(): Thing()", "not there, not there"),
        ("def f():\n    import user\n    Thing()", "not there, not there"),
        ("def f():\n    def user(): ...\n    Thing()", "not there, not there"),
    ],
)
def test_values_in_scope(make_rule: MakeRule, body: str, result: str) -> None:
    argument = {"keyword": "user", "required": True, "in-scope": ["user", "request.state.user"]}
    code = f"from app.thing import Thing\n\n{body}\n"
    checker = example_checker(
        make_rule("direct-instantiation", {**OPTIONS, "arguments": {"user": argument}}), Example(files=FILES), code
    )
    violation = checker.check("example.py", code.encode()).violations[0]
    if violation.refusal:
        assert violation.refusal.code == "no-context"
        assert ", ".join(re.findall(r"\((.*?)\)", violation.refusal.reason)) == result
        return
    assert violation.fix is not None
    assert violation.fix.applicability is Applicability.UNSAFE
    fixed = fix_file(checker, "example.py", code.encode(), unsafe=True).raw.decode()
    assert fixed[fixed.rindex("get(") :].partition(")")[0] + ")" == result


@pytest.mark.parametrize(
    ("constructor", "factory", "call", "result"),
    [
        ("mode=1", "mode=1", "Thing()", "get()"),
        ("mode=1", "mode=2", "Thing()", "unsafe: get()"),
        ("mode=1", "mode=2", "Thing(3)", "get(mode=3)"),
        ("mode=1", "*, mode=2", "Thing()", "unsafe: get()"),
        ("*, mode=1", "mode=2", "Thing()", "unsafe: get()"),
        ("mode=A.b", "mode=A.b", "Thing()", "get()"),
        ("mode=A.b", "mode=A.c", "Thing()", "unsafe: get()"),
        ("mode=None", "mode=1", "Thing()", "unsafe: get()"),
        ("mode", "mode=1", "Thing()", "get()"),
        ("**options", "mode=1", "Thing()", "get()"),
        ("mode=1, other=2", "mode=1, other=3", "Thing()", "get()"),
    ],
)
def test_defaults(make_rule: MakeRule, constructor: str, factory: str, call: str, result: str) -> None:
    files = {
        "app/__init__.py": "",
        "app/thing.py": f"class Thing:\n    def __init__(self, {constructor}): ...\n",
        "app/factory.py": f"@decorated\ndef other(): ...\n\ndef get({factory}): ...\n",
    }
    options = {**OPTIONS, "arguments": {"mode": {"keyword": "mode", "position": 0}}}
    assert tried(make_rule, call, options, files) == result


def test_a_pack_knows_about_what_is_not_in_the_tree(make_rule: MakeRule) -> None:
    options = {**OPTIONS, "factory": "elsewhere.get", "await": True}
    assert tried(make_rule, "Thing(user=u)", options) == "await get(user=u)"


def test_what_may_be_shared_is_for_a_human(make_rule: MakeRule) -> None:
    assert tried(make_rule, "Thing(user=u)", {**OPTIONS, "shared": True}) == "unsafe: get(user=u)"


@pytest.mark.parametrize(
    ("test", "result"),
    [
        ("patch('example.Thing')\n", "unsafe: get(user=u)"),
        ("import example\nexample.Thing = 1\n", "unsafe: get(user=u)"),
        ("patch('app.thing.Thing')\n", "get(user=u)"),
        ("patch('example.f')\n", "get(user=u)"),
    ],
)
def test_a_class_that_tests_replace(make_rule: MakeRule, test: str, result: str) -> None:
    files = {**FILES, "tests/test_example.py": test}
    assert tried(make_rule, "Thing(user=u)", OPTIONS, files) == result


@pytest.mark.parametrize(
    ("method", "result"),
    [
        ("def f(self): return Thing()", "get(user=self.user)"),
        ("async def f(self, x): return Thing()", "get(user=self.user)"),
        ("def f(self): return [lambda: Thing()]", "get(user=self.user)"),
        ("def f(this): return Thing()", "no-context"),
        ("def f(x, self): return Thing()", "no-context"),
        ("def f(*self): return Thing()", "no-context"),
        ("@staticmethod\n    def f(self): return Thing()", "no-context"),
        ("@classmethod\n    def f(self): return Thing()", "no-context"),
        ("def f(self): self = 1; return Thing()", "no-context"),
        ("user = Thing()", "no-context"),
    ],
)
@pytest.mark.parametrize("init", ["self.user = user", "self.user: str = user", "self.a = self.user = user"])
def test_attributes_in_scope(make_rule: MakeRule, method: str, result: str, init: str) -> None:
    assert in_class(make_rule, f"def __init__(self, user):\n        {init}\n\n    {method}") == result


@pytest.mark.parametrize(
    "body",
    [
        "def f(self): return Thing()",
        "def __init__(self, a):\n        if a:\n            self.user = 1\n    def f(self): return Thing()",
        "def __init__(self):\n        self.user: str\n    def f(self): return Thing()",
        "def __init__(self):\n        self.users = 1\n    def f(self): return Thing()",
        "def __init__(self):\n        Thing()\n        self.user = 1",
        "def set(self):\n        self.user = 1\n    def f(self): return Thing()",
    ],
)
def test_attributes_that_may_not_be_there(make_rule: MakeRule, body: str) -> None:
    assert in_class(make_rule, body) == "no-context"


def in_class(make_rule: MakeRule, body: str) -> str:
    """Give what becomes of the one construction in a class: the refusal, or the call of the factory."""
    code = f"from app.thing import Thing\n\nclass C:\n    {body}\n"
    options = {**OPTIONS, "arguments": {"user": {"required": True, "in-scope": ["self.user"]}}}
    example = Example(files=FILES)
    checker = example_checker(make_rule("direct-instantiation", options), example, code)
    violation = checker.check(example.path, code.encode()).violations[0]
    if violation.refusal:
        return violation.refusal.code
    fixed = fix_file(checker, example.path, code.encode(), unsafe=True).raw.decode()
    return fixed[fixed.rindex("get(") :].partition(")")[0] + ")"


HELPER = """
    def build(u):
        from app.thing import Thing
        return Thing(user=u)
    """


@pytest.mark.parametrize(
    "example",
    [
        Example(
            note="What the factory imports may be what makes its objects.",
            bad=HELPER,
            good=HELPER.replace("thing import Thing", "factory import get").replace("return Thing", "return get"),
            unsafe=True,
            path="app/helper.py",
            files={**FILES, "app/factory.py": "import app.helper\n\ndef get(user, mode=None): ...\n"},
        ),
        Example(
            note="An import that the call of the factory comes before is of no use.",
            bad="""
                from app.thing import Thing
                thing = Thing(user=1)
                from app.factory import get
                """,
            refusal="name-taken",
            files=FILES,
        ),
        Example(
            note="What is imported in a class is an attribute of it.",
            bad="""
                class Holder:
                    from app.thing import Thing
                    thing = Thing(user=1)
                """,
            refusal="class-scope",
            files=FILES,
        ),
        Example(
            note="Several constructions, through several imports, need one import.",
            bad="""
                import app.thing
                from app.thing import Thing as T
                from app import thing
                things = [app.thing.Thing(user=1), T(user=2), thing.Thing(user=3)]
                """,
            good="""
                from app.factory import get
                things = [get(user=1), get(user=2), get(user=3)]
                """,
            files=FILES,
        ),
        Example(
            note="A comment in the middle of a name has no place in another one.",
            bad="""
                import app.thing
                thing = (app  # why
                    .thing.Thing)(user=1)
                """,
            refusal="comment-loss",
            files=FILES,
        ),
        Example(
            note="To call `__new__` of a base class is what every `__new__` does.",
            ok="""
                from app.thing import Thing
                class Special(Thing):
                    def __new__(cls): return Thing.__new__(cls)
                """,
            files=FILES,
        ),
    ],
    ids=lambda example: example.note,
)
def test_places(make_rule: MakeRule, example: Example) -> None:
    assert list(shortcomings(make_rule("direct-instantiation", OPTIONS), example)) == []
