"""Newer grammar read by older Pythons, and what can be read of files that are not Python.

Where the running Python knows the grammar, it is told by other newer grammar in the file that it does not: LibCST knows
more than any Python that there is.
"""

from __future__ import annotations

import ast
import re

import pytest

from ssot_lint.source.grammar import Older, lower, whole_imports
from ssot_lint.source.scan import Scan
from ssot_lint.source.text import Text
from ssot_lint.source.uses import uses

UNKNOWN = "lazy import unknown\n"
"""What no Python knows to which these tests matter."""

NEWER = {
    "f-string with its own quotes": "x = f'{a.b['c']} {a.b}'; a.b\n",
    "f-string in f-string": "x = f'{f'{a.b}' + f'{a.b:{f'{a.b}'}}'}'; a.b\n",
    "f-string with backslash": "x = f'{'\\n'.join(a.b)}'; a.b\n",
    "f-string over lines": "x = f'{\n  a.b # c\n}'; a.b\na.b\n",
    "f-string over lines with wide characters": "x = f'é{\n 'é' + a.b # é\n} é' 'é' f'{a.b}'; é; a.b\n",
    "f-string of many lines": "x = f'''\n中文{a.b}中\n文{'a'}\n文''' 'é'; a.b\n",
    "f-string with formats": "x = f'{a.b!r:>{a.b}} {a.b = !s} {a.b:{a.b}{a.b}} {{no}} {'''é'''}'; a.b\n",
    "f-string with brackets": "x = f'{(a.b)} {[a.b]} {(a.b for x in 'y')} {*a.b,} {(yield a.b)}'; a.b\n",
    "f-string with lambda": "x = f'{(lambda y: a.b)} {'z'}'; a.b\n",
    "f-string among strings": "x = ('c' f'{a.b['d']}'\n  # e\n  'f' f''); a.b\n",
    "f-string in a call": "x('c', f'{a.b['d']}', a.b)\n",
    "empty f-string": "x = f''; y = f'{'z'}', a.b\n",
    "template string": "x = t'{a.b!r:{a.b}} é', rt'\\{a.b}'; a.b\n",
    "type parameters": "def x[é: a.b, *Ts, **P](y: é, z=a.b): a.b\n",
    "type parameters with defaults": "class x[T: (a.b, a.b) = a.b, *Ts = a.b](a.b): a.b\n",
    "type parameters over lines": "async def x[\n  T: a\n    .b,  # c\n](y: a.b): pass\n",
    "type parameters of a class over lines": "class x[\n  T: a.b\n]: a.b\nclass y[T:\n  a.b] (a.b): a.b\n",
    "type parameters of methods": "@a.b\nclass x[T]:\n  @a.b\n  def y[U: a.b](self, z=a.b): a.b\n",
    "type alias": "type x = a.b\nif 1:\n    type y[T: a.b] = (\n      a.b)\n",
    "except groups": "try: a.b\nexcept* a.b as e: a.b\nexcept  *  (a.b, c): a.b\n",
    "except without brackets": "try: a.b\nexcept a.b, (a.b), c: a.b\n",
    "except groups without brackets": "try: a.b\nexcept* a.b, a.b: a.b\n",
    "star in a subscript": "a.b[*a.b, c, * a.b]\n",
    "star in an annotation": "def x(*y: *a.b, z=a.b): pass\n",
    "star in comprehensions": "[*a.b for x in a.b], {*a.b for x in y}, (* a.b for x in y), {**a.b for x in a.b}\n",
    "lazy imports": "lazy import c, d.e as f; a.b\nif 1:\n  lazy   from g import (h,\n    i); a.b\n",
    "CRLF": "x = f'{\r\n  a.b['é']\r\n}'; a.b\r\n",
    "carriage returns": "x = f'{\r  a.b['é']\r}'; a.b\r",
    "form feeds": "\f\na.b\n\fx = f'{a.b['é']}'; a.b\n",
}


def older(code: str) -> Older:
    lowered = lower(Text(code))
    assert lowered is not None
    return lowered


