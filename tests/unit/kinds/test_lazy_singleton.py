"""What ``lazy-singleton`` calls kept, and where; examples are in the kind itself."""

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
    "app/things.py": "class Thing:\n    @classmethod\n    def create(cls): ...\n    def size(self): ...\n\n"
    "class Colour:\n    pass\n\ndef make_thing(): ...\n\ndef load(): ...\n",
}
HEADER = (
    "import functools\nfrom functools import cache\n"
    "from app.things import Thing, load, make_thing\n_x = None\n_all = {}\n"
)


@pytest.fixture
def check(make_rule: MakeRule) -> Check:
    """Check one file of a project with a rule of the kind."""

    def run(code: str, **options: Any) -> tuple[Violation, ...]:
        rule = make_rule("lazy-singleton", options)
        example = Example(bad=code, path="app/user.py", files=FILES)
        return example_checker(rule, example, code).check("app/user.py", code.encode()).violations

    return run


def found(violations: tuple[Violation, ...]) -> list[str]:
    return [f"{v.range.start.row - HEADER.count(chr(10))}: {v.message}" for v in violations]


def said(row: int, symbol: str, holder: str, made: str = "Thing") -> str:
    return f"{row}: `app.user.{symbol}` keeps one {made} for the whole process, in `{holder}`"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def f():\n    global _x\n    _x = _x or Thing()\n", [said(1, "f", "_x")]),
        ("def f():\n    global _x\n    return _x or (_x := Thing())\n", [said(1, "f", "_x")]),
        ("def f():\n    global _x\n    _x: Thing = Thing.create()\n", [said(1, "f", "_x")]),
        ("def f(y=None):\n    global _x\n    _x = Thing() if y else _x\n", [said(1, "f", "_x")]),
        ("def f():\n    global _x\n    _x, y = make_thing(), 1\n", [said(1, "f", "_x", "result of make_thing")]),
        ("class A:\n    def f(self):\n        global _x\n        _x = Thing()\n", [said(2, "A.f", "_x")]),
        ("def f():\n    def g():\n        global _x\n        _x = Thing()\n    g()\n", [said(2, "f.g", "_x")]),
        ("def f():\n    return _all.setdefault('it', Thing())\n", [said(1, "f", "_all['it']")]),
        ("def f():\n    globals().update(it=Thing())\n", [said(1, "f", "it")]),
        ("def f():\n    setattr(f, 'it', Thing())\n    return f.it\n", [said(1, "f", "f.it")]),
        ("@functools.lru_cache(None)\ndef f():\n    return Thing()\n", [said(2, "f", "the cache of f")]),
        ("class A:\n    @cache\n    def f():\n        return A()\n", [said(3, "A.f", "the cache of f", "A")]),
        (
            "class A:\n    def __new__(cls):\n        it = cls._it = object.__new__(cls)\n        return it\n",
            [said(2, "A.__new__", "A._it", "A")],
        ),
        (
            "class A:\n    def get(self):\n        type(self)._it = type(self)._it or self.__class__()\n",
            [said(2, "A.get", "A._it", "A")],
        ),
        ("class A:\n    @classmethod\n    def f(cls):\n        cls._it = Thing()\n", [said(3, "A.f", "A._it")]),
        ("class A: ...\n\ndef f():\n    A.it = A()\n", [said(3, "f", "A.it", "A")]),
    ],
)  # fmt: skip
def test_kept(check: Check, code: str, expected: list[str]) -> None:
    assert found(check(HEADER + code)) == expected


def test_the_getter_is_named_rather_than_who_else_makes_it(check: Check) -> None:
    setup = "def setup():\n    global _x\n    _x = Thing()\n\n"
    get = "def get():\n    global _x\n    _x = _x or Thing()\n    return _x\n"
    assert found(check(HEADER + setup + get)) == [said(5, "get", "_x")]
    assert found(check(HEADER + get + setup)) == [said(1, "get", "_x")]
    assert found(check(HEADER + setup)) == [said(1, "setup", "_x")]


@pytest.mark.parametrize(
    "code",
    [
        "def f():\n    _x = Thing()\n    return _x\n",
        "def f():\n    global _x\n    _x = load()\n",
        "def f():\n    global _x\n    _x = Thing().size()\n",
        "def f():\n    global _x\n    _x = lambda: Thing()\n",
        "def f(user):\n    _all[user] = Thing()\n",
        "def f(_all):\n    _all['it'] = Thing()\n",
        "def f(thing):\n    thing.it = Thing()\n",
        "class A:\n    def f(self):\n        self.it = Thing()\n",
        "class A:\n    @classmethod\n    def f(cls, user):\n        cls._all[user] = cls()\n",
        "class A:\n    def f(self):\n        self.__dict__ = {}\n",
        "class A:\n    def f(self, other):\n        self.__dict__ = other.__dict__\n",
        "@cache\ndef f(user):\n    return Thing()\n",
        "class A:\n    @cache\n    def f(self):\n        return Thing()\n",
        "def cache(f): return f\n\n@functools.wraps(load)\ndef f():\n    return Thing()\n",
        "def memo(f):\n    kept = {}\n    def g(*a):\n        kept[a] = f(*a)\n        return kept[a]\n    return g\n",
        "import enum\nclass A(enum.Enum):\n    def __new__(cls, v):\n        cls.last = object.__new__(cls)\n",
    ],
)
def test_not_kept(check: Check, code: str) -> None:
    assert found(check(HEADER + code)) == []


def test_what_has_it_in_its_name(check: Check) -> None:
    header = HEADER.replace("_x = None\n", "from app.base import Singleton, SingletonMeta, singleton\n")
    code = "class A(Singleton): ...\nclass B(metaclass=SingletonMeta): ...\n@singleton\nclass C: ...\n"
    assert [v.symbol for v in check(header + code)] == ["app.user.A", "app.user.B", "app.user.C"]


def test_only_what_is_governed(check: Check) -> None:
    keeps = "def f():\n    global _x\n    _x = Thing()\n\n"
    code = f"{HEADER}{keeps}class A:\n    def __new__(cls):\n        cls._it = super().__new__(cls)\n"
    assert [v.origin for v in check(code)] == ["app.things.Thing", "app.user.A"]
    assert [v.origin for v in check(code, classes=["app.things.Thing"])] == ["app.things.Thing"]
    assert [v.origin for v in check(code, classes=["app.user.A"])] == ["app.user.A"]
    assert [v.origin for v in check(code, **{"class-patterns": ["A*"]})] == ["app.user.A"]
    assert [v.origin for v in check(code, **{"but-not": ["Th*"]})] == ["app.user.A"]
    assert [v.origin for v in check(code, packages=["app.other"])] == []


def test_words(make_rule: MakeRule) -> None:
    """A file without any of the words is not even parsed."""
    rule = make_rule("lazy-singleton", {})
    checker = example_checker(rule, Example(ok=""), "")
    assert not rule.may_fire_in(b"def f():\n    self.a = Thing()\n", checker.project)
    assert rule.may_fire_in(b"class C:\n    def f():\n        C._it = C()\n", checker.project)
    governed = make_rule("lazy-singleton", {"class-patterns": ["*Manager"]})
    assert not governed.may_fire_in(b"global x\nx = Thing()\n", checker.project)
