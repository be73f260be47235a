"""What ``shared-mutable-state`` calls changed, by whom and for whom; examples are in the kind itself."""

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
    "app/models.py": "from pydantic import BaseModel\nclass Own(BaseModel): ...\n",
    "app/keys.py": "def safe(user): ...\n",
}


@pytest.fixture
def check(make_rule: MakeRule) -> Check:
    """Check one file of a project with a rule of the kind."""

    def run(code: str, **options: Any) -> tuple[Violation, ...]:
        rule = make_rule("shared-mutable-state", {key.replace("_", "-"): value for key, value in options.items()})
        example = Example(bad=code, path="app/state.py", files=FILES)
        return example_checker(rule, example, code).check("app/state.py", code.encode()).violations

    return run


def hows(violations: tuple[Violation, ...]) -> list[str]:
    return [
        v.message.removeprefix("`app.state.").replace("` is one", ":").replace(" for the whole process", "")
        for v in violations
    ]


@pytest.mark.parametrize(
    "change",
    [
        "kept[user_id] = 1",
        "kept[user_id]['a'] = 1",
        "kept[f'a:{user_id}'] = 1",
        "kept[request.user.id] = 1",
        "kept[data['user_id']] = 1",
        "kept[user_id] += 1",
        "kept.setdefault(user_id, []).append(1)",
        "kept.update({user_id: 1})",
        "kept.get('a').append(user_id)",
        "kept.pop(user_id, None)",
        "kept |= {user_id: 1}",
        "del kept[user_id]",
        "key = (user_id, 1); kept[key] = 1",
        "[kept.append(user_id) for _ in 'ab']",
    ],
)
def test_changes_that_tell_of_a_user(check: Check, change: str) -> None:
    declares = "    global kept\n" if "|=" in change else ""
    code = f"kept = {{}}\n\ndef f(user_id, request, data):\n{declares}    {change}\n"
    name = "user" if "request" in change else "user_id"
    assert hows(check(code)) == [f"kept: dict, changed by f (row {code.count(chr(10))}), by `{name}`"]
    assert hows(check(code.replace("user", "item"))) == []
    assert len(check(code.replace("user", "item"), per_user=True)) == 1


@pytest.mark.parametrize(
    "made",
    ["{}", "[]", "set()", "{a: 1 for a in 'b'}", "collections.deque(maxlen=3)", "Counter()", "TTLCache(10, 60)"],
)
def test_containers(check: Check, made: str) -> None:
    assert len(check(f"users = {made}\n\ndef f(x):\n    users.update(x)\n")) == 1


def test_who_changes_it_is_said(check: Check) -> None:
    functions = "".join(f"def f{n}(user):\n    kept[user] = 1\n" for n in range(5))
    assert hows(check(f"kept = {{}}\n{functions}")) == [
        "kept: dict, changed by f0 (row 3), f1 (row 5), f2 (row 7) and 2 more, by `user`"
    ]


@pytest.mark.parametrize(
    "code",
    [
        "users = WeakKeyDictionary()\ndef f(user):\n    users[user] = 1\n",
        "users = {'a': 1}\ndef f(user):\n    return users[user], users.get(user), user in users, sorted(users)\n",
        "users = {}\nusers['a'] = 1\nfor user in 'ab':\n    users[user] = 2\n",
        "users = {}\ndef f(user):\n    users = {}\n    users[user] = 1\n",
        "users = {}\ndef f(users, user):\n    users[user] = 1\n",
        "def f(user):\n    users = {}\n    def g():\n        users[user] = 1\n    g()\n",
        "class A:\n    users = {}\n    def f(self, user):\n        self.users = {}\n        self.users[user] = 1\n",
        "class A:\n    users = {}\n\nclass B:\n    def f(self, user):\n        self.users[user] = 1\n",
        "import app.models as m\nclass A(m.Own):\n    users = {}\n    def f(self, user): self.users[user] = 1\n",
        "users = []\ndef fill():\n    users.append(1)\nfill()\n",
        "users = []\nclass A(type):\n    def __init_subclass__(cls):\n        users.append(cls)\n",
        "users = {}\ndef register(user):\n    users[user.name] = user\n    return user\n",
    ],
)  # fmt: skip
def test_left_alone(check: Check, code: str) -> None:
    assert hows(check(code)) == []
    assert hows(check(code, per_user=True)) == []


