"""What the examples of ``unresolved-import`` and ``unresolved-string`` cannot show: severities, places, messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.model import Severity, Violation
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker

FILES = {
    "chat/__init__.py": "",
    "chat/manager.py": "class Manager:\n    def send(self): ...\n",
    "chat/user.py": "",
}
MakeRule = Callable[[str, Mapping[str, Any]], Rule]


def violations(rule: Rule, code: str) -> tuple[Violation, ...]:
    example = Example(bad=code, files=FILES)
    return example_checker(rule, example, code).check(example.path, code.encode()).violations


GUARDED = [
    ("unresolved-import", "try:\n    import chat.gone\nexcept ImportError:\n    pass\n"),
    ("unresolved-import", "try:\n    import chat.manager\nexcept ImportError:\n    import chat.gone\n"),
    ("unresolved-string", "try:\n    import_module('chat.gone')\nexcept ImportError:\n    pass\n"),
    ("unresolved-string", "try:\n    with patch('chat.user.gone'): ...\nexcept AttributeError:\n    pass\n"),
    ("unresolved-string", "find_spec('chat.gone')\n"),
]


@pytest.mark.parametrize(("kind", "code"), GUARDED)
def test_what_is_guarded_is_less_severe(kind: str, code: str, make_rule: MakeRule) -> None:
    assert [found.severity for found in violations(make_rule(kind, {}), code)] == [Severity.INFO]
    said = make_rule(kind, {"guarded": "warning"})
    assert [found.severity for found in violations(said, code)] == [Severity.WARNING]


@pytest.mark.parametrize("kind", ["unresolved-import", "unresolved-string"])
def test_what_is_not_guarded_is_as_severe_as_the_rule(kind: str, make_rule: MakeRule) -> None:
    rule = make_rule(kind, {"severity": "warning", "guarded": "info"})
    code = "import chat.gone\nimport_module('chat.gone')\n"
    assert [found.severity for found in violations(rule, code)] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("kind", "code", "marked"),
    [
        ("unresolved-import", "from chat.user import (a as x,\n    b)\n", ["a as x", "b"]),
        ("unresolved-import", "import chat.manager, chat.gone as g\n", ["chat.gone as g"]),
        ("unresolved-import", "from chat.gone import *\n", ["*"]),
        ("unresolved-string", "patch('chat.user.gone')\n", ["'chat.user.gone'"]),
        ("unresolved-string", "patch.multiple('chat.user', gone=1, lost=2)\n", ["gone", "lost"]),
    ],
)
def test_where_it_is_said(kind: str, code: str, marked: list[str], make_rule: MakeRule) -> None:
    lines = code.splitlines()
    ranges = [found.range for found in violations(make_rule(kind, {}), code)]
    assert [lines[r.start.row - 1][r.start.column - 1 : r.end.column - 1] for r in ranges] == marked


def test_an_owner_that_is_missing_is_said_where_it_is_imported(make_rule: MakeRule) -> None:
    code = "from chat.gone import thing\npatch.object(thing, 'name')\n"
    assert len(violations(make_rule("unresolved-import", {}), code)) == 1
    assert violations(make_rule("unresolved-string", {}), code) == ()


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("patch('chat.core.Manager.send')\n", "unsafe"),
        ("patch('chat.' 'core.Manager.send')\n", "not-lossless"),
        ("patch('chat.core.Manager.gone')\n", "target-missing"),
    ],
)
def test_strings_that_can_be_rewritten(code: str, refusal: str, make_rule: MakeRule) -> None:
    (found,) = violations(make_rule("unresolved-string", {}), code)
    assert (found.refusal.code if found.refusal else found.fix and found.fix.applicability.value) == refusal


@pytest.mark.parametrize("kind", ["unresolved-import", "unresolved-string"])
def test_globs_are_checked(kind: str, make_rule: MakeRule) -> None:
    cls = type(make_rule(kind, {}))
    options: dict[str, Any] = {"packages": ("chat.*_pb2",)}
    assert ["whole segments" in problem for problem in cls(id="X1", **options).problems()] == [True]
    options = {"extern": ("chat.*_pb2",)}
    assert list(cls(id="X1", **options).problems()) == []
