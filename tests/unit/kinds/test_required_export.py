"""What the examples of ``required-export`` cannot show: places, messages, and which signatures fit which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.kinds.required_export import RequiredExport
from ssot_lint.model import Violation
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker

FILES = {"app/__init__.py": "", "app/inner/__init__.py": "", "app/inner/other.py": "def make(user): ...\n"}
HOME = "app/inner/home.py"
MakeRule = Callable[[str, Mapping[str, Any]], Rule]


def violations(rule: Rule, code: str, path: str = HOME, files: Mapping[str, str] = FILES) -> tuple[Violation, ...]:
    example = Example(bad=code, files=files, path=path)
    return example_checker(rule, example, code).check(path, code.encode()).violations


FITTING = [
    ("(user)", "(user)"),
    ("(user)", "(user, mode=None)"),
    ("(user)", "(user, *, mode=None)"),
    ("(user, mode=None)", "(user, mode='x')"),
    ("(user, *, mode=None)", "(user, mode=None)"),
    ("(user, *, mode)", "(user, mode)"),
    ("(user, mode)", "(user=None, mode=None)"),
    ("(user, mode)", "(*args, **kwargs)"),
    ("(user, mode)", "(user, *rest, **options)"),
    ("(user, /)", "(context)"),
    ("()", "()"),
    ("()", "(user=None)"),
]
UNFIT = [
    ("(user)", "()", "it does not take 'user' as argument 1"),
    ("(user)", "(context)", "its argument 1 is 'context', not 'user'"),
    ("(user, mode)", "(mode, user)", "its argument 1 is 'mode', not 'user'"),
    ("(user)", "(*, user)", "it does not take 'user' as argument 1"),
    ("(user)", "(user, /)", "it does not take 'user' by name"),
    ("(*, user)", "(*args)", "it does not take 'user' by name"),
    ("(user)", "(user, mode)", "it cannot do without 'mode'"),
    ("(user)", "(user, *, mode)", "it cannot do without 'mode'"),
    ("(user=None)", "(user)", "it cannot do without 'user'"),
    ("()", "(user)", "it cannot do without 'user'"),
    ("async (user)", "(user)", "app.inner.home.make is not async"),
]


@pytest.mark.parametrize(("wanted", "actual"), FITTING)
def test_a_signature_that_allows_every_agreed_call(make_rule: MakeRule, wanted: str, actual: str) -> None:
    rule = make_rule("required-export", {"module": "app.inner.home", "signature": {"make": wanted}})
    assert violations(rule, f"def make{actual}: ...\n") == ()


@pytest.mark.parametrize(("wanted", "actual", "reason"), UNFIT)
def test_a_signature_that_does_not(make_rule: MakeRule, wanted: str, actual: str, reason: str) -> None:
    rule = make_rule("required-export", {"module": "app.inner.home", "signature": {"make": wanted}})
    (found,) = violations(rule, f"import os\n\ndef make{actual}: ...\n")
    assert found.message == f"`app.inner.home` has to offer `make` as {wanted}: {reason}"
    assert (found.range.start.row, found.range.start.column) == (3, 5)


def test_sync_where_async_is_not_agreed(make_rule: MakeRule) -> None:
    rule = make_rule("required-export", {"module": "app.inner.home", "signature": {"make": "()"}})
    (found,) = violations(rule, "async  def make(): ...\n")
    assert found.message.endswith("app.inner.home.make is async")
    assert (found.range.start.row, found.range.start.column) == (1, 12)


def test_what_is_passed_on_is_judged_where_it_is_passed_on(make_rule: MakeRule) -> None:
    rule = make_rule("required-export", {"module": "app.inner.home", "signature": {"create": "()"}})
    (found,) = violations(rule, "from app.inner.other import (\n    x,\n    make as create,\n)\n")
    assert (found.range.start.row, found.range.start.column, found.origin) == (3, 5, "app.inner.other.make")


@pytest.mark.parametrize("text", ["@decorate\ndef make(x, y): ...\n", "make = other()\n", "class make(Base): ...\n"])
def test_what_is_not_certain_fits(make_rule: MakeRule, text: str) -> None:
    rule = make_rule("required-export", {"module": "app.inner.home", "signature": {"make": "()"}})
    assert violations(rule, text) == ()


def test_each_missing_name_is_told_at_line_1(make_rule: MakeRule) -> None:
    rule = make_rule(
        "required-export", {"module": "app.inner.home", "names": ["a", "b"], "signature": {"b": "()", "c": "()"}}
    )
    found = violations(rule, "\n\nimport os\nfrom app.inner.other import c\n")
    assert [violation.message for violation in found] == [
        f"`app.inner.home` has to offer `{name}`: app.inner.home.{name} does not exist" for name in "abc"
    ]
    assert {violation.range.start.row for violation in found} == {1}


def test_a_module_that_is_gone_is_told_once_by_the_innermost_package(make_rule: MakeRule) -> None:
    rule = make_rule("required-export", {"module": "app.inner.gone.home", "names": ["a"]})
    assert violations(rule, "", "app/__init__.py") == ()
    assert violations(rule, "", "app/inner/other.py") == ()
    (found,) = violations(rule, "", "app/inner/__init__.py")
    assert found.message == "`app.inner.gone.home` has to offer `a`: app.inner.gone.home does not exist"


def test_a_broken_module_costs_its_own_violation_only(make_rule: MakeRule) -> None:
    rule = make_rule("required-export", {"module": "app.inner.home", "names": ["a"]})
    assert [violation.code for violation in violations(rule, "import os\ndef f(:\n")] == ["SL001"]


def test_options_that_make_no_sense_are_said() -> None:
    assert list(RequiredExport(id="X1", module="a").problems()) == ["give at least one of 'names' and 'signature'"]
    rule = RequiredExport(
        id="X1",
        module="a",
        names_=("b.c",),
        signature={"d.e": "()", "f": "user", "g": "(a b)", "h": "(): ...\ndef f()"},
    )
    assert list(rule.problems()) == [
        "'b.c' in 'names' is no plain name",
        "'d.e' in 'signature' is no plain name",
        *(
            f"'{wanted}' is not a signature such as '(user, mode=None)' or 'async (user)'"
            for wanted in ("user", "(a b)", "(): ...\ndef f()")
        ),
    ]
