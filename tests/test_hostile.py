"""Files that want to break the tool: one clear message each, nothing lost, nothing broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssot_lint.check import Checker
from ssot_lint.fixing import fix_file
from ssot_lint.model import FileReport
from ssot_lint.rule import Example, Rule
from ssot_lint.source import trees
from ssot_lint.trial import example_checker

MakeRule = Callable[..., Rule]

NAMES = [f"L{number}" for number in range(16)]
FILES = {
    "chat/__init__.py": "",
    "chat/app/__init__.py": "",
    "chat/legacy.py": f"from chat.home import {', '.join(NAMES)}\n\ndef keep(): ...\n",
    "chat/home.py": "".join(f"class {name}: ...\n" for name in NAMES),
}
MOVED = {f"chat.legacy.{name}": f"chat.home.{name}" for name in NAMES}
PATH = "chat/app/module.py"


@pytest.fixture(scope="module")
def rule(make_rule: MakeRule) -> Rule:
    return make_rule("legacy-import", {"moved": MOVED})


def checker(rule: Rule, raw: bytes, **options: Any) -> Checker:
    return example_checker(rule, Example(files=FILES, path=PATH), raw.decode("latin-1"), **options)


def said(report: FileReport) -> list[str]:
    """What a report says, with the code before it."""
    return [f"{violation.code} {violation.message}" for violation in report.violations]


IMPORT = b"from chat.legacy import L0\n"
FOUND = "EX1 chat.legacy.L0 moved to chat.home.L0"
UNREAD = "; what can be read of it was checked"
RUINED = "; only its import statements were checked, and nothing is fixed"

UNFIXABLE: dict[str, tuple[bytes, str]] = {
    "not UTF-8": (IMPORT + b"x = '\xe9'\n", f"SL002 it is not valid utf-8 (line 2, byte 33){UNREAD}"),
    "another encoding": (
        b"# coding: ascii\n" + IMPORT + b"# \xc3\xa9\n",
        f"SL002 it is not valid ascii (line 3, byte 46){UNREAD}",
    ),
    "unknown encoding": (
        b"# coding: klingon\n" + IMPORT,
        f"SL002 its coding cookie names an unknown encoding, 'klingon'{UNREAD}",
    ),
    "encoding of bytes": (
        b"# coding: hex\n" + IMPORT,
        f"SL002 its coding cookie names an unknown encoding, 'hex'{UNREAD}",
    ),
    "encoding without meaning": (
        b"# coding: undefined\n" + IMPORT,
        f"SL002 it cannot be read in its encoding, 'undefined'{UNREAD}",
    ),
    "two encodings": (
        b"\xef\xbb\xbf# coding: latin-1\n" + IMPORT,
        f"SL002 it starts with the byte order mark of UTF-8, but its coding cookie says 'latin-1'{UNREAD}",
    ),
    "NUL": (IMPORT + b"x = '\0'\n", f"SL002 it contains a NUL byte, so it is not Python source{UNREAD}"),
    "NUL and broken": (b"x = (\0\n" + IMPORT, f"SL002 it contains a NUL byte, so it is not Python source{UNREAD}"),
    "broken": (IMPORT + b"x = 1 +\n", f"SL001 not valid Python: invalid syntax{RUINED}"),
    "broken in a function": (b"def f():\n\tx = 1 +\n\t" + IMPORT, f"SL001 not valid Python: invalid syntax{RUINED}"),
    "too deep for Python": (
        IMPORT + b"x = " + b"-" * 10_000 + b"1\n",
        f"SL001 not valid Python: it is nested too deeply{RUINED}",
    ),
}


@pytest.mark.parametrize(("raw", "message"), UNFIXABLE.values(), ids=list(UNFIXABLE))
def test_files_that_cannot_be_read_as_a_whole(rule: Rule, raw: bytes, message: str) -> None:
    report = checker(rule, raw).check(PATH, raw, explicit=True)
    assert sorted(said(report)) == [FOUND, message]
    for unsafe in (False, True):
        fixed = fix_file(checker(rule, raw), PATH, raw, unsafe)
        assert fixed.raw == raw
        assert sorted(said(fixed.report)) == [FOUND, message]
        assert [v.refusal.code for v in fixed.report.violations if v.refusal] == ["not-lossless"]


FIXABLE: dict[str, tuple[bytes, list[str]]] = {
    "another statement too deep for LibCST": (IMPORT + b"x = y" + b".z" * 400 + b"\n", []),
    "statement too deep for LibCST": (
        IMPORT + b"import chat.legacy\nx = chat.legacy.L1" + b".y" * 400 + b"\n",
        ["SL002 this statement is nested too deeply, so no rule looked at it"],
    ),
    "much data": (
        IMPORT + b"DATA = [\n" + b"    'chat.legacy.L0',\n" * 500 + b"    '" + b"chat.legacy.L0" * 50_000 + b"',\n]\n",
        [],
    ),
    "many comments": (b"# chat.legacy.L0 (\n" * 10_000 + IMPORT, []),
    "much text": (b"'''\n" + b"from chat.legacy import L0\n" * 20_000 + b"'''\n" + IMPORT, []),
    "many lines": (IMPORT + b"x = 1\n" * 2_000, []),
    "many names for it": (IMPORT + b"".join(b"x%d = L0\n" % number for number in range(200)), []),
    "names assigned in circles": (IMPORT + b"x = y\n" * 300 + b"y = x\n" * 300 + b"x = L0\nprint(y)\n", []),
    "long chain of elif": (IMPORT + b"if x: pass\n" + b"elif y: pass\n" * 300, []),
    "encoding with the newlines of an editor": (b"# coding: latin-1-unix\n# \xe9\n" + IMPORT, []),
    "cookie behind a very long line": (b"#" * 5000 + b"\n# coding: latin-1\n# \xe9\n" + IMPORT, []),
    "byte order mark": (b"\xef\xbb\xbf" + IMPORT, []),
    "form feeds": (b"\f\n\f" + IMPORT + b"\f\nclass A:\n  \f\n  x = L0\n", []),
    "all kinds of newlines": (b"a = 1\rb = 2\r\n" + IMPORT + b"c = 3\r", []),
    "fullwidth": ("from chat.ｌegacy import Ｌ0\n".encode(), []),
    "mathematical": ("from 𝐜𝐡𝐚𝐭.legacy import 𝐋𝟎 as ﬁle\n".encode(), []),
}


@pytest.mark.parametrize(("raw", "messages"), FIXABLE.values(), ids=list(FIXABLE))
def test_files_that_are_odd_but_python(rule: Rule, raw: bytes, messages: list[str]) -> None:
    report = checker(rule, raw).check(PATH, raw, explicit=True)
    assert sorted(said(report)) == [FOUND, *messages]
    fixed = fix_file(checker(rule, raw), PATH, raw, unsafe=False)
    assert said(fixed.report) == messages
    assert [v.message for v in fixed.report.fixed] == [FOUND.removeprefix("EX1 ")]
    before = frozenset(raw.splitlines(keepends=True))
    changed = [line for line in fixed.raw.splitlines(keepends=True) if line not in before]
    assert len(changed) == 1
    assert b"chat.home import" in changed[0]


def test_a_statement_too_long_for_libcst(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "LONGEST", 1000)
    raw = IMPORT + b"import chat.legacy\nx = [" + b"chat.legacy.L1,\n" * 100 + b"]\n"
    message = "SL002 a statement of 1606 characters is too long, so no rule looked at it"
    assert sorted(said(checker(rule, raw).check(PATH, raw))) == [FOUND, message]
    assert said(fix_file(checker(rule, raw), PATH, raw, unsafe=False).report) == [message]


MANY = {
    "functions that import a name": "def f{}():\n    from chat.legacy import L1\n    return L1\n",
    "functions that import the module": "def f{}():\n    import chat.legacy as old\n    return old.L1\n",
    "imports": "from chat.legacy import L1\nx{} = L1\n",
    "imports of the module": "import chat.legacy\nx{} = chat.legacy.L1\n",
    "globals": "from chat.legacy import L1\ndef f{}():\n    global L1\n    L1 = 1\n",
}


@pytest.mark.parametrize("code", MANY.values(), ids=list(MANY))
def test_many_of_the_same(rule: Rule, code: str) -> None:
    """Each once took seconds, and the square of that for some more."""
    raw = "".join(code.format(number) for number in range(60)).encode()
    report = checker(rule, raw).check(PATH, raw)
    assert len(report.violations) >= 60
    assert all(violation.fix or violation.refusal for violation in report.violations)
    fixed = fix_file(checker(rule, raw), PATH, raw, unsafe=False)
    assert len(fixed.report.fixed) + len(fixed.report.violations) == len(report.violations)
    if "global" not in code:
        assert b"legacy" not in fixed.raw


@pytest.mark.parametrize("raw", [b"", b"\n", b"\f", b"\xef\xbb\xbf", b"#", b"# coding: latin-1", b"\r\r\n\n"])
def test_files_of_nothing(rule: Rule, raw: bytes) -> None:
    assert checker(rule, raw).check(PATH, raw, explicit=True) == FileReport(PATH)
    assert fix_file(checker(rule, raw), PATH, raw, unsafe=True).raw == raw


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.binary(max_size=60))
def test_any_bytes(rule: Rule, noise: bytes) -> None:
    for raw in (noise, IMPORT + noise, noise + b"\n" + IMPORT):
        report = checker(rule, raw).check(PATH, raw, explicit=True)
        codes = [violation.code for violation in report.violations]
        assert codes.count("SL001") + codes.count("SL002") <= 1
        assert "SL006" not in codes
        fixed = fix_file(checker(rule, raw), PATH, raw, unsafe=True)
        assert fixed.raw == raw or not {"SL001", "SL002"} & set(codes)


PIECES = ["from chat.legacy import L0", "L0", "x", "=", "(", ")", "[", ":", "\n", "  ", "\\\n", "'", '"""', "#", ";"]
PIECES += [
    "def f",
    "class A",
    "if",
    "else",
    "try",
    "except",
    "lambda",
    "f'{",
    "}'",
    ",",
    "*",
    "import",
    "\r",
    "\f",
    "é",
]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_any_tokens(rule: Rule, noise: str) -> None:
    raw = noise.encode()
    on_sites = checker(rule, raw).check(PATH, raw, explicit=True)
    assert "SL006" not in [violation.code for violation in on_sites.violations]
    on_module = checker(rule, raw, whole_modules=True).check(PATH, raw, explicit=True)
    assert said(on_sites) == said(on_module) or said(on_module)[0].startswith("SL002")
