from __future__ import annotations

import ast
import symtable
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssot_lint.source.scan import Scan, imported_module, parse, scan
from ssot_lint.source.scopes import Scope, bound_names, pattern_names
from ssot_lint.source.text import Text

ROOT = Path(__file__).parents[3]


def read(text: str, module: str | None = "pkg.mod", is_package: bool = False) -> Scan:
    return scan(Text(text), module, is_package)


def bindings(scope: Scope) -> dict[str, list[tuple[str, str | None]]]:
    """Give what a scope binds: for each name, the kinds and targets of its bindings."""
    return {name: [(b.kind, b.target) for b in found] for name, found in scope.bindings.items()}


def scope_of(scanned: Scan, *names: str) -> Scope:
    """Give the scope of a function or class by the names of it and of those around it."""
    assert scanned.statements
    found = scanned.scope
    for name in names:
        (found,) = (inner for inner in scanned.inner.values() if inner.parent is found and inner.name == name)
    return found


def at(scanned: Scan, mark: str, name: str) -> list[tuple[str, int]] | None:
    """Say what ``name`` stands for where ``mark`` is: kinds and rows of its bindings."""
    offset = scanned.text.string.index(mark)
    found = scanned.lookup(name, offset)
    return None if found is None else [(b.kind, b.statement.node.lineno) for b in found]


class TestImports:
    @pytest.mark.parametrize(
        ("text", "bound"),
        [
            ("import a", {"a": ("import", "a")}),
            ("import a.b.c", {"a": ("import", "a")}),
            ("import a.b.c as d", {"d": ("import", "a.b.c")}),
            ("import a, b.c as d", {"a": ("import", "a"), "d": ("import", "b.c")}),
            ("from a import b", {"b": ("from", "a:b")}),
            ("from a.b import c as d, e", {"d": ("from", "a.b:c"), "e": ("from", "a.b:e")}),
            ("from a import (\n    b,\n    c as d,  # why\n)", {"b": ("from", "a:b"), "d": ("from", "a:c")}),
            ("from a import b, \\\n    c", {"b": ("from", "a:b"), "c": ("from", "a:c")}),
            ("import a; import b", {"a": ("import", "a"), "b": ("import", "b")}),
            ("from a import *", {}),
            ("from . import a", {"a": ("from", "pkg:a")}),
            ("from .a import b", {"b": ("from", "pkg.a:b")}),
            ("from .. import a", {"a": ("from", None)}),
            ("from ..a import b", {"b": ("from", "a:b")}),
            ("from ...a import b", {"b": ("from", None)}),
            ("from __future__ import annotations", {"annotations": ("from", "__future__:annotations")}),
            ("from a import ﬁnd as ｇo", {"go": ("from", "a:find")}),
        ],
    )
    def test_what_they_bind(self, text: str, bound: dict[str, tuple[str, str | None]]) -> None:
        assert bindings(read(text).scope) == {name: [binding] for name, binding in bound.items()}

    @pytest.mark.parametrize(
        ("module", "is_package", "text", "expected"),
        [
            ("a.b.c", False, "from . import x", "a.b"),
            ("a.b.c", False, "from .x import y", "a.b.x"),
            ("a.b.c", False, "from .. import x", "a"),
            ("a.b.c", False, "from ...x import y", "x"),
            ("a.b.c", False, "from ... import y", None),
            ("a.b.c", False, "from ....x import y", None),
            ("a.b", True, "from . import x", "a.b"),
            ("a.b", True, "from .x import y", "a.b.x"),
            ("a.b", True, "from .. import x", "a"),
            ("a", True, "from . import x", "a"),
            ("a", True, "from .. import x", None),
            ("a", False, "from . import x", None),
            ("a", False, "from .x import y", "x"),
            (None, False, "from . import x", None),
            (None, False, "from x import y", "x"),
        ],
    )
    def test_the_module_they_name(self, module: str | None, is_package: bool, text: str, expected: str | None) -> None:
        node = ast.parse(text).body[0]
        assert isinstance(node, ast.ImportFrom)
        assert imported_module(node, module, is_package) == expected
        assert read(text, module, is_package).imports[0].module == expected

    def test_wherever_they_stand(self) -> None:
        text = (
            "import a\n"
            "if x:\n    import b\n"
            "class C:\n    import c\n    def f(self):\n        import d\n"
            "try:\n    import e\nexcept ImportError:\n    import f\nelse:\n    import g\nfinally:\n    import h\n"
            "async def i():\n    with j:\n        import k\n"
            "match x:\n    case 1:\n        import l\n"
            "for x in y:\n    import m\nelse:\n    import n\n"
        )
        scanned = read(text)
        names = [imported.node.names[0].name for imported in scanned.outer_imports]
        assert names == list("abcefghlmn")
        assert [imported.node.names[0].name for imported in scanned.imports] == list("abcdefghklmn")
        assert all(scanned.import_of(imported.statement) is imported for imported in scanned.imports)
        assert scanned.import_of(scanned.statements[1]) is None

    def test_which_may_not_run(self) -> None:
        text = "import a\nwith x:\n    import b\nif x:\n    import c\ntry:\n    import d\nfinally:\n    import e\n"
        scanned = read(text)
        conditional = {name: found[0].conditional for name, found in scanned.scope.bindings.items()}
        assert conditional == {"a": False, "b": False, "c": True, "d": True, "e": False}


