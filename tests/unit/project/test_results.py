"""Of what calls give, only what is certain is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.project import Project
from ssot_lint.project.results import gives_generator, gives_nothing_to_await

HEAD = """
import typing
from abc import ABC
from contextlib import contextmanager, asynccontextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any, Awaitable, Dict, List, Literal, Optional, Union
from elsewhere import Base

class Plain(ABC): ...
class Child(Plain): ...
@dataclass
class Data: ...
class Mode(Enum):
    A = 1
class Later:
    def __await__(self): ...
class Sooner(Later): ...
class Unknown(Base): ...
class Made(metaclass=Base): ...
class Other:
    def __new__(cls): return Later()
class Holder:
    def method(self): return 1
    @staticmethod
    def static(): return later()
def later(): return Later()
def one(): return 1
async def coroutine(): return 1
if one:
    class Twice(Later): ...
    class Thrice: ...
else:
    class Twice: ...
    class Thrice(Later): ...
"""


def gives_nothing(name: str, code: str = "") -> bool:
    files = {"m.py": f"{HEAD}\n{code}\n".encode()}
    project = Project(Path("/nonexistent"), (".",), lambda: sorted(files), overlay=files)
    definition = project.definition(f"m.{name}")
    assert definition is not None
    return gives_nothing_to_await(project, definition)


@pytest.mark.parametrize("name", ["Plain", "Child", "Data", "Mode", "Holder.method", "one"])
def test_certain(name: str) -> None:
    assert gives_nothing(name)


@pytest.mark.parametrize(
    "name", ["Later", "Sooner", "Unknown", "Made", "Other", "Holder.static", "later", "coroutine", "HEAD"]
)
def test_not_certain(name: str) -> None:
    assert not gives_nothing(name, "HEAD = 1")


@pytest.mark.parametrize(
    "annotation",
    [
        "int",
        "None",
        "'str'",
        "Plain",
        "'Child'",
        "List[Any]",
        "dict[str, Later]",
        "Optional[Plain]",
        "int | None",
        "Union[int, 'Plain']",
        "typing.Dict[str, int]",
        "Literal['Later']",
        "'Optional[Plain]'",
    ],
)
def test_annotations_that_say_it(annotation: str) -> None:
    assert gives_nothing("f", f"def f(x) -> {annotation}:\n    return x.y()")


@pytest.mark.parametrize(
    "annotation",
    [
        "Any",
        "object",
        "Awaitable[int]",
        "Later",
        "'Sooner'",
        "Optional[Later]",
        "int | Later",
        "T",
        "Base",
        "Twice",
        "Thrice",
        "nowhere",
        "'not a type'",
        "Union[int, Awaitable]",
        "List[int] | Any",
    ],
)
def test_annotations_that_do_not(annotation: str) -> None:
    assert not gives_nothing("f", f"def f(x) -> {annotation}:\n    return x.y()")


@pytest.mark.parametrize(
    "body",
    [
        "x.y()",
        "return",
        "return None",
        "return f'{x}'",
        "return {'a': x}",
        "return [y for y in x]",
        "return not x",
        "return x in y",
        "return 1 if x else 'b'",
        "return x == 1 or None",
        "return Plain()",
        "return one()",
        "return str(x)",
        "if x:\n        return 1\n    return {}",
        "yield x",
        "yield from x",
        "def g(): return x\n    g()",
        "class G:\n        def h(self): return x\n    G()",
    ],
)
def test_bodies_that_show_it(body: str) -> None:
    assert gives_nothing("f", f"def f(x):\n    {body}")


@pytest.mark.parametrize(
    "body",
    [
        "return x",
        "return x.y",
        "return x()",
        "return -x",
        "return x + 1",
        "return Later()",
        "return later()",
        "return coroutine()",
        "return 1 if x else x",
        "return x or 1",
        "if x:\n        return x\n    return 1",
        "pass",
        "...",
        "raise NotImplementedError",
        "'Replaced in tests.'",
        "str = x\n    return str()",
        "def Plain(): return x\n    return Plain()",
        "from x import one\n    return one()",
        "return f(x)",
    ],
)
def test_bodies_that_do_not(body: str) -> None:
    assert not gives_nothing("f", f"def f(x):\n    {body}")


def test_going_in_circles_ends() -> None:
    assert not gives_nothing("f", "def f(x): return g(x)\ndef g(x): return f(x)")


def test_decorators_may_do_anything() -> None:
    assert not gives_nothing("f", "@Base\ndef f(): return 1")


def test_parameters_hide_what_the_module_has() -> None:
    assert not gives_nothing("f", "def f(Plain): return Plain()")


def test_an_annotation_is_not_believed_against_the_code() -> None:
    assert not gives_nothing("f", "def f() -> int: return coroutine()")


def test_all_definitions_of_a_name_count() -> None:
    assert gives_nothing("f", "if x:\n    def f(): return 1\nelse:\n    def f(): return 2")
    assert not gives_nothing("f", "if x:\n    def f(): return y()\nelse:\n    def f(): return 2")
    assert not gives_nothing("f", "try:\n    x\nexcept OSError:\n    def f(): return y()\nelse:\n    def f(): return 2")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def f(): yield", True),
        ("@asynccontextmanager\nasync def f(): yield", True),
        ("@contextmanager\ndef f():\n    with x: yield 1", True),
        ("def f(): return 1", False),
        ("def f():\n    def g(): yield\n    return 1", False),
        ("class f: ...", False),
    ],
)
def test_generators(code: str, expected: bool) -> None:
    files = {"m.py": f"{HEAD}\n{code}\n".encode()}
    project = Project(Path("/nonexistent"), (".",), lambda: sorted(files), overlay=files)
    definition = project.definition("m.f")
    assert definition is not None
    assert gives_generator(project, definition) is expected
    if expected:
        assert gives_nothing_to_await(project, definition)
