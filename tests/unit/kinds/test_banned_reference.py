"""Which uses ``banned-reference`` counts, and where; examples are in the kind itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.kinds.banned_reference import BannedReference
from ssot_lint.model import Violation
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker

MakeRule = Callable[[str, Mapping[str, Any]], Rule]
Check = Callable[..., tuple[Violation, ...]]
FILES = {
    "app/__init__.py": "",
    "app/compat.py": "import uuid\nfrom uuid import uuid4 as new\n",
    "app/ids.py": "def make(): ...\n",
    "app/maybe.py": "try:\n    from uuid import uuid4\nexcept ImportError:\n    uuid4 = None\n",
    "app/old.py": "from app.ids import make\n",
}


@pytest.fixture
def check(make_rule: MakeRule) -> Check:
    """Check one file of a project with a rule of the kind."""

    def run(code: str, **options: Any) -> tuple[Violation, ...]:
        rule = make_rule("banned-reference", {"names": ["uuid.uuid4"], **options})
        example = Example(bad=code, path="app/user.py", files=FILES)
        return example_checker(rule, example, code).check("app/user.py", code.encode()).violations

    return run


def places(code: str, violations: tuple[Violation, ...]) -> list[str]:
    """The flagged text of each violation, with its row."""
    lines = code.splitlines()
    return [
        f"{v.range.start.row}: {lines[v.range.start.row - 1][v.range.start.column - 1 : v.range.end.column - 1]}"
        for v in violations
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import uuid\na = uuid.uuid4().hex\nb = map(uuid.uuid4, [])\n", ["2: uuid.uuid4", "3: uuid.uuid4"]),
        ("from uuid import uuid4 as u\na = u()\nb = f'{u()}'\n", ["2: u", "3: u"]),
        ("from uuid import UUID, uuid4\n", ["1: uuid4"]),
        ("from uuid import uuid4\n__all__ = ['uuid4']\n", ["1: uuid4"]),
        ("def f():\n    from uuid import uuid4\n    return uuid4()\n", ["3: uuid4"]),
        ("from app.compat import new\nnew()\n", ["2: new"]),
        ("from app import compat\ncompat.uuid.uuid4()\ncompat.new()\n", ["2: compat.uuid.uuid4", "3: compat.new"]),
        ("import uuid\nmake = uuid.uuid4\nmake()\n", ["2: uuid.uuid4"]),
        ("import uuid as ids\nalias = ids\nalias.uuid4()\n", ["3: alias.uuid4"]),
        ("import uuid\nuuid.uuid4 = None\n", ["2: uuid.uuid4"]),
        ("from uuid import *\nuuid4()\n", ["2: uuid4"]),
        ("from uuid import *\n\ndef uuid4(): ...\n\nuuid4()\n", []),
        ("from uuid import uuid4\nuuid4 = uuid4\n", ["2: uuid4"]),
        ("import uuid\n\ndef f(uuid):\n    return uuid.uuid4()\n", []),
        ("import uuid\n\nclass A:\n    def f(self):\n        return self.uuid.uuid4()\n", []),
        ("from uuid import *\nf = lambda uuid4: uuid4()\n", []),
        ("from app.maybe import uuid4\nuuid4()\n", ["2: uuid4"]),
        ("def f():\n    from uuid import uuid4\n\ndef g(uuid4): return uuid4()\n", ["2: uuid4"]),
        ("from other import uuid4\nuuid4()\n", []),
        ("# uuid.uuid4\na = 'uuid.uuid4'\n", []),
    ],
)
def test_uses(code: str, expected: list[str], check: Check) -> None:
    assert places(code, check(code)) == expected


def test_a_module_is_banned_with_what_is_in_it(check: Check) -> None:
    code = "import uuid\nfrom uuid import UUID\n\ndef f(x: UUID, y: 'uuid.UUID'): return uuid\n"
    violations = check(code, names=["uuid"])
    assert places(code, violations) == ["4: UUID", "4: uuid", "4: uuid"]
    assert [violation.symbol for violation in violations] == ["uuid.UUID", "uuid", "uuid"]


def test_a_banned_path_is_seen_behind_other_paths(check: Check) -> None:
    (violation,) = check("from app.old import make\nmake()\n", names=["app.old.make"])
    assert violation.origin == "app.ids.make"


def test_all_names_of_an_import_share_a_fix(check: Check) -> None:
    options = {"instead": "app.ids.make", "same-object": True}
    first, second = check("from uuid import uuid4\nuuid4()\nuuid4()\n", **options)
    assert first.fix is not None
    assert first.fix == second.fix


def test_the_message(check: Check) -> None:
    code = "from uuid import uuid4\nuuid4()\n"
    assert [v.message for v in check(code)] == ["uuid.uuid4 is not to be used here"]
    assert [v.message for v in check(code, instead="app.ids")] == ["uuid.uuid4 is not to be used here: use app.ids"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"names_": ()}, "give at least one name in 'names'"),
        ({"names_": ("a.b",), "same_object": True}, "'same-object' needs a dotted name in 'instead'"),
        (
            {"names_": ("a.b",), "same_object": True, "instead": "call f() there"},
            "'same-object' needs a dotted name in 'instead'",
        ),
        (
            {"names_": ("a.b", "a.c"), "same_object": True, "instead": "a.d"},
            "'same-object' is about one name, but there are several in 'names'",
        ),
        ({"names_": ("a.b",), "instead": "a.b"}, "'a.b' is both in 'names' and in 'instead'"),
    ],
)
def test_what_is_wrong_with_options(options: dict[str, Any], expected: str) -> None:
    assert list(BannedReference(id="X1", **options).problems()) == [expected]