class TestBindings:
    @pytest.mark.parametrize(
        ("text", "bound"),
        [
            ("x = 1", {"x": ["assign"]}),
            ("x = y = 1", {"x": ["assign"], "y": ["assign"]}),
            ("x, (y, [*z]) = 1", {"x": ["other"], "y": ["other"], "z": ["other"]}),
            ("x.y = z[1] = 1", {}),
            ("x: int = 1", {"x": ["assign"]}),
            ("x: int", {"x": ["other"]}),
            ("x.y: int = 1", {}),
            ("x += 1", {"x": ["other"]}),
            ("def f(): pass", {"f": ["function"]}),
            ("async def f(): pass", {"f": ["function"]}),
            ("class C: pass", {"C": ["class"]}),
            ("for x, y in z: pass", {"x": ["other"], "y": ["other"]}),
            ("with a as x, b as (y, z): pass", {"x": ["other"], "y": ["other"], "z": ["other"]}),
            ("try: pass\nexcept E as x: pass", {"x": ["other"]}),
            ("try: pass\nexcept* E as x: pass", {"x": ["other"]}),
            ("del x, (y, z)", {"x": ["delete"], "y": ["delete"], "z": ["delete"]}),
            ("if (x := 1): pass", {"x": ["assign"]}),
            ("print(y, (x := 1), [z := 2 for _ in y])", {"x": ["assign"], "z": ["assign"]}),
            ("while x := 1: pass", {"x": ["assign"]}),
            ("f = lambda a: (b := a)", {"f": ["assign"]}),
            ("if a: pass\nelif (x := 1): pass", {"x": ["assign"]}),
            ("match a:\n case [x, *y] | {'k': x, **y}: pass", {"x": ["other"] * 2, "y": ["other"] * 2}),
            ("match a:\n case C(k=x) as y if (z := x): pass", {"y": ["other"], "x": ["other"], "z": ["assign"]}),
            ("match a:\n case b.c | 1 | _: pass", {}),
            ("x = [y for y in z]", {"x": ["assign"]}),
            ("x = 1\nx = 2", {"x": ["assign", "assign"]}),
            pytest.param(
                "type X = int",
                {"X": ["other"]},
                marks=pytest.mark.skipif(sys.version_info < (3, 12), reason="`type` statements are of 3.12"),
            ),
        ],
    )
    def test_of_statements(self, text: str, bound: dict[str, list[str]]) -> None:
        if "except*" in text and sys.version_info < (3, 11):
            text = text.replace("except*", "except")
        scope = read(text).scope
        assert {name: [binding.kind for binding in found] for name, found in scope.bindings.items()} == bound

    def test_of_parameters(self) -> None:
        scanned = read("def f(a, /, b, *c, d=1, **e): x = 1")
        kinds = {name: [b.kind for b in found] for name, found in scope_of(scanned, "f").bindings.items()}
        assert kinds == {**{name: ["parameter"] for name in "abcde"}, "x": ["assign"]}

    def test_the_value_of_an_assignment(self) -> None:
        scanned = read("x = y = a.b\nz: int = c\nif (w := d): pass\n(p, q) = e")
        values = {name: found[0].value for name, found in scanned.scope.bindings.items()}
        assert {name: ast.unparse(value) for name, value in values.items() if value} == {
            "x": "a.b", "y": "a.b", "z": "c", "w": "d",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "conditional"),
        [
            ("x = 1", False),
            ("with a:\n    x = 1", False),
            ("if a:\n    with b:\n        x = 1", True),
            ("if a:\n    x = 1", True),
            ("if a:\n    pass\nelif b:\n    pass\nelif c:\n    x = 1", True),
            ("while a:\n    x = 1", True),
            ("for x in a: pass", True),
            ("try:\n    x = 1\nfinally:\n    pass", True),
            ("try:\n    pass\nfinally:\n    x = 1", False),
            ("match a:\n    case 1:\n        x = 1", True),
            ("x: int", True),
            ("x += 1", True),
            ("def f():\n    global x\n    x = 1", True),
        ],
    )
    def test_which_may_not_happen(self, text: str, conditional: bool) -> None:
        (binding,) = read(text).scope.bindings["x"]
        assert binding.conditional is conditional


