"""What ``suspicious-identifier`` calls an identifier, and suspicious; examples are in the kind itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.kinds.suspicious_identifier import SuspiciousIdentifier
from ssot_lint.model import Violation
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker

MakeRule = Callable[[str, Mapping[str, Any]], Rule]
Check = Callable[..., tuple[Violation, ...]]
FILES = {"app/__init__.py": "", "app/keys.py": "def clean(text): ...\n", "app/again.py": "from app.keys import clean\n"}


@pytest.fixture
def check(make_rule: MakeRule) -> Check:
    """Check one file of a project with a rule of the kind."""

    def run(code: str, path: str = "app/user.py", **options: Any) -> tuple[Violation, ...]:
        rule = make_rule("suspicious-identifier", {key.replace("_", "-"): value for key, value in options.items()})
        example = Example(bad=code, path=path, files=FILES)
        return example_checker(rule, example, code).check(path, code.encode()).violations

    return run


@pytest.mark.parametrize(
    "value",
    [
        "'admin'",
        "'ROOT'",
        "x or 'system'",
        "'admin' if x else y",
        "UserId('admin')",
        "str('admin')",
        "x.get('user_id', 'admin')",
        "getattr(x, 'user_id', 'admin')",
        "'None'",
        "'null'",
        r"'..\\secret'",
        "'a/../b'",
        "'<SCRIPT src=x>'",
        "'1; DROP TABLE users'",
        "'x' + 'y' if x else 'root'",
        "'ad' 'min'",
        "('ad'  # a comment\n        'min')",
        "'ad'\"min\"",
        "'ad'r'min'",
        "'ad' + 'm' + 'in'",
        "'ad' + ('min')",
        r"'\x61dmin'",
        r"'adm\u0069n'",
        r"'\141dmin'",
        r"'\N{LATIN SMALL LETTER A}dmin'",
        "'ad\\\nmin'",
        r"'\x2e\x2e/etc'",
        r"'\x27 or 1'",
        r"'\x61' 'dmin'",
        "'''ad''' 'min'",
    ],
)
def test_suspicious(check: Check, value: str) -> None:
    assert len(check(f"def f(x, y):\n    user_id = {value}\n")) == 1


@pytest.mark.parametrize(
    "value",
    ["'admin-1'", "'a'", "None", "'administrators'", "find('admin')", "x['admin']", "'systematic'", "f'admin{x}'",
     "('ad', 'min')", r"r'\x61dmin'", "'ad' 'min' + x", "'ad' * 2 + 'min'"],
)  # fmt: skip
def test_not_suspicious(check: Check, value: str) -> None:
    assert check(f"def f(x):\n    user_id = {value}\n    'admin'\n") == ()


@pytest.mark.parametrize(
    "code",
    [
        "self.user_id = 'admin'",
        "g(session_id='admin')",
        "x = {'tenant_id': 'admin'}",
        "x['user_id'] = 'admin'",
        "def h(user_id='admin'): ...",
        "x = user_id == 'admin'",
        "x = 'admin' != self.user_id",
        "x = user_id in {'a', 'admin'}",
        "x = active_users['admin']",
        "x = self.sessions.get('admin')",
    ],
)
def test_identifiers(check: Check, code: str) -> None:
    assert len(check(f"def f(self, user_id, x):\n    {code}\n", comparisons=True)) == 1


@pytest.mark.parametrize(
    "code",
    ["role = 'admin'", "x = role == 'admin'", "x = roles['admin']", "print(user_id='admin')", "x = user_id == 'None'"],
)  # fmt: skip
def test_none(check: Check, code: str) -> None:
    assert check(f"def f(user_id, role, roles, log):\n    {code}\n", comparisons=True) == ()


def test_tests_may(check: Check) -> None:
    code = "user_id = 'admin'\n"
    assert check(code, path="tests/test_it.py") == ()
    assert len(check(code, path="tests/test_it.py", include_tests=True)) == 1


def test_patterns_are_of_the_pack(check: Check) -> None:
    assert len(check("seat = 'boss'\n", key_names=["seat"], privileged=["boss"])) == 1
    assert len(check("seat = 'boss'\n", key_names=["seat"], patterns=["b*s"])) == 1
    assert check("user_id = 'admin'\n", privileged=["boss"]) == ()


@pytest.mark.parametrize("pattern", ["*", "**", "*a*b*c*", "?"])
def test_patterns_that_take_long_or_match_all_are_refused(pattern: str) -> None:
    assert len(list(SuspiciousIdentifier(id="X1", patterns=(pattern,)).problems())) == 1
    assert not list(SuspiciousIdentifier(id="X1").problems())


def test_a_long_string_is_looked_at_for_a_while_only(check: Check) -> None:
    assert len(check(f"user_id = '{'a' * 100}../'\n")) == 1
    assert check(f"user_id = '{'a' * 100_000}../'\n") == ()


@pytest.mark.parametrize(
    ("value", "flagged"),
    [
        ("f'{x}:1'", True),
        ("'a' + x.name", True),
        ("'%s:%s' % (x, 1)", True),
        ("f'{str(x)}'", True),
        ("f'{clean(x)}:1'", False),
        ("f'{again.clean(x)}:1'", False),
        ("f'{made}:1'", False),
        ("f'{self.a}:1'", False),
        ("x", False),
    ],
)
def test_sanitisers(check: Check, value: str, flagged: bool) -> None:
    code = (
        f"from app import again\nfrom app.keys import clean\n\ndef f(self, x):\n    made = 1\n    user_key = {value}\n"
    )
    assert len(check(code, sanitisers=["app.keys.clean"])) == flagged
    assert check(code) == ()


def test_words(make_rule: MakeRule) -> None:
    """A file without a suspicious word is not even parsed, unless keys have to be clean."""
    project = example_checker(make_rule("suspicious-identifier", {}), Example(ok=""), "").project
    rule = make_rule("suspicious-identifier", {})
    assert not rule.may_fire_in(b"user_id = 'a'\n", project)
    assert rule.may_fire_in(b"user_id = 'Admin'\n", project)
    clean = make_rule("suspicious-identifier", {"sanitisers": ["app.keys.clean"]})
    assert clean.may_fire_in(b"user_id = 'a'\n", project)
    assert not clean.may_fire_in(b"a = 'a'\n", project)
