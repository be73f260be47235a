"""What a path may hold where ``HERE`` stands: all ways there count, and only what the code itself says."""

from __future__ import annotations

import textwrap

import pytest

from ssot_lint.rewriting.flow import held
from ssot_lint.rewriting.outcomes import Outcome
from ssot_lint.source.scan import scan
from ssot_lint.source.text import Text

LETTERS = {
    Outcome.UNBOUND: "u",
    Outcome.NONE: "n",
    Outcome.OPTIONAL: "o",
    Outcome.DEFAULT: "d",
    Outcome.VALUE: "v",
}


def holds(code: str, path: str = "x") -> str:
    """Give a letter for each outcome of ``path`` at the only ``HERE``; ``-`` where no way leads there."""
    code = textwrap.dedent(code).lstrip("\n")
    assert code.count("HERE") == 1
    outcomes = held(scan(Text.read(code.encode()), "example"), tuple(path.split(".")), code.index("HERE"))
    return "".join(letter for outcome, letter in LETTERS.items() if outcome in outcomes) or "-"


@pytest.mark.parametrize(
    ("parameters", "result"),
    [
        ("x", "v"),
        ("x, /", "v"),
        ("*, x", "v"),
        ("x=1", "v"),
        ("x=None", "d"),
        ("x=None, /", "d"),
        ("a, x=None", "d"),
        ("x, a=None", "v"),
        ("*, x=None, y", "d"),
        ("*, y=None, x", "v"),
        ("x: int", "v"),
        ("x: int | None", "d"),
        ("x: None | int = 1", "d"),
        ("x: Optional[int]", "d"),
        ("x: t.Optional[int]", "d"),
        ("x: Union[int, None]", "d"),
        ("x: list[None]", "v"),
        ("x: 'Optional[int]'", "d"),
        ("x: 'int | None'", "d"),
        ("x: 'NoneSuch'", "v"),
        ("*x", "u"),
        ("**x", "u"),
        ("y", "u"),
    ],
)
def test_parameters(parameters: str, result: str) -> None:
    assert holds(f"def f({parameters}):\n    HERE\n") == result


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("make()", "v"),
        ("None", "n"),
        ("0", "v"),
        ("p", "v"),
        ("p.x", "v"),
        ("q", "d"),
        ("undefined", "v"),
        ("(y := None)", "n"),
        ("p or None", "o"),
        ("q or make()", "v"),
        ("q or q or None", "o"),
        ("p and p.x", "v"),
        ("q and q.x", "vo"),
        ("None and p", "vo"),
        ("(p or None) and p", "vo"),
        ("q if a else None", "do"),
        ("None if a else p", "o"),
        ("None if a else None", "n"),
        ("p if a else make()", "v"),
        ("q if q else p", "v"),
        ("q if q is not None else p", "v"),
        ("p if q else q", "vd"),
        ("getattr(p, 'x', None)", "o"),
        ("getattr(p, 'x')", "v"),
        ("getattr(p, 'x', q)", "v"),
        ("d.get('x', None)", "o"),
        ("d.get('x')", "v"),
        ("d.pop('x', None)", "o"),
        ("next(p, None)", "o"),
        ("make(None, None, None)", "v"),
        ("await make()", "v"),
    ],
)
def test_values(value: str, result: str) -> None:
    assert set(holds(f"async def f(p, q=None, a=1, d=2):\n    x = {value}\n    HERE\n")) == set(result)


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("HERE\nx = 1", "u"),
        ("x = 1\nHERE", "v"),
        ("x: int = 1\nHERE", "v"),
        ("x: int\nHERE", "u"),
        ("x = 1\nx = None\nHERE", "n"),
        ("x = None\nx = 1\nHERE", "v"),
        ("x, y = make()\nHERE", "v"),
        ("x, y = None, 1\nHERE", "n"),
        ("[y, *x] = make()\nHERE", "v"),
        ("y = x = 1\nHERE", "v"),
        ("x = 1\nx += 1\nHERE", "v"),
        ("x = 1\ndel x\nHERE", "u"),
        ("x = 1\ndel (x, y)\nHERE", "u"),
        ("print(x := 1)\nHERE", "v"),
        ("a and print(x := 1)\nHERE", "uv"),
        ("[x := 1 for y in a]\nHERE", "uv"),
        ("def x(): ...\nHERE", "v"),
        ("class x: ...\nHERE", "v"),
        ("import x\nHERE", "v"),
        ("from a import b as x\nHERE", "v"),
        ("global x\nx = 1\nHERE", "u"),
        # Conditions.
        ("if a:\n    x = 1\nHERE", "uv"),
        ("if a:\n    x = 1\nelse:\n    x = 2\nHERE", "v"),
        ("if a:\n    x = 1\nelse:\n    x = None\nHERE", "nv"),
        ("if a:\n    x = 1\nelif b:\n    x = 2\nelse:\n    x = 3\nHERE", "v"),
        ("if a:\n    x = 1\nelif b:\n    x = 2\nHERE", "uv"),
        ("if a:\n    x = 1\nelif b:\n    HERE", "u"),
        ("if a:\n    x = 1\nelse:\n    return\nHERE", "v"),
        ("if a:\n    x = 1\nelse:\n    raise E\nHERE", "v"),
        ("if a:\n    x = 1\n    HERE", "v"),
        ("return\nHERE", "-"),
        ("x = None\nif a:\n    x = 1\nHERE", "nv"),
        ("x = None\nif x is None:\n    x = 1\nHERE", "v"),
        ("x = p or None\nif not x:\n    x = 1\nHERE", "v"),
        ("x = p or None\nif not x:\n    pass\nHERE", "ov"),
        ("if (x := make()):\n    HERE", "v"),
        ("if (x := a or None):\n    HERE", "v"),
        ("if (x := a or None) is not None:\n    HERE", "v"),
        ("if not (x := a or None):\n    return\nHERE", "v"),
        ("x = 1\nif HERE:\n    x = None", "v"),
        # Loops.
        ("for x in a:\n    HERE", "v"),
        ("for x in a:\n    pass\nHERE", "uv"),
        ("for y, x in a:\n    HERE", "v"),
        ("x = 1\nfor y in a:\n    HERE\n    x = None", "nv"),
        ("x = 1\nfor y in a:\n    HERE\n    del x", "uv"),
        ("x = 1\nfor y in a:\n    HERE\nx = None", "v"),
        ("x = None\nfor y in a:\n    x = 1\n    HERE", "v"),
        ("for y in a:\n    x = 1\nelse:\n    HERE", "uv"),
        ("while a:\n    x = 1\nHERE", "uv"),
        ("x = 1\nwhile HERE:\n    x = None", "nv"),
        ("while x := make():\n    HERE", "v"),
        ("x = 1\nwhile a:\n    if b:\n        x = None\n        break\nHERE", "nv"),
        ("x = 1\nwhile a:\n    if b:\n        x = None\n        continue\n    HERE", "nv"),
        # Handlers.
        ("try:\n    x = 1\nexcept E:\n    pass\nHERE", "uv"),
        ("try:\n    x = 1\nexcept E:\n    x = None\nHERE", "nv"),
        ("try:\n    x = 1\nexcept E:\n    return\nHERE", "v"),
        ("try:\n    x = 1\nexcept E:\n    HERE", "uv"),
        ("try:\n    x = 1\nfinally:\n    HERE", "uv"),
        ("try:\n    pass\nfinally:\n    x = 1\nHERE", "v"),
        ("try:\n    pass\nexcept E:\n    pass\nelse:\n    x = 1\nHERE", "uv"),
        ("try:\n    x = 1\nexcept E:\n    return\nelse:\n    HERE", "v"),
        ("try:\n    x = 1\n    x = None\n    x = 2\nexcept E:\n    HERE", "unv"),
        ("try:\n    pass\nexcept E as x:\n    HERE", "v"),
        ("x = 1\ntry:\n    pass\nexcept E as x:\n    pass\nHERE", "uv"),
        ("try:\n    pass\nexcept E as x:\n    return\nHERE", "u"),
        ("x = 1\ntry:\n    HERE\n    x = None\nexcept E:\n    pass", "v"),
        ("x = 1\ntry:\n    pass\nexcept E:\n    x = None\nfinally:\n    HERE", "nv"),
        # Contexts: what they catch is not known.
        ("with a as x:\n    HERE", "v"),
        ("with a as (y, x):\n    pass\nHERE", "v"),
        ("with a:\n    x = 1\n    HERE", "v"),
        ("with a:\n    x = 1\nHERE", "uv"),
        ("x = 1\nwith a:\n    pass\nHERE", "v"),
        ("x = 1\nwith a as b.x:\n    HERE", "v"),
        # Patterns.
        ("match a:\n    case [x]:\n        HERE", "v"),
        ("match a:\n    case [x]:\n        pass\n    case _:\n        HERE", "u"),
        ("match a:\n    case 1:\n        x = 1\n    case _:\n        x = 2\nHERE", "uv"),
        ("x = 1\nmatch a:\n    case 1:\n        x = None\nHERE", "nv"),
    ],
)
def test_statements(body: str, result: str) -> None:
    assert holds(f"def f(p, a, b):\n{textwrap.indent(body, '    ')}\n") == result


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("HERE", "d"),
        ("if x:\n    HERE", "v"),
        ("if not x:\n    HERE", "d"),
        ("if x is None:\n    HERE", "n"),
        ("if x is None:\n    pass\nHERE", "nv"),
        ("if x == None:\n    return\nHERE", "v"),
        ("if None is x:\n    return\nHERE", "d"),
        ("if x is not None:\n    HERE", "v"),
        ("if x is not None:\n    return\nHERE", "n"),
        ("if not x:\n    raise E\nHERE", "v"),
        ("if x is None or x.y:\n    return\nHERE", "v"),
        ("if a or x is None:\n    raise E\nHERE", "v"),
        ("if a and x is None:\n    raise E\nHERE", "dv"),
        ("if a and x:\n    HERE", "v"),
        ("if a or x:\n    HERE", "dv"),
        ("if isinstance(x, A):\n    HERE", "v"),
        ("if isinstance(a, x):\n    HERE", "d"),
        ("if not isinstance(x, A):\n    HERE", "d"),
        ("if y:\n    HERE", "d"),
        ("if x.y:\n    HERE", "d"),
        ("if True:\n    HERE", "d"),
        ("if -x:\n    HERE", "d"),
        ("if callable(x):\n    HERE", "d"),
        ("if isinstance():\n    HERE", "d"),
        ("if x > None:\n    HERE", "d"),
        ("if x is 1:\n    HERE", "d"),
        ("if x is a:\n    HERE", "d"),
        ("if x is None is a:\n    HERE", "d"),
        ("x = None\nif x:\n    HERE", "-"),
        ("assert x\nHERE", "v"),
        ("assert x is not None, 'why'\nHERE", "v"),
        ("assert a\nHERE", "d"),
        ("x = x or make()\nHERE", "v"),
        ("x = x if x else make()\nHERE", "v"),
        ("if x is None:\n    x = make()\nHERE", "v"),
        ("x = x\nHERE", "d"),
        ("while x is None:\n    x = make()\n    HERE", "v"),
        ("print(HERE if x else 1)", "v"),
        ("print(1 if x is None else HERE)", "v"),
        ("print(x and HERE)", "v"),
        ("print(x is None or HERE)", "v"),
        ("print(HERE and x)", "d"),
        ("if True:\n    pass\nelse:\n    HERE", "-"),
    ],
)
def test_checks(body: str, result: str) -> None:
    assert holds(f"def f(a, y, x=None):\n{textwrap.indent(body, '    ')}\n") == result


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("def f(x):\n    def g():\n        HERE\n", "v"),
        ("def f(x):\n    async def g():\n        async def h():\n            HERE\n", "v"),
        ("def f():\n    x = 1\n    def g():\n        HERE\n", "v"),
        ("def f():\n    def g():\n        HERE\n    x = 1\n", "uv"),
        ("def f(x):\n    def g():\n        HERE\n    x = None\n", "nv"),
        ("def f(x):\n    x = None\n    x = 1\n    def g():\n        HERE\n", "v"),
        ("def f(x):\n    for a in b:\n        x = None\n        x = 1\n        def g():\n            HERE\n", "nv"),
        ("def f(x):\n    if x is None:\n        raise E\n    def g():\n        HERE\n", "v"),
        ("def f(x=None):\n    def g():\n        if x:\n            HERE\n", "v"),
        ("def f(x=None):\n    if x:\n        def g():\n            HERE\n", "v"),
        ("def f(x):\n    def g():\n        nonlocal x\n        x = None\n    HERE\n", "u"),
        ("def f(x):\n    def g():\n        nonlocal x\n        HERE\n", "u"),
        ("def f(x):\n    def g(x=None):\n        HERE\n", "d"),
        ("def f(x):\n    class C:\n        HERE\n", "v"),
        ("def f(x):\n    class C:\n        x = None\n        HERE\n", "n"),
        ("def f(x):\n    class C:\n        x = None\n        def g(self):\n            HERE\n", "v"),
        ("class C:\n    x = 1\n    def g(self):\n        HERE\n", "u"),
        ("def f(x):\n    return lambda: HERE\n", "v"),
        ("def f(x):\n    g = lambda: HERE\n    x = None\n", "nv"),
        ("def f(x):\n    g = (HERE for _ in a)\n    del x\n", "uv"),
        ("def f(x):\n    g = [HERE for _ in a]\n    x = None\n", "v"),
        ("def f():\n    return [HERE for x in a]\n", "u"),
        ("def f():\n    return lambda x: HERE\n", "u"),
        ("def f(x):\n    return lambda x: HERE\n", "u"),
        ("def f(x):\n    return [HERE for x in a]\n", "u"),
        ("def f(x, y=HERE): ...\n", "u"),
        ("x = 1\nHERE\n", "v"),
        ("x = 1\ndef f():\n    HERE\n", "u"),
        ("HERE\n", "u"),
    ],
)
def test_scopes(code: str, result: str) -> None:
    assert holds(code) == result