class TestScopes:
    TEXT = """\
x = 1
class C:
    x = 2
    at_class = 0
    def method(self):
        at_method = 0
        x = 3
        class Inner:
            at_inner = 0
def reader(p=default):
    at_reader = 0
def outer():
    x = 4
    y = 5
    def by_global():
        global x
        x = 6
        def below():
            at_below = 0
    def by_nonlocal():
        nonlocal y
        y = 7
        at_nonlocal = 0
    at_outer = 0
def late():
    if x:
        print(at_late)
    global x
def parameter(x):
    at_parameter = 0
"""

    @pytest.fixture
    def scanned(self) -> Scan:
        return read(self.TEXT)

    @pytest.mark.parametrize(
        ("mark", "expected"),
        [
            ("at_class", [("assign", 3)]),
            ("at_method", [("assign", 7)]),
            ("at_inner", [("assign", 7)]),  # not what the class around binds
            ("at_reader", [("assign", 1), ("assign", 17)]),
            ("at_outer", [("assign", 13)]),
            ("at_below", [("assign", 1), ("assign", 17)]),  # not what `outer` binds
            ("at_nonlocal", [("assign", 13)]),
            ("at_late", [("assign", 1), ("assign", 17)]),
            ("at_parameter", [("parameter", 29)]),
        ],
    )
    def test_what_a_name_means(self, scanned: Scan, mark: str, expected: list[tuple[str, int]]) -> None:
        assert at(scanned, mark, "x") == expected

    def test_nonlocal(self, scanned: Scan) -> None:
        assert at(scanned, "at_outer", "y") == [("assign", 14), ("assign", 22)]
        assert at(scanned, "at_nonlocal", "y") == [("assign", 14), ("assign", 22)]
        assert at(scanned, "at_reader", "y") == []

    def test_members_are_seen_in_their_class_alone(self, scanned: Scan) -> None:
        assert at(scanned, "at_class", "method") == [("function", 5)]
        assert at(scanned, "at_method", "method") == []

    def test_defaults_and_decorators_are_outside(self) -> None:
        scanned = read("@deco(x)\ndef f(x, y=x_default):\n    pass\nx = 1\nclass C(x_base):\n    x = 2\n")
        for mark in ("x)", "x_default", "x_base"):
            assert at(scanned, mark, "x") == [("assign", 4)]

    @pytest.mark.parametrize(
        ("text", "mark"),
        [
            ("x = 1\nprint([at for x in y])", "at"),
            ("x = 1\nprint({at: 1 for x in y})", "at"),
            ("x = 1\nprint(lambda x: at)", "at"),
            ("x = 1\nprint(lambda *x: [at])", "at"),
            ("x = 1\nprint([[at for z in y] for x in y])", "at"),
        ],
    )
    def test_what_expressions_keep_to_themselves(self, text: str, mark: str) -> None:
        assert at(read(text), f"{mark}", "x") is None

    def test_what_they_do_not(self) -> None:
        scanned = read("x = 1\nprint([y for x in z], at)")
        assert at(scanned, "at", "x") == [("assign", 1)]

    def test_between_statements(self) -> None:
        scanned = read("# comment\nx = 1\n\n\ndef f(x):\n    pass\n\n\n# the end\n")
        assert at(scanned, "# comment", "x") == [("assign", 2)]
        assert at(scanned, "# the end", "x") == [("assign", 2)]

    @pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters are of 3.12")
    def test_type_parameters(self) -> None:
        scanned = read("T = 1\ndef f[T](x: at_header):\n    at_body\nclass C[T]:\n    at_class\n")
        assert at(scanned, "at_header", "T") is None
        assert at(scanned, "at_body", "T") == [("other", 2)]
        assert at(scanned, "at_class", "T") == [("other", 4)]

    def test_is_async(self) -> None:
        scanned = read("async def f():\n    def g(): pass\n")
        assert scope_of(scanned, "f").is_async
        assert not scope_of(scanned, "f", "g").is_async