@pytest.mark.parametrize("code", NEWER.values(), ids=list(NEWER))
def test_newer_grammar_keeps_every_use_in_its_place(code: str) -> None:
    code += UNKNOWN
    scan = Scan(Text(code), older(code).tree, None, False, newer=True)
    found = [code[use.start : use.ends[1]] for use in uses(scan) if use.path[:2] == ("a", "b")]
    assert [re.sub(r"\s", "", use) for use in found] == ["a.b"] * len(found)
    assert len({use.start for use in uses(scan) if use.path == ("a", "b")}) == len(re.findall(r"\ba\s*\.b\b", code))


@pytest.mark.parametrize("code", NEWER.values(), ids=list(NEWER))
def test_newer_grammar_keeps_every_other_byte(code: str) -> None:
    lowered = older(code + UNKNOWN).string.encode()
    raw = (code + UNKNOWN).encode()
    assert len(lowered) == len(raw)
    assert re.sub(rb"[^\r\n]", b"", lowered) == re.sub(rb"[^\r\n]", b"", raw)
    assert lowered.endswith(b"import      unknown\n")


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("x = f'{(y := a['b'])}'", {"x", "y"}),
        ("type x[T] = a", {"x"}),
        ("try: pass\nexcept* (a, b) as e: pass", {"e"}),
        ("def f[T: a](x): pass", {"f"}),
        ("lazy import a.b, c as d\nlazy from e import g as h", {"a", "d", "h"}),
    ],
)
def test_newer_grammar_binds_what_it_binds(code: str, names: set[str]) -> None:
    code = f"{code}\n{UNKNOWN}"
    scan = Scan(Text(code), older(code).tree, None, False, newer=True)
    assert scan.scope.bindings.keys() == {*names, "unknown"}


def test_type_parameters_are_bound_in_what_has_them() -> None:
    code = "import T, a\ndef f[T: a.b](x: T): T\nclass g[*T]: T\n@T\ndef h(): T\n" + UNKNOWN
    scan = Scan(Text(code), older(code).tree, None, False, newer=True)
    places = [match.start() for match in re.finditer(r"\bT\b", code)]
    known = [scan.lookup("T", place) for place in places]
    kinds = [None if bindings is None else [binding.kind for binding in bindings] for bindings in known]
    assert kinds == [["import"], None, None, ["other"], None, ["other"], ["import"], ["import"]]


def test_a_type_alias_is_no_assignment() -> None:
    code = "type x[T: a] = b.c\nx = b.d\n" + UNKNOWN
    scan = Scan(Text(code), older(code).tree, None, False, newer=True)
    assert [binding.kind for binding in scan.scope.bindings["x"]] == ["other", "assign"]
    assert [type(statement.node).__name__ for statement in scan.statements] == ["TypeAlias", "Assign", "Import"]


def test_encoding_and_byte_order_mark_are_kept() -> None:
    lowered = lower(Text(UNKNOWN, "latin-1", bom=True))
    assert lowered is not None
    assert (lowered.encoding, lowered.bom) == ("latin-1", True)


HOPELESS = {
    "broken": "x = (\n",
    "Python 2": "print 'a'\n",
    "nested too deeply": UNKNOWN + "(" * 5000 + ")" * 5000,
}


@pytest.mark.parametrize("code", HOPELESS.values(), ids=list(HOPELESS))
def test_what_nobody_can_read(code: str) -> None:
    assert lower(Text(code)) is None


def test_what_has_no_older_form_is_left_out() -> None:
    assert older(f"x = f'{{yield 'a'}} {{b}}'\n{UNKNOWN}").string.startswith("x = (0               )\n")


# Ruins.


def imports(code: str) -> list[str]:
    """The import statements found in a ruin."""
    text = Text(code)
    scan = Scan(text, whole_imports(text), None, False, partial=True)
    return [code[found.statement.start : found.statement.end] for found in scan.imports]


