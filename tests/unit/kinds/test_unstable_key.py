"""What ``unstable-key`` calls a key, and unstable; examples are in the kind itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.model import Violation
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker

MakeRule = Callable[[str, Mapping[str, Any]], Rule]
Check = Callable[..., tuple[Violation, ...]]
HEADER = "import datetime, random, time, uuid\n_registry = {}\n\nclass Pool:\n    kept = {}\n\n"


@pytest.fixture
def check(make_rule: MakeRule) -> Check:
    """Check one file with a rule of the kind."""

    def run(code: str, **options: Any) -> tuple[Violation, ...]:
        rule = make_rule("unstable-key", {key.replace("_", "-"): value for key, value in options.items()})
        example = Example(bad=code, path="app/user.py")
        return example_checker(rule, example, code).check("app/user.py", code.encode()).violations

    return run


def known(violations: tuple[Violation, ...]) -> list[str]:
    return [v.message.partition(", which")[0].replace("`", "") for v in violations]


@pytest.mark.parametrize(
    ("made", "source"),
    [
        ("id(x)", "id()"),
        ("str(id(x))", "id()"),
        ("f'u{id(x)}'", "id()"),
        ("'u' + str(hash(x))", "hash()"),
        ("'u%s' % hash(x)", "hash()"),
        ("hash(x) % 100", "hash()"),
        ("hex(id(x))[2:]", "id()"),
        ("y or id(x)", "id()"),
        ("id(x) if x else y", "id()"),
        ("y.get('user_id', id(x))", "id()"),
        ("UserId(id(x))", "id()"),
        ("repr(x)", "repr()"),
        ("str(websocket)", "str()"),
        ("uuid.uuid4().hex[:8]", "uuid4()"),
        ("str(uuid.uuid1())", "uuid1()"),
        ("int(time.time() * 1000)", "time.time()"),
        ("datetime.datetime.now().isoformat()", "datetime.datetime.now()"),
        ("random.randint(1, 9)", "random.randint()"),
    ],
)
def test_what_is_unstable(check: Check, made: str, source: str) -> None:
    assert known(check(f"{HEADER}def f(x, y, websocket):\n    user_id = {made}\n")) == [f"user_id is known by {source}"]


@pytest.mark.parametrize(
    "made",
    ["x.id", "str(x)", "str(x.id)", "get(id(x))", "hashlib.sha256(x).hexdigest()", "x.id(1)", "lambda: id(x)"],
)  # fmt: skip
def test_what_is_not(check: Check, made: str) -> None:
    assert known(check(f"{HEADER}def f(x):\n    user_id = {made}\n    id(x)\n")) == []


@pytest.mark.parametrize(
    "code",
    [
        "self.user_id = id(x)",
        "user_id: int = id(x)",
        "g(user_id=id(x))",
        "x = {'user_id': id(x)}",
        "x['user_id'] = id(x)",
        "def h(user_id=id(0)): ...",
        "g(user_id := id(x))",
        "_session_id = id(x)",
        "owner_user_id = id(x)",
    ],
)
def test_what_is_a_key(check: Check, code: str) -> None:
    assert len(check(f"{HEADER}def f(self, x):\n    {code}\n")) == 1


@pytest.mark.parametrize(
    "code",
    [
        "obj_id = id(x)",
        "log.debug('a', id(x), user_id=id(x))",
        "print({'user_id': id(x)})",
        "request_id = uuid.uuid4()",
        "session_id = time.time()",
        "request_id = f'{time.time()}:{id(x)}'",
        "seen = {}; seen[id(x)] = 1",
        "x[id(x)] = 1",
        "self.seen[id(x)] = 1",
        "_registry[x.id] = id(x)",
        "key = uuid.uuid4(); _registry[key] = 1",
    ],
)
def test_what_is_none(check: Check, code: str) -> None:
    assert known(check(f"{HEADER}def f(self, x):\n    {code}\n")) == []


@pytest.mark.parametrize(
    ("code", "container"),
    [
        ("_registry[id(x)] = 1", "_registry"),
        ("_registry[id(x), 1] = 1", "_registry"),
        ("del _registry[id(x)]", "_registry"),
        ("_registry.get(id(x))", "_registry"),
        ("return id(x) in _registry", "_registry"),
        ("Pool.my_registry.add(id(x))", "Pool.my_registry"),
        ("self.user_sessions[hash(x)] = 1", "self.user_sessions"),
        ("key = id(x)\n    _registry[key] = 1\n    _registry.pop(key)", "_registry"),
    ],
)
def test_containers_that_outlive_the_call(check: Check, code: str, container: str) -> None:
    found = known(check(f"{HEADER}def f(self, x):\n    {code}\n"))
    assert [message.partition(" by ")[0] for message in found] == [f"{container} finds things"]


def test_a_container_of_the_class_around(check: Check) -> None:
    method = "    def add(self, x):\n        self.kept[id(x)] = x\n"
    assert known(check(HEADER.rstrip() + f"\n{method}")) == ["self.kept finds things by id()"]
    assert known(check(f"{HEADER}class Other:\n{method}")) == []


def test_somebody_new(check: Check) -> None:
    code = "import uuid\ndef {}(x):\n    user_id = uuid.uuid4()\n"
    assert len(check(code.format("handle"))) == 1
    assert len(check(code.format("create_user"))) == 0
    assert len(check(code.format("create_user"), maker_patterns=["spawn"])) == 1
    assert len(check(code.format("create_user").replace("uuid.uuid4()", "id(x)"))) == 1


def test_words(make_rule: MakeRule) -> None:
    """A file that makes nothing of the sort is not even parsed."""
    rule = make_rule("unstable-key", {})
    project = example_checker(rule, Example(ok=""), "").project
    assert not rule.may_fire_in(b"user_id = user.id(); password = hasher.hash(x)\n", project)
    assert rule.may_fire_in(b"user_id = id(x)\n", project)
