"""Who would have to become async: the callers of a function that is not, as far as they are certain."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from ssot_lint.file import File
from ssot_lint.rewriting.callers import who_calls

OpenFile = Callable[..., File]


def told(open_file: OpenFile, code: str, path: str = "app/chat.py", **others: str) -> str:
    """Say who calls the function in which ``HERE`` stands; ``others`` are modules of the project."""
    code = textwrap.dedent(code)
    files = {f"app/{name}.py": textwrap.dedent(text) for name, text in others.items()}
    file = open_file(code, {"app/__init__.py": "", **files}, path)
    statement = file.scan.statement_at(code.index("HERE"))
    assert statement is not None
    return who_calls(file, statement)


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("def f(): HERE\ndef g(): f()\n", "`f` is called by `g` (app/chat.py:2)"),
        ("def f(): HERE\nasync def g(): f()\n", "`f` is called by async `g` (app/chat.py:2)"),
        ("def f(): HERE\nf()\n", "`f` is called by the module (app/chat.py:2)"),
        ("def f(): HERE\nclass C:\n    x = f()\n", "`f` is called by the module (app/chat.py:3)"),
        ("def f(): HERE\ndef g(x=f()): pass\n", "`f` is called by the module (app/chat.py:2)"),
        ("def f(): HERE\ng = f\n", ""),
        ("def f(): HERE\ndef g(f): f()\n", ""),
        ("def f(): HERE\nf = 1\ndef g(): f()\n", ""),
        ("async def f(): HERE\ndef g(): f()\n", ""),
        ("HERE\n", ""),
        ("class C: HERE\nC()\n", ""),
        ("def f():\n    class C: HERE\nf()\n", "`f` is called by the module (app/chat.py:3)"),
        ("def f():\n    HERE\n    f()\n", "`f` is called by `f` (app/chat.py:3)"),
        (
            "def f(): HERE\ndef g(): f(); f()\ndef h(): g()\nasync def i(): h()\nasync def j(): i()\n",
            "`f` is called by `g` (app/chat.py:2); `g` is called by `h` (app/chat.py:3); "
            "`h` is called by async `i` (app/chat.py:4)",
        ),
        (
            "def f(): HERE\ndef a(): f()\ndef b(): f()\ndef c(): f()\ndef d(): f()\ndef e(): f()\n",
            "`f` is called by `a` (app/chat.py:2) and `b` (app/chat.py:3) and `c` (app/chat.py:4) and 2 more",
        ),
        ("def f():\n    def g(): HERE\n    g()\n", "`f.g` is called by `f` (app/chat.py:3)"),
        (
            "class C:\n    def f(self): HERE\n    def g(this): this.f()\n",
            "`C.f` is called by `C.g` (app/chat.py:3)",
        ),
        (
            "class C:\n    def f(self): HERE\n    def g(self):\n        def h(): self.f()\n",
            "`C.f` is called by `C.g.h` (app/chat.py:4)",
        ),
        ("class C:\n    def f(self): HERE\n    def g(self, other): other.f()\n", ""),
        ("class C:\n    def __init__(self): HERE\nC()\n", "`C.__init__` is called by the module (app/chat.py:3)"),
        ("class C:\n    def __new__(cls): HERE\nclass D(C): ...\nD()\n", ""),
        ("class C:\n    def f(self): HERE\nC()\n", ""),
        ("def __init__(): HERE\n__init__()\n", "`__init__` is called by the module (app/chat.py:2)"),
        ("class C:\n    def f(self): HERE\nclass D:\n    def g(self): self.f()\n", ""),
        ("def a():\n    def f(): HERE\nf()\n", ""),
        ("from app import other\ndef f(): HERE\nother.f()\n", ""),
        ("class C:\n    @staticmethod\n    def f(): HERE\nC.f()\n", "`C.f` is called by the module (app/chat.py:4)"),
    ],
)
def test_callers_in_the_same_file(open_file: OpenFile, code: str, result: str) -> None:
    assert told(open_file, code) == result


@pytest.mark.parametrize(
    ("other", "result"),
    [
        ("from app.chat import f\ndef g(): f()\n", "`f` is called by `g` (app/other.py:2)"),
        ("from app.chat import f as h\ndef g(): h()\n", "`f` is called by `g` (app/other.py:2)"),
        ("from .chat import f\nasync def g(): f()\n", "`f` is called by async `g` (app/other.py:2)"),
        ("from app.chat import f\ndef g(f): f()\n", ""),
        ("from app.chat import f\ng = f\n", ""),
        ("from app.chat import f\nf(\n", ""),
        ("from app.chat import f\nfrom app import more\nmore.f()\n", ""),
    ],
)
def test_callers_in_other_files(open_file: OpenFile, other: str, result: str) -> None:
    assert told(open_file, "def f(): HERE\n", other=other, more="def f(): ...\n") == result


def test_who_makes_an_object_calls_its_constructor(open_file: OpenFile) -> None:
    code = "class C:\n    def __init__(self): HERE\n"
    said = told(open_file, code, other="from app.chat import C as D\nasync def f(): return D()\n")
    assert said == "`C.__init__` is called by async `f` (app/other.py:2)"


def test_callers_of_callers_are_found_in_their_files(open_file: OpenFile) -> None:
    said = told(
        open_file,
        "class C:\n    @classmethod\n    def f(cls): HERE\n",
        middle="from app.chat import C\ndef g(): C.f()\n",
        last="from app.middle import g\ng()\n",
    )
    assert said == "`C.f` is called by `g` (app/middle.py:2); `g` is called by the module (app/last.py:2)"


def test_nobody_imports_tests_and_scripts(open_file: OpenFile) -> None:
    code = "def test(): HERE\ndef g(): test()\n"
    assert (
        told(open_file, code, other="from app.chat import test\ntest()\n") == "`test` is called by `g` (app/chat.py:2)"
    )
    assert told(open_file, code, path="a-script.py") == "`test` is called by `g` (a-script.py:2)"


def test_of_many_functions_some_are_told(open_file: OpenFile) -> None:
    code = "def f0(): HERE\n" + "".join(f"def f{n}(): f{n - 1}()\n" for n in range(1, 9))
    assert told(open_file, code).count("is called by") == 4
