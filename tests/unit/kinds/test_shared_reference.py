"""What ``shared-reference`` calls shared, and given; examples are in the kind itself."""

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
    "app/__init__.py": "from app.things import thing as passed_on\n",
    "app/things.py": (
        "import enum, redis\n\nclass Thing: ...\n\nclass Mode(enum.Enum):\n    A = 1\n\nthing = Thing()\nTHINGS = {}\n"
        "names = ['a']\nclient = redis.Redis()\nnumber = 3\n\nclass User:\n    def __init__(self, *a, **k): ...\n"
        "    @classmethod\n    def create(cls, *a): ...\n\ndef for_user(*a): ...\n"
    ),
}
HEADER = (
    "import app\nfrom app import things, passed_on\n"
    "from app.things import Mode, THINGS, Thing, User, client, for_user, names, number, thing\n"
    "mine = Thing()\nkept = []\nFIXED = {}\nclock = client.clock()\n\n"
)


@pytest.fixture
def check(make_rule: MakeRule) -> Check:
    """Check one file of a project with a rule of the kind."""

    def run(code: str, **options: Any) -> tuple[Violation, ...]:
        options = {key.replace("_", "-"): value for key, value in options.items()}
        options = options or {"classes": ["app.things.User"], "factories": ["app.things.for_user"]}
        example = Example(bad=code, path="app/user.py", files=FILES)
        return (
            example_checker(make_rule("shared-reference", options), example, code)
            .check("app/user.py", code.encode())
            .violations
        )

    return run


@pytest.mark.parametrize(
    "given",
    ["mine", "kept", "thing", "things.thing", "passed_on", "app.passed_on", "names", "app.things.names"],
)
def test_shared(check: Check, given: str) -> None:
    assert [v.symbol for v in check(f"{HEADER}def f():\n    return User({given})\n")] == [given]


@pytest.mark.parametrize(
    "given", ["FIXED", "THINGS", "client", "clock", "number", "Thing", "Mode.A", "own", "print", "f"]
)
def test_not_shared(check: Check, given: str) -> None:
    assert check(f"{HEADER}def f(own):\n    return User({given})\n") == ()


@pytest.mark.parametrize(
    "code",
    [
        "User(a=mine)",
        "User(*[mine])",
        "User([mine])",
        "User({'a': mine})",
        "User(Thing(mine))",
        "User.create(mine)",
        "for_user(mine)",
        "[User(mine) for _ in 'a']",
        "it = User(); it.a = mine",
        "it = for_user(); it.a = mine",
        "user.a = mine",
    ],
)
def test_given(check: Check, code: str) -> None:
    assert [v.symbol for v in check(f"{HEADER}def f(user: User):\n    {code}\n")] == ["mine"]


@pytest.mark.parametrize(
    "code",
    ["Thing(mine)", "User(dict(mine))", "User(mine.a)", "User([[mine]])", "own.a = mine", "it = f(); it.a = mine"],
)  # fmt: skip
def test_not_given(check: Check, code: str) -> None:
    assert check(f"{HEADER}def f(own):\n    {code}\n") == ()


def test_what_an_import_makes_is_of_another_rule(check: Check) -> None:
    assert check(f"{HEADER}user = User(mine)\n") == ()


def test_constants_that_change_are_none(check: Check) -> None:
    code = f"{HEADER}def f(x):\n    FIXED[x] = 1\n    return User(FIXED)\n"
    assert [v.symbol for v in check(code)] == ["FIXED"]


def test_of_a_class(check: Check) -> None:
    method = "    def f(self, x):\n        self.all[x] = 1\n        return User(self.all), User(A.all)\n"
    code = f"{HEADER}class A:\n    all = {{}}\n{method}"
    assert [v.symbol for v in check(code)] == ["self.all", "A.all"]
    own = f"{code}    def g(self):\n        self.all = {{}}\n"
    assert [v.symbol for v in check(own)] == []


def test_a_class_that_takes_it_itself(check: Check) -> None:
    code = f"{HEADER}class UserThing:\n    def f(self):\n        self.a = mine\n"
    assert [v.symbol for v in check(code, class_patterns=["User*"])] == ["mine"]
    assert [v.symbol for v in check(code, classes=["app.user.UserThing"])] == ["mine"]
    assert check(code, class_patterns=["Use"]) == ()
    assert check(code, class_patterns=["User*"], but_not=["*Thing"]) == ()


def test_members_of_enumerations(check: Check) -> None:
    code = f"{HEADER}def f():\n    return User(Mode.A, mode=things.Mode.A)\n"
    found = check(code, classes=["app.things.User"], enum_members=True)
    assert [v.symbol for v in found] == ["Mode.A", "things.Mode.A"]
