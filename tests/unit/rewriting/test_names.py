"""Names that are there already, and names that are free."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.file import File
from ssot_lint.rewriting.names import (
    importable,
    is_late,
    is_pattern,
    is_shown,
    known_name,
    living,
    refused_name,
    runs_later,
    split,
)

OpenFile = Callable[..., File]

FILES = {"app/__init__.py": "", "app/home.py": "class Thing: ...\n", "app/old.py": "from app.home import Thing\n"}


@pytest.mark.parametrize("name", ["a.b.c", "a.b:c"])
def test_split(name: str) -> None:
    assert split(name) == ("a.b", "c")


@pytest.mark.parametrize(
    ("name", "imported", "rest"),
    [
        ("app.home.get", "app.home.get", ""),
        ("app.home.Thing.get", "app.home.Thing", "get"),
        ("app.home.Thing.Inner.get", "app.home.Thing", "Inner.get"),
        ("app.home", "app.home", ""),
        ("app.gone.Thing.get", "app.gone", "Thing.get"),
        ("elsewhere.Thing.get", "elsewhere.Thing.get", ""),
        ("elsewhere:Thing.get", "elsewhere.Thing", "get"),
        ("elsewhere:get", "elsewhere.get", ""),
    ],
)
def test_what_of_a_name_can_be_imported(open_file: OpenFile, name: str, imported: str, rest: str) -> None:
    assert importable(open_file("", FILES).project, name) == (imported, rest)


@pytest.mark.parametrize(
    ("name", "others", "told"),
    [
        ("app.gone.Thing", ["app.home.Thing"], "app.home.Thing"),
        ("app.gone.Thing.get", ["app.home.get", "app.home.Thing.get"], "app.home.Thing.get"),
        ("app.gone.Thing", ["app.home.Other"], "app.gone.Thing"),
        ("app.gone.SomeThing", ["app.home.Thing"], "app.gone.SomeThing"),
        ("app.gone.Thing", ["app.away.Thing", "app.gone.Thing"], "app.gone.Thing"),
        ("app.old.Thing", ["app.home.Thing"], "app.old.Thing"),
    ],
)
def test_what_is_gone_goes_by_the_name_of_what_is_there(
    open_file: OpenFile, name: str, others: list[str], told: str
) -> None:
    files = {**FILES, "app/home.py": "class Thing:\n    def get(self): ...\n"}
    assert living(open_file("", files).project, name, others) == told


@pytest.mark.parametrize(
    ("code", "later", "late"),
    [
        ("HERE\n", False, False),
        ("if 1:\n    HERE\n", False, False),
        ("class C:\n    HERE\n", False, False),
        ("def f(): HERE\n", True, True),
        ("def f():\n    class C:\n        HERE\n", True, True),
        ("async def f(): HERE\n", True, True),
        ("@HERE\ndef f(): ...\n", False, False),
        ("def f(x=HERE): ...\n", False, False),
        ("f = lambda: HERE\n", False, True),
        ("f = [HERE for _ in ()]\n", False, False),
    ],
)
def test_what_runs_later(open_file: OpenFile, code: str, later: bool, late: bool) -> None:
    file = open_file(code, FILES)
    statement = file.scan.statement_at(code.index("HERE"))
    assert statement is not None
    assert runs_later(statement) is later
    assert is_late(file, code.index("HERE")) is late


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('f"{HERE=}"\n', True),
        ('f"{HERE.x + 1 = !r}"\n', True),
        ('f"a" f"{f(HERE) = :>9}"\n', True),
        ('f"HERE={HERE}"\n', False),
        ('f"{HERE == 1}"\n', False),
        ('f"{a=}", HERE\n', False),
        ("f(x=HERE)\n", False),
    ],
)
def test_code_that_is_shown(open_file: OpenFile, code: str, shown: bool) -> None:
    assert is_shown(open_file(code, FILES), code.rindex("HERE")) is shown


@pytest.mark.parametrize(
    ("pattern", "is_value"),
    [("HERE.x", True), ("[1, HERE.x]", True), ("{'a': HERE.x}", True), ("HERE.x()", False), ("_ if HERE.x", False)],
)
def test_patterns(open_file: OpenFile, pattern: str, is_value: bool) -> None:
    code = f"match 1:\n    case {pattern}:\n        pass\n"
    assert is_pattern(open_file(code, FILES), code.index("HERE")) is is_value


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("from app.home import Thing\nHERE\n", "Thing"),
        ("from app.home import Thing as T\nHERE\n", "T"),
        ("from app.old import Thing\nHERE\n", "Thing"),
        ("from app.home import Thing\ndef f(): HERE\n", "Thing"),
        ("def f():\n    from app.home import Thing\n    HERE\n", "Thing"),
        ("HERE\nfrom app.home import Thing\n", None),
        ("def f(): HERE\nfrom app.home import Thing\n", None),
        ("from app.home import Thing\ndef f(Thing): HERE\n", None),
        ("from app.home import Thing\nThing = 1\nHERE\n", None),
        ("if 1:\n    from app.home import Thing\nHERE\n", None),
        ("class C:\n    from app.home import Thing\n    def f(self): HERE\n", None),
        ("import app.home\nHERE\n", None),
        ("from app.elsewhere import Thing\nHERE\n", None),
    ],
)
def test_names_that_are_known(open_file: OpenFile, code: str, name: str | None) -> None:
    assert known_name(open_file(code, FILES), code.index("HERE"), "app.home.Thing") == name


def test_a_function_knows_itself_and_those_before_it(open_file: OpenFile) -> None:
    code = "def make(): ONE\ndef other(): TWO\ndef late(): ...\n"
    file = open_file(code, {"app/__init__.py": ""}, "app/maker.py")
    assert known_name(file, code.index("ONE"), "app.maker.make") == "make"
    assert known_name(file, code.index("TWO"), "app.maker.make") == "make"
    assert known_name(file, code.index("TWO"), "app.maker.late") is None
    assert known_name(file, code.index("TWO"), "app.other.make") is None


def test_what_runs_with_an_import_is_known_beside_it(open_file: OpenFile) -> None:
    code = "if 1:\n    from app.home import Thing\n    import app.old\nHERE\n"
    file = open_file(code, FILES)
    beside = file.scan.statement_at(code.index("import app.old"))
    assert known_name(file, code.index("HERE"), "app.home.Thing", beside) == "Thing"


@pytest.mark.parametrize(
    ("code", "other", "refusal"),
    [
        ("import app.old\n", "", None),
        ("import app.old\nnew = 1\n", "", "name-taken"),
        ("import app.old\ndef f(new): ...\n", "", "name-taken"),
        ("import app.old\nprint(new)\n", "", "name-taken"),
        ("class C:\n    import app.old\n", "", "class-scope"),
        ("import app.old\n", "from example import *\nfrom somewhere import new\n", "name-taken"),
        ("import app.old\n", "from example import *\n", None),
        ("import app.old\n__all__ = ['x']\n", "from example import *\nfrom somewhere import new\n", None),
        ("import app.old\n", "from other_example import *\nfrom somewhere import new\n", None),
        ("def f():\n    import app.old\n", "from example import *\nfrom somewhere import new\n", None),
    ],
)
def test_names_that_are_taken(open_file: OpenFile, code: str, other: str, refusal: str | None) -> None:
    file = open_file(code, {**FILES, "star.py": other})
    statement = file.scan.statement_at(code.index("import app.old"))
    assert statement is not None
    refused = refused_name(file, statement, "new")
    assert (refused.code if refused else None) == refusal
