"""Sites: which statements may matter, and that their pieces hold all that the whole file holds."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

import pytest

from ssot_lint.source.scan import Scan, scan
from ssot_lint.source.sites import FEW, Words, is_path, pieces, statements_with
from ssot_lint.source.text import Text
from ssot_lint.source.trees import Piece, Tree, whole_module
from ssot_lint.source.triggers import Hits

COMPARED = re.compile(
    r"Name|Attribute|Call|Arg|Import|ImportFrom|ImportAlias|Assign|AnnAssign|Annotation|NamedExpr|Lambda|Decorator"
    r"|Subscript|Tuple|Await|FormattedString|ListComp|Comparison|Return|Raise|Delete|AugAssign|Param"
)
"""Nodes in which rules are interested."""

STATEMENTS = {
    "simple": "a = b.c(d, e=f)\ndel g.h\nraise i from j\nk += l\nassert m, n\n",
    "semicolons": "import a; from b import c as d ; e = f();g.h\n",
    "over lines": "a = (b.\n  c( # d\n  e))\nf = g.\\\n  h\n",
    "if": "if a(b): c\nelif d.e: f\nelif (g :=\n  h): i\nelse: j.k\n",
    "if in else": "if a: b\nelse:\n    if c.d: e\n    elif f: g\n    else: h\n",
    "loops": "for a.b, c in d.e: f\nelse: g\nwhile h(i):\n  # j\n  k\nelse:\n  l\n",
    "with": "with a.b() as c, d(e) as (f, g.h): i\nwith (\n  j,\n  k as l,\n):\n  m\n",
    "async": "async def a(b=c.d):\n async with e() as g: h\n async for i in j(k): l\n [m async for m in await n]\n",
    "try": "try: a\nexcept b.c: d\nexcept (e, f.g()) as h:\n  i\nexcept: j\nelse: k.l\nfinally: m\n",
    "definitions": "@a.b\n@c(d)\ndef e(f: g.h = i(), /, j=k, *l: m, n: o=p, **q) -> r.s:\n  '''t'''\n  u\n",
    "one-line definitions": "def a(b=c): return d; e\nclass f(g.h, i=j): k = l.m\n",
    "classes": "@ a (b)  # c\n@(d.e)\n\n# f\nclass g(h.i(), *j, k=l):\n\n  # m\n  @n.o\n  class p: q\n",
    "match": (
        "match a.b, c():\n  case d.e: f\n  case g.h(i.j, k=l.m) if n(o): p\n  case {q.r: s, **t}: u\n"
        "  case [v.w, *x] | (y.z as aa): bb\n  case -1 | 'cc' | None: dd\n  case _ if ee: ff.gg\n"
    ),
    "match in brackets": "match (a):\n  case (b.c): d\n  case [e.f() | g.h()]: i\n",
    "tabs": "if a:\n\tif b.c:\n\t\td\n\telif e: f\n\tclass g(h):\n\t\ti = j\n",
    "CRLF": "if a:\r\n  @b.c\r\n  def d(e,\r\n        f=g.h): i\r\ntry:\r\n  j\r\nexcept k.l:\r\n  m\r\n",
    "carriage returns": "if a:\r  @b.c\r  def d(e,\r        f=g.h): i\rtry:\r  j\rexcept k.l:\r  m\r",
    "form feeds": "\fa.b\n\f\nclass c(d.e):\n  \f\n  def f(g=h.i): j\n\n\f@k.l\ndef m(n): o\n",
    "wide characters": "é = 'é', a.b; 日 = c.é('日')\nif 日.é: 'é'; é.日\nelif 𝐚.b: c\n",
    "no newline": "if a.b:\n  c.d",
    "comments": "a.b  # c\n# d\nif e.f:  # g\n  # h\n  i.j  # k\n  # l\n",
    "comprehensions": "[a.b for a in c.d if e(a)]\n{f: g for f, g in h.i}\nlambda j, k=l.m: j.n\n",
    "strings": "f'{a.b} {c!r:>{d.e}}' 'f' f'''\n{g.h}\n'''\n",
    "annotations": "a: b.c\nd: 'e.f' = g.h\ni.j: k = l\n",
    "walrus": "if (a := b.c): d\n(e := f)()\n",
    "globals": "def a():\n  global b, c\n  b = c\n",
    "decorated after decorator of many lines": "@a(\n  b,\n  c.d)\ndef e(): f\n",
    "space before the colon": "if a.b :c\nclass d (e.f) :g\n",
    "generator in brackets": "match (a.b for c in d):\n  case _: e\n",
}
if sys.version_info >= (3, 11):
    STATEMENTS["groups"] = "try: a.b\nexcept* c.d as e: f.g\nexcept* (h, i.j): k\n"
if sys.version_info >= (3, 12):
    STATEMENTS["type parameters"] = "def a[b: c.d](e: b): f\nclass g[h](i.j): k\ntype l[m: n.o] = p.q\n"


def nodes(text: Text, piece: Piece) -> set[tuple[str, str, int]]:
    tree = Tree(text, piece)
    found = set()
    for node in tree.nodes():
        kind = type(node).__name__
        if COMPARED.fullmatch(kind):
            start, end = tree.span(node)
            found.add((kind, text.string[start:end], start))
    return found


def bound_only(scanned: Scan) -> set[str]:
    """Names of ``except ... as`` and of patterns: they are bound, no code is in them."""
    names: set[str] = set()
    for node in ast.walk(scanned.tree):
        if isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)):
            names.add(node.name or "_")
        elif isinstance(node, ast.MatchMapping):
            names.add(node.rest or "")
        elif isinstance(node, ast.MatchClass):
            names.update(node.kwd_attrs)
    return {*names, "None"}


@pytest.mark.parametrize("code", STATEMENTS.values(), ids=list(STATEMENTS))
def test_pieces_hold_what_the_whole_file_holds(code: str) -> None:
    scanned = scan(Text(code))
    whole = nodes(scanned.text, whole_module(scanned.text))
    found = set().union(
        *(nodes(scanned.text, piece) for statement in scanned.statements for piece in pieces(scanned, statement))
    )
    assert {node for node in whole - found if node[1] not in bound_only(scanned)} == set()
    assert found - whole == set()


def test_pieces_of_a_statement_leave_out_the_statements_in_it() -> None:
    code = STATEMENTS["if"] + STATEMENTS["try"] + STATEMENTS["definitions"] + STATEMENTS["match"]
    scanned = scan(Text(code))
    for statement in scanned.statements:
        own = {
            (start, end)
            for piece in pieces(scanned, statement)
            for kind, source, start in nodes(scanned.text, piece)
            for end in [start + len(source)]
            if kind in ("Name", "Attribute")
        }
        for inner in scanned.statements:
            if statement in [owner for owner, _ in inner.ancestors()]:
                assert not any(inner.start <= start and end <= inner.end for start, end in own)


def test_text_and_numbers_are_no_pieces() -> None:
    scanned = scan(Text("'''a'''\n1\n...\nf'{a}'\n"))
    assert [len(list(pieces(scanned, statement))) for statement in scanned.statements] == [0, 0, 0, 1]


# Which statements.


def sites(code: str, *words: str, parts: tuple[str, ...] = (), stars: bool = False) -> list[str]:
    """The first lines of the statements in which a rule for ``words`` may fire."""
    scanned = scan(Text(code), "pkg.mod")
    hits = Hits(frozenset(words), frozenset(parts), stars)
    return [code[s.start : s.end].splitlines()[0] for s in statements_with(scanned, hits)]


def test_statements_with_a_word() -> None:
    code = "import Old\nnew\nOld()\nOlder.x\nif a.Old:\n  b\n  Old\n"
    assert sites(code, "Old") == ["import Old", "Old()", "if a.Old:", "Old"]


def test_a_word_may_be_a_part() -> None:
    assert sites("import Older\nnew\nOlder()\n", parts=("Old",)) == ["import Older", "Older()"]


def test_the_empty_part_is_everywhere() -> None:
    assert sites("a\nif b:\n  c\n", parts=("",)) == ["a", "if b:", "c"]


NAMES: dict[str, tuple[str, list[str]]] = {
    "as": ("from a import Old as N\nN()\nM()\n", ["from a import Old as N", "N()"]),
    "module as": ("import a.Old as n\nn.x\n", ["import a.Old as n", "n.x"]),
    "assignment": ("import Old\nN = Old\nN()\n", ["import Old", "N = Old", "N()"]),
    "attribute": ("import Old\nN = Old.x\nN()\n", ["import Old", "N = Old.x", "N()"]),
    "annotated": ("import Old\nN: type = Old\nN()\n", ["import Old", "N: type = Old", "N()"]),
    "chain": ("import Old\nM = N = Old\nM()\nN()\n", ["import Old", "M = N = Old", "M()", "N()"]),
    "walrus": ("import Old\nf(N := Old)\nN()\n", ["import Old", "f(N := Old)", "N()"]),
    "walrus in a test": ("import Old\nif (N := Old): N()\n", ["import Old", "if (N := Old): N()", "N()"]),
    "of names": ("import Old\nL = M\nM = Old\nL()\n", ["import Old", "L = M", "M = Old", "L()"]),
    "in circles": ("import Old\nM = N\nN = M\nM = Old\n", ["import Old", "M = N", "N = M", "M = Old"]),
    "methods of what a known name gives": ("from a import f\nf().Old()\ng().Old()\n", ["f().Old()"]),
    "methods of what is made first": ("from a import f\nx = f()\nx.Old()\n", ["x.Old()"]),
    "a call gives no name": ("import Old\nN = Old()\nN.x\n", ["import Old", "N = Old()"]),
}


@pytest.mark.parametrize(("code", "found"), NAMES.values(), ids=list(NAMES))
def test_other_names_for_a_word(code: str, found: list[str]) -> None:
    assert sites(code, "Old") == found


def test_very_many_other_names() -> None:
    code = "import Old\n" + "".join(f"N{number} = Old\n" for number in range(FEW * 3)) + "N7()\nM7()\n"
    assert sites(code, "Old")[-1] == "N7()"
    assert len(sites(code, "Old")) == FEW * 3 + 2


NO_SITES = {
    "comments": "a  # Old\n",
    "messages": "import a\nf('the Old one')\n",
    "docstrings": "def f():\n  '''See `Old`.\n  '''\n",
    "data": "x = ['a.Old', {'b': 'Old'}]\n",
    "attributes of parameters": "def f(a):\n  a.Old()\n",
    "attributes of calls": "f().Old\n",
    "keywords": "import a\nf(Old=1)\n",
    "deleted": "def f():\n  for Old in x:\n    Old()\n",
}


@pytest.mark.parametrize("code", NO_SITES.values(), ids=list(NO_SITES))
def test_words_of_which_nothing_is_known(code: str) -> None:
    assert sites(code, "Old") == []


SITES = {
    "string in a call": "patch('a.Old')\n",
    "string deep in a call": "f(a, [b, {'c': 'a.Old'}])\n",
    "string in a decorator": "@patch('a.Old')\ndef f(): pass\n",
    "annotation": "x: 'Old'\n",
    "annotation of a parameter": "def f(a: 'list[Old]'): pass\n",
    "annotation of the result": "def f() -> 'Old': pass\n",
    "base": "class A(Old): pass\n",
    "pattern": "match x:\n  case Old(): pass\n",
    "guard": "match x:\n  case _ if Old: pass\n",
    "handler": "try: pass\nexcept Old: pass\n",
    "format": "f'{Old}'\n",
    "parameter that is reassigned": "def f(a):\n  a = Old\n",
    "fullwidth": "Ｏld()\n",
    "mathematical": "a.𝐎𝐥𝐝()\n",
    "else of try": "try: pass\nexcept A: pass\nelse: Old\n",
    "finally": "try: pass\nfinally: Old\n",
    "else of a loop": "for a in b: pass\nelse: Old\n",
    "in a function": "def f():\n  def g():\n    Old()\n",
}


@pytest.mark.parametrize("code", SITES.values(), ids=list(SITES))
def test_words_that_may_matter(code: str) -> None:
    assert len(sites(code, "Old")) == 1


def test_decomposed_identifiers() -> None:
    assert sites("cafe\u0301()\nother()\n", "café") == ["cafe\u0301()"]


def test_imports_that_need_no_word() -> None:
    code = "import a\nfrom b import *\nfrom . import c\n"
    assert sites(code, stars=True) == ["from b import *"]


def offsets(words: Words, string: str) -> Iterator[str]:
    return (string[offset:][:3] for offset in words.offsets(string))


@pytest.mark.parametrize("more", [0, FEW * 2])
def test_words(more: int) -> None:
    words = Words(frozenset(["abc", "d.", *(f"x{number}" for number in range(more))]), frozenset(["yz"]))
    assert sorted(set(offsets(words, "abc abcd xabc (abc) xyz"))) == ["abc", "yz"]
    assert words.stand_in("a.abc")
    assert words.stand_in("xyzw")
    assert not words.stand_in("abcd")
    assert not words.stand_in("")


def test_no_words_stand_nowhere() -> None:
    assert not Words(frozenset()).stand_in("a")
    assert list(Words(frozenset()).offsets("a")) == []


@pytest.mark.parametrize(("code", "path"), [("a", True), ("a.b.c", True), ("a().b", False), ("a[0]", False)])
def test_is_path(code: str, path: bool) -> None:
    assert is_path(ast.parse(code, mode="eval").body) is path


def test_nothing_is_no_path() -> None:
    assert not is_path(None)
