"""What files import, told from their bytes: all of it, whatever its layout, and no more than the bytes suggest."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from ssot_lint.source.spelled import (
    Spelled,
    absolute,
    attributes,
    imports,
    imports_in_each_other,
    read,
    without_imports,
)

SINGLE = {
    "import a": (None, 0, "a", None),
    "import a.b.c as d": (None, 0, "a.b.c", "d"),
    "import\ta": (None, 0, "a", None),
    "import\\\n a": (None, 0, "a", None),
    "import a . b\\\n  .c": (None, 0, "a.b.c", None),
    "if 1:import a": (None, 0, "a", None),
    "x = 1;import a": (None, 0, "a", None),
    "x = 1; \\\nimport a": (None, 0, "a", None),
    "\f import a": (None, 0, "a", None),
    "lazy import a": (None, 0, "a", None),
    "import äöü": (None, 0, "äöü", None),
    "from a import b": ("a", 0, "b", None),
    "from a.b import c as d": ("a.b", 0, "c", "d"),
    "from a . b import c": ("a.b", 0, "c", None),
    "from a import*": ("a", 0, "*", None),
    "from . import a": ("", 1, "a", None),
    "from.import a": ("", 1, "a", None),
    "from .... a.b import c": ("a.b", 4, "c", None),
    "from ...a import(b)": ("a", 3, "b", None),
    "from\\\r\n a\\\r\n import\\\r\n b\\\r\n as\\\r\n c": ("a", 0, "b", "c"),
    "from a import ( # b, x\n# x\n b # as\n as # x )\n c )": ("a", 0, "b", "c"),
    "from a import (b\\\n  as c,)": ("a", 0, "b", "c"),
    "if 1: from a import b ; x": ("a", 0, "b", None),
    "lazy from a import b": ("a", 0, "b", None),
    "from importlib import imports": ("importlib", 0, "imports", None),
    "from fromm import from_": ("fromm", 0, "from_", None),
    "from é.ß import ï": ("é.ß", 0, "ï", None),
    "'''\nfrom a import b'''": ("a", 0, "b", None),
    "# from a import b": ("a", 0, "b", None),
}


def spelled(code: str) -> list[Spelled]:
    found = imports(code.encode())
    assert found is not None
    return [imported for imported in map(read, found) if imported.names]


@pytest.mark.parametrize("code", SINGLE)
def test_one_import(code: str) -> None:
    module, level, name, local = SINGLE[code]
    expected = Spelled(module, level, ((name, local),))
    # What is continued in the next line may look like two.
    assert expected in spelled(code) if "\\" in code else spelled(code) == [expected]


def test_several_names() -> None:
    assert spelled("import a, b.c as d ,e") == [Spelled(None, 0, (("a", None), ("b.c", "d"), ("e", None)))]
    (imported,) = spelled("from a import (b, # of b\n  c as d,\n\n  e)\n")
    assert imported.names == (("b", None), ("c", "d"), ("e", None))


@pytest.mark.parametrize(
    "code",
    [
        "yield from a\nx = important",
        "raise A from b",
        "important from_a import_b",
        "from a\nb import c",
        "import_module('a')",
        "fromage import b",
        "a.import b",
        "éimport b",
        "éfrom a import b",
        "",
    ],
)
def test_no_imports(code: str) -> None:
    assert imports(code.encode()) == []


@pytest.mark.parametrize(
    "code",
    [
        "# from a import (\nfrom b import c\n",
        "# from a import \\\nfrom b import c\n",
        "# import a, \\\nimport b\n",
        "'from a import ( # '; from b import c\n",
        "from a import (b, 'c'",
        "from a import (b",
    ],
)
def test_where_one_may_hide_in_another_nothing_is_told(code: str) -> None:
    assert imports(code.encode()) is None


@pytest.mark.parametrize(
    "code",
    [
        "# from a import (\nfrom b.c import d, e as f\n",
        "# from a import \\\nfrom b.c import d, e as f\n",
        "'from a import ( # '; from b.c import (d, # x\n e as f)\n",
        "from b.c import d, e as f",
    ],
)
def test_wherever_one_may_start(code: str) -> None:
    found = set(map(read, imports_in_each_other(code.encode())))
    assert Spelled("b.c", 0, (("d", None), ("e", "f"))) in found
    assert all(module in ("a", "b.c", None) for module, _, _ in found)


def of_tree(code: str) -> Iterator[tuple[str | None, int, str, str | None]]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from ((None, 0, alias.name, alias.asname) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", node.level, alias.name, alias.asname) for alias in node.names)


LAYOUTS = ["{0}", "if x: {0}", "x; {0}; y", "\t\n\f{0}\n", "'from a'\n{0}", "# import\n{0}", "'''import a''';{0}"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("code", [code for code in SINGLE if "lazy" not in code])
def test_python_agrees(code: str, layout: str) -> None:
    try:
        tree = ast.parse(layout.format(code))
    except SyntaxError:
        return
    found = imports(layout.format(code).encode())
    known = {(i.module, i.level, *name) for i in map(read, found or ()) for name in i.names}
    assert found is None or known >= set(of_tree(ast.unparse(tree)))


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("a.b.c", {"b", "c"}),
        ("a . b", {"b"}),
        ("a.\\\n b", {"b"}),
        ("(a.\n b)", {"b"}),
        ("(a. # of a\n  # x\n\n b)", {"b"}),
        ("(a\n .b)", {"b"}),
        ("f().b[0].c", {"b", "c"}),
        ("'a.b'", {"b"}),
        ("f'{a.b}'", {"b"}),
        ("a.é", {"é"}),
        ("a, b", set()),
        ("", set()),
    ],
)
def test_attributes(code: str, names: set[str]) -> None:
    found = {name.decode() for name in attributes(code.encode())}
    assert found >= names
    assert "a" not in found
    assert "#" in code or found == names


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("from a import b\n", "\n"),
        ("  from a.b import (\n  c,\n  d\n)  # x", "    # x"),
        ("from a import b; c", "; c"),
        ("x; from a import b", None),
        ("from a import (b # c\n)", None),
        ("from . import b", ""),
        ("'from a import b'", None),
        ("from a import b\rfrom c import d\r", "\r\r"),
    ],
)
def test_without_imports(text: str, rest: str | None) -> None:
    assert without_imports(text.encode()).decode().strip(" ") == (text if rest is None else rest).strip(" ")


@pytest.mark.parametrize(
    ("module", "level", "own", "is_package", "name"),
    [
        ("a.b", 0, None, False, "a.b"),
        ("a", 1, None, False, None),
        ("c", 1, "a.b", False, "a.c"),
        ("c", 1, "a.b", True, "a.b.c"),
        (None, 1, "a.b", False, "a"),
        ("c", 2, "a.b", False, "c"),
        (None, 2, "a.b", False, None),
        ("c", 3, "a.b", False, None),
        ("c", 1, "", True, "c"),
    ],
)
def test_absolute(module: str | None, level: int, own: str | None, is_package: bool, name: str | None) -> None:
    assert absolute(module, level, own, is_package) == name
