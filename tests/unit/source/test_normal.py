"""What a statement says, however it is laid out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from ssot_lint.source.normal import excerpt, normal_form
from ssot_lint.source.scan import Scan, scan
from ssot_lint.source.scopes import Statement
from ssot_lint.source.text import Text


def forms(source: str, module: str | None = "app.chat", what: str = "Old") -> list[str]:
    """The normal forms of the statements of ``source`` in which ``what`` stands."""
    return [normal_form(*place) for place in places(source, module, what)]


def places(source: str, module: str | None, what: str) -> Iterator[tuple[Scan, Statement, tuple[int, int]]]:
    scanned = scan(Text(source), module)
    for start in (index for index in range(len(source)) if source.startswith(what, index)):
        statement = scanned.statement_at(start)
        assert statement is not None
        yield scanned, statement, (start, start + len(what))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = Old( 1 )", "x = Old(1)"),
        ("x = Old('a')", 'x = Old("a")'),
        ("x = Old(u'a')", 'x = Old("a")'),
        ("x = Old('a' 'b')", "x = Old('ab')"),
        ("x = Old(a, b)", "x = Old(\n    a,\n    b,\n)"),
        ("x = Old(a, b)", "x = (\n    Old(a, b)  # why\n)"),
        ("return_ = not Old", "return_ = not (Old)"),
        ("for a, b in Old: pass", "for (a, b) in (Old):\n    pass"),
        ("del Old, b", "del (Old, b)"),
        ("x = Old + \\\n 1", "x = Old + 1"),
        ("x = f'{Old}'", 'x = f"{Old}"'),
        ("x = Old + 0XFF", "x = Old + 0xff"),
        ("x = Old * 1E5", "x = Old * 100000.0"),
        ("with Old() as a, b as c: pass", "with (\n    Old() as a,\n    b as c,\n):\n    pass"),
        ("from a import Old, b", "from a import (\n    Old,\n    b,\n)"),
    ],
)
def test_layout_makes_no_difference(before: str, after: str) -> None:
    assert forms(before) == forms(after) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x = Old(1)", "x = Old(2)"),
        ("x = Old(1)", "y = Old(1)"),
        ("x = Old(1)", "x = Old('1')"),
        ("x = Old(a, b)", "x = Old(b, a)"),
        ("x = Old(a=1)", "x = Old(b=1)"),
        ("x = Old()", "x: int = Old()"),
        ("x = Old + 1", "x = Old - 1"),
        ("from a import Old", "from b import Old"),
        ("from a import Old", "from a import Old as b"),
        ("import Old.a", "import Old.b"),
        ("class A(Old): pass", "class B(Old): pass"),
        ("def f(a=Old): pass", "async def f(a=Old): pass"),
        ("x = f'{Old!r}'", "x = f'{Old!s}'"),
        ("x = f'{Old:2}'", "x = f'{Old:3}'"),
        ("x = (Old, 1, b)[0]", "x = [Old, 1, b][0]"),
    ],
)
def test_what_is_said_makes_one(one: str, other: str) -> None:
    assert forms(one) != forms(other)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from a import Old", "from a import b, Old, c"),
        ("from a import Old\nfrom a import b", "from a import b, Old"),
        ("from app.events import Old", "from .events import Old"),
        ("import Old.x", "import b, Old.x"),
        ("known = {'a': Old()}", "known = {'z': 1, 'a': Old(), 'b': b}"),
        ("known = ['Old']", "known = ['a', 'Old']"),
        ("Old: dict = {1: 2}", "Old: dict = {1: 2, 3: 4}"),
        ("class Old(A): pass", "class Old(A, B):\n    x = 1"),
        ("def f(a=Old): pass", "@d\ndef f(b, a=Old, *c):\n    return 1"),
    ],
)
def test_what_stands_beside_it_makes_none(before: str, after: str) -> None:
    assert forms(before) == forms(after) != []


def test_of_a_compound_statement_the_expression_there() -> None:
    assert forms("if Old() and b: pass\nelif Old(1): pass\nwhile Old(2): pass") == [
        "If  ( BoolOp op= ( And ) values= ( Call func= ( Name id= 'Old' ) ) ( Name id= 'b' ) )",
        "If  ( Call func= ( Name id= 'Old' ) args= 1 )",
        "While  ( Call func= ( Name id= 'Old' ) args= 2 )",
    ]
    assert forms("try: pass\nexcept Old: pass") == ["Try  ( Name id= 'Old' )"]
    assert forms("match Old:\n    case 1: pass") == ["Match  ( Name id= 'Old' )"]


def test_a_sum_of_a_thousand_terms() -> None:
    source = "x = Old" + " + 1" * 1000
    (form,) = forms(source)
    assert form.count("BinOp") == 1000


def test_characters_that_take_several_bytes() -> None:
    assert forms("known = ['ä', Old, 'ö']") == forms("known = [Old]")


def test_every_python_has_the_same_answer() -> None:
    assert forms("async def f():\n    x: int = await Old(*a, b'c', d=f'{e:>{g}}', **h)[1:, ...]") == [
        "( AnnAssign target= ( Name id= 'x' ) annotation= ( Name id= 'int' ) value= ( Await value= ( Subscript value= "
        "( Call func= ( Name id= 'Old' ) args= ( Starred value= ( Name id= 'a' ) ) b'c' keywords= "
        "( keyword arg= 'd' value= ( JoinedStr values= ( FormattedValue value= ( Name id= 'e' ) conversion= -1 "
        "format_spec= ( JoinedStr values= '>' ( FormattedValue value= ( Name id= 'g' ) conversion= -1 ) ) ) ) ) "
        "( keyword value= ( Name id= 'h' ) ) ) slice= ( Tuple elts= ) ) ) )"
    ]


def test_of_the_python_that_has_empty_texts_in_f_strings() -> None:
    source = "x = f'{Old}'"
    found = scan(Text(source))
    statement = found.statements[0]
    assert isinstance(statement.node, ast.Assign)
    before = normal_form(found, statement, (0, len(source)))
    assert isinstance(statement.node.value, ast.JoinedStr)
    statement.node.value.values.append(ast.Constant(""))
    assert normal_form(found, statement, (0, len(source))) == before


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("x = Old(\n    1,\n)\n", "x = Old( 1, )"),
        ("from .a import (\n    b,\n    Old as c,\n)", "from .a import Old as c"),
        ("import b, Old.x as y", "import Old.x as y"),
        ("@d\nclass Old(A):\n    x = 1\n", "@d class Old(A):"),
        ("x = Old(" + "1, " * 100 + ")", "x = Old(1, " + "1, " * 22 + "1,…"),
    ],
)
def test_the_excerpt_is_short_and_for_people(source: str, shown: str) -> None:
    (found,) = places(source, "app.chat", "Old")
    assert excerpt(*found) == shown
    assert len(shown) <= 80
