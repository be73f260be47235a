from __future__ import annotations

import ast

import pytest

from ssot_lint.source.places import (
    around,
    enclosing_definitions,
    fails_on_purpose,
    handlers,
    import_guard,
    in_main,
    in_type_checking,
    is_made_to_fail,
    is_negative_test,
    last_name,
    may_await,
)
from ssot_lint.source.scan import Scan, scan
from ssot_lint.source.scopes import Statement
from ssot_lint.source.text import Text

HERE = "HERE"


def place(code: str) -> tuple[Scan, Statement, int]:
    """The statement that says HERE, and where it does."""
    scanned = scan(Text(code))
    offset = code.index(HERE)
    statement = scanned.statement_at(offset)
    assert statement is not None
    return scanned, statement, offset


@pytest.mark.parametrize(
    ("code", "name"),
    [("a", "a"), ("a.b", "b"), ("a.b(c)", "b"), ("a().b()", "b"), ("a[0]", None), ("a()()", None), ("'a'", None)],
)
def test_last_name(code: str, name: str | None) -> None:
    assert last_name(ast.parse(code, mode="eval").body) == name


def test_last_name_of_nothing() -> None:
    assert last_name(None) is None


def test_around_ends_at_definitions() -> None:
    _, statement, _ = place("if a:\n  def f():\n    with b:\n      try:\n        pass\n      finally:\n        HERE\n")
    assert [(type(owner.node).__name__, block.part) for owner, block in around(statement)] == [
        ("Try", "finalbody"),
        ("With", "body"),
    ]


GUARDED = {
    "body": "try:\n  import HERE\nexcept ImportError: pass\n",
    "handler": "try: pass\nexcept ImportError:\n  import HERE\n",
    "bare": "try:\n  import HERE\nexcept: pass\n",
    "broad": "try:\n  import HERE\nexcept Exception as e: pass\n",
    "qualified": "try:\n  import HERE\nexcept builtins.ModuleNotFoundError: pass\n",
    "one of several": "try:\n  import HERE\nexcept (KeyError, ImportError): pass\n",
    "one of several clauses": "try:\n  import HERE\nexcept KeyError: pass\nexcept ImportError: pass\n",
    "within others": "try:\n  with a:\n    if b:\n      import HERE\nexcept ImportError: pass\n",
    "outer of two": "try:\n  try:\n    import HERE\n  except KeyError: pass\nexcept ImportError: pass\n",
    "as older Pythons are given newer grammar": "try:\n  import HERE\nexcept A| B| ImportError: pass\n",
}
NOT_GUARDED = {
    "other error": "try:\n  import HERE\nexcept KeyError: pass\n",
    "handler of another error": "try: pass\nexcept ImportError: pass\nexcept KeyError:\n  import HERE\n",
    "else": "try: pass\nexcept ImportError: pass\nelse:\n  import HERE\n",
    "finally": "try: pass\nexcept ImportError: pass\nfinally:\n  import HERE\n",
    "only finally": "try:\n  import HERE\nfinally: pass\n",
    "another function": "try:\n  def f():\n    import HERE\nexcept ImportError: pass\n",
    "nothing": "import HERE\n",
}


@pytest.mark.parametrize("code", GUARDED.values(), ids=list(GUARDED))
def test_import_guard(code: str) -> None:
    _, statement, _ = place(code)
    guard = import_guard(statement)
    assert guard is not None
    assert len(handlers(guard[0])) in (1, 2)
    assert guard[1] in guard[0].blocks


@pytest.mark.parametrize("code", NOT_GUARDED.values(), ids=list(NOT_GUARDED))
def test_no_import_guard(code: str) -> None:
    assert import_guard(place(code)[1]) is None


def test_handlers_of_what_has_none() -> None:
    assert handlers(place("HERE")[1]) == []


@pytest.mark.parametrize(
    ("code", "yes"),
    [
        ("if TYPE_CHECKING:\n  HERE\n", True),
        ("if typing.TYPE_CHECKING:\n  if a:\n    HERE\n", True),
        ("if a: pass\nelif TYPE_CHECKING: HERE\n", True),
        ("if TYPE_CHECKING and a:\n  HERE\n", True),
        ("if not TYPE_CHECKING: pass\nelse: HERE\n", True),
        ("if TYPE_CHECKING:\n  def f():\n    HERE\n", True),
        ("if TYPE_CHECKING: pass\nelse: HERE\n", False),
        ("if not TYPE_CHECKING: HERE\n", False),
        ("if TYPE_CHECKING or a:\n  HERE\n", False),
        ("while TYPE_CHECKING:\n  HERE\n", False),
        ("if -TYPE_CHECKING: pass\nelse: HERE\n", False),
        ("HERE\n", False),
    ],
)
def test_in_type_checking(code: str, yes: bool) -> None:
    assert in_type_checking(place(code)[1]) is yes


@pytest.mark.parametrize(
    ("code", "yes"),
    [
        ("if __name__ == '__main__':\n  HERE\n", True),
        ("if '__main__' == __name__:\n  with a:\n    HERE\n", True),
        ("if __name__ == '__main__' and a:\n  HERE\n", True),
        ("if not __name__ == '__main__': pass\nelse: HERE\n", True),
        ("if __name__ == '__main__': pass\nelse: HERE\n", False),
        ("if __name__ != '__main__': HERE\n", False),
        ("if __name__ == 'a': HERE\n", False),
        ("if name == '__main__': HERE\n", False),
        ("if __name__:\n  HERE\n", False),
    ],
)
def test_in_main(code: str, yes: bool) -> None:
    assert in_main(place(code)[1]) is yes


