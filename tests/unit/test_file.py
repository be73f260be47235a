"""One file as kinds see it: what its names stand for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import libcst as cst
import pytest

from ssot_lint.file import File, ast_path, dotted_path, plain
from ssot_lint.model import Position
from ssot_lint.project import Project
from ssot_lint.source.scan import scan
from ssot_lint.source.scopes import Binding
from ssot_lint.source.text import Text
from ssot_lint.source.trees import Piece, Tree, whole_module

NOWHERE = Path("/nonexistent")
HERE = "HERE"


def made(code: str, path: str = "pkg/mod.py", files: Mapping[str, str] | None = None) -> File:
    raw = {**{name: text.encode() for name, text in (files or {}).items()}, path: code.encode()}
    project = Project(NOWHERE, (".",), lambda: sorted(raw), overlay=raw)
    module, is_package = project.module_of(path) or (None, False)
    return File(path, scan(Text(code), module, is_package), project)


def named(code: str, files: Mapping[str, str] | None = None, path: str = "pkg/mod.py") -> tuple[list[str], bool] | None:
    """What the name marked HERE stands for: ``N_HERE`` is the name ``N``, which is what stands in the file."""
    match = re.search(rf"([\w.]+)_{HERE}", code)
    assert match is not None
    file = made(code.replace(f"_{HERE}", ""), path, files)
    reference = file.refer(tuple(match[1].split(".")), match.start())
    return None if reference is None else (sorted(reference.names), reference.certain)


NAMES: dict[str, tuple[str, tuple[list[str], bool] | None]] = {
    "import": ("import a.b\na.b.c_HERE", (["a.b.c"], True)),
    "import as": ("import a.b as n\nn.c_HERE", (["a.b.c"], True)),
    "from": ("from a.b import c\nc.d_HERE", (["a.b:c.d"], True)),
    "from as": ("from a.b import c as n\nn_HERE", (["a.b:c"], True)),
    "relative": ("from . import c\nc_HERE", (["pkg:c"], True)),
    "relative further": ("from .a import c\nc_HERE", (["pkg.a:c"], True)),
    "relative too far": ("from ... import c\nc_HERE", None),
    "class": ("class C: pass\nC.x_HERE", (["pkg.mod:C.x"], True)),
    "function": ("def f(): pass\nf_HERE()", (["pkg.mod:f"], True)),
    "later class": ("def f(): C_HERE\nclass C: pass", (["pkg.mod:C"], True)),
    "inner class": ("def f():\n  class C: pass\n  C_HERE", None),
    "undefined": ("C_HERE", None),
    "builtin": ("int_HERE", None),
    "parameter": ("from a import C\ndef f(C): C_HERE", None),
    "self": ("class A:\n  def f(self): self.x_HERE", None),
    "alias": ("from a import C\nN = C\nN.x_HERE", (["a:C.x"], True)),
    "alias of an attribute": ("import a\nN = a.b.C\nN_HERE", (["a.b.C"], True)),
    "annotated alias": ("from a import C\nN: type = C\nN_HERE", (["a:C"], True)),
    "only annotated": ("from a import C\nN: C\nN_HERE", None),
    "alias of an alias": ("from a import C\nM = C\nN = M\nN_HERE", (["a:C"], True)),
    "walrus": ("from a import C\nif (N := C): N_HERE", (["a:C"], True)),
    "call": ("from a import C\nN = C()\nN_HERE", None),
    "loop": ("from a import C\nfor N in C: N_HERE", None),
    "itself": ("C = C\nC_HERE", None),
    "one of two imports": ("try:\n  from a import C\nexcept E:\n  from b import C\nC_HERE", (["a:C", "b:C"], False)),
    "the same import twice": ("if x:\n  from a import C\nelse:\n  from a import C\nC_HERE", (["a:C"], True)),
    "import or nothing": ("try:\n  from a import C\nexcept E:\n  C = None\nC_HERE", (["a:C"], False)),
    "import or deleted": ("from a import C\nC_HERE\ndel C", (["a:C"], False)),
    "by global": ("from a import C\nC_HERE\ndef f():\n  global C\n  C = 1", (["a:C"], False)),
    "global": ("from a import C\ndef f():\n  global C\n  C_HERE", (["a:C"], True)),
    "nonlocal": ("def f():\n  from a import C\n  def g():\n    nonlocal C\n    C_HERE", (["a:C"], True)),
    "local import": ("from b import C\ndef f():\n  from a import C\n  C_HERE", (["a:C"], True)),
    "class scope": ("class A:\n  from a import C\n  C_HERE", (["a:C"], True)),
    "not the class scope": ("from b import C\nclass A:\n  from a import C\n  def f(self): C_HERE", (["b:C"], True)),
    "comprehension": ("from a import C\n[C_HERE for C in x]", None),
    "beside a comprehension": ("from a import C\n[C for C in x], C_HERE", (["a:C"], True)),
    "lambda": ("from a import C\nlambda C: C_HERE", None),
    "default": ("from a import C\ndef f(C=C_HERE): pass", (["a:C"], True)),
    "decorator": ("from a import C\n@C_HERE\ndef f(C): pass", (["a:C"], True)),
    "fullwidth": ("from a import Ｃ\nC_HERE", (["a:C"], True)),
}


@pytest.mark.parametrize(("code", "known"), NAMES.values(), ids=list(NAMES))
def test_what_a_name_stands_for(code: str, known: tuple[list[str], bool] | None) -> None:
    assert named(code) == known


def test_names_assigned_in_circles_end() -> None:
    """Followed one by one, they would be more than there is time for."""
    code = "from a import C\n" + "x = y\n" * 20 + "y = x\n" * 20 + "x = C\ny_HERE"
    assert named(code) == (["a:C"], False)


def test_names_are_followed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    followed: list[int] = []
    follow = File._named_by

    def counting(file: File, binding: Binding, known: dict[int, tuple[Iterable[str], bool]]) -> object:
        followed.append(id(binding))
        return follow(file, binding, known)

    monkeypatch.setattr(File, "_named_by", counting)
    file = made("from a import C\nx = C\n" + "print(x.y)\n" * 20)
    for statement in file.scan.statements[2:]:
        assert set(file.names_in(statement)) >= {"a:C.y", "a:C"}
        reference = file.refer(("x", "y"), statement.start)
        assert reference is not None
        assert reference.names == {"a:C.y"}
    assert len(followed) <= 6, "what is found once is not looked for again"


def test_questions_are_asked_once() -> None:
    file = made("x = 1\n")
    asked: list[str] = []

    def find(inner: File) -> int:
        asked.append(inner.path)
        return len(asked)

    assert [file.once(find) for _ in range(3)] == [1, 1, 1]
    assert asked == ["pkg/mod.py"]
    assert made("").once(find) == 2


def test_long_chains_of_aliases_end() -> None:
    chain = "".join(f"n{number + 1} = n{number}\n" for number in range(2000))
    assert named(f"from a import C\nn0 = C\n{chain}n20_HERE") == (["a:C"], True)
    assert named(f"from a import C\nn0 = C\n{chain}n2000_HERE") is None


STARS = {"a.py": "class C: ...\nclass D: ...\n", "b.py": "class C: ...\n", "c.py": "from unknown import *\n"}


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("from a import *\nC.x_HERE", (["a:C.x"], True)),
        ("from a import *\nfrom b import *\nC_HERE", (["b:C"], True)),
        ("from a import *\nfrom b import *\nD_HERE", (["a:D"], True)),
        ("from a import *\nX_HERE", None),
        ("from elsewhere import *\nC_HERE", None),
        ("from elsewhere import *\nfrom a import *\nC_HERE", (["a:C"], True)),
        ("from a import *\nfrom elsewhere import *\nC_HERE", (["a:C"], False)),
        ("from a import *\nfrom .... import *\nC_HERE", (["a:C"], False)),
        ("from a import *\nC = 1\nC_HERE", None),
        ("N = C\nfrom a import *\nN_HERE", (["a:C"], True)),
    ],
)
def test_names_that_stars_bring(code: str, known: tuple[list[str], bool] | None) -> None:
    assert named(code, STARS) == known


def test_a_file_that_is_no_module() -> None:
    assert named("class C: pass\nC_HERE", path="no-module.py") is None
    assert made("", "no-module.py").module is None


# Origins.

ORIGINS = {"real.py": "class C: ...\n", "shim.py": "from real import C\n", "other.py": "class C: ...\n"}


@pytest.mark.parametrize(
    ("code", "origin", "possible"),
    [
        ("from shim import C\nC", "real.C", {"real.C"}),
        ("try: from shim import C\nexcept E: from real import C\nC", None, {"real.C"}),
        ("try: from shim import C\nexcept E: from other import C\nC", None, {"real.C", "other.C"}),
        ("from shim import C\nC\nC = 1", None, {"real.C"}),
    ],
)
def test_resolve(code: str, origin: str | None, possible: set[str]) -> None:
    file = made(code, files=ORIGINS)
    reference = file.refer(("C",), code.rindex("\nC") + 1)
    assert reference is not None
    found = file.resolve(reference)
    assert found.origin == origin
    assert found.possible == possible
    assert (found.status == "found") is (origin is not None)


# Nodes that are visited.


def visited(code: str, kind: str) -> tuple[File, list[cst.CSTNode]]:
    file = made(code)
    file.tree = Tree(file.text, whole_module(file.text))
    return file, [node for node in file.tree.nodes() if type(node).__name__ == kind]


def test_nodes_have_places_sources_and_statements() -> None:
    file, nodes = visited("é = 'é'\nif a.b:\n  'é'; import c; d.e(f)\n", "Attribute")
    assert [file.source(node) for node in nodes] == ["a.b", "d.e"]
    assert [file.text.position(file.span(node)[0]) for node in nodes] == [Position(2, 4), Position(3, 18)]
    assert [type(file.statement(node).node).__name__ for node in nodes] == ["If", "Expr"]
    assert file.edit(*file.span(nodes[1]), "x").range.start == Position(3, 18)


def test_nodes_have_no_places_when_they_are_not_visited() -> None:
    file = made("a")
    with pytest.raises(AssertionError, match="only while they are visited"):
        file.span(cst.Name("a"))


def test_nodes_name_things() -> None:
    file, nodes = visited("from a import b\nb.c\nd.e\n(b).f\nb().g\n", "Attribute")
    references = [file.reference(node) for node in nodes]
    assert [reference and sorted(reference.names) for reference in references] == [["a:b.c"], None, ["a:b.f"], None]


def test_imports_of_nodes_and_statements() -> None:
    file, nodes = visited("import a; from b import (c,\n  d)\ne\n", "Name")
    imports = [file.import_at(node) for node in nodes]
    assert [imported and imported.module for imported in imports] == [None, "b", "b", "b", None]
    assert imports[0] is not None
    assert imports[-1] is None
    assert imports[1] is imports[2] is file.import_of(file.statement(nodes[1]))


def test_pieces_are_visited_one_after_the_other() -> None:
    file = made("a; é; b")
    for piece, source in ((Piece(0, 1), "a"), (Piece(6, 7), "b")):
        file.tree = Tree(file.text, piece)
        assert [file.source(node) for node in file.tree.nodes() if type(node).__name__ == "Name"] == [source]


# Names in a file.


@pytest.mark.parametrize(
    "code",
    [
        "N",
        "N = 1",
        "import N.x",
        "from a import N",
        "from a import b as N",
        "def N(): pass",
        "class A:\n  N = 1",
        "def f(N): pass",
        "def f(*, a, **N): pass",
        "lambda N: 1",
        "[1 for N in a]",
        "def f():\n  global N",
        "try: pass\nexcept E as N: pass",
        "match a:\n  case [*N]: pass",
        "match a:\n  case {**N}: pass",
        "f'{N}'",
        "def f():\n  def g():\n    import N",
        "Ｎ",
    ],
)
def test_names_that_are_taken(code: str) -> None:
    assert not made(code).is_free("N")


@pytest.mark.parametrize("code", ["a.N", "f(N=1)", "'N'", "# N", "from a import N as b", "NN", ""])
def test_names_that_are_free(code: str) -> None:
    assert made(code).is_free("N")


def test_free_names_of_many_statements() -> None:
    """Asked scope by scope, not statement by statement: that would take minutes."""
    assert made("".join(f"n{number} = {number}\n" for number in range(20_000))).is_free("N")


def test_use_at() -> None:
    file = made("a.b.c; a.b; (d.e).f")
    assert file.use_at(0, 5) == (file.uses[0], 3)
    assert file.use_at(0, 3) == (file.uses[0], 2)
    assert file.use_at(7, 8) == (file.uses[1], 1)
    assert file.use_at(0, 4) is None
    assert file.use_at(2, 3) is None
    assert file.use_at(13, 16) is not None
    assert file.use_at(12, 19) is None


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import a.b, c as d", {"a.b", "c"}),
        ("from a import b, c as d", {"a:b", "a:c"}),
        ("import a\nx = a.b(a.c)", {"a", "a.b", "a.c"}),
        ("import a\nx = 'a.b and c.d.e'", {"a", "a.b", "c.d.e"}),
        ("import a\nx = 'a.ｂ'", {"a", "a.b"}),
        ("from a import C\n[C for C in x], C", {"a:C"}),
        ("from a import C\ndef f(x: C = C): C.inner", {"a:C"}),
        ("from a import C\nmatch x:\n  case C.d(): C.inner", {"a:C", "a:C.d"}),
        ("x = y", set()),
    ],
)
def test_names_in_a_statement(code: str, names: set[str]) -> None:
    file = made(code)
    assert set(file.names_in(file.scan.block.statements[-1])) == names


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("from a import W as x", {"x"}),
        ("import a.W as x", {"x"}),
        ("import a.W", set()),
        ("from W import a as x", set()),
        ("x = a.W", {"x"}),
        ("x = y = a.W", {"x", "y"}),
        ("x: T = W", {"x"}),
        ("x: T", set()),
        ("def f():\n  if (x := W): y = x", {"x", "y"}),
        ("z = y\ny = x\nx = W", {"x", "y", "z"}),
        ("x = W\nx = y", {"x"}),
        ("x = W.a", set()),
        ("x = W()", set()),
        ("x.y = W", set()),
        ("x, y = W, W", set()),
        ("x = a.V", {"x"}),
    ],
)
def test_names_that_a_file_gives(code: str, more: set[str]) -> None:
    assert made(code).known_as(frozenset("WV")) == {"W", "V", *more}


def test_calls_of_a_name() -> None:
    code = "async def f():\n  n(n())\n  await n()\n  a.n()\n  await a(n())\n"
    assert sorted(made(code).calls_of("n")) == [(17, False), (19, False), (32, True), (54, False)]


def test_what_tests_may_replace() -> None:
    files = {"tests/test_a.py": "patch('a.b.C')\n"}
    file = made("def f():\n  from a.b import C\nfrom a.b import C\n", files=files)
    inside, outside = (imported.statement for imported in file.scan.imports)
    assert file.is_patched("a.b:C")
    assert not file.is_patched("a.b:D")
    assert file.is_patched_when_used(inside, "a.b:C")
    assert not file.is_patched_when_used(outside, "a.b:C")
    assert not file.is_patched_when_used(inside, "a.b:D")


def test_plain() -> None:
    assert plain("a.b:c.d") == "a.b.c.d"


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("a", ("a",)),
        ("a.b.c", ("a", "b", "c")),
        ("(a . b)", ("a", "b")),
        ("ａ.ﬁ", ("a", "fi")),
        ("a().b", None),
        ("a[b].c", None),
    ],
)
def test_paths(code: str, path: tuple[str, ...] | None) -> None:
    assert dotted_path(cst.parse_expression(code)) == path
    assert ast_path(ast.parse(code, mode="eval").body) == path


def test_nothing_has_no_path() -> None:
    assert ast_path(None) is None
