"""What holds for every change of an import, whatever stands around it: shown by scanning and running both texts."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ssot_lint.source.comments import comments_and_lines
from ssot_lint.source.imports import add_import, add_import_at_top, move_names, remove_name
from ssot_lint.source.replacements import Replacement
from ssot_lint.source.scan import Import, Scan, scan
from ssot_lint.source.text import Text

laws = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
OLD = ("old.mod", ".mod", "..kin.mod")
NEW = ("new", "new.two", "pkg.mod")
NAMES = ("a", "b", "Cls", "CONST", "ﬁn", "d")
STATEMENTS = (
    "use(a)",
    "use(b, d)",
    "a = 1",
    "b = d = 'é # no comment'",
    "del a",
    "import os.path",
    "import b",
    "from star import *",
    "global a",
    "def g():\n    return a",
    "for a in (1, 2):\n    use(a)",
    "@decorate\ndef b():\n    pass",
    "if use():\n    pass\nelif b: pass\nelse:\n\tb = '''\n'''",
    "# {c} \\",
    "\f# {c}",
    "",
)
HOSTS = (
    "from new import other",
    "from new import Cls, a",
    "from new import b as a",
    "from new import (\n    other,\n    a,  # {c}\n)",
    "from new import (  # {c}\n    # {c}\n    b\n    , d  # {c}\n    # {c}\n)",
    "from new import (other,\n                 zoo)",
    "from new.two import b, d as d",
    "from .mod import (b, CONST as d,); import json",
)
BETWEEN = (
    "use(a)",
    "a = 1",
    "del a",
    "from star import *",
    "import a",
    "use(undefined)",
    "if True:\n    use(a)",
    "if True:\n    from star import *",
    "def g():\n    global a, b\n    a = 'changed'\n    del b",
    "g()",
    "def a(z=0):\n    return a",
    "def h(z=[a]):\n    pass",
    "if True:\n    from new import zoo, a",
)
WRAPPERS = (
    "{}",
    "d = 0\n{}\nuse(a, b)",
    '"""Doc."""\nfrom __future__ import annotations\n{}',
    "if True:\n    {}",
    "a = 0\ntry:\n\t{}\nexcept Exception:\n\tuse('caught')",
    "def f():\n    'doc'\n    {}\n    if True:\n        return locals()\nuse(f())",
    "class C:\n  {}\n  use(len(vars()))",
    "b = 0\nfor _ in range(2):\n    {}\n",
)
ONE_LINE = ("if True: {}", "if True: \\\n  {}", "x = 1; {}", "class C: {}", "try: {}\nfinally: pass", "{}")


def spell(names: list[str], style: int, comments: list[str]) -> str:
    """Write a list of names; every comment is put where there is room for it."""
    beside = [*(f"  # {{c}}{comment}" if comment else "" for comment in comments), *[""] * len(names)]
    if style == 0:
        return ", ".join(names)
    if style == 1:
        return ", \\\n  ".join(names)
    if style == 2:
        return f"( {', '.join(names)}, )"
    if style == 3:
        return "(" + ",\n         ".join(names) + ")"
    if style == 4:
        lines = "".join(f"    {name},{comment}\n" for name, comment in zip(names, beside, strict=False))
        return f"(  # {{c}}\n{lines})"
    if style == 5:
        lines = ",\n".join(
            f"\t# {{c}}\n\t{name}" if comment else f"\t{name}" for name, comment in zip(names, beside, strict=False)
        )
        return f"(\n{lines}  # {{c}}\n    # {{c}}\n)"
    if style == 6:
        return "(\n  " + "\n  , ".join(f"{name}{comment}" for name, comment in zip(names, beside, strict=False)) + "\n)"
    pairs = [", ".join(names[index : index + 2]) for index in range(0, len(names), 2)]
    return "(\n    " + ",\n    ".join(pairs) + ",\n)"


@st.composite
def imports(draw: st.DrawFn) -> str:
    entries = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=draw(st.booleans()))):
        local = draw(st.sampled_from([None, None, None, None, name, "loc", "a"]))
        entries.append(name if local is None else f"{name} as {local}")
    listed = spell(entries, draw(st.integers(0, 7)), draw(st.lists(st.sampled_from(["", "", "x"]), max_size=5)))
    module = draw(st.sampled_from(OLD))
    gap = "" if module.startswith(".") and draw(st.booleans()) else " "
    return f"from{gap}{module} import {listed}"


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Draw a file: an import from an old module among other statements, in a block, with all that may stand there."""
    statement = draw(imports())
    if draw(st.integers(0, 3)) == 0:
        around = draw(st.lists(st.sampled_from([*STATEMENTS[:7], *HOSTS[:3], *HOSTS[-3:]]), max_size=2))
        parts = draw(st.permutations([*around, statement]))
        line = draw(st.sampled_from(["; ", ";", " ; \\\n "])).join(parts) + draw(st.sampled_from(["", ";", "  # {c}"]))
        source = draw(st.sampled_from(ONE_LINE)).replace("{}", line)
    else:
        statements = st.lists(st.sampled_from(HOSTS) | st.sampled_from(STATEMENTS), max_size=3)
        before, after = draw(statements), draw(statements)
        tail = draw(st.sampled_from(["", "", "  # {c}", ";", " \\\n"]))
        block = "\n".join([*before, statement + tail, *after])
        wrapper = draw(st.sampled_from(WRAPPERS))
        indent = next(line for line in wrapper.split("\n") if "{}" in line).partition("{}")[0]
        source = wrapper.replace("{}", block.replace("\n", "\n" + indent))
    source += draw(st.sampled_from(["", "\n", "\n\n# {c}", "\nlast = 1"]))
    numbers = iter(range(1000))
    source = re.sub(r"\{c\}", lambda _: f"c{next(numbers)}", source)
    return source.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