@pytest.mark.parametrize(
    ("code", "path", "result"),
    [
        ("def f(r):\n    HERE\n", "r.a.b", "v"),
        ("def f(r=None):\n    HERE\n", "r.a", "u"),
        ("def f(*r):\n    HERE\n", "r.a", "u"),
        ("def f(r):\n    r = 1\n    HERE\n", "r.a", "u"),
        ("def f(r):\n    r, b = 1, 2\n    HERE\n", "r.a", "u"),
        ("def f(r):\n    for r in b:\n        HERE\n", "r.a", "u"),
        ("def f(r):\n    del r\n    HERE\n", "r.a", "u"),
        ("def f(r):\n    r.a = None\n    HERE\n", "r.a", "n"),
        ("def f(r):\n    r.a = None\n    r.a = 1\n    HERE\n", "r.a", "v"),
        ("def f(r):\n    del r.a\n    HERE\n", "r.a", "u"),
        ("def f(r):\n    r.b = None\n    HERE\n", "r.a", "v"),
        ("def f(r):\n    def g():\n        HERE\n", "r.a", "v"),
        ("def f():\n    r = make()\n    HERE\n", "r.a", "u"),
        ("def f(r):\n    import r\n    HERE\n", "r.a", "u"),
    ],
)
def test_attributes_of_parameters(code: str, path: str, result: str) -> None:
    assert holds(code, path) == result


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("def __init__(self): self.x = 1\ndef f(self): HERE", "v"),
        ("def __init__(this): this.x = 1\ndef f(self): HERE", "v"),
        ("def __init__(self): self.x = None\ndef f(self): HERE", "n"),
        ("def __init__(self, x): self.x = x\ndef f(self): HERE", "v"),
        ("def __init__(self, x=None): self.x = x\ndef f(self): HERE", "d"),
        ("def __init__(self, x=None): self.x = x or make()\ndef f(self): HERE", "v"),
        ("def __init__(self, x=None): self.x = x\ndef f(self):\n    if self.x is None: raise E\n    HERE", "v"),
        ("def __init__(self, a):\n    if a: self.x = 1\ndef f(self): HERE", "uv"),
        ("def __init__(self, a):\n    if a: return\n    self.x = 1\ndef f(self): HERE", "uv"),
        ("def __init__(self):\n    HERE\n    self.x = 1", "u"),
        ("def __init__(self):\n    self.x = 1\n    HERE", "v"),
        ("def __init__(self): self.x: int = 1\ndef f(self): HERE", "v"),
        ("def __init__(self): self.x: int\ndef f(self): HERE", "u"),
        ("def __init__(self):\n    def late(): self.x = 1\ndef f(self): HERE", "u"),
        ("def __init__(self): self.x = 1\ndef f(self): self.x = None; HERE", "n"),
        ("def __init__(self): self.x = 1\ndef f(self): self = 2; HERE", "u"),
        ("def __init__(self): self.x = 1\ndef f(self):\n    def g(): HERE", "v"),
        ("def __init__(self): self.x = 1\n@staticmethod\ndef f(self): HERE", "u"),
        ("def __init__(self): self.x = 1\n@classmethod\ndef f(self): HERE", "u"),
        ("def __init__(self): self.x = 1\ndef f(a, self): HERE", "u"),
        ("x = 1\ndef f(self): HERE", "v"),
        ("x: int = None\ndef f(self): HERE", "n"),
        ("x: int\ndef f(self): HERE", "u"),
        ("x = None\ndef __init__(self): self.x = 1\ndef f(self): HERE", "v"),
        ("x = 1\ndef __init__(self): pass\ndef f(self): HERE", "v"),
        ("def setUp(self): self.x = 1\ndef test(self): HERE", "v"),
        ("def setup_method(self, m): self.x = 1\nasync def test_f(self): HERE", "v"),
        ("def setUp(self): self.x = 1\ndef helper(self): HERE", "u"),
        ("def setUp(self): self.x = 1; HERE\ndef asyncSetUp(self): self.x = None", "v"),
        ("async def asyncSetUp(self): self.x = None\ndef setUp(self): self.x = 1\ndef test(self): HERE", "n"),
        ("def other(self): self.x = 1\ndef f(self): HERE", "u"),
        ("def __init__(): self.x = 1\ndef f(self): HERE", "u"),
    ],
)
def test_attributes_of_self(body: str, result: str) -> None:
    path = "self.x"
    assert holds(f"class C:\n{textwrap.indent(body, '    ')}\n", path) == result


@pytest.mark.parametrize(
    ("decorator", "field", "result"),
    [
        ("@dataclass", "x: int", "v"),
        ("@dataclasses.dataclass(frozen=True)", "x: int", "v"),
        ("@dataclass", "x: 'int | None'", "o"),
        ("@dataclass", "x: int = None", "n"),
        ("@other", "x: int", "u"),
    ],
)
def test_fields(decorator: str, field: str, result: str) -> None:
    code = f"{decorator}\nclass C:\n    {field}\n    def f(self):\n        HERE\n"
    assert holds(code, "self.x") == result


def test_of_attributes_of_attributes_only_the_first_is_known() -> None:
    code = "class C:\n    def __init__(self, x{}):\n        self.x = x\n    def f(self):\n        HERE\n"
    assert holds(code.format(""), "self.x.y") == "v"
    assert holds(code.format("=None"), "self.x.y") == "u"


def test_an_object_is_in_its_own_scope() -> None:
    assert holds("class C:\n    def f(self):\n        HERE\n", "self") == "v"


def test_assignments_in_a_circle_come_to_an_end() -> None:
    assert holds("def f(a):\n    while a:\n        x = y\n        y = x\n        HERE\n") == "v"