FAILS = {
    "with": "with pytest.raises(A): HERE\n",
    "one of several": "with a, self.assertRaises(A) as b:\n  HERE\n",
    "without brackets": "with raises:\n  HERE\n",
    "async": "async def f():\n  async with raises(A):\n    HERE\n",
    "deep": "with raises(A):\n  for a in b:\n    if c: HERE\n",
    "argument": "self.assertRaises(A, lambda: HERE)\n",
    "try": "try:\n  HERE\n  assert False\nexcept A: pass\n",
    "try and else": "try:\n  HERE\nexcept A: pass\nelse:\n  self.fail()\n",
    "try and raise": "try:\n  HERE\n  raise AssertionError('no')\nexcept A: pass\n",
}
DOES_NOT_FAIL = {
    "other with": "with open(A): HERE\n",
    "function in it": "with raises(A):\n  def f(): HERE\n",
    "beside": "HERE(self.assertRaises(A))\n",
    "called": "HERE.assertRaises(A)\n",
    "try": "try:\n  HERE\nexcept A: pass\n",
    "failure before": "try:\n  assert 0\n  HERE\nexcept A: pass\n",
    "failure in the handler": "try: HERE\nexcept A:\n  assert 0\n",
    "other assertion": "try:\n  HERE\n  assert a\nexcept A: pass\n",
    "no handler": "try:\n  HERE\n  assert 0\nfinally: pass\n",
}


@pytest.mark.parametrize("code", FAILS.values(), ids=list(FAILS))
def test_fails_on_purpose(code: str) -> None:
    assert fails_on_purpose(*place(code))


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("with raises(A):\n  def f(): HERE\n", True),
        ("with raises(A):\n  HERE\n", True),
        ("def f():\n  with raises(A):\n    async def g():\n      if a: HERE\n", True),
        ("with warns(A):\n  def f(): HERE\n", False),
        ("with a:\n  def f(): HERE\n", False),
        ("with raises(A): pass\ndef f(): HERE\n", False),
    ],
)
def test_functions_that_are_made_to_fail(code: str, made: bool) -> None:
    assert is_made_to_fail(place(code)[1]) is made


@pytest.mark.parametrize("code", DOES_NOT_FAIL.values(), ids=list(DOES_NOT_FAIL))
def test_does_not_fail_on_purpose(code: str) -> None:
    assert not fails_on_purpose(*place(code))


@pytest.mark.parametrize(
    ("code", "yes"),
    [
        ("with pytest.warns(A):\n  import HERE\n", True),
        ("with catch_warnings(record=True) as w:\n  import HERE\n", True),
        ("with raises(ImportError):\n  import HERE\n", True),
        ("try:\n  import HERE\n  pytest.fail()\nexcept ImportError: pass\n", True),
        ("try:\n  import HERE\nexcept ImportError: pass\nelse:\n  raise AssertionError\n", True),
        ("try:\n  import HERE\n  assert False\nexcept KeyError: pass\n", False),
        ("try: assert False\nexcept ImportError:\n  import HERE\n", False),
        ("try:\n  import HERE\nexcept ImportError: pass\n", False),
        ("try:\n  import HERE\nexcept ImportError: pass\nelse:\n  raise KeyError\n", False),
        ("import HERE\n", False),
    ],
)
def test_negative_tests_of_imports(code: str, yes: bool) -> None:
    assert is_negative_test(place(code)[1]) is yes


AWAITS = {
    "async": ("async def f():\n  HERE\n", True),
    "within others": ("async def f():\n  with a:\n    for b in c: x = [d, HERE]\n", True),
    "list": ("async def f():\n  [HERE for a in b]\n", True),
    "beside a lambda": ("async def f():\n  (lambda: a), HERE\n", True),
    "module": ("HERE\n", False),
    "def": ("def f():\n  HERE\n", False),
    "def in async": ("async def f():\n  def g(): HERE\n", False),
    "class in async": ("async def f():\n  class A: HERE\n", False),
    "default": ("async def f():\n  def g(a=HERE): pass\n", False),
    "decorator": ("async def f():\n  @HERE\n  def g(): pass\n", False),
    "default of async": ("async def f(a=HERE): pass\n", False),
    "lambda": ("async def f():\n  lambda: HERE\n", False),
    "default of a lambda": ("async def f():\n  lambda a=HERE: a\n", False),
    "generator": ("async def f():\n  g(HERE for a in b)\n", False),
    "list in a list": ("async def f():\n  [[HERE for a in b] for c in d]\n", False),
}


@pytest.mark.parametrize(("code", "yes"), AWAITS.values(), ids=list(AWAITS))
def test_may_await(code: str, yes: bool) -> None:
    assert may_await(*place(code)) is yes


def test_enclosing_definitions() -> None:
    _, statement, _ = place("class A:\n  if b:\n    async def f():\n      def g():\n        HERE\n")
    assert list(enclosing_definitions(statement)) == ["g", "f", "A"]
