"""All nodes of a tree: the same as those of `ast.walk`, for every class of nodes there is."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path
from textwrap import dedent

import pytest

from ssot_lint.source.scan import parse, scan
from ssot_lint.source.text import Text
from ssot_lint.source.walking import walk

LEFT_OUT = (ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop, ast.TypeIgnore)
CODE = """
    import a.b as c, d
    from . import e as f
    @g
    async def h(i, /, j: k = 1, *l, m, n=None, **o) -> p:
        global q
        nonlocal_ = [await r async for s in t if u if v]
        async with w as x, y: pass
        async for z in a: break
        else: continue
        yield; yield from b; return lambda c, *d: (e, *f)
    class G(H, metaclass=I, **J):
        K: L = M; N: O
        del P.Q, R[S:T:U, ...]
    try: assert V, W
    except X as Y: raise Z from A
    except B: raise
    else: pass
    finally: pass
    while not C and D or E: F += -G ** H
    if (I := J) < K is L: {M: N, **O}, {P, Q}, {R: S for T in U}, {V for W in X}, (Y for Z in A)
    elif B if C else D: f"{E!r:>{F}}{G}" "H", b"I", 1.5
    match J:
        case K.L | [M, *N, _] | {"O": P, **Q} | R(S, T=U) | None | True | (1 as V) | -1: pass
        case {**rest} if W: pass
    nonlocal_ @= x
"""


def same(tree: ast.AST) -> bool:
    expected = Counter(id(node) for node in ast.walk(tree) if not isinstance(node, LEFT_OUT))
    return Counter(map(id, walk(tree))) == expected


def test_every_class_of_nodes() -> None:
    assert same(parse(dedent(CODE)))


@pytest.mark.skipif(sys.version_info < (3, 12), reason="grammar of 3.12")
def test_type_parameters() -> None:
    assert same(parse("type A[B, *C, **D] = E\ndef f[T: int](): ...\nclass G[U]: ...\n"))


@pytest.mark.parametrize("path", sorted(Path(ast.__file__).parent.glob("[a-d]*.py")), ids=lambda path: path.name)
def test_the_standard_library(path: Path) -> None:
    assert same(parse(path.read_text("utf-8")))


def test_an_outer_node_comes_before_those_in_it() -> None:
    seen: set[int] = set()
    for node in walk(parse(dedent(CODE))):
        assert not any(id(inner) in seen for inner in ast.iter_child_nodes(node) if not isinstance(inner, LEFT_OUT))
        seen.add(id(node))


def test_it_is_the_order_of_the_text() -> None:
    tree = parse("a.b(c, d=e)\nx = [f, g]\ndef h(i): j\n")
    assert [node.id for node in walk(tree) if isinstance(node, ast.Name)] == list("acexfgj")


def test_several_roots() -> None:
    first, second = parse("a").body[0], parse("b").body[0]
    assert [node.id for node in walk(first, second) if isinstance(node, ast.Name)] == ["a", "b"]


def test_nodes_of_a_scan() -> None:
    scanned = scan(Text("a = b.c\nd: e\n"))
    assert [node.id for node in scanned.nodes(ast.Name)] == ["a", "b", "d", "e"]
    both: list[ast.Assign | ast.AnnAssign] = scanned.nodes(ast.Assign, ast.AnnAssign)
    assert [node.lineno for node in both] == [1, 2]


def test_type_parameters_that_older_pythons_are_given() -> None:
    from ssot_lint.source.grammar import lower

    lowered = lower(Text("def f[T: bound](): ...\ntype A = b\nlazy import c\n"))
    assert lowered is not None
    assert {node.id for node in walk(lowered.tree) if isinstance(node, ast.Name)} >= {"bound", "A", "b"}
