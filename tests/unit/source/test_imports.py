"""Import statements as edits: what is typed where, by example."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from ssot_lint.source.imports import add_import, add_import_at_top, move_names, remove_name, replace_module
from ssot_lint.source.replacements import Replacement
from ssot_lint.source.scan import Import, Scan, scan
from ssot_lint.source.text import Text


def read(source: str) -> Scan:
    return scan(Text(source), "pkg.user")


def old_import(source: Scan) -> Import:
    return next(found for found in source.imports if found.module in ("old", "pkg.old"))


def changed(source: str, replacements: tuple[Replacement, ...] | None) -> str | None:
    if replacements is None:
        return None
    for replacement in reversed(replacements):
        source = source[: replacement.start] + replacement.content + source[replacement.end :]
    ast.parse(source)
    return source


def move(source: str, plan: str) -> str | None:
    """Move names of the first import from ``old``; a plan such as ``a=new:b`` says where to."""
    before = read(source)
    moved = old_import(before)
    goals = dict(part.split("=") for part in plan.split())
    moves = {}
    for index, alias in enumerate(moved.node.names):
        if alias.name in goals:
            module, _, name = goals[alias.name].partition(":")
            moves[index] = (module, name)
    return changed(source, move_names(before, moved, moves))


def check(before: str, plan: str, after: str | None) -> None:
    assert move(dedent(before), plan) == (None if after is None else dedent(after))


@pytest.mark.parametrize(
    ("before", "plan", "after"),
    [
        ("from old import a", "a=new:a", "from new import a"),
        ("from old import a", "a=new:b", "from new import b as a"),
        ("from old import a as b", "a=new:a", "from new import a as b"),
        ("from old import a as b", "a=new:c", "from new import c as b"),
        ("from old import a as b", "a=new:b", "from new import b"),
        ("from old import a as a", "a=new:a", "from new import a as a"),
        ("from old import a as a", "a=new:b", "from new import b as a"),
        ("from old import a, b as c", "a=new.x:a b=new.x:c", "from new.x import a, c"),
        ("from old import a, b", "a=old:c", "from old import c as a, b"),
        ("from .old import a, b", "a=pkg.old:c", "from .old import c as a, b"),
        ("from .old import a", "a=new:a", "from new import a"),
        ("from.old import(a)", "a=new:a", "from new import(a)"),
        ("from .old import a", "a=pkg.old:a", "from .old import a"),
        ("from . old \\\n import a", "a=new:a", "from new \\\n import a"),
        (
            "from old import (a,  # x\n    b)  # y\n",
            "a=new:c b=new:d",
            "from new import (c as a,  # x\n    d as b)  # y\n",
        ),
        ("from old import (a as  # x\n    b)", "a=new:b", "from new import (b as  # x\n    b)"),
        ("x = 'é'; from old import ﬁn, ﬂ as q", "fin=new:fin fl=new:q", "x = 'é'; from new import ﬁn, q"),
        ("x = 'é'; from old import ﬁn", "fin=new:end", "x = 'é'; from new import end as ﬁn"),
        ("\f\tfrom old import a".replace("\t", ""), "a=new:a", "\ffrom new import a"),
        ("from old import a, a", "a=new:a", "from new import a, a"),
    ],
)
def test_all_names_move_in_place(before: str, plan: str, after: str) -> None:
    assert move(before, plan) == after


def test_a_package_without_a_name_is_replaced_as_a_path() -> None:
    source = "from .import a"
    before = read(source)
    replacements = move_names(before, before.imports[0], {0: ("new", "a")})
    assert changed(source, replacements) == "from new import a"


@pytest.mark.parametrize(
    ("before", "plan", "after"),
    [
        ("from old import a, b, c\n", "a=new:a", "from old import b, c\nfrom new import a\n"),
        ("from old import a, b, c\n", "b=new:b", "from old import a, c\nfrom new import b\n"),
        ("from old import a, b, c\n", "c=new:c", "from old import a, b\nfrom new import c\n"),
        ("from old import a, b, c", "a=new:x c=new:c", "from old import b\nfrom new import x as a, c"),
        ("from old import a, b, c", "a=x:a c=y:c", "from old import b\nfrom x import a\nfrom y import c"),
        ("from old import a, b", "a=x:a b=y:b", "from x import a\nfrom y import b"),
        ("from old import (a, b, c,)", "c=new:c", "from old import (a, b,)\nfrom new import c"),
        ("from old import ( a, b )", "a=new:a", "from old import ( b )\nfrom new import a"),
        ("from old import a, b  # both\n", "a=new:a", "from old import b  # both\nfrom new import a\n"),
        ("from old import a, b\r\nx = 1\r\n", "a=new:a", "from old import b\r\nfrom new import a\r\nx = 1\r\n"),
        ("x = 1\nfrom old import a, b\r\n", "a=new:a", "x = 1\nfrom old import b\r\nfrom new import a\r\n"),
        ("from old import a, b\rx = 1", "a=new:a", "from old import b\rfrom new import a\rx = 1"),
        ("\ffrom old import a, b", "a=new:a", "\ffrom old import b\nfrom new import a"),
        ("from old import a, \\\n    b\n", "b=new:b", "from old import a\nfrom new import b\n"),
        ("from old import a, \\\n    b\n", "a=new:a", "from old import b\nfrom new import a\n"),
        ("from old import a, b \\\n\nx = 1", "a=new:a", "from old import b \\\n\nfrom new import a\nx = 1"),
        ("if x:\n\tfrom old import a, b\n", "a=new:a", "if x:\n\tfrom old import b\n\tfrom new import a\n"),
        ("from old import a, b;\n", "a=new:a", "from old import b;\nfrom new import a\n"),
        ("from old import a, b; x = 1\n", "a=new:a", "from old import b; from new import a; x = 1\n"),
        ("x = 1; from old import a, b  # c", "b=new:b", "x = 1; from old import a; from new import b  # c"),
        ("if x: from old import a, b\n", "a=new:a", "if x: from old import b; from new import a\n"),
        ("if x: \\\n  from old import a, b\n", "a=new:a", "if x: \\\n  from old import b; from new import a\n"),
        ("x = 1; \\\r\nfrom old import a, b", "a=new:a", "x = 1; \\\r\nfrom old import b; from new import a"),
        ("# c \\\nfrom old import a, b", "a=new:a", "# c \\\nfrom old import b\nfrom new import a"),
        ("from old import a, b, a", "a=new:a", "from old import b\nfrom new import a"),
        (
            "@f\ndef g():\n    from old import a, b",
            "b=new:b",
            "@f\ndef g():\n    from old import a\n    from new import b",
        ),
    ],
)
def test_some_names_move_to_a_statement_of_their_own(before: str, plan: str, after: str) -> None:
    assert move(before, plan) == after


LIST = """\
from old import (  # the list
    # about a
    a,  # beside a
    b,
    # about c
    # and more
    c,  # beside c
    # the end
)  # after
"""


@pytest.mark.parametrize(
    ("plan", "after"),
    [
        (
            "a=new:a",
            """\
            from old import (  # the list
                # about a
                b,
                # about c
                # and more
                c,  # beside c
                # the end
            )  # after
            from new import a  # beside a
            """,
        ),
        (
            "b=new:b",
            """\
            from old import (  # the list
                # about a
                a,  # beside a
                # about c
                # and more
                c,  # beside c
                # the end
            )  # after
            from new import b
            """,
        ),
        (
            "c=new:c",
            """\
            from old import (  # the list
                # about a
                a,  # beside a
                b,
                # the end
            )  # after
            # about c
            # and more
            from new import c  # beside c
            """,
        ),
        (
            "b=new:b c=new:d",
            """\
            from old import (  # the list
                # about a
                a,  # beside a
                # the end
            )  # after
            from new import (
                b,
                # about c
                # and more
                d as c,  # beside c
            )
            """,
        ),
        (
            "a=new:a b=new:b",
            """\
            from old import (  # the list
                # about c
                # and more
                c,  # beside c
                # the end
            )  # after
            from new import (
                # about a
                a,  # beside a
                b,
            )
            """,
        ),
        ("a=new:a b=new:b c=new:c", LIST.replace("old", "new")),
    ],
)
def test_comments_go_with_the_names_that_they_are_about(plan: str, after: str) -> None:
    check(LIST, plan, after)


@pytest.mark.parametrize(
    ("before", "plan", "after"),
    [
        ("(a,\n    b,\n    c)", "a", "(b,\n    c)"),
        ("(a,\n    b,\n    c)", "b", "(a,\n    c)"),
        ("(a,\n    b,\n    c)", "c", "(a,\n    b)"),
        ("(\n    a,\n    b\n)", "b", "(\n    a\n)"),
        ("(\n    a,\n    b,\n)", "b", "(\n    a,\n)"),
        ("(\n    a, b,\n    c, d,\n)", "b", "(\n    a,\n    c, d,\n)"),
        ("(\n    a, b,\n    c, d,\n)", "b c", "(\n    a,\n    d,\n)"),
        ("(\n    a\n    , b\n    , c\n)", "a", "(\n    b\n    , c\n)"),
        ("(\n    a\n    , b\n    , c\n)", "b", "(\n    a\n    , c\n)"),
        ("(\n    a\n    , b\n    , c\n)", "b c", "(\n    a\n)"),
        ("(a, b  # one or two\n)", "a", "(b  # one or two\n)"),
        ("(\n\n    a,\n\n    b,\n)", "a", "(\n\n    b,\n)"),
        ("(a, \\\n    b)", "b", "(a)"),
        ("(a,  # about a\n    b)", "b", "(a  # about a\n    )"),
        ("(a,\n    # both\n    b,\n    c)", "a", "(\n    # both\n    b,\n    c)"),
    ],
)
def test_the_rest_of_a_list_keeps_its_layout(before: str, plan: str, after: str) -> None:
    names = plan.split()
    moves = " ".join(f"{name}=new:{name}" for name in names)
    assert (
        move(f"from old import {before}\n", moves) == f"from old import {after}\nfrom new import {', '.join(names)}\n"
    )


def test_a_comment_in_the_midst_of_a_line_makes_a_list() -> None:
    check(
        """\
        if x: from old import (a,  # about a
                               b)
        """,
        "a=new:a",
        """\
        if x: from old import (b); from new import (
            a,  # about a
        )
        """,
    )


def test_names_that_do_not_fit_in_a_line_get_lines_of_their_own() -> None:
    names = [f"a_rather_long_name_{number}" for number in range(5)]
    lines = "".join(f"\t{name},\n" for name in names)
    moves = " ".join(f"{name}=new:{name}" for name in names)
    assert (
        move(f"from old import (\n\tz,\n{lines})\n", moves)
        == f"from old import (\n\tz,\n)\nfrom new import (\n{lines})\n"
    )
    assert (
        move(f"from old import z, {', '.join(names)}", moves)
        == f"from old import z\nfrom new import {', '.join(names)}"
    )


def test_a_very_long_list_is_split() -> None:
    names = [f"name_{number}" for number in range(2000)]
    after = move(f"from old import ({', '.join(names)})", " ".join(f"{name}=new:{name}" for name in names[::2]))
    assert after == f"from old import ({', '.join(names[1::2])})\nfrom new import {', '.join(names[::2])}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from new import x\nfrom old import a\n", "from new import a, x\n"),
        ("from old import a\nfrom new import x\n", "from new import a, x\n"),
        ("from new import z, x\nfrom old import a\n", "from new import z, x, a\n"),
        ("from new import X, z\nfrom old import a", "from new import X, a, z"),
        ("from new import _x, Y\nfrom old import a", "from new import _x, a, Y"),
        ("from new import (x)\nfrom old import a\n", "from new import (a, x)\n"),
        ("from new import (z, x,)\nfrom old import a\n", "from new import (z, x, a,)\n"),
        ("from new import a\nfrom old import a\n", "from new import a\n"),
        ("from new import a as a\nfrom old import a\n", "from new import a as a\n"),
        (
            "from new import a\nx = 1\nfrom new import y\nfrom old import a\n",
            "from new import a\nx = 1\nfrom new import y\n",
        ),
        ("from new import x\nimport os\ny = 1\nfrom old import a\n", "from new import a, x\nimport os\ny = 1\n"),
        ("from old import a\nimport os\nfrom new import x\n", "import os\nfrom new import a, x\n"),
        ("from new import x; from old import a", "from new import a, x"),
        ("from old import a; from new import x", "from new import a, x"),
        ("if x: from new import x; from old import a  ;\n", "if x: from new import a, x  ;\n"),
        ("x = 1; from new import x; from old import a; y = 1", "x = 1; from new import a, x; y = 1"),
        ("from new import x\r\n\r\nfrom old import a\r\ny = 1", "from new import a, x\r\n\r\ny = 1"),
        ("from new import x\n\ffrom old import a\ny = 1", "from new import a, x\n\fy = 1"),
        ("from .new import x\nfrom old import a", "from .new import x\nfrom new import a"),
        (
            "def f():\n    from new import x\n    y = 1\n    from old import a",
            "def f():\n    from new import a, x\n    y = 1",
        ),
    ],
)
def test_names_go_into_an_import_of_the_module_in_the_same_block(before: str, after: str) -> None:
    assert move(before, "a=new:a") == after


def test_a_relative_import_of_the_new_module_takes_names_too() -> None:
    assert move("from .new import x\nfrom .old import a\n", "a=pkg.new:a") == "from .new import a, x\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(\n    x,\n    z,\n)", "(\n    a,\n    x,\n    y,\n    z,\n)"),
        ("(\n    x,\n    z\n)", "(\n    a,\n    x,\n    y,\n    z\n)"),
        ("(\n    m,\n    b,\n)", "(\n    m,\n    b,\n    a,\n    y,\n)"),
        ("(\n    m,\n    b  # last\n)", "(\n    m,\n    b,  # last\n    a,\n    y\n)"),
        ("(\n    m,\n    b,  # last\n    # end\n)", "(\n    m,\n    b,  # last\n    a,\n    y,\n    # end\n)"),
        ("(  # why\n    # x\n    x,\n)", "(  # why\n    # x\n    x,\n    a,\n    y,\n)"),
        ("(m,\n    b)", "(m,\n    b,\n    a,\n    y)"),
        ("(m, b  # last\n)", "(m, b,  # last\n    a,\n    y\n)"),
        ("(\n    b, m,\n    p, z,\n)", "(\n    a, b, m,\n    p, y, z,\n)"),
        ("(\n    m\n    , b)", "(\n    m\n    , b, a, y)"),
        ("x, \\\n    z", "a, x, y, \\\n    z"),
        ("z, \\\n    x", "z, \\\n    x, a, y"),
    ],
)
def test_names_are_added_in_the_style_of_the_list(before: str, after: str) -> None:
    assert move(f"from new import {before}\nfrom old import a, y", "a=new:a y=new:y") == f"from new import {after}"


def test_a_list_of_many_names_a_line_grows_by_a_line() -> None:
    line = ", ".join(f"a_rather_long_name_{number}" for number in range(4)) + ","
    before = f"from new import (\n    {line}\n)\nfrom old import z\n"
    assert move(before, "z=new:z") == f"from new import (\n    {line}\n    z,\n)\n"


@pytest.mark.parametrize(
    "before",
    [
        "from new import x\na = 1\nfrom old import a\n",
        "from new import x\nif x:\n    del a\nfrom old import a\n",
        "from new import x\nfrom star import *\nfrom old import a\n",
        "from new import x\nprint(a)\nfrom old import a\n",
        "from new import x\ndef f(y=a): pass\nfrom old import a\n",
        "from new import b as a\nfrom old import a\n",
        "from old import a\nprint(1)\nfrom new import x\n",
        "from old import a\nimport a\nfrom new import x\n",
        "if x:\n    from new import x\nfrom old import a\n",
        "from new import *\nfrom old import a\n",
        "def f():\n    global a\n    from new import x\n    y = 1\n    from old import a\n",
        "def f():\n    global a\n    a = 1\nfrom new import x\nf()\nfrom old import a\n",
        "a = 0\ntry:\n    from new import x\n    y()\n    from old import a\nexcept ValueError: pass\n",
        "from new import x\nfrom old import a  # comment\n",
        "from new import x\nfrom old import (\n    a,\n    # comment\n)\n",
        "try:\n    from old import a\nexcept ImportError:\n    from new import x\n",
        "import new\nfrom old import a\n",
    ],
)
def test_an_import_that_would_not_do_the_same_takes_no_names(before: str) -> None:
    assert move(before, "a=new:a") == before.replace("from old", "from new")


def test_names_that_bind_one_name_twice_stay_in_their_order() -> None:
    before = "from new import x\nfrom old import b as a, a"
    assert move(before, "a=new:a b=new:b") == "from new import x\nfrom new import b as a, a"


def test_names_used_in_functions_that_run_later_are_not_in_the_way() -> None:
    before = "from new import x\ndef f():\n    return a\nfrom old import a\n"
    assert move(before, "a=new:a") == "from new import a, x\ndef f():\n    return a\n"


def test_each_name_goes_where_it_can() -> None:
    check(
        """\
        from new import x
        b = 1
        from old import (
            a,
            b,
            c,  # about c
            d,
            e as f,
        )
        """,
        "a=new:a b=new:b c=new:c d=two:d e=new:x",
        """\
        from new import a, x, x as f
        b = 1
        from new import (
            b,
            c,  # about c
        )
        from two import d
        """,
    )


@pytest.mark.parametrize(
    "source",
    [
        "from old import *",
        "from old import a as c, b as c",
    ],
)
def test_what_cannot_be_moved(source: str) -> None:
    before = read(source)
    assert move_names(before, before.imports[0], {0: ("new", "a")}) is None


def test_neither_future_nor_plain_imports_are_moved() -> None:
    for source in ("from __future__ import annotations", "import a"):
        before = read(source)
        assert move_names(before, before.imports[0], {0: ("new", "a")}) is None


def test_nothing_to_move_is_no_change() -> None:
    before = read("from old import a")
    assert move_names(before, before.imports[0], {}) == ()
    assert move_names(before, before.imports[0], {0: ("old", "a")}) == ()


def remove(source: str, index: int) -> str | None:
    before = read(source)
    found = next(found for found in before.imports if found.node.names[0].name != "keep")
    return changed(source, remove_name(before, found, index))


@pytest.mark.parametrize(
    ("before", "index", "after"),
    [
        ("import a.b as c, d\n", 0, "import d\n"),
        ("import a.b as c, d\n", 1, "import a.b as c\n"),
        ("from m import (\n    a,\n    b,  # about b\n)\n", 0, "from m import (\n    b,  # about b\n)\n"),
        ("import a\nx = 1\n", 0, "x = 1\n"),
        ("import a", 0, ""),
        ("x = 1\nimport a", 0, "x = 1"),
        ("x = 1\r\nimport a", 0, "x = 1"),
        ("x = 1\n\fimport a", 0, "x = 1\n\f"),
        ("x = 1\n\n  \nimport a;", 0, "x = 1\n\n  "),
        ("if x:\n    import a\n    y = 1\n", 0, "if x:\n    y = 1\n"),
        ("if x:\n    from m import *\n", 0, "if x:\n    pass\n"),
        ("if x: import a", 0, "if x: pass"),
        ("if x: import a; y = 1", 0, "if x: y = 1"),
        ("y = 1; \\\n import a; z = 1", 0, "y = 1; \\\n z = 1"),
        ("y = 1; \\\n import a", 0, "y = 1"),
        ("y = 1;import a;", 0, "y = 1;"),
        ("import a; y = 1  # about y", 0, "y = 1  # about y"),
        ("try:\n    import a\n    import b\nexcept E: pass", 0, "try:\n    import b\nexcept E: pass"),
        ("try: pass\nexcept E: import a", 0, "try: pass\nexcept E: pass"),
        ("try: from m import a, b\nexcept E: pass", 0, "try: from m import b\nexcept E: pass"),
        ("y = 1  # c \\\nimport a\nz = 1", 0, "y = 1  # c \\\npass\nz = 1"),
    ],
)
def test_a_name_is_removed(before: str, index: int, after: str) -> None:
    assert remove(before, index) == after


@pytest.mark.parametrize(
    "source",
    [
        "try: import a\nexcept ImportError: import keep",
        "try:\n    import a\nfinally:\n    pass",
        "import a  # about a",
        "if x: import a  # about a",
        "from m import (\n    # about a\n    a\n)",
        "from m import (\n    a,  # about a\n    b,\n)",
        "from m import (\n    # about a\n    a,\n    # about b\n    b,\n)",
    ],
)
def test_a_name_that_a_try_or_a_comment_is_about_stays(source: str) -> None:
    assert remove(source, 0) is None


def add(source: str, wanted: str = "new:a", after: int = 0) -> str | None:
    """Add an import after a statement of the file, counted in the order of the text."""
    before = read(source)
    module, _, names = wanted.partition(":")
    name, _, asname = names.partition("=")
    return changed(source, add_import(before, before.statements[after], module, name, asname or None))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import m", "import m\nfrom new import a"),
        ("import m  # c\r\nx = 1", "import m  # c\r\nfrom new import a\r\nx = 1"),
        ("import m; x = 1", "import m; from new import a; x = 1"),
        ("import m ; \\\r\n x = 1", "import m; from new import a ; \\\r\n x = 1"),
        ("def f():\n  x = 1;\ny = 1", "def f():\n  x = 1;\nfrom new import a\ny = 1"),
        ("if x: y = 1; z = 2  # c\n", "if x: y = 1; z = 2  # c\nfrom new import a\n"),
        ("match x:\n    case 1: y = 1\n", "match x:\n    case 1: y = 1\nfrom new import a\n"),
        ("\\\nif x: y = 1", "\\\nif x: y = 1\nfrom new import a"),
        ("  \\\n  \nx = 1", "  \\\n  \nx = 1\nfrom new import a"),
        ("'doc'\nfrom __future__ import y\nx = 1", "'doc'\nfrom __future__ import y\nfrom new import a\nx = 1"),
        ("from new import b", "from new import a, b"),
        ("from new import a", "from new import a"),
        ("from new import b as a", "from new import b as a\nfrom new import a"),
        ("from new import *", "from new import *\nfrom new import a"),
    ],
)
def test_an_import_is_added_after_a_statement(before: str, after: str) -> None:
    assert add(before) == after


def test_an_import_is_added_in_the_block() -> None:
    source = "from new import x\nif x:\n\tfrom old import b\n\ty = 1\n"
    assert add(source, after=2) == "from new import x\nif x:\n\tfrom old import b\n\tfrom new import a\n\ty = 1\n"
    assert add("if x: from old import b", after=1) == "if x: from old import b; from new import a"


def test_an_import_is_indented_as_the_logical_line_is() -> None:
    source = "def f():\n    \\\n  if x: y = 1\n"
    assert add(source, after=1) == f"{source}    from new import a\n"


def test_an_earlier_import_is_used_only_if_the_name_is_free_since() -> None:
    assert add("from new import b\nx = 1\nimport m", after=2) == "from new import a, b\nx = 1\nimport m"
    assert add("from new import b\na = 1\nimport m", after=2) == "from new import b\na = 1\nimport m\nfrom new import a"
    assert add("from new import a\nx = 1\nimport m", after=2) == "from new import a\nx = 1\nimport m"
    assert add("from new import a\ndel a\nimport m", after=2) == "from new import a\ndel a\nimport m\nfrom new import a"
    assert add("import m\nfrom new import b") == "import m\nfrom new import a\nfrom new import b"


def test_an_added_name_may_get_another_name() -> None:
    assert add("from new import b", "new:a=c") == "from new import a as c, b"
    assert add("import m", "new:a=c") == "import m\nfrom new import a as c"
    assert add("import m", "new:a=a") == "import m\nfrom new import a"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "from new import a\n"),
        ("# only a comment", "# only a comment\nfrom new import a"),
        ("x = 1\n", "from new import a\n\nx = 1\n"),
        ("\n\ndef f(): pass\n", "\n\nfrom new import a\n\n\ndef f(): pass\n"),
        (
            "#!/bin/python\n# coding: utf-8\n# about x\nx = 1",
            "#!/bin/python\n# coding: utf-8\nfrom new import a\n\n# about x\nx = 1",
        ),
        ("# Licence\r\n\r\n# about x\r\nx = 1", "# Licence\r\n\r\nfrom new import a\r\n\r\n# about x\r\nx = 1"),
        ("import b\nimport c\nx = 1\nimport d\n", "import b\nimport c\nfrom new import a\nx = 1\nimport d\n"),
        ("'doc'\nfrom __future__ import b\nx = 1\n", "'doc'\nfrom __future__ import b\nfrom new import a\nx = 1\n"),
        ("from new import b\nimport c\n", "from new import a, b\nimport c\n"),
        ("from new import a\nimport c\n", "from new import a\nimport c\n"),
        ("'doc'\n\nx = 1\n", "'doc'\n\nfrom new import a\n\nx = 1\n"),
        ("'doc'  # c\nx = 1\n", "'doc'  # c\n\nfrom new import a\n\nx = 1\n"),
        ("'doc'", "'doc'\n\nfrom new import a"),
        ("'doc'; x = 1", "'doc'; from new import a; x = 1"),
        ("try:\n    import b\nexcept E: pass\n", "from new import a\n\ntry:\n    import b\nexcept E: pass\n"),
    ],
)
def test_an_import_is_added_at_the_top(before: str, after: str) -> None:
    assert changed(before, add_import_at_top(read(before), "new", "a")) == after


def test_an_import_at_the_top_may_get_another_name() -> None:
    assert changed("x = 1", add_import_at_top(read("x = 1"), "new", "a", "b")) == "from new import a as b\n\nx = 1"


@pytest.mark.parametrize(
    ("before", "index", "after"),
    [
        ("import a.b.old as m", 0, "import new.path as m"),
        ("import x, a . b.old as m  # c", 1, "import x, new.path as m  # c"),
        ("from a.b.old import *", 0, "from new.path import *"),
        ("from.import*", 0, "from new.path import*"),
        ("x = 'é'; from . old import (  # c\n    a,\n)", 0, "x = 'é'; from new.path import (  # c\n    a,\n)"),
    ],
)
def test_a_module_is_replaced_in_place(before: str, index: int, after: str) -> None:
    source = read(before)
    assert changed(before, (replace_module(source, source.imports[0], index, "new.path"),)) == after
