"""Source without the bodies of functions."""

from __future__ import annotations

import ast
import json
import unittest.mock
from pathlib import Path

import pytest

from ssot_lint.source.outline import outline

STANDARD = Path(json.__file__).parent.parent
MODULES = [
    path
    for folder in (STANDARD, STANDARD / "json", STANDARD / "asyncio", STANDARD / "unittest", STANDARD / "email")
    for path in sorted(folder.glob("*.py"))
]

PLAIN = '''\
"""A module with a def f(): in its text."""
import os

X = """
def no_function():
    return 1
"""

@decorated(
    "a",
)
def first(a: dict[str, int] = {"x": 1}, *, b="):"):  # with : a comment
    """Text
at the margin.
"""
    return """
def inside(): ...
"""

class C:
    y = 1

    async def second(
        self,
        a=(1, 2),
    ) -> "C":
        x = [
            1,
]
# a comment at the margin
        if x:

            pass
        z = "a \\
b"
        return z

    z = 2
    def third(self): return 1

if X:
    def fourth():
        global Y
        Y = 1
else:
    def fifth():
        Z = 1
'''
OUTLINED = '''\
"""A module with a def f(): in its text."""
import os

X = """
def no_function():
    return 1
"""

@decorated(
    "a",
)
def first(a: dict[str, int] = {"x": 1}, *, b="):"):  # with : a comment
 pass






class C:
    y = 1

    async def second(
        self,
        a=(1, 2),
    ) -> "C":
     pass










    z = 2
    def third(self): return 1

if X:
    def fourth():
        global Y
        Y = 1
else:
    def fifth():
     pass
'''


def without_bodies(source: str) -> str:
    """Give all that a module is but for the bodies of its functions, with the place of each thing."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.body = []
        if isinstance(node, ast.stmt) and hasattr(node, "body"):
            node.end_lineno = node.end_col_offset = 0
        if isinstance(node, ast.ExceptHandler):
            node.end_lineno = node.end_col_offset = 0
    return ast.dump(tree, include_attributes=True)


def test_what_is_left() -> None:
    assert outline(PLAIN, ("global",)) == OUTLINED


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_standard_library_stays_what_it_is(path: Path) -> None:
    source = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    outlined = outline(source)
    if outlined is not None:
        try:
            left = without_bodies(outlined)
        except SyntaxError:
            return  # then it is the source itself that is read
        assert left == without_bodies(source)
        assert len(outlined) <= len(source)


def test_most_of_a_large_module_goes() -> None:
    source = Path(unittest.mock.__file__).read_text(encoding="utf-8")
    outlined = outline(source)
    assert outlined is not None
    assert len(outlined) < len(source) / 2


HARD = {
    "quotes in a comment": '# it\'s """ here\ndef f():\n    x\ny = 1\n',
    "quotes in a string": 'x = \'"""\'\ndef f():\n    x\ny = 1\n',
    "quotes in the string of a body": 'def f():\n    x = \'"""\'\n    y\nz = """\n"""\n',
    "comment in a body": 'def f():\n    x  # """\n    y\nz = 1\n',
    "string that leaves the body": 'def f():\n    x = """\nz = 1\n    """\n    y\nz = 2\n',
    "string, then another": 'def f():\n    x = """\na""" + """\nb"""\n    y\nz = 2\n',
    "raw string": 'def f():\n    x = r"""\\"""\n    y\nz = 2\n',
    "bracket that leaves the body": "def f():\n    x = (\n1,\n    )\n    y\nz = 2\n",
    "closing bracket at the margin": "def f():\n    x = (\n    1,\n)\n    y\nz = 2\n",
    "backslash": "def f():\n    x = 1 + \\\n2\n    y\nz = 2\n",
    "no newline at the end": "class C:\n    def f(self):\n        x\n        y",
    "no body": "def f(): pass\nx = 1\n",
    "body behind a lambda": "def f(a=lambda: 1): return {\n1: 2}\nx = 1\n",
    "header over lines": "def f(\n    a,  # (\n    b=')',\n):\n    x\ny = 1\n",
    "triple quotes in a header": 'def f(a="""\n):\n    """):\n    x\ny = 1\n',
    "tabs": "class C:\n\tdef f(self):\n\t\tx\n\t\ty\n\tz = 1\n",
    "def in a string": "x = '''\ndef f():\n    y\n'''\nz = 1\n",
    "function in a function": "def f():\n    def g():\n        x\n    return g\ny = 1\n",
    "decorated": "@d\ndef f():\n    x\n\n@e\nclass C:\n    @p\n    def g(self):\n        x\n",
    "else after a body": "if x:\n    def f():\n        y\nelse:\n    def f():\n        z\n",
    "name like a word": "definition = 1\nif x:\n    default = 2\nclass_def = 3\ndef f():\n    x\ny = 1\n",
    "semicolons": "def f():\n    x; y\nz = 1; w = 2\n",
    "type hints": 'def f(a: "List[int]") -> "Dict[str, int]":\n    x\ny = 1\n',
}


@pytest.mark.parametrize("source", HARD.values(), ids=list(HARD))
@pytest.mark.parametrize("before", ["", "class A:\n    def m(self):\n        '''text'''\n\n"])
def test_what_is_hard_to_read(source: str, before: str) -> None:
    outlined = outline(before + source)
    if outlined is None:
        return
    try:
        left = without_bodies(outlined)
    except SyntaxError:
        return
    assert left == without_bodies(before + source)


@pytest.mark.parametrize("name", ["closing bracket at the margin", "string that leaves the body", "backslash"])
def test_what_is_common_has_an_outline(name: str) -> None:
    outlined = outline(HARD[name])
    assert outlined is not None
    assert without_bodies(outlined) == without_bodies(HARD[name])


@pytest.mark.parametrize(
    "source", ["", "x = 1\n", "def f():\r\n    x\r\n", "def f():\n    '''x\n", "def f():\n\f    x\n"]
)
def test_sources_without_an_outline(source: str) -> None:
    assert outline(source) is None