class TestStatements:
    TEXT = """\
import a
@decorated
def f(x):
    '''doc'''
    if x:
        return 1
    elif y:
        return 2
    else:
        return 3
class C:
    z = 1; w = 2
try:
    pass
except E:
    q = 1
else:
    r = 1
finally:
    s = 1
"""

    def test_are_all_there_in_order(self) -> None:
        scanned = read(self.TEXT)
        starts = [statement.start for statement in scanned.statements]
        assert starts == sorted(starts)
        expected = [node for node in ast.walk(scanned.tree) if isinstance(node, ast.stmt)]
        assert {id(statement.node) for statement in scanned.statements} == {id(node) for node in expected}

    @pytest.mark.parametrize(
        ("mark", "kind"),
        [
            ("import a", "Import"),
            ("@decorated", "FunctionDef"),
            ("x):", "FunctionDef"),
            ("'''doc'''", "Expr"),
            ("return 2", "Return"),
            ("y:", "If"),
            ("w = 2", "Assign"),
            ("E:", "Try"),
            ("q = 1", "Assign"),
            ("else:\n    r", "Try"),
            ("r = 1", "Assign"),
            ("s = 1", "Assign"),
        ],
    )
    def test_at_a_place(self, mark: str, kind: str) -> None:
        scanned = read(self.TEXT)
        statement = scanned.statement_at(self.TEXT.index(mark))
        assert statement is not None
        assert type(statement.node).__name__ == kind

    def test_what_is_around_them(self) -> None:
        scanned = read(self.TEXT)
        statement = scanned.statement_at(self.TEXT.index("return 3"))
        assert statement is not None
        around = [(type(owner.node).__name__, block.part) for owner, block in statement.ancestors()]
        assert around == [("If", "orelse"), ("If", "orelse"), ("FunctionDef", "body")]
        assert statement.parent is not None

    def test_a_handler(self) -> None:
        scanned = read(self.TEXT)
        statement = scanned.statement_at(self.TEXT.index("q = 1"))
        assert statement is not None
        assert statement.block.part == "handler"
        assert statement.block.handler is not None

    def test_spans_count_characters(self) -> None:
        text = "x = 'ä😀'; y = 1\n"
        scanned = read(text)
        assert [text[s.start : s.end] for s in scanned.statements] == ["x = 'ä😀'", "y = 1"]

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    def test_any_newline(self, newline: str) -> None:
        text = newline.join(["x = 1", "\f", "if x:", "\ty = (1,", "2)", ""])
        scanned = read(text)
        starts = [text[s.start] for s in scanned.statements]
        assert starts == ["x", "i", "y"]

    def test_a_body_starts(self) -> None:
        scanned = read("if x:\n    y = 1\n@d\nclass C:\n    @e\n    def f(): pass\nz")
        first, _, second, *_ = scanned.statements
        assert scanned.text.string[scanned.body_start(first)] == "y"
        assert scanned.text.string[scanned.body_start(second)] == "@"
        assert scanned.body_start(scanned.statements[-1]) == len(scanned.text.string)

    def test_any_number_of_elif(self) -> None:
        text = "def f():\n    if a:\n        x = 0\n"
        text += (
            "".join(f"    elif (b{n} := {n}):\n        x = {n}\n" for n in range(1, 900)) + "    else:\n        x = y\n"
        )
        scanned = read(text)
        assert len(scope_of(scanned, "f").bindings["x"]) == 901
        assert len(scope_of(scanned, "f").bindings) == 900
        statement = scanned.statement_at(text.index("x = y"))
        assert statement is not None
        assert len(list(statement.ancestors())) == 901


