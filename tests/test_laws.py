"""The laws of fixing, for every example of every kind and every rule of every built-in pack, in many a disguise.

What a law demands is asserted here by other means than those by which the engine enforces it. That it does enforce each
is shown with wicked rules.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import importlib
import io
import re
import symtable
import sys
import textwrap
import tokenize
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

from ssot_lint.check import Checker
from ssot_lint.file import File
from ssot_lint.fixing import Fixed, fix_file
from ssot_lint.kinds import kind_class, kind_names
from ssot_lint.model import Applicability, Fix, Violation
from ssot_lint.packs import builtin_packs, load_packs
from ssot_lint.project import Project
from ssot_lint.rule import Example, Rule
from ssot_lint.toml import ConfigurationSite
from ssot_lint.trial import fix_alone

NOWHERE = Path("/nonexistent-root-of-examples")
SAFELY, BOLDLY = False, True


# What examples are disguised as.


def indented(header: str) -> Callable[[str], str]:
    return lambda code: f"{header}\n{textwrap.indent(code, '    ')}"


def commented(code: str) -> str:
    """End every line that may have a comment with one of its own, but for those that have one."""
    lines = code.splitlines(keepends=True)
    tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    taken = {token.start[0] for token in tokens if token.type == tokenize.COMMENT}
    for token in tokens:
        row, column = token.start
        if token.type in (tokenize.NEWLINE, tokenize.NL) and token.string and row not in taken and column:
            lines[row - 1] = f"{lines[row - 1][:column]}  # comment {row}{lines[row - 1][column:]}"
    return "".join(lines)


DISGUISES: Mapping[str, Callable[[str], str | bytes]] = {
    "as it is": lambda code: code,
    "CRLF": lambda code: code.replace("\n", "\r\n"),
    "CR": lambda code: code.replace("\n", "\r"),
    "byte order mark": lambda code: f"\ufeff{code}",
    "no final newline": lambda code: code.rstrip("\n"),
    "tabs": lambda code: re.sub("^( {4})+", lambda m: "\t" * (len(m.group()) // 4), code, flags=re.MULTILINE),
    "form feed before": lambda code: f"'''Docstring.'''\n\f\n{code}",
    "form feeds": lambda code: re.sub(r"^(?=\w)", "\f", code, flags=re.MULTILINE),
    "comments": commented,
    "comments and CRLF": lambda code: commented(code).replace("\n", "\r\n"),
    "latin-1": lambda code: f"# coding: latin-1\n# caf\xe9\n{code}".encode("latin-1"),
    "in if": indented("if True:"),
    "in def": indented("def wrapper():"),
    "in async def": indented("async def wrapper():"),
    "in class": indented("class Wrapper:"),
    "in try": lambda code: f"{indented('try:')(code)}\nfinally:\n    pass\n",
}  # fmt: skip


# What is tried: every bad example.


def _cases() -> Iterator[Any]:
    for name in kind_names():
        for number, example in enumerate(getattr(kind_class(name), "examples", ()), 1):
            yield pytest.param(name, example, id=f"{name}-{number}")
    packs = load_packs(tuple(builtin_packs()), NOWHERE, ConfigurationSite("packs", "--pack"))
    for rule in (rule for pack in packs for rule in pack.rules):
        for number, example in enumerate(rule.tests, 1):
            yield pytest.param(rule, example, id=f"{rule.id}-{number}")


CASES = [case for case in _cases() if case.values[1].bad is not None]


def run(rule: Rule, example: Example, raw: bytes, unsafe: bool) -> Fixed:
    """Fix ``raw`` in the project of an example."""
    files = {**{path: text.encode() for path, text in example.files.items()}, example.path: raw}
    project = Project(NOWHERE, (".",), lambda: sorted(files), overlay=files)
    return fix_alone(Checker((rule,), project), example.path, raw, unsafe)


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize(("rule", "example"), CASES)
def test_fixes_keep_the_laws(
    rule: Rule | str, example: Example, disguise: str, make_rule: Callable[[str, Mapping[str, Any]], Rule]
) -> None:
    if isinstance(rule, str):
        rule = make_rule(rule, example.options)
    assert example.bad is not None
    code = DISGUISES[disguise](example.bad)
    raw = code if isinstance(code, bytes) else code.encode()
    if not compiles(raw) and compiles(example.bad.encode()):
        return  # A star import cannot stand in a function, for one.
    for unsafe in (SAFELY, BOLDLY) if example.unsafe or example.good is None else (SAFELY,):
        done = run(rule, example, raw, unsafe)
        assert not {v.refusal.code for v in done.report.violations if v.refusal} & {f"law-{n}" for n in range(1, 9)}
        assert run(rule, example, done.raw, unsafe).raw == done.raw, "law 2"
        assert_lawful(raw, done, example.files, unsafe)


def test_the_disguises_are_seen_through(make_rule: Callable[[str, Mapping[str, Any]], Rule]) -> None:
    """Many of the examples that are fixed as they are must be fixed in disguise, or the test above shows nothing.

    Not most: in a class nothing can be imported, and calls of factories need that.
    """
    for name, disguise in DISGUISES.items():
        fixed = 0
        for case in CASES:
            rule, example = case.values
            rule = make_rule(rule, example.options) if isinstance(rule, str) else rule
            code = disguise(example.bad)
            raw = code if isinstance(code, bytes) else code.encode()
            fixed += example.good is not None and run(rule, example, raw, unsafe=BOLDLY).raw != raw
        assert fixed > 0.4 * sum(case.values[1].good is not None for case in CASES), name


def test_no_fix_makes_a_call_without_its_context(make_rule: Callable[[str, Mapping[str, Any]], Rule]) -> None:
    """A factory that is called for nobody gives all of them one object: worse than what is fixed, whatever that is."""
    packs = load_packs(tuple(builtin_packs()), NOWHERE, ConfigurationSite("packs", "--pack"))
    everywhere = {pair for pack in packs for rule in pack.rules for pair in governed(rule)}
    fixed = 0
    for case in CASES:
        rule, example = case.values
        factories = everywhere if isinstance(rule, Rule) else set(governed(make_rule(rule, example.options)))
        rule = make_rule(rule, example.options) if isinstance(rule, str) else rule
        for text in (example.bad, example.bad.replace("u)", "None)"), example.bad.replace("(user", "(user=None, *_")):
            done = run(rule, example, text.encode(), BOLDLY)
            if compiles(text.encode()) and done.raw != text.encode():
                lost = Counter(for_nobody(done.raw.decode(), factories)) - Counter(for_nobody(text, factories))
                assert not lost, case.id
                fixed += bool(factories)
    assert fixed > 60


def governed(rule: Rule) -> Iterator[tuple[str, str]]:
    """Give the last name of each factory that a rule calls or watches over, with the parameter that it needs."""
    calls: Any = getattr(rule, "calls", {})
    if isinstance(calls, tuple):
        yield from ((name.rpartition(".")[2], getattr(rule, "parameter", "")) for name in calls)
        return
    factories = {getattr(rule, "factory", ""), *calls.values()} - {""}
    for parameter, entry in getattr(rule, "arguments", {}).items():
        if entry.required:
            yield from ((factory.rpartition(".")[2], parameter) for factory in factories)


def for_nobody(code: str, factories: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give the calls of factories that do not pass what they need, or pass ``None``; by the look of them."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
            for parameter in (parameter for factory, parameter in factories if factory == name):
                is_given = parameter in given or None in given or any(isinstance(a, ast.Starred) for a in node.args)
                if not (is_given or node.args) or re.search(r"\bNone\b", given.get(parameter, "")):
                    yield name, parameter


# What the laws demand.


def assert_lawful(raw: bytes, done: Fixed, files: Mapping[str, str], unsafe: bool) -> None:
    if done.raw == raw:
        assert not done.report.fixed
        return
    assert compiles(done.raw) or not compiles(raw), "law 1"
    fixable = [v.fix.applicability for v in done.report.violations if v.fix]
    assert Applicability.SAFE not in fixable, "law 3"
    assert not (unsafe and fixable), "law 3"
    assert done.report.fixed, "law 3"
    before, after = decoded(raw), decoded(done.raw)
    assert conventions(raw) == conventions(done.raw), "law 4"
    assert_others_unchanged(before, after)
    assert unsafe or not comments(before) - comments(after), "law 5"
    for module, name in imports(after) - imports(before):
        assert exists(module, name, files), f"law 6: {module}.{name}"
    assert not undefined(after) - undefined(before), "law 7"
    assert Counter(awaits(after, files))[False] <= Counter(awaits(before, files))[False], "law 8"


def compiles(raw: bytes) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(raw, "file.py", "exec", dont_inherit=True)
        except SyntaxError:
            return False
        return True


def decoded(raw: bytes) -> str:
    encoding = tokenize.detect_encoding(io.BytesIO(raw).readline)[0]
    return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def conventions(raw: bytes) -> tuple[object, ...]:
    ends = set(re.findall(rb"\r\n|\r|\n", raw)) or {b"\n"}
    return raw[:3] == b"\xef\xbb\xbf", ends, raw[-1:] in (b"\r", b"\n"), raw.count(b"\f")


def assert_others_unchanged(before: str, after: str) -> None:
    """Law 4: lines change only where a statement stands, and statements on lines that do not change stay the same."""
    old, new = re.split(r"(?<=\n)", before), re.split(r"(?<=\n)", after)
    changed: set[int] = set()
    for tag, first, last, _, _ in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            changed.update(range(first + 1, last + 1))
    statements = [node for node in ast.walk(ast.parse(before)) if isinstance(node, ast.stmt)]
    simple = [node for node in statements if not hasattr(node, "body")]
    inside = {row for node in statements for row in rows(node, header=hasattr(node, "body"))}
    for row in changed - inside:
        assert row in inside or not re.fullmatch(r"\s*(#.*)?", old[row - 1]), f"law 4: line {row}"
    kept = [ast.dump(node) for node in simple if not changed.intersection(rows(node))]
    left = Counter(ast.dump(node) for node in ast.walk(ast.parse(after)) if isinstance(node, ast.stmt))
    assert not Counter(kept) - left, "law 4: statements"


def rows(node: ast.stmt, header: bool = False) -> range:
    last = getattr(node, "body")[0].lineno - 1 if header else node.end_lineno  # noqa: B009
    return range(node.lineno, max(last or 0, node.lineno) + 1)


def comments(code: str) -> Counter[str]:
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    return Counter(token.string for token in tokens if token.type == tokenize.COMMENT)


def imports(code: str) -> set[tuple[str, str | None]]:
    found: set[tuple[str, str | None]] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found.update((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update(("." * node.level + (node.module or ""), alias.name) for alias in node.names)
    return found


def exists(module: str, name: str | None, files: Mapping[str, str]) -> bool:
    """Law 6: whether a module of the example defines or imports a name at its top level, or has it as a submodule.

    What is imported from the standard library is real, so Python itself is asked.
    """
    if module.partition(".")[0] in sys.stdlib_module_names:
        return name is None or hasattr(importlib.import_module(module), name)
    path = module.replace(".", "/")
    source = files.get(f"{path}.py", files.get(f"{path}/__init__.py"))
    if source is None:
        return name is None and any(file.startswith(f"{path}/") for file in files)
    table = symtable.symtable(source, path, "exec")
    bound = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    return name is None or name in bound or any(f.startswith((f"{path}/{name}.", f"{path}/{name}/")) for f in files)


def undefined(code: str) -> set[str]:
    """Law 7: the names that are looked up in the module or in ``builtins`` and are in neither."""
    tables = [symtable.symtable(code, "file.py", "exec")]
    for table in tables:
        tables.extend(table.get_children())
    symbols = [(table, symbol) for table in tables for symbol in table.get_symbols()]
    bound = {
        symbol.get_name()
        for table, symbol in symbols
        if (symbol.is_assigned() or symbol.is_imported()) and (table is tables[0] or symbol.is_declared_global())
    }
    used = {symbol.get_name() for _, symbol in symbols if symbol.is_global() and symbol.is_referenced()}
    return used - bound - set(dir(builtins)) - {"__name__", "__file__"}


def awaits(code: str, files: Mapping[str, str]) -> Iterator[bool]:
    """Law 8: for every call of an imported function of the example, whether it is awaited just if it is async."""
    tree = ast.parse(code)
    functions: dict[str, bool] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            source = files.get(f"{node.module.replace('.', '/')}.py", "")
            kinds = {
                d.name: isinstance(d, ast.AsyncFunctionDef)
                for d in ast.parse(source).body
                if isinstance(d, (ast.FunctionDef, ast.AsyncFunctionDef))
            }
            functions.update({a.asname or a.name: kinds[a.name] for a in node.names if a.name in kinds})
    awaited = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Await)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
            yield functions[node.func.id] == (id(node) in awaited)


# What the engine does when a rule breaks a law.


@dataclass(frozen=True, kw_only=True)
class Wicked(Rule):
    """Names called ``bad`` are replaced by ``new``, whatever comes of it, and ``header`` is written before all."""

    kind: ClassVar[str] = "wicked"
    default_message: ClassVar[str] = "{symbol} is bad"
    new: str
    header: str = ""
    more: int = 0

    def looks_at(self, path: str, module: str | None) -> bool:
        return True

    def visit_file(self, file: File) -> Iterator[Violation]:
        for node in ast.walk(file.scan.tree):
            if not isinstance(node, ast.Name) or node.id != "bad":
                continue
            start, end = file.scan.span(node)
            edits = [file.edit(start, end + self.more, self.new)]
            if self.header:
                edits.insert(0, file.edit(0, 0, self.header))
            fix = Fix(Applicability.SAFE, "worse", tuple(edits))
            yield self.violation(file, (start, end), symbol="bad", origin=None, outcome=fix)


MODULES = {"home.py": "def thing(): ...\nasync def coming(): ...\n"}
WICKED: list[tuple[str, str, dict[str, Any]]] = [
    ("law-1", "a = bad\n", {"new": ")"}),
    ("law-1", "def f():\n    return bad()\n", {"new": "await print"}),
    ("law-2", "a = [bad]\n", {"new": "bad, bad"}),
    ("law-3", "a = bad\n", {"new": "bad"}),
    ("law-4", "# a\na = bad\n", {"new": "None", "header": "print()\n"}),
    ("law-4", "a = bad\n# b\nb = 1\n", {"new": "None\n# ", "more": 3}),
    ("law-4", "a = bad\r\n", {"new": "(1,\n2)"}),
    ("law-5", "a = bad  # why\n", {"new": "None", "more": 7}),
    ("law-6", "a = bad\n", {"new": "other", "header": "from home import other\n"}),
    ("law-6", "a = bad\n", {"new": "None", "header": "import home.other\n"}),
    ("law-7", "a = bad\n", {"new": "undefined"}),
    ("law-7", "a = print(bad)\n", {"new": "None", "header": "from home import thing as print\n"}),
    ("law-7", "def f(thing):\n    return bad\n", {"new": "thing", "header": "from home import thing\n"}),
    ("law-8", "def f():\n    return bad()\n", {"new": "coming", "header": "from home import coming\n"}),
    ("law-8", "async def f():\n    await bad()\n", {"new": "thing", "header": "from home import thing\n"}),
]


@pytest.mark.parametrize(("law", "code", "options"), WICKED)
def test_wicked_rules_are_stopped(law: str, code: str, options: Mapping[str, Any]) -> None:
    example = Example(bad=code, files=MODULES)
    done = run(Wicked(id="W1", **options), example, code.encode(), SAFELY)
    assert done.raw == code.encode()
    assert [v.refusal.code for v in done.report.violations if v.refusal] == [law]


def test_no_fix_may_call_a_factory_for_nobody(make_rule: Callable[[str, Mapping[str, Any]], Rule]) -> None:
    """Whatever rule wants to, where another one watches over the factory."""
    watch = make_rule("missing-context", {"calls": ["home.thing"], "parameter": "user"})
    wicked = Wicked(id="W1", new="thing", header="from home import thing\n")
    files = {"home.py": b"def thing(user=None): ...\n"}
    for code, stopped in (("a = bad()\n", True), ("a = bad(None)\n", True), ("a = bad(1)\n", False)):
        project = Project(NOWHERE, (".",), lambda: sorted(files), overlay=files)
        done = fix_file(Checker((wicked, watch), project), "example.py", code.encode(), SAFELY)
        assert [v.refusal.code for v in done.report.violations if v.refusal] == (["law-3"] if stopped else [])
        assert (done.raw == code.encode()) == stopped


def test_a_rule_that_is_not_wicked_is_not_stopped() -> None:
    rule = Wicked(id="W1", new="thing", header="from home import thing\n")
    done = run(rule, Example(files=MODULES), b"a = bad()\n", SAFELY)
    assert done.raw == b"from home import thing\na = thing()\n"
    assert [v.code for v in done.report.fixed] == ["W1"]
