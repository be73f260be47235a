"""Generated modules with legacy imports in every form that Python has.

What must be found is known before, and what fixing makes of them is run.
"""

from __future__ import annotations

import re
import sys
import textwrap
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssot_lint.fixing import fix_file
from ssot_lint.rule import Example, Rule
from ssot_lint.source.text import Text
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


@dataclass(frozen=True)
class Plant:
    """Lines of code with legacy names: what imports them, what says each first, and what they are used as."""

    lines: tuple[str, ...]
    marks: tuple[str, ...]
    uses: tuple[str, ...]


FORMS: dict[str, Callable[[str, str, str], Plant]] = {
    "name": lambda a, b, n: Plant((f"from chat.legacy import {a}",), (a,), (a,)),
    "as": lambda a, b, n: Plant((f"from chat.legacy import {a} as {n}",), (f"{a} as {n}",), (n,)),
    "two": lambda a, b, n: Plant((f"from chat.legacy import {a}, {b} as {n}",), (a, f"{b} as {n}"), (a, n)),
    "partly": lambda a, b, n: Plant((f"from chat.legacy import {a}, keep as {n}, {b}",), (a, b), (a, n, b)),
    "brackets": lambda a, b, n: Plant((f"from chat.legacy import ({a}, {b},)",), (a, b), (a, b)),
    "lines": lambda a, b, n: Plant(
        ("from chat.legacy import (  # all", f"    {a},  # the one", f"    keep as {n},", f"    {b},", ")"),
        (a, b),
        (a, b),
    ),
    "continued": lambda a, b, n: Plant((f"from chat.legacy import {a}, \\", f"    {b}"), (a, b), (a, b)),
    "continued before": lambda a, b, n: Plant(("from chat.legacy \\", f"    import {a}"), (a,), (a,)),
    "spaces": lambda a, b, n: Plant((f"from  chat . legacy  import\t{a}  # why",), (a,), (a,)),
    "relative": lambda a, b, n: Plant((f"from ..legacy import {a}",), (a,), (a,)),
    "semicolons": lambda a, b, n: Plant((f"{n} = 'é'; from chat.legacy import {a}; {b} = {a}",), (a,), (a, b)),
    "fullwidth": lambda a, b, n: Plant((f"from chat.legacy import Ｌ{a[1:]} as {n}",), (f"Ｌ{a[1:]} as {n}",), (n,)),
    "module": lambda a, b, n: Plant(("import chat.legacy",), (f"chat.legacy.{a}",), (f"chat.legacy.{a}",)),
    "module as": lambda a, b, n: Plant((f"import chat.legacy as {n}",), (f"{n}.{a}",), (f"{n}.{a}",)),
    "module from": lambda a, b, n: Plant((f"from chat import legacy as {n}",), (f"{n}.{a}",), (f"{n}.{a}",)),
    "relative module": lambda a, b, n: Plant((f"from .. import legacy as {n}",), (f"{n}.{a}",), (f"{n}.{a}",)),
    "guarded name": lambda a, b, n: Plant(
        ("try:", f"    from chat.legacy import {a}", "finally:", f"    from chat.legacy import {b}"), (a, b), (a, b)
    ),
    "on a line": lambda a, b, n: Plant((f"if 1: from chat.legacy import {a}",), (a,), (a,)),
}
CONTEXTS = {
    "module": "{}",
    "function": "def f{}():\n{}\nf{}()",
    "method": "class A{}:\n    def f(self):\n{}\nA{}().f()",
    "nested function": "def f{}():\n    def g():\n{}\n    g()\nf{}()",
    "class": "class A{}:\n{}",
    "if": "if 1:\n{}\nelse:\n    pass",
    "else": "if 0:\n    pass\nelse:\n{}",
    "elif": "if 0:\n    pass\nelif 1:\n{}",
    "try": "try:\n{}\nfinally:\n    pass",
    "else of try": "try:\n    pass\nexcept KeyError:\n    pass\nelse:\n{}",
    "except": "try:\n    {{}}['x']\nexcept KeyError:\n{}",
    "finally": "try:\n    pass\nfinally:\n{}",
    "with": "import contextlib\nwith contextlib.nullcontext():\n{}",
    "loop": "for i{} in [1]:\n{}",
    "while": "while 1:\n{}\n    break",
    "match": "match 1:\n    case 1:\n{}",
}


def planted(plant: Plant, context: str, number: int) -> str:
    """Write a plant and the use of its names in a context."""
    lines = [*plant.lines, *(f"SEEN.append({use})" for use in plant.uses)]
    template = CONTEXTS[context]
    row = next(line for line in template.replace("{{}}", "").splitlines() if line.strip() == "{}")
    before = template.replace("{{}}", "<>").split(f"\n{row}")[0] if context != "module" else ""
    depth = 0 if context == "module" else len(before.splitlines()[-1]) - len(before.splitlines()[-1].lstrip()) + 4
    body = textwrap.indent("\n".join(lines), " " * depth)
    numbered = re.sub(r"(?<=\w)\{\}", str(number), template.replace("{{}}", "<>"))
    return numbered.replace("{}", body).replace("<>", "{}") + "\n"