def test_of_a_class_itself_even_where_instances_have_their_own(check: Check) -> None:
    own = "    def __init__(self):\n        self.users = {}\n"
    code = f"class A:\n    users = {{}}\n{own}    def f(self, user):\n        type(self).users[user] = 1\n"
    assert len(check(code)) == 1
    fields = code.replace("class A:", "from app.models import Own\nclass A(Own):")
    assert len(check(fields)) == 1


@pytest.mark.parametrize(
    ("function", "flagged"),
    [
        ("def f(a, b={}):\n    b[a] = 1\n", True),
        ("def f(a, *, b=[]):\n    b.append(a)\n", True),
        ("def f(self, b=set()):\n    self.b = b\n", True),
        ("def f(a, b=[]):\n    return b\n", True),
        ("def f(a, b=[]):\n    return sorted(b)\n", False),
        ("def f(a, b=[]):\n    b = list(b)\n    b.append(a)\n", False),
        ("def f(a, b=()):\n    return b\n", False),
        ("def f(a, b=Depends(get)):\n    b.append(a)\n    return b\n", False),
    ],
)
def test_defaults(check: Check, function: str, flagged: bool) -> None:
    assert len(check(function)) == flagged


def test_variables_of_the_module(check: Check) -> None:
    code = "now = None\n\ndef f({0}):\n    global now\n    now = {0}\n"
    assert hows(check(code.format("user"))) == ["now: variable, set by f (row 5), by `user`"]
    assert hows(check(code.format("clock"))) == []
    assert len(check(code.format("clock"), per_user=True)) == 1
    assert hows(check(code.format("user").replace("= user", "= 1"), per_user=True)) == []


def test_caches(check: Check) -> None:
    code = "import functools\n\nclass A:\n    @functools.lru_cache\n    def f(self, {}):\n        return 1\n"
    assert hows(check(code.format("user_id"))) == ["f: cache, which keeps what `f` gives, by `user_id`"]
    assert hows(check(code.format("text"))) == []
    assert len(check(code.format("text"), per_user=True)) == 1


def test_where(check: Check) -> None:
    method = "    @classmethod\n    def f(cls, user):\n        users[user] = cls.users[user] = 1\n"
    code = f"users = {{}}\nclass A:\n    users = {{}}\n{method}"
    assert [v.symbol for v in check(code)] == ["app.state.users", "app.state.A.users"]
    assert [v.symbol for v in check(code, classes=["app.state.A"])] == ["app.state.A.users"]
    assert [v.symbol for v in check(code, packages=["app"])] == ["app.state.users", "app.state.A.users"]
    assert [v.symbol for v in check(code, packages=["other"])] == []
    assert [v.symbol for v in check(code, registries=["app.state.users"])] == ["app.state.A.users"]


def test_key_functions(check: Check) -> None:
    code = "from app.keys import safe\nusers = {}\n\ndef f(user, a):\n    key = safe(user)\n    users[key] = a\n"
    assert len(check(code)) == 1
    assert len(check(code, key_functions=["app.keys.safe"])) == 0
    assert len(check(f"{code}\ndef g(user):\n    users[user] = 1\n", key_functions=["app.keys.safe"])) == 1


def test_what_is_called_so_can_be_said(check: Check) -> None:
    code = "pots = {}\n\ndef f(cook):\n    pots[cook] = 1\n"
    assert len(check(code, key_names=["cook"])) == 1
    assert len(check(code, holder_patterns=["pot?"])) == 1
    assert len(check(code)) == 0


def test_words(make_rule: MakeRule) -> None:
    """A file in which nothing can be held is not even parsed."""
    rule = make_rule("shared-mutable-state", {})
    project = example_checker(rule, Example(ok=""), "").project
    assert not rule.may_fire_in(b"A = {1: 2}\n\ndef f(b):\n    c = []\n    c.append(b)\n", project)
    assert rule.may_fire_in(b"A = {1: 2}\n\ndef f(b):\n    A[b] = 1\n", project)
