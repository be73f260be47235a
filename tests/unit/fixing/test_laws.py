"""Each law by itself: what breaks it is put back, what only looks like it is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from ssot_lint.fixing import Fixed, fix_file
from ssot_lint.model import Edit, Violation
from ssot_lint.source.text import Text

FILES = {
    "new.py": "def thing(): ...\ndef other(): ...\nasync def coming(): ...\n",
    "old.py": "from new import thing, other, coming\n",
    "wide.py": "def coming(): ...\ndef thing(): ...\ndef elsewhere(): ...\n",
    "awaitable.py": "class Later:\n    def __await__(self): ...\n",
    "decorated.py": "import somewhere\n@somewhere.run\nasync def coming(): ...\n",
    "dynamic.py": "def __getattr__(name): ...\n",
    "pkg/__init__.py": "",
    "pkg/sub.py": "one = 1\n",
    "round.py": "import a\nround = 1\n",
    "round_about.py": "from round import round\n",
    "a.py": "",
}
IMPORT = "from new import thing\n"
FUTURE = "from __future__ import annotations\n"
LEN = "from new import other as len\n"
AS_BAD = "from old import thing as bad\n"


@pytest.fixture
def repair(checker: Any, swap: Any) -> Callable[..., Fixed]:
    """Fix ``before``, in which ``old`` is bad; give the outcome."""

    def run(
        before: str | bytes, old: str, new: str, header: str = "", unsafe: bool = False, path: str = "a.py"
    ) -> Fixed:
        raw = before if isinstance(before, bytes) else before.encode()
        rule = swap(old, new, header=header, safe=not unsafe)
        return fix_file(checker(rule, files=FILES), path, raw, unsafe)

    return run


def law(done: Fixed) -> str | None:
    codes = {v.refusal.code for v in done.report.violations if v.refusal}
    return codes.pop() if len(codes) == 1 else None


Case = tuple[str, str, str, str]
"""What is fixed, what is bad in it, and what the fix writes there and at the top."""

BROKEN: dict[str, list[Case]] = {
    "law-1": [
        ("a = bad\n", "bad", ")", ""),
        ("a = bad\n", "bad", "", ""),
        ("def f():\n    return bad\n", "bad", "await print", ""),
        ("a = bad\n", "bad", "(yield)", ""),
        ("from __future__ import annotations\na = bad\n", "bad", "None", "import os\n"),
        ("def f():\n    bad()\n", r"    bad\(\)\n", "", ""),
        ("def f():\n\tbad()\n\treturn\n", "bad", "x\n        y", ""),
        # It did not compile, but it was Python.
        ("await x\na = bad\n", "bad", ")", ""),
    ],
    "law-2": [
        ("a = [bad]\nb = 1\n", "bad", "1, bad", ""),
        ("bad = None\n", r"bad(x*)", r"bad\1x", ""),
        ("bad = None\n", r"bad(x{0,10})(?!x)", r"bad\1x", ""),
    ],
    "law-3": [("a = [bad]\n", "bad", "bad", "")],
    "law-4": [
        ("# bad\na = 1\n", "bad", "good", ""),
        ("a = 1\n\n# bad\n\nb = 2\n", "# bad", "#  good", ""),
        ("def f():\n    # bad\n    return 1\n", "bad", "good", ""),
        ("a = 1\n\nb = bad\n", "\n\nb = bad", "\nb = None", ""),
        ("# coding: utf-8\na = bad\n", "bad", "None", "print()\n"),
        ("# coding: utf-8\na = bad\n", "bad", "None", "import os;"),
        ("\n\na = bad\n", "bad", "None", "# import os\n"),
        ("a = bad\nb = 1\nc = '' ''  # '''\n", "bad", "'''", ""),
        ("if 1:\n    a = bad\n    b = 1\n", "bad", "None\nif 1:\n    c = 2", ""),
        ("a = bad\n", "bad", "(1,\r\n 2)", ""),
        ("a = bad\r\n", "bad", "(1,\n 2)", ""),
        ("if 1:\n    a = bad\n    b = 1\n", "bad", "None\nelse:\n    c = 2", ""),
        ("# why", "(?<=why)$", "import os", ""),
        ("a = bad\n", "bad\n", "None", ""),
        ("a = bad", "bad", "None\n", ""),
        ("\x0ca = bad\n", "\x0ca = bad", "a = None", ""),
        ("# coding: latin-1\na = bad\n", "bad", "'\u20ac'", ""),
    ],
    "law-5": [
        ("a = bad  # why\n", "bad.*", "None", ""),
        ("a = [\n    bad,  # why\n    1,\n]\n", "bad.*", "None,", ""),
        ("a = bad  # why\nb = 1  # why\n", "bad.*", "None", ""),
        ("a = bad  # why\n", "bad  # why", "None, '# why'", ""),
    ],
    "law-6": [
        ("a = bad\n", "bad", "thing", "from new import thing, nothing\n"),
        ("a = bad\n", "bad", "None", "import missing_from.new\nimport pkg.missing\n"),
        ("a = bad\n", "bad", "None", "from pkg.missing import *\n"),
        ("from old import thing\n", "old", "pkg", ""),
        ("from old import thing\n", "old", "dynamic", ""),
        ("from old import thing as t\n", "thing(?= as)", "gone", ""),
        ("from new import thing as bad\n", "from new", "from ...new", ""),
    ],
    "law-7": [
        ("a = bad\n", "bad", "undefined", ""),
        ("def f():\n    return bad\n", "bad", "undefined", ""),
        ("class C:\n    a = bad\n", "bad", "undefined", ""),
        ("def f(x):\n    return lambda: bad\ndef g():\n    return x\n", r"bad", "x2 + x", ""),
        ("a = [x for x in ()]\ndef f():\n    return bad\n", "bad", "x", ""),
        ("def f(): ...\ndef f():\n    return [x for x in ()], bad\n", "bad", "lambda: x", ""),
        # It is used somewhere, but nowhere before in this scope.
        ("def g(): return undefined\na = bad\n", "bad", "undefined", ""),
        ("from new import thing as bad\nprint(bad)\n", "as bad", "as good", ""),
        # A new binding takes the place of another.
        ("thing = 1\na = bad\n", "bad", "None", "from new import other as print\nfrom new import thing as a\n"),
        ("a = print, bad\n", "bad", "None", "from new import other as print\n"),
        ("def f():\n    return print(bad)\n", "bad", "None", "from new import other as print\n"),
        ("def f():\n    return [len for x in bad]\n", "bad", "[]", LEN),
        ("class C:\n    def m(self):\n        return lambda: len(bad)\n", "bad", "[]", LEN),
        ("def f():\n    global x\n    return x, bad\n", "bad", "0", "from new import other as x\n"),
        ("class C:\n    len = len\n    a = bad\n", "bad", "None", LEN),
        ("from wide import *\na = bad, elsewhere\n", "bad", "0", "from new import thing as elsewhere\n"),
        ("import new as x\ndef f():\n    return x, bad\n", "bad", "(x := 1)", ""),
        ("import new as x\ndef f():\n    def g():\n        return x\n    return bad\n", "bad", "(x := 1)", ""),
        ("def f(a: len = bad): ...\n", "bad", "None", LEN),
        (FUTURE + "def f(a: len):\n    pass\nbad\n", "bad", LEN.strip(), ""),
        ("def f(a: 'len') -> 'List[int]':\n    return bad\n", "bad", "None", "from new import other as List\n"),
        # The name is taken where it would be used.
        ("def f(thing):\n    return bad\n", "bad", "thing", IMPORT),
        ("a = lambda thing: bad\n", "bad", "thing", IMPORT),
        ("a = [bad for thing in ()]\n", "bad", "thing", IMPORT),
        ("def f():\n    thing = 1\n    def g():\n        return bad\n", "bad", "thing", IMPORT),
        # The name is gone, and something still speaks of it.
        (FUTURE + AS_BAD + "def f(a: bad): ...\n", "as bad", "as good", ""),
        (AS_BAD + "def f() -> 'list[bad]': ...\n", "as bad", "as good", ""),
        (AS_BAD + "__all__ = ['bad']\n", "as bad", "as good", ""),
        (AS_BAD + "def f() -> 'list[\\'bad\\']': ...\n", "as bad", "as good", ""),
        (AS_BAD + "def f() -> 'bad of mine': ...\n", "as bad", "as good", ""),
        (AS_BAD + "__all__ = ['x'] + ['bad']\n", "as bad", "as good", ""),
        # The name is bound too late.
        ("from old import thing\nthing()\nbad = 1\n", "(?s)from old.*?\n(.*)bad = 1", r"\1from new import thing", ""),
        ("def f():\n    thing = 1\n    bad\n", "bad", "from new import thing", ""),
        # A star that brought it is gone.
        ("from wide import *\na = elsewhere\n", "wide", "new", ""),
        ("from wide import *\na = elsewhere\n", "wide", "unknown_elsewhere", ""),
    ],
    "law-8": [
        ("async def f():\n    return bad()\n", "bad", "coming", "from new import coming\n"),
        ("async def f():\n    return await bad()\n", "bad", "thing", "from new import thing\n"),
        ("import new\nasync def f():\n    return await bad()\n", "bad", "new.thing", ""),
        ("from wide import coming\ndef f():\n    return coming()\n", "wide", "new", ""),
        ("from new import coming\nasync def f():\n    return await coming()\n", "new", "wide", ""),
        ("from wide import coming as c\ndef f():\n    return [\n        c(),\n    ]\n", "wide", "new", ""),
        ("from wide import (\n    thing,\n    coming as c,\n)\ndef f():\n    return c()\n", "wide", "new", ""),
        ("from wide import coming as \ufb01\ndef f():\n    return \ufb01()\n", "wide", "new", ""),
        ("import wide as m\ndef f():\n    return m.coming()\n", "wide", "new", ""),
    ],
    "law-9": [
        ("def test_a():\n    pass\nbad\n", "(?s)def.*bad", "print", ""),
        ("class T:\n    def test_a(self): bad\n    def test_b(self): ...\n", "bad\n.*", "print", ""),
        ("async def test_a(bad): ...\n", "test_a.bad", "a_test(x", ""),
        ("bad\n", "bad", "def test_a(): ...", ""),
        ("class T:\n    def test_a(bad): ...\n", "(?s)class.*bad.*", "def test_a(): ...\n", ""),
    ],
    "law-10": [
        ("a = bad\n", "bad", "None", "import round\n"),
        ("from new import thing\n", "new import thing", "round_about import round as thing", ""),
        ("if 1:\n    import new as x\n", "new", "round", ""),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("number", "case"), [(number, case) for number, cases in BROKEN.items() for case in cases])
def test_what_breaks_a_law_is_put_back(repair: Any, number: str, case: Case) -> None:
    before, *fix = case
    done = repair(before, *fix)
    assert law(done) == number, done
    assert done.raw == before.encode()
    assert not done.report.fixed
    assert all(v.fix is None and v.refusal and v.refusal.reason for v in done.report.violations)


KEPT: list[Case] = [
    # law 1: it did not compile before either, or is newer than the running Python
    ("await x\na = bad\n", "bad", "None", ""),
    ("return bad\n", "bad", "None", ""),
    # law 2
    ("a = bad, bad\n", "bad", "None", ""),
    ("bad = None\n", r"bad(x{0,9})(?!x)", r"bad\1x", ""),
    # law 4: in a statement, after its end, between statements
    ("a = 1; b = bad; c = 3\n", "bad", "None", ""),
    ("if bad: a = 1\nelse: b = 2\n", "bad", "None", ""),
    ("if bad:  # why\n\n    # so\n    a = 1\nelif bad:\n    b = 2\nelse:  # -\n    c = 3\n", "bad", "(1 or\n 2)", ""),
    ("try:\n    pass\nexcept bad as e:\n    print(e)\nfinally:\n    a = 1\n", "bad", "Exception", ""),
    ("@bad\n# why\n@bad\ndef f(\n    # so\n    a=bad,\n):\n    b = 1\n", "bad", "print", ""),
    ("a = [\n    # why\n    bad,\n\n    1,\n]\nb = 2\n", "(?s)bad,.*1,", "None,", ""),
    ("a = bad  # why\nb = 2\n", "bad  # why", "None  # why", ""),
    ("a = 1\n# why\nb = bad\n# so\n", "b = bad\n", "", ""),
    ("\n\n\na = bad\n", "bad", "thing", IMPORT),
    ("# why\na = bad\n", "bad", "None", "import os\nimport sys\n"),
    ("# why", "(?<=why)$", "\nimport os", ""),
    ("def f():\n    bad\n    return 1\n", "    bad\n", "", ""),
    ("def f():\n    bad\n", "bad", "pass", ""),
    ("match x_ := 1:\n    case 1 if bad:\n        a = 1\n", "bad", "None", ""),
    ("a = 1\r\nb = bad", "bad", "(1,\r\n 2)", ""),
    ("a = 1\rb = bad\r", "bad", "(1,\r 2)", ""),
    ("a = 1\r\nb = bad\n", "bad", "(1,\n 2)", ""),
    ("\x0ca = 1\n\x0c\nb = bad\n", "bad", "None", ""),
    # law 5
    ("a = [\n    bad,  # why\n    1,\n]\n", r"bad,  # why\n    1,", "1,  # why", ""),
    # law 6: also what is outside the project, and what was imported before
    ("a = bad\n", "bad", "None", "import sys, pkg, pkg.sub\nfrom pkg import sub\nfrom pkg.sub import one\n"),
    ("a = bad\n", "bad", "None", "import third_party.x\nfrom third_party import *\nfrom third_party.y import z\n"),
    ("from pkg import missing\na = bad\n", "bad", "None", "from new import thing\n"),
    # law 7
    ("a = undefined, bad\n", "bad", "undefined", ""),
    ("def f(thing):\n    return thing\na = bad\n", "bad", "thing", IMPORT),
    ("class C:\n    def thing(self): return bad\n", "bad", "thing", IMPORT),
    ("class C:\n    thing = 1\n    def m(self):\n        return bad\n", "bad", "thing", IMPORT),
    ("def f():\n    bad\n    return [thing for thing in ()]\n", "bad", "from new import thing as t; t", ""),
    ("def f():\n    global thing\n    thing = 1\ndef g():\n    return bad\n", "bad", "(thing2 := 1)", ""),
    ("def f():\n    global thing\n    thing = 1\ndef g():\n    return bad\n", "bad", "thing", ""),
    ("a = [x for x in ()], bad\n", "bad", "[y for y in ()]", ""),
    ("def f():\n    x = 1\n    def g():\n        nonlocal x\n        bad\n", "bad", "x = 2", ""),
    ("class C:\n    bad\n    def m(self):\n        return len\n", "bad", LEN.strip(), ""),
    ("x = 1\ndef f():\n    bad\n    def g():\n        global x\n        return x\n", "bad", "import new as x", ""),
    (AS_BAD + "print(bad, bad)\n", r"\bbad\b", "good", ""),
    (AS_BAD + "print(1)\n", "as bad", "as good", ""),
    (AS_BAD + "def f() -> 'pkg.bad': ...\nimport pkg\n", "as bad", "as good", ""),
    ("print(thing)\nfrom old import thing\n", "old", "new", ""),
    ("def f(): return thing\nfrom old import thing\n", "old", "new", ""),
    ("from wide import *\na = thing\n", "wide", "new", ""),
    ("from somewhere import *\na = thing, bad\n", "bad", "None", ""),
    ("def f():\n    return bad\n", "bad", "__name__, __file__, __class__", ""),
    ("def f():\n    from old import thing\n    if 1:\n        bad\n", "bad", "from old import thing", ""),
    ("if 1:\n    from old import thing\nelse:\n    from new import thing\n", "old", "new", ""),
    # law 8: what was not known or was wrong before, and what may stand without await
    ("from old import coming\nimport asyncio\nasyncio.run(coming())\n", "old", "new", ""),
    ("async def f():\n    return await bad()\n", "bad", "coming", "from new import coming\n"),
    ("def f():\n    return bad()\n", "bad", "coming", "from decorated import coming\n"),
    ("async def f():\n    return await bad()\n", "bad", "Later", "from awaitable import Later\n"),
    ("async def f(x):\n    return await bad()\n", "bad", "x.coming", "import new\n"),
    ("async def f():\n    return await thing(bad)\n", "bad", "None", ""),
    ("async def f():\n    return bad(), await new.coming()\nimport new\n", "bad", "new.thing", ""),
    ("async def f():\n    return await bad()\n", "bad", "third", "from third_party import third\n"),
    # law 9: what is no test
    ("def helper(): ...\ntesting = bad\n", "(?s)def.*bad", "testing = 1", ""),
    ("def test_a():\n    return bad\n", "bad", "None", ""),
    # law 10: what does not run at import
    ("def f():\n    bad\n", "bad", "from round import round", ""),
    ("TYPE_CHECKING = 0\nif TYPE_CHECKING:\n    import new as x\n", "new", "round", ""),
]  # fmt: skip


@pytest.mark.parametrize("case", KEPT)
def test_what_keeps_the_laws_is_made(repair: Any, case: Case) -> None:
    before, old, new, header = case
    done = repair(before, old, new, header)
    assert done.report.violations == ()
    assert done.report.fixed
    assert done.raw.decode().startswith(header)
    assert done.raw != before.encode()


def test_a_cycle_that_was_there_before_is_none_that_arises(checker: Any, swap: Any) -> None:
    before = "import loop\na = bad\n"
    files = {"a.py": before, "loop.py": "import a, inner\n", "inner.py": "import a\n"}
    done = fix_file(checker(swap("bad", "None", header="import inner\n"), files=files), "a.py", before.encode(), False)
    assert done.raw == b"import inner\nimport loop\na = None\n"


@pytest.mark.parametrize(
    ("before", "content"),
    [
        ("x = bad\na = 2|\n", " + x"),
        ("x = bad\n|print(x)\n", "print() or "),
        ("x = bad\nif 1:\n    a = 1|\nb = 2\n", "\n    from new import thing"),
        ("x = bad\nif 1:\n    |a = 1\nb = 2\n", "from new import thing\n    "),
        ("x = bad\nif 1: |a = 1\n", "from new import thing; "),
        ("x = bad\nif 1: a = 1|\n", "; from new import thing"),
    ],
)
def test_what_is_inserted_next_to_a_statement(checker: Any, swap: Any, before: str, content: str) -> None:
    place = before.index("|")

    def rule(path: str, text: Text) -> Iterator[Violation]:
        for found in swap("bad", "None")(path, text):
            edits = (*found.fix.edits, Edit(text.range(place, place), content))
            yield replace(found, fix=replace(found.fix, edits=edits))

    done = fix_file(checker(rule, files=FILES), "a.py", before.replace("|", "").encode(), unsafe=False)
    expected = before.replace("|", content).replace("bad", "None")
    assert done.raw.decode() == expected


REMOVALS: dict[str, tuple[str, str]] = {
    "a line": ("a = 1\n# bad\nb = 1\n", r"# bad\n"),
    "the end of a line": ("a = 1  # bad\n", r"  # bad"),
    "a part": ("a = 1  # one bad two\n", r"bad "),
}


@pytest.mark.parametrize(("before", "old"), REMOVALS.values(), ids=REMOVALS)
def test_a_comment_may_be_lost_if_it_is_a_suppression_that_nobody_needs(
    before: str, old: str, checker: Any, swap: Any
) -> None:
    other = fix_file(checker(swap(old, ""), files=FILES), "a.py", before.encode(), False)
    assert (other.raw.decode(), law(other)) == (before, "law-4" if before.startswith("a = 1\n#") else "law-5")
    unused = fix_file(checker(swap(old, "", code="SL003"), files=FILES), "a.py", before.encode(), False)
    assert (unused.raw.decode(), law(unused)) == (re.sub(old, "", before), None)


@pytest.mark.parametrize(
    ("before", "old", "new"), [("a = 1  # bad\n", "bad", "good"), ("a = 1\n\nb = 1\n", r"\n\n", "\n")]
)
def test_but_nothing_else(before: str, old: str, new: str, checker: Any, swap: Any) -> None:
    done = fix_file(checker(swap(old, new, code="SL003"), files=FILES), "a.py", before.encode(), False)
    assert done.raw.decode() == before


def test_a_comment_may_be_lost_where_a_human_agrees(repair: Any, checker: Any, swap: Any) -> None:
    before = "a = bad  # why\n"
    assert repair(before, "bad.*", "None", unsafe=True).raw == b"a = None\n"
    # The safe fix beside it is judged by itself.
    rules = swap("bad.*", "None", safe=False), swap("worse.*", "None", "T2")
    done = fix_file(checker(*rules, files=FILES), "a.py", b"a = bad  # why\nb = worse  # so\n", unsafe=True)
    assert done.raw == b"a = None\nb = worse  # so\n"
    assert law(done) == "law-5"


def test_no_other_violation_may_appear(checker: Any, swap: Any) -> None:
    def other(path: str, text: Text) -> Iterator[Violation]:
        yield from (replace(found, fix=None) for found in swap("worse", "", "T2")(path, text))

    stand_in = checker(swap("bad", "'worse'"), other, files=FILES)
    done = fix_file(stand_in, "a.py", b"a = bad, 'worse'\n", unsafe=False)
    assert done.raw == b"a = bad, 'worse'\n"
    assert [v.refusal and v.refusal.code for v in done.report.violations] == ["law-3", None]
    refusal = done.report.violations[0].refusal
    assert refusal is not None
    assert "worse is bad" in refusal.reason


def test_another_violation_may_appear_and_be_fixed(checker: Any, swap: Any) -> None:
    stand_in = checker(swap("bad", "'worse'"), swap("'worse'", "None", "T2"), files=FILES)
    assert fix_file(stand_in, "a.py", b"a = bad\n", unsafe=False).raw == b"a = None\n"


def test_what_was_fixed_must_be_gone(checker: Any, swap: Any) -> None:
    """The rule still sees its violation in what its fix made, though it has no further fix for it."""

    def rule(path: str, text: Text) -> Iterator[Violation]:
        for found in swap("bad", "(bad)")(path, text):
            yield replace(found, fix=None) if "(bad)" in text.string else found

    done = fix_file(checker(rule, files=FILES), "a.py", b"bad = 1\n", unsafe=False)
    assert done.raw == b"bad = 1\n"
    assert law(done) == "law-3"


def test_a_rule_that_moves_its_violation_elsewhere(checker: Any, swap: Any) -> None:
    """Two there were, one of them without a fix; after the fix of the other there are still two."""

    def rule(path: str, text: Text) -> Iterator[Violation]:
        for number, found in enumerate(swap("bad", "'' or bad2")(path, text)):
            yield replace(found, fix=found.fix if number == 0 and "or" not in text.string else None)

    done = fix_file(checker(rule, files=FILES), "a.py", b"bad = bad2 = 1\n", unsafe=False)
    assert done.raw == b"bad = bad2 = 1\n"
    assert law(done) in ("law-1", "law-3")


def test_encodings_with_states(repair: Any) -> None:
    raw = "# coding: iso-2022-jp\nx = 'あいう', 1\n".encode("iso-2022-jp")
    assert law(repair(raw, "い", "え")) == "law-4"
    assert repair(raw, "1", "2").raw == raw.replace(b"1", b"2").replace(b"iso-2022", b"iso-2022")


def test_the_coding_cookie_cannot_be_changed(repair: Any) -> None:
    raw = b"x = bad\na = '\xc3\xa9'\n"
    assert law(repair(raw, "bad", "None", header="# coding: latin-1\n")) == "law-4"


def test_imports_are_those_of_the_module(repair: Any) -> None:
    before = "a = bad\n"
    assert repair(before, "bad", "None", header="from .sub import one\n", path="pkg/a.py").report.fixed
    assert law(repair(before, "bad", "None", header="from .sub import two\n", path="pkg/a.py")) == "law-6"
    assert law(repair(before, "bad", "None", header="from ...sub import one\n", path="pkg/a.py")) == "law-6"


NEWER = "try:\n    pass\nexcept* ValueError:\n    pass\ntype Alias[T] = list[T]\nlabel = f'{'user'}{name}'\n"


@pytest.mark.parametrize(
    ("old", "new", "header", "expected"),
    [
        ("bad", "thing", IMPORT, None),
        ("bad", ")", "", "law-1"),
        ("bad", "undefined", "", "law-7"),
        ("bad", "None", "from new import thing as name\n", "law-7"),
        ("as lost", "as other", "", "law-7"),
    ],
)
def test_newer_grammar(repair: Any, old: str, new: str, header: str, expected: str | None) -> None:
    """What the running Python may not know is verified all the same; in f-strings names are words."""
    before = f"from old import other as lost\nlost\n{NEWER}\na = bad\nb = f'{{lost!r:{{'>'}}}}'\n"
    if old == "as lost":
        before = before.replace("\nlost\n", "\n")
    done = repair(before, old, new, header)
    assert law(done) == expected, done