@st.composite
def meetings(draw: st.DrawFn) -> str:
    """Draw a file with an old import near imports of its new module, and something that may be in the way."""
    old = draw(st.sampled_from(["from old.mod import a", "from old.mod import a, b", "from old.mod import b as a, d"]))
    hosts = st.sampled_from(
        ["from new import zoo", "from new import a", "from new import b as a", "from new import (b)"]
    )
    between = st.sampled_from([*BETWEEN, "import os.path"])
    near = [draw(hosts), *draw(st.lists(between, max_size=2)), old]
    if draw(st.booleans()):
        near.reverse()
    lines = [*draw(st.lists(between, max_size=1)), *near, *draw(st.lists(between | hosts, max_size=2))]
    wrapper = draw(st.sampled_from(WRAPPERS))
    indent = next(line for line in wrapper.split("\n") if "{}" in line).partition("{}")[0]
    return wrapper.replace("{}", "\n".join(lines).replace("\n", "\n" + indent)) + "\n"


@dataclass
class World:
    """Modules that have every name, of which some are the same object; what is used is written down."""

    same: dict[tuple[str, str], tuple[str, str]]
    used: list[object] = field(default_factory=list)

    def run(self, source: str) -> tuple[dict[str, object], str]:
        namespace: dict[str, Any] = {"__package__": "pkg.sub", "__name__": "pkg.sub.user"}
        plain = {"len": len, "vars": vars, "range": range, "locals": locals, "Exception": Exception}
        own = {"use": self.use, "decorate": lambda function: function.__name__, "__import__": self.find}
        namespace["__builtins__"] = {**plain, **own, "__build_class__": __build_class__}
        try:
            exec(compile(source, "<law>", "exec"), namespace)
        except (NameError, AttributeError) as error:
            return namespace, type(error).__name__
        return {name: self.told(value) for name, value in namespace.items() if name[:2] != "__"}, ""

    def use(self, *values: object) -> None:
        self.used.append([self.told(value) for value in values])

    def told(self, value: object) -> object:
        if isinstance(value, dict):
            return {name: self.told(inner) for name, inner in sorted(value.items())}
        return value if isinstance(value, (int, str)) else type(value).__name__

    def find(self, name: str, globals: Any, locals: Any, names: Any, level: int) -> object:
        base = ["pkg", "sub"][: 3 - level] if level else []
        module = ".".join([*base, *([name] if name else [])])
        if names == ("*",):
            return SimpleNamespace(__all__=["a", "d"], a="star a", d="star d")
        found = {inner: self.same.get((module, inner), (module, inner)) for inner in names or ()}
        return SimpleNamespace(**{inner: ":".join(origin) for inner, origin in found.items()})


