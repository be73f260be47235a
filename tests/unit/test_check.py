"""One file checked: which rules look at which parts of it, and what is said where that cannot be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import libcst as cst
import pytest

from ssot_lint.check import Checker, Demands, unreadable
from ssot_lint.file import File
from ssot_lint.model import Applicability, FileReport, Fix, Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.rule import Rule
from ssot_lint.source.triggers import Trigger

NOWHERE = Path("/nonexistent")
SAFE = Fix(Applicability.SAFE, "nothing", ())


@dataclass(frozen=True, kw_only=True)
class Finder(Rule):
    """Finds calls of what names ``word``."""

    kind: ClassVar[str] = "finder"
    default_message: ClassVar[str] = "{symbol} is called"
    word: str = "Old"

    def triggers(self) -> Iterator[Trigger]:
        yield Trigger(self.word)

    def visit_Call(self, node: cst.Call, file: File) -> Iterator[Violation]:
        if file.source(node.func) == self.word:
            yield self.violation(file, file.span(node), symbol=self.word, origin=None, outcome=SAFE)

    def visit_ImportFrom(self, node: cst.ImportFrom, file: File) -> Iterator[Violation]:
        imported = file.import_at(node)
        assert imported is not None
        for alias in imported.node.names:
            if alias.name == self.word:
                yield self.violation(file, file.scan.span(alias), symbol=alias.name, origin=None, outcome=SAFE)


def checker(*rules: Rule, files: Mapping[str, str] | None = None, **options: Any) -> Checker:
    raw = {path: text.encode() for path, text in (files or {}).items()}
    project = Project(NOWHERE, (".",), lambda: sorted(raw), overlay=raw)
    return Checker(rules, project, **options)


def check(code: str | bytes, *rules: Rule, path: str = "file.py", explicit: bool = False, **options: Any) -> FileReport:
    raw = code if isinstance(code, bytes) else code.encode()
    return checker(*(rules or (Finder(id="F1"),)), **options).check(path, raw, explicit=explicit)


def found(report: FileReport) -> list[tuple[str, int, int]]:
    return [(v.code, v.range.start.row, v.range.start.column) for v in report.violations]


def test_what_is_found_and_where() -> None:
    report = check("import Old\n\ndef f():\n    return [Old(), x]; Old()\n")
    assert found(report) == [("F1", 4, 13), ("F1", 4, 24)]
    assert [v.range.end.column for v in report.violations] == [18, 29]
    assert {v.path for v in report.violations} == {"file.py"}


def test_nothing_found_is_a_report_of_nothing() -> None:
    assert check("Older()\n") == FileReport("file.py")
    assert check("x(Old)\n") == FileReport("file.py")
    assert check("") == FileReport("file.py")


def test_findings_of_all_rules_are_in_the_order_of_the_text() -> None:
    rules = Finder(id="F2"), Finder(id="F1"), Finder(id="F3", word="New")
    assert found(check("import Old, New\nNew(); Old()\nNew(Old())\n", *rules)) == [
        ("F3", 2, 1),
        ("F1", 2, 8),
        ("F2", 2, 8),
        ("F3", 3, 1),
        ("F1", 3, 5),
        ("F2", 3, 5),
    ]


# Which rules.


def test_rules_that_a_file_is_excluded_from() -> None:
    assert found(check("import Old; Old()", Finder(id="F1", exclude=("lib/**",)), path="lib/file.py")) == []
    assert found(check("import Old; Old()", Finder(id="F1", include_tests=False), path="tests/test_file.py")) == []
    assert found(check("import Old; Old()", Finder(id="F1", allowed_in=("lib.*",)), path="lib/file.py")) == []
    assert found(check("import Old; Old()", Finder(id="F1", allowed_in=("lib.*",)), path="file.py")) != []


@pytest.mark.parametrize(
    ("path", "ignored"),
    [("tests/a.py", True), ("tests/deep/a.py", True), ("a.py", False), ("src/tests.py", False)],
)
@pytest.mark.parametrize("selector", ["F1", "F", "finder", "ALL"])
def test_per_file_ignores(path: str, ignored: bool, selector: str) -> None:
    report = check("import Old; Old()", path=path, per_file_ignores={"tests/**": ("X9",), "tests/": (selector,)})
    assert (found(report) == []) is ignored


def test_the_rules_of_other_selectors_stay() -> None:
    rules = Finder(id="F1"), Finder(id="G1")
    assert found(check("import Old; Old()", *rules, per_file_ignores={"*.py": ("G",)})) == [("F1", 1, 13)]


@dataclass(frozen=True, kw_only=True)
class Whole(Rule):
    """Finds files of a module, whatever is in them."""

    kind: ClassVar[str] = "whole"
    default_message: ClassVar[str] = "{symbol}"

    def looks_at(self, path: str, module: str | None) -> bool:
        return module == "lib.file"

    def may_fire_in(self, raw: bytes, project: Project) -> bool:
        return b"x" in raw

    def visit_file(self, file: File) -> Iterator[Violation]:
        names = ",".join(file.scan.scope.bindings)
        yield self.violation(file, (0, 1), symbol=names, origin=None, outcome=SAFE)


def test_a_rule_may_look_at_a_file_as_a_whole() -> None:
    report = check("x = 1\ndef y(): pass\n", Whole(id="W1"), path="lib/file.py")
    assert [v.message for v in report.violations] == ["x,y"]
    assert check("x = 1\n", Whole(id="W1"), path="lib/other.py").violations == ()
    assert check("y = 1\n", Whole(id="W1"), path="lib/file.py").violations == ()


def test_names_of_concern() -> None:
    asked: list[str] = []

    class Particular(Finder):
        def concerns(self, name: str, project: Project) -> bool:
            asked.append(name)
            return name == "lib:Old"

    def calls(statement: str) -> int:
        return len(check(f"{statement}\nOld()\n", Particular(id="P1")).violations)

    assert calls("from lib import Old") == 2
    assert calls("from other import Old") == 0
    assert "other:Old" in asked


def test_an_object_is_sought_under_all_its_names() -> None:
    class Named(Finder):
        def triggers(self) -> Iterator[Trigger]:
            return iter(())

        def names(self) -> Iterator[str]:
            yield "lib.Old"

    files = {"lib.py": "class Old: ...\n", "shim.py": "from lib import Old as New\n"}
    report = check("from shim import New\nNew()\n", Named(id="N1", word="New"), files=files)
    assert found(report) == [("N1", 1, 18), ("N1", 2, 1)]


# Rules that crash.


@dataclass(frozen=True, kw_only=True)
class Crashing(Rule):
    """Raises where it is told to."""

    kind: ClassVar[str] = "crashing"
    default_message: ClassVar[str] = "{symbol}"

    def triggers(self) -> Iterator[Trigger]:
        yield Trigger("Old")


class Late(Crashing):
    def visit_Call(self, node: cst.Call, file: File) -> Iterator[Violation]:
        yield self.violation(file, file.span(node), symbol="first", origin=None, outcome=SAFE)
        raise KeyError("why")


class AtOnce(Crashing):
    def visit_Call(self, node: cst.Call, file: File) -> Iterator[Violation]:
        raise ValueError("why")


class Deep(Crashing):
    def visit_Call(self, node: cst.Call, file: File) -> Iterator[Violation]:
        return self.visit_Call(node, file)


class InWhole(Crashing):
    def visit_file(self, file: File) -> Iterator[Violation]:
        raise TypeError("why")


@pytest.mark.parametrize(
    ("kind", "place", "reason"),
    [
        (Late, ("SL006", 2, 4), "KeyError: 'why'"),
        (AtOnce, ("SL006", 2, 4), "ValueError: why"),
        (Deep, ("SL006", 2, 4), "RecursionError: maximum recursion depth exceeded"),
        (InWhole, ("SL006", 1, 1), "TypeError: why"),
    ],
)
def test_a_rule_that_crashes_costs_a_finding(kind: type[Crashing], place: Any, reason: str) -> None:
    report = check("import Old\nx, Old()\n", kind(id="C1"), Finder(id="F1"))
    crash = next(v for v in report.violations if v.code == "SL006")
    assert (crash.code, crash.range.start.row, crash.range.start.column) == place
    assert crash.message.startswith("rule C1 crashed here, please report it: ")
    assert reason in crash.message
    assert ("F1", 2, 4) in found(report)
    assert [v.message for v in report.violations if v.code == "C1"] == (["first"] if kind is Late else [])


# Files that cannot be read as they should.


def test_what_is_not_python() -> None:
    report = check("x = 1 +\n  from a import Old\n  Old()\n")
    assert found(report) == [("SL001", 1, 8), ("F1", 2, 17)]
    assert report.violations[0].message == (
        "not valid Python: invalid syntax; only its import statements were checked, and nothing is fixed"
    )
    assert report.violations[1].fix is None
    assert report.violations[1].refusal == Refusal(
        "not-lossless", "the file cannot be read as a whole, so nothing in it is changed"
    )


@pytest.mark.parametrize(
    ("code", "row", "column"),
    [
        ("Old\nx = 1 +\n", 2, 8),
        ("Old\r\nx = 1 +\r\n", 2, 8),
        ("Old\rx = 1 +\r", 2, 8),
        ("Old\n'é', 日 $ 1\n", 2, 8),
        ("Old\n\tx = 1\n", 2, 1),
        ("Old\nif x:\ny\n", 3, 1),
        ("Old\n'''\nabc\n", 2, 1),
        ("Old\nx = 'abc\n", 2, 5),
        ("Old\ndef f():\n  x\n y\n", 4, 3),
        ("\ufeffOld $\n", 1, 5),
        ("Old\f\n\fx $\n", 2, 4),
    ],
)
def test_where_it_is_not_python(code: str, row: int, column: int) -> None:
    (violation,) = check(code).violations
    assert violation.code == "SL001"
    assert violation.range.start == violation.range.end
    assert violation.range.start.row == row
    # How exactly, differs between the versions of Python.
    assert abs(violation.range.start.column - column) <= 1


@pytest.mark.parametrize("code", ["x = (\n", "x = 1\0\n", b"\xff\n", "# coding: klingon\n", "(" * 1000])
def test_of_a_file_without_triggers_only_explicit_ones_are_told(code: str | bytes) -> None:
    assert check(code).violations == ()
    (violation,) = check(code, explicit=True).violations
    assert violation.code in ("SL001", "SL002")


@pytest.mark.parametrize(
    "code", ["x = 1\n", "", "\ufeff", "# coding: latin-1\n", "lazy import x\n", "x = f'{y['z']}'\n", "\f\n\r"]
)
def test_an_explicit_file_that_is_python(code: str) -> None:
    assert check(code, explicit=True).violations == ()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"from a import Old\nx = '\0'\n", "it contains a NUL byte, so it is not Python source"),
        (b"from a import Old\nx = '\xe9'\n", "it is not valid utf-8 (line 2, byte 24)"),
        (b"# coding: x-y\nfrom a import Old\n", "its coding cookie names an unknown encoding, 'x-y'"),
        (b"\0(\nfrom a import Old\n", "it contains a NUL byte, so it is not Python source"),
    ],
)
def test_what_cannot_be_decoded_is_said_once_and_never_fixed(raw: bytes, message: str) -> None:
    report = check(raw)
    assert sorted(code for code, _, _ in found(report)) == ["F1", "SL002"]
    told, finding = sorted(report.violations, key=lambda v: v.code, reverse=True)
    assert told.message == f"{message}; what can be read of it was checked"
    assert finding.fix is None
    assert finding.refusal is not None


def test_unreadable() -> None:
    violation = unreadable("a.py", "no")
    assert (violation.code, violation.path, violation.message) == ("SL002", "a.py", "no")


DEEP = ".b" * 500


def test_a_statement_that_libcst_cannot_read_costs_that_statement() -> None:
    report = check(f"import Old\nx = Old{DEEP}\nOld()\n")
    assert found(report) == [("SL002", 2, 1), ("F1", 3, 1)]
    assert report.violations[0].message == "this statement is nested too deeply, so no rule looked at it"
    assert report.violations[0].range.end.column == 8 + len(DEEP)
    assert report.violations[1].fix is not None


@pytest.mark.parametrize("depth", [5000, 100_000])
def test_nesting_that_python_gives_up_on(depth: int) -> None:
    report = check(f"from a import Old\nx = {'-' * depth}1\nOld()\n")
    assert found(report) == [("SL001", 1, 1), ("F1", 1, 15)]
    assert "it is nested too deeply" in report.violations[0].message


@pytest.mark.parametrize("header", ["", "def f():\n "])
def test_nesting_of_statements_costs_a_file_at_most(header: str) -> None:
    branches = "if a: pass\n" + " " * bool(header) + f"\n{' ' * bool(header)}".join(["elif a: pass"] * 900)
    report = check(f"from a import Old\n{header}{branches}\nOld()\n")
    assert ("F1", 1, 15) in found(report)


# The rest.


@pytest.mark.parametrize(
    "code",
    [
        "lazy from a import Old\nOld()\n",
        "from a import Old\nx = t'{Old()}', f'{Old()['a']}'\n",
        "from a import Old\ntype x = Old\ndef f[T: Old](): Old()\n",
        "from a import Old\ntry: Old()\nexcept A, B: Old()\n",
    ],
)
def test_newer_grammar_is_read_by_every_python(code: str) -> None:
    report = check(code.replace("lazy from", "from") + "lazy import b\n")
    assert {v.code for v in report.violations} == {"F1"}
    rows = [v.range.start.row for v in report.violations]
    assert len(rows) == code.count("Old()") + code.count("import Old")
    assert all(v.fix is not None for v in report.violations)


def test_whole_modules_give_the_same() -> None:
    code = "from a import Old\n@Old()\ndef f(x=Old()):\n  try: Old()\n  except Old(): pass\n  else: Old()\n"
    assert check(code) == check(code, whole_modules=True)
    assert len(check(code).violations) == 6


def test_suppressions() -> None:
    code = "import Old\nOld()  # ssot: ignore[F1] because\nOld()\nx  # ssot: ignore[F1]\n"
    report = check(code)
    assert found(report) == [("F1", 3, 1), ("SL003", 4, 4)]
    assert [v.range.start.row for v in report.suppressed] == [2]
    assert [v.code for v in check(code, demands=Demands(reason=True)).violations] == ["F1", "SL003", "SL007"]
    assert found(check("x  # ssot: ignore[F1]\nimport Old\nOld()\n")) == [("SL003", 1, 4), ("F1", 3, 1)]


@pytest.mark.parametrize(
    ("ignored", "per_file_ignores", "codes"),
    [
        (set(), {}, ["SL001", "F1", "SL004"]),
        ({"SL004"}, {}, ["SL001", "F1"]),
        ({"SL001", "SL003"}, {}, ["F1", "SL004"]),
        (set(), {"*.py": ("SL001",)}, ["F1", "SL004"]),
        (set(), {"*.py": ("unknown-rule", "F2")}, ["SL001", "F1"]),
        (set(), {"*.py": ("SL",), "*.pyi": ("F1",)}, ["F1"]),
        (set(), {"*.py": ("ssot-lint",)}, ["F1"]),
        (set(), {"*.pyi": ("SL",)}, ["SL001", "F1", "SL004"]),
        ({"SL001"}, {"*.py": ("SL004",)}, ["F1"]),
        (set(), {"*.py": ("ALL",)}, []),
    ],
)
def test_own_rules_that_nobody_wants_to_hear(
    ignored: set[str], per_file_ignores: dict[str, tuple[str, ...]], codes: list[str]
) -> None:
    code = "def f(:\nfrom a import Old\nx  # ssot: ignore[F9]\n"
    report = check(code, ignored=ignored, per_file_ignores=per_file_ignores)
    assert [violation.code for violation in report.violations] == codes


def test_suppressions_are_looked_at_without_any_trigger() -> None:
    assert found(check("x  # ssot: ignore[F1] no more\n")) == [("SL003", 1, 4)]
    assert found(check("x  # ssot: ignore[F2] of another selection\n", known={"F2"})) == []
    assert found(check("x  # ssot: ignore[F2] of nobody\n")) == [("SL004", 1, 4)]


def test_a_checker_knows_its_own_rules() -> None:
    assert checker(Finder(id="F1"), known={"G1"}).known == {"F1", "G1"}