@dataclass
class Module:
    """A generated module: its text, and where in it legacy names are to be found."""

    code: str = ""
    plants: list[Plant] = field(default_factory=list)

    @property
    def expected(self) -> list[tuple[int, int, str]]:
        """Row, column and old name of each legacy name."""
        text = Text(self.code)
        found = []
        for plant in self.plants:
            for mark in plant.marks:
                match = re.search(rf"(?<![\w.]){re.escape(mark)}(?![\w.])", self.code)
                assert match is not None, mark
                place = text.position(match.start())
                name = re.search(r"[LＬ](\d+)(?: as|$)", mark)
                assert name is not None
                found.append((place.row, place.column, f"chat.legacy.L{name[1]}"))
        return sorted(found)


@st.composite
def modules(draw: st.DrawFn) -> Module:
    """Make a module of a few plants."""
    module = Module()
    names = iter(draw(st.permutations(NAMES)))
    parts = []
    for number in range(draw(st.integers(1, 4))):
        form = draw(st.sampled_from(sorted(FORMS)))
        context = draw(st.sampled_from(sorted(CONTEXTS)))
        plant = FORMS[form](next(names), next(names), f"n{number}")
        module.plants.append(plant)
        parts.append(planted(plant, context, number))
    module.code = draw(st.sampled_from(["", "'''Doc.'''\n", "# é\n\f\n", "from __future__ import annotations\n"]))
    module.code += draw(st.sampled_from(["", "\n", "x = 'é'\n"])).join(parts)
    return module


def disguises(module: Module) -> Iterator[tuple[str, bytes]]:
    """Give the module as it is, and with other newlines, indentation and encoding."""
    code = module.code
    yield code, code.encode()
    yield code.replace("\n", "\r\n"), b"\xef\xbb\xbf" + code.replace("\n", "\r\n").encode()
    tabs = re.sub(r"^( {4})+", lambda match: "\t" * (len(match[0]) // 4), code, flags=re.MULTILINE)
    yield tabs.replace("\n", "\r").rstrip("\r"), tabs.replace("\n", "\r").rstrip("\r").encode()


def run(raw: bytes, monkeypatch: pytest.MonkeyPatch, *, legacy: bool) -> list[object]:
    """Run a module, with the old home of the names or without, and give what it has seen."""
    stubs = {name: types.ModuleType(name) for name in ("chat", "chat.app", "chat.legacy", "chat.home")}
    for name in NAMES:
        setattr(stubs["chat.home"], name, OBJECTS[name])
        if legacy:
            setattr(stubs["chat.legacy"], name, OBJECTS[name])
    vars(stubs["chat.legacy"])["keep"] = OBJECTS["keep"]
    for name, stub in stubs.items():
        stub.__path__ = []
        if "." in name:
            setattr(stubs["chat"], name.rpartition(".")[2], stub)
        monkeypatch.setitem(sys.modules, name, stub)
    seen: list[object] = []
    exec(compile(raw, PATH, "exec"), {"__name__": "chat.app.module", "__package__": "chat.app", "SEEN": seen})
    return seen


OBJECTS = {name: object() for name in (*NAMES, "keep")}


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(modules())
def test_legacy_imports_in_every_form(rule: Rule, module: Module) -> None:
    for code, raw in disguises(module):
        with pytest.MonkeyPatch.context() as monkeypatch:
            before = run(raw, monkeypatch, legacy=True)
        report = example_checker(rule, Example(files=FILES, path=PATH), code).check(PATH, raw)
        found = [(v.range.start.row, v.range.start.column, v.message.split()[0]) for v in report.violations]
        assert found == sorted(Module(code, module.plants).expected)
        whole = example_checker(rule, Example(files=FILES, path=PATH), code, whole_modules=True)
        assert whole.check(PATH, raw) == report
        fixed = fix_file(example_checker(rule, Example(files=FILES, path=PATH), code), PATH, raw, unsafe=False)
        assert fixed.report.violations == ()
        with pytest.MonkeyPatch.context() as monkeypatch:
            assert run(fixed.raw, monkeypatch, legacy=False) == before
        assert fix_file(whole, PATH, raw, unsafe=False) == fixed


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("context", ["module", "function", "class"])
def test_every_form_is_one(form: str, context: str) -> None:
    """What is generated runs, and says what it is thought to say."""
    module = Module(planted(FORMS[form]("L1", "L2", "n0"), context, 0), [FORMS[form]("L1", "L2", "n0")])
    with pytest.MonkeyPatch.context() as monkeypatch:
        seen = run(module.code.encode(), monkeypatch, legacy=True)
    assert len(seen) == len(module.plants[0].uses)
    assert module.expected


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_context_is_one(context: str) -> None:
    code = planted(FORMS["name"]("L1", "L2", "n0"), context, 0)
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert run(code.encode(), monkeypatch, legacy=True) == [OBJECTS["L1"]]