RUINS: dict[str, tuple[str, list[str]]] = {
    "open bracket": ("x = (\nimport a\nfrom b import c\n", ["import a", "from b import c"]),
    "indented": ("def f(:\n\timport a\n    from b import *\n", ["import a", "from b import *"]),
    "several": ("import a, b.c as d\nfrom e import f as g, h\n)", ["import a, b.c as d", "from e import f as g, h"]),
    "relative": ("from . import a\nfrom .b.c import d\nfrom ... import e\n)", []),
    "squeezed": ("from.import a\nfrom.b import(c)\n)", ["from.import a", "from.b import(c)"]),
    "spread": ("from . a . b  import\tc\n)", ["from . a . b  import\tc"]),
    "brackets": ("from a import (\n  b,  # c\n  d,\n)\n(", ["from a import (\n  b,  # c\n  d,\n)"]),
    "continued": ("from a \\\n  import b, \\\n  c\n(", ["from a \\\n  import b, \\\n  c"]),
    "continued with CRLF": ("import a, \\\r\n  b\r\n(", ["import a, \\\r\n  b"]),
    "semicolons": ("x = 1; import a ; from b import c;import d\n(", ["import a", "from b import c", "import d"]),
    "one line": ("try: import a\nexcept E as e: from b import c\nelse:import d\n(", []),
    "comment behind": ("import a  # from b import c\n(", ["import a"]),
    "CRLF": ("(\r\nimport a\r\nfrom b import c\r\n", ["import a", "from b import c"]),
    "carriage returns": ("(\rimport a\rfrom b import c\r", ["import a", "from b import c"]),
    "form feed": ("(\n\f  import a\n", ["import a"]),
    "wide characters": ("(\nx = 'é'; import é as 日, b; from c import ñ\n", ["import é as 日, b", "from c import ñ"]),
    "lazy": ("(\nlazy import a\nlazy from b import c\n", ["import a", "from b import c"]),
    "conflict": ("<<<<<<< HEAD\nimport a\n=======\nimport b\n>>>>>>> x\n", ["import a", "import b"]),
    "strings": ("'''\nimport a\n''' (\n'; import b'\nimport c\n", ["import c"]),
    "comments": ("# import a\n(  # b; import c\n", []),
    "open string": ("x = don't; import a\nimport b\n", ["import b"]),
    "open long string": ("import a\n'''\nimport b\n", ["import a", "import b"]),
    "broken imports": ("import a import b\nfrom c import (d\nfrom e import\nimport f\n", ["import f"]),
    "other words": ("fromage import a\nimportant\nfrom b importing c\nx.from d import e\n(", []),
    "nothing": ("", []),
}
for name in ("relative", "one line"):
    statements = re.findall(r"(?:from [.\w]+ )?import \w+", RUINS[name][0])
    RUINS[name] = (RUINS[name][0], statements)


@pytest.mark.parametrize(("code", "found"), RUINS.values(), ids=list(RUINS))
def test_imports_that_stand_whole(code: str, found: list[str]) -> None:
    assert imports(code) == found


def test_names_of_a_ruin_have_their_places() -> None:
    code = "(\né; from é import (ñ,\n  b as 日)\n"
    text = Text(code)
    scan = Scan(text, whole_imports(text), None, False, partial=True)
    aliases = [alias for found in scan.imports for alias in found.node.names]
    assert [code[slice(*scan.span(alias))] for alias in aliases] == ["ñ", "b as 日"]


@pytest.mark.parametrize(
    "code",
    [
        "(from a" + " " * 100_000 + "x\n",
        ("from a # " + "x" * 2000 + "\n") * 100 + "(",
        "from a import (" * 5000,
        "import a, \\\n" * 20_000,
        "from " + "a " * 50_000 + "\n(",
        ("if a" * 100 + "\n") * 1000,
        "'''" + "\\'''" * 20_000,
    ],
)
def test_ruins_take_no_longer(code: str) -> None:
    """Each would take minutes for a pattern that goes back and forth."""
    assert whole_imports(Text(code)).body == []


def test_trees_of_ruins_are_trees() -> None:
    code = "x = (\nfrom a import b\n"
    assert ast.unparse(whole_imports(Text(code))) == "from a import b"