def read(source: str) -> Scan:
    try:
        compile(source, "<law>", "exec")
    except SyntaxError:
        assume(False)
    return scan(Text(source), "pkg.sub.user")


def old_import(source: Scan) -> Import:
    return next(found for found in source.imports if found.module in ("old.mod", "pkg.sub.mod", "pkg.kin.mod"))


def changed(string: str, replacements: tuple[Replacement, ...]) -> str:
    ends = [replacement.end for replacement in replacements]
    assert all(end < after.start for end, after in zip(ends, replacements[1:], strict=False))
    for replacement in reversed(replacements):
        assert replacement.start < replacement.end or replacement.content
        string = string[: replacement.start] + replacement.content + string[replacement.end :]
    return string


def comments(source: str) -> list[str]:
    return sorted(comment.text for comment in comments_and_lines(source)[0])


def others(source: Scan, *modules: str | None) -> list[str]:
    """Give the text of all simple statements but ``pass`` and imports from these modules."""
    return [
        source.text.string[statement.start : statement.end]
        for statement in source.statements
        if not hasattr(statement.node, "body")
        and not isinstance(statement.node, ast.Pass)
        and not any(found.statement is statement and found.module in modules for found in source.imports)
    ]


def raw_names(source: Scan, found: Import) -> list[str]:
    spans = [source.span(alias) for alias in found.node.names]
    return [" ".join(source.text.string[start:end].replace("\\", " ").split()) for start, end in spans]


def imported_names(source: Scan) -> Counter[tuple[str | None, str]]:
    return Counter((found.module, alias.name) for found in source.imports for alias in found.node.names)


def newlines(source: str) -> set[str]:
    return set(re.findall(r"\r\n|\r|\n", source))


targets = st.tuples(st.sampled_from([*NEW, *NEW, None]), st.sampled_from(["", "Renamed", "other"]))


@laws
@given(sources() | meetings(), st.dictionaries(st.sampled_from(NAMES), targets, min_size=1))
def test_moving_names(source: str, plan: dict[str, tuple[str | None, str]]) -> None:
    before = read(source)
    moved = old_import(before)
    wanted = {unicodedata.normalize("NFKC", name): target for name, target in plan.items()}
    moves = {
        index: (wanted[alias.name][0] or moved.module or "", wanted[alias.name][1] or alias.name)
        for index, alias in enumerate(moved.node.names)
        if alias.name in wanted
    }
    replacements = move_names(before, moved, moves)
    if replacements is None:
        assert len({alias.asname or alias.name for alias in moved.node.names}) < len(moved.node.names)
        return
    result = changed(source, replacements)
    modules = {moved.module, *(module for module, _ in moves.values())}
    after = read_again(before, result, *modules)
    assert_only_touches(before, moved, replacements)
    assert_runs_alike(source, result, moved, moves)
    stayed = Counter(name for index, name in enumerate(raw_names(before, moved)) if index not in moves)
    assert stayed <= Counter(name for found in after.imports for name in raw_names(after, found))
    gone = Counter((moved.module, moved.node.names[index].name) for index in moves if moves[index][0] != moved.module)
    left = imported_names(before) - gone
    assert {name: imported_names(after)[name] for name in gone} == {name: left[name] for name in gone}
    assert_settled(after)


def assert_settled(after: Scan) -> None:
    """Moving names to where they are changes nothing."""
    for found in after.imports:
        if found.module not in (None, "__future__") and found.node.names[0].name != "*":
            same = {index: (found.module or "", alias.name) for index, alias in enumerate(found.node.names)}
            assert move_names(after, found, same) == ()


