"""What ``await-mismatch`` is certain of, and what it takes for meant; examples are in the kind itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.model import Violation
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker

MakeRule = Callable[[str, Mapping[str, Any]], Rule]
Check = Callable[..., tuple[Violation, ...]]
FILES = {
    "app/__init__.py": "",
    "app/work.py": (
        "def plain(): return 1\n\nasync def coroutine(): ...\n\n"
        "class Box:\n    @staticmethod\n    async def fill(): ...\n\n    @classmethod\n    def of(cls) -> int: ...\n"
    ),
}


@pytest.fixture
def check(make_rule: MakeRule) -> Check:
    """Check one file of a project with a rule of the kind."""

    def run(code: str, path: str = "app/user.py", files: Mapping[str, str] = FILES) -> tuple[Violation, ...]:
        rule = make_rule("await-mismatch", {})
        example = Example(bad=code, path=path, files=files)
        return example_checker(rule, example, code).check(path, code.encode()).violations

    return run


PATCHED = "from unittest.mock import AsyncMock, patch\n"


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("from app.work import plain\nasync def f(): await plain()\n", [2]),
        ("import app.work as w\nasync def f():\n    x = [await w.plain() for _ in 'ab']\n", [3]),
        ("from app.work import coroutine\nasync def f():\n    if 1:\n        coroutine()\n", [4]),
        ("from app.work import Box\nasync def f():\n    Box.fill()\n    await Box.of()\n", [3, 4]),
        ("async def own(): ...\nown()\n", [2]),
        ("async def own(): ...\ndef f(own): own()\n", []),
        (
            "try:\n    from app.work import plain\nexcept ImportError:\n    plain = 0\nasync def f(): await plain()\n",
            [],
        ),
        ("from app.work import coroutine\ncoroutine().close()\nx = coroutine()\n", []),
        ("from app.work import plain\nasync def f(): await plain\n", []),
    ],
)
def test_what_is_flagged(code: str, rows: list[int], check: Check) -> None:
    assert [violation.range.start.row for violation in check(code)] == rows


@pytest.mark.parametrize(
    "test",
    [
        "with patch('app.work.plain', AsyncMock()):\n        await work.plain()",
        "with patch.object(work, 'plain', AsyncMock()):\n        await work.plain()",
        "work.plain = AsyncMock()\n    await work.plain()",
        "with pytest.raises(TypeError):\n        await work.plain()",
        "with pytest.warns(RuntimeWarning):\n        work.coroutine()",
        "try:\n        await work.plain()\n    except (KeyError, TypeError):\n        pass",
        "x = (await work.plain()) if asyncio.iscoroutinefunction(work.plain) else work.plain()",
    ],
)
def test_what_is_meant(test: str, check: Check) -> None:
    code = f"{PATCHED}from app import work\n\nasync def test_f():\n    {test}\n"
    assert check(code, path="tests/test_work.py") == ()


def test_tests_are_checked_otherwise(check: Check) -> None:
    code = f"{PATCHED}from app import work\n\nasync def test_f():\n    await work.plain()\n    work.coroutine()\n"
    assert len(check(code, path="tests/test_work.py")) == 2


def test_a_patch_somewhere_makes_no_difference_to_the_code_itself(check: Check) -> None:
    files = {**FILES, "tests/test_user.py": "from unittest.mock import patch\npatch('app.user.plain')\n"}
    assert len(check("from app.work import plain\nasync def f(): await plain()\n", files=files)) == 1


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("await plain()", "plain()"),
        ("await(plain())", "(plain())"),
        ("return await  plain()", "return plain()"),
        ("(await\n     plain())", "(\n     plain())"),
        ("(coroutine())", "(await coroutine())"),
    ],
)
def test_the_edit(code: str, expected: str, check: Check) -> None:
    source = f"from app.work import coroutine, plain\nasync def f():\n    {code}\n"
    (violation,) = check(source)
    assert violation.fix is not None
    (edit,) = violation.fix.edits
    lines = source.splitlines(keepends=True)
    start = sum(map(len, lines[: edit.range.start.row - 1])) + edit.range.start.column - 1
    end = sum(map(len, lines[: edit.range.end.row - 1])) + edit.range.end.column - 1
    assert source[:start] + edit.content + source[end:] == source.replace(code, expected)
