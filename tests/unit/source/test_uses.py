from __future__ import annotations

import pytest

from ssot_lint.source.scan import scan
from ssot_lint.source.text import Text
from ssot_lint.source.uses import Use, uses


def found(code: str, *, quoted: bool = False) -> list[str]:
    """The uses in ``code``: each as the file spells it, up to each of its ends."""
    scanned = scan(Text(code))
    these = sorted((use for use in uses(scanned) if use.quoted is quoted), key=lambda use: use.start)
    return ["|".join(code[use.start : end] for end in use.ends) for use in these]


CODE = {
    "names": ("a = b(c)", ["a", "b", "c"]),
    "attributes": ("a.b.c(d.e)", ["a|a.b|a.b.c", "d|d.e"]),
    "only chains of names": ("a().b, [c].d, a[e].f", ["a", "c", "a", "e"]),
    "attribute of a call": ("a.b(c).d.e", ["a|a.b", "c"]),
    "twice": ("a.b, a.b", ["a|a.b", "a|a.b"]),
    "wide characters": ("é = 'é', a.b, é.日.c", ["é", "a|a.b", "é|é.日|é.日.c"]),
    "over lines": ("(a\n .b  # c\n .d)", ["a|a\n .b|a\n .b  # c\n .d"]),
    "spread": ("a . b", ["a|a . b"]),
    "bases and decorators": ("@a.b\nclass C(d.e, f=g): pass", ["a|a.b", "d|d.e", "g"]),
    "defaults and annotations": ("def f(a: b.c = d, *e: g) -> h.i: j", ["b|b.c", "d", "g", "h|h.i", "j"]),
    "handlers": ("try: a\nexcept b.c as d: e.f", ["a", "b|b.c", "e|e.f"]),
    "patterns": ("match a:\n  case b.c(d=e.f): g", ["a", "b|b.c", "e|e.f", "g"]),
    "formats": ("f'{a.b!r:>{c.d}} {a.b}' f'{e}'", ["a|a.b", "c|c.d", "a|a.b", "e"]),
    "formats over lines": (
        "f'''é\n  {a.b}é{a.b}\n''' if c else (\n 'é'\n f'é{a.b}')",
        ["a|a.b", "a|a.b", "c", "a|a.b"],
    ),
    "comprehensions": ("[a.b for a in c.d]", ["a|a.b", "a", "c|c.d"]),
    "strings are none": ("'a.b'; x('c.d')", ["x"]),
    "imports are none": ("import a.b\nfrom c import d as e", []),
    "keywords are none": ("a(b=c)", ["a", "c"]),
}


@pytest.mark.parametrize(("code", "names"), CODE.values(), ids=list(CODE))
def test_uses(code: str, names: list[str]) -> None:
    assert found(code) == names


def test_path_start_and_ends() -> None:
    assert list(uses(scan(Text("x(a.b)")))) == [Use(("x",), 0, (1,)), Use(("a", "b"), 2, (3, 5))]


def test_names_are_as_python_reads_them() -> None:
    (use,) = uses(scan(Text("ａ.ﬁ.𝐛")))
    assert use.path == ("a", "fi", "b")
    assert use.ends == (1, 3, 5)


@pytest.mark.parametrize(
    "code",
    ["a.b = 1", "del a.b", "a.b += 1", "a.b: int = 1", "for a.b in c: pass", "with c as a.b: pass", "*a.b, c = d"],
)
def test_stores(code: str) -> None:
    assert [use.stored for use in uses(scan(Text(code))) if use.path == ("a", "b")] == [True]


@pytest.mark.parametrize("code", ["a.b[0] = 1", "a.b.c = 1", "a.b().c = 1", "c = a.b"])
def test_what_is_not_stored(code: str) -> None:
    assert not any(use.stored and use.path == ("a", "b") for use in uses(scan(Text(code))))


def test_brackets_are_not_told() -> None:
    code = "(a.b).c"
    (use,) = uses(scan(Text(code)))
    assert (use.path, use.start, use.ends) == (("a", "b", "c"), 1, (2, 4, 7))


QUOTED: dict[str, tuple[str, list[str]]] = {
    "variable": ("x: 'a.b'", ["a|a.b"]),
    "with a value": ("x: 'a.b' = c", ["a|a.b"]),
    "attribute": ("x.y: 'a.b'", ["a|a.b"]),
    "parameters": ("def f(x: 'a', /, y: 'b' = 1, *z: 'c', w: 'd', **v: 'e'): pass", ["a", "b", "c", "d", "e"]),
    "result": ("async def f() -> 'a.b': pass", ["a|a.b"]),
    "in an annotation": ("x: list['a.b'] | 'c'", ["a|a.b", "c"]),
    "generic": ("x: 'list[a.b, c]'", ["list", "a|a.b", "c"]),
    "wide characters": ("é, y = 'é'\nñ: 'list[é.日, a.b]'", ["list", "é|é.日", "a|a.b"]),
    "other quotes": ('x: "a.b"; y: \'\'\'c\'\'\'; z: """d"""; w: u\'e\'; v: r"f"', ["a|a.b", "c", "d", "e", "f"]),
    "quotes in quotes": ("x: \"list['a.b']\"", ["list", "a|a.b"]),
    "Annotated": ("x: Annotated['a.b', 'c.d']", ["a|a.b"]),
    "not in Literal": ("x: Literal['a.b'] | Optional[typing.Literal['c']]", []),
    "not in a quoted Literal": ("x: \"Literal['a.b'] | c\"", ["Literal", "c"]),
    "not with escapes": (r"x: 'a\x2eb'; y: 'a\.b'", []),
    "not over lines": ("x: '''list[\na.b]'''; y: 'a' '.b'", []),
    "not with spaces around": ("x: ' a.b'; y: 'a.b '", []),
    "not what is no expression": ("x: 'a b'; y: 'a; b'; z: 'a = b'; w: ''; v: '('", []),
    "not bytes": ("x: b'a.b'", []),
    "not formats": ("x: f'a.b'", []),
    "not values": ("x: int = 'a.b'", []),
    "not defaults": ("def f(x='a.b'): 'c'", []),
    "not too deep": ("x: 'a" + ".b" * 50_000 + "'", []),
}


@pytest.mark.parametrize(("code", "names"), QUOTED.values(), ids=list(QUOTED))
def test_quoted_uses(code: str, names: list[str]) -> None:
    assert found(code, quoted=True) == names