def read_again(before: Scan, result: str, *modules: str | None) -> Scan:
    """Scan the result: it keeps all comments, and all statements but imports from these modules, as they are."""
    source = before.text.string
    after = scan(Text(result), "pkg.sub.user")
    compile(result, "<law>", "exec")
    assert comments(result) == comments(source)
    assert newlines(result) <= (newlines(source) or {"\n"})
    assert others(after, *modules) == others(before, *modules)
    return after


def assert_only_touches(before: Scan, moved: Import, replacements: tuple[Replacement, ...]) -> None:
    """Only the import and those in the same block change, and what is added comes right after the import."""
    string = before.text.string
    beside = [found.statement for found in before.imports if found.statement.block is moved.statement.block]
    own = {offset for statement in beside for offset in range(statement.start, statement.end)}
    for replacement in replacements:
        foreign = set(range(replacement.start, replacement.end)) - own
        assert {string[offset] for offset in foreign} <= set(" \t\f\r\n\\;")
        if replacement.start == replacement.end:
            last = max(statement.end for statement in beside if statement.start <= replacement.start)
            assert re.fullmatch(r"[\s\\;]*(#[^\r\n]*)?", string[last : replacement.start])


def assert_runs_alike(source: str, result: str, moved: Import, moves: dict[int, tuple[str, str]]) -> None:
    same = {(moved.module or "", moved.node.names[index].name): target for index, target in moves.items()}
    old, new = World(same), World(same)
    names_before, error_before = old.run(source)
    names_after, error_after = new.run(result)
    assert error_after == error_before
    assert repr(new.used) == repr(old.used) or "caught" in repr(old.used)
    if "caught" in repr(old.used):
        assert names_before.items() <= names_after.items()
    elif not error_before:
        assert names_after == names_before


@laws
@given(meetings(), st.booleans())
def test_meeting_another_import(source: str, renamed: bool) -> None:
    before = read(source)
    moved = old_import(before)
    moves = {index: ("new", "b" if renamed else alias.name) for index, alias in enumerate(moved.node.names)}
    replacements = move_names(before, moved, moves)
    assert replacements
    assert_runs_alike(source, changed(source, replacements), moved, moves)


@laws
@given(sources(), st.data())
def test_removing_a_name(source: str, data: st.DataObject) -> None:
    before = read(source)
    found = data.draw(st.sampled_from(before.imports))
    index = data.draw(st.integers(0, len(found.node.names) - 1))
    replacements = remove_name(before, found, index)
    if replacements is None:
        in_try = "try" in source and len(found.statement.block.statements) == 1
        assert in_try or comments(source)
        return
    after = read_again(before, changed(source, replacements), found.module)
    kept = Counter(name for imported in before.imports for name in raw_names(before, imported))
    kept[raw_names(before, found)[index]] -= 1
    assert Counter(name for imported in after.imports for name in raw_names(after, imported)) == kept


@laws
@given(sources(), st.sampled_from(["new", "new.two"]), st.sampled_from(["a", "b", "Zed"]), st.data())
def test_adding_an_import(source: str, module: str, name: str, data: st.DataObject) -> None:
    before = read(source)
    place = data.draw(st.integers(-1, len(before.statements) - 1))
    asname = data.draw(st.sampled_from([None, None, "loc"]))
    if place < 0:
        replacements = add_import_at_top(before, module, name, asname)
    else:
        replacements = add_import(before, before.statements[place], module, name, asname)
    assert all(replacement.start == replacement.end for replacement in replacements)
    after = read_again(before, changed(source, replacements), module)
    added = bound(after) - bound(before)
    assert added <= Counter({(module, name, asname or name): 1})
    assert bound(after)[module, name, asname or name]
    if place < 0:
        assert add_import_at_top(after, module, name, asname) == ()


def bound(source: Scan) -> Counter[tuple[str | None, str, str]]:
    return Counter(
        (found.module, alias.name, alias.asname or alias.name) for found in source.imports for alias in found.node.names
    )