class TestParse:
    @pytest.mark.parametrize("text", ["def (:", "x = 1\n  y = 2", "(" * 1000, "x = " + "-" * 50_000, "\0"])
    def test_what_is_not_python(self, text: str) -> None:
        with pytest.raises(SyntaxError):
            parse(text)

    def test_no_warnings_are_shown(self) -> None:
        assert parse("x = '\\d'\nassert (x, 'always')\n").body


def scopes_below(scanned: Scan) -> Iterator[tuple[tuple[str, int], set[str]]]:
    """Give every function and class with the names that its own statements bind."""
    for node_id, inner in scanned.inner.items():
        owner = inner.owner
        assert owner is not None
        assert id(owner.node) == node_id
        own = {
            name
            for name, found in inner.bindings.items()
            if any(b.statement.scope is inner or b.kind == "parameter" for b in found)
        }
        yield (inner.name, owner.node.lineno), own


def tables_below(table: symtable.SymbolTable) -> Iterator[tuple[tuple[str, int], set[str]]]:
    """Give what Python's own compiler says of the same."""
    for child in table.get_children():
        kind = str(child.get_type())
        is_expression = child.get_name() in ("lambda", "genexpr", "listcomp", "setcomp", "dictcomp", "top", "<lambda>")
        if ("function" in kind or "class" in kind) and not is_expression and not child.get_name().startswith("<"):
            yield (child.get_name(), child.get_lineno()), bound_in(child)
        yield from tables_below(child)


def bound_in(table: symtable.SymbolTable) -> set[str]:
    return {
        symbol.get_name()
        for symbol in table.get_symbols()
        if (symbol.is_assigned() or symbol.is_imported() or symbol.is_parameter() or symbol.is_annotated())
        and symbol.is_local()
        and not symbol.is_declared_global()
    } - {"__class__", "__classdict__", "__conditional_annotations__", "__type_params__"}


@pytest.mark.parametrize("folder", ["ssot_lint", "tests", "examples"])
def test_the_compiler_agrees(folder: str) -> None:
    asked = 0
    for path in sorted((ROOT / folder).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        try:
            table = symtable.symtable(source, str(path), "exec")
        except SyntaxError:
            continue
        scanned = read(source)
        assert all(statement.scope for statement in scanned.statements)
        inlined = set(inlined_names(ast.parse(source)))
        expected = dict(tables_below(table))
        found = {key: names for key, names in scopes_below(scanned) if key in expected}
        assert found == {key: unmangled(expected[key]) - (inlined - found[key]) for key in found}, path
        asked += len(found)
    assert asked > 20


def inlined_names(tree: ast.Module) -> Iterator[str]:
    """Give the names that comprehensions keep to themselves: from 3.12 on, the compiler counts them to the function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.comprehension):
            yield from bound_names(node.target)


def unmangled(names: set[str]) -> set[str]:
    """Take the name of the class from private names."""
    return {
        "__" + name.partition("__")[2]
        if name.startswith("_") and "__" in name[1:] and not name.endswith("__")
        else name
        for name in names
    }


class TestTargets:
    def test_bound_names(self) -> None:
        assign = ast.parse("a, (b, *c), d.e, f[0] = x").body[0]
        assert isinstance(assign, ast.Assign)
        assert list(bound_names(assign.targets[0])) == ["a", "b", "c"]
        assert list(bound_names(None)) == []

    def test_pattern_names(self) -> None:
        match = ast.parse("match x:\n case {'a': b, **c} | [d, *e] | F(g, h=i) as j: pass").body[0]
        assert isinstance(match, ast.Match)
        assert sorted(pattern_names(match.cases[0].pattern)) == list("bcdegij")
