"""By what a violation is known again, and the way from what it names to the definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import libcst as cst
import pytest

from ssot_lint.check import Checker
from ssot_lint.file import File
from ssot_lint.fingerprint import fingerprint
from ssot_lint.model import FILE_START, Anchor, FileReport, Hop, Refusal, Severity, Violation
from ssot_lint.project import Project
from ssot_lint.rule import Rule
from ssot_lint.source.triggers import Trigger

NOWHERE = Path("/nonexistent")
REFUSAL = Refusal("none", "it is a test")


@dataclass(frozen=True, kw_only=True)
class Finder(Rule):
    """Finds ``Old``: names of imports, calls, attributes."""

    kind: ClassVar[str] = "finder"
    default_message: ClassVar[str] = "{symbol} is there"

    def triggers(self) -> Iterator[Trigger]:
        yield Trigger("Old")

    def visit_ImportFrom(self, node: cst.ImportFrom, file: File) -> Iterator[Violation]:
        imported = file.import_at(node)
        assert imported is not None
        for alias in imported.node.names:
            if alias.name == "Old":
                yield self._found(file, file.scan.span(alias))

    def visit_Call(self, node: cst.Call, file: File) -> Iterator[Violation]:
        if file.source(node.func).endswith("Old"):
            yield self._found(file, file.span(node))

    def _found(self, file: File, span: tuple[int, int]) -> Violation:
        return self.violation(file, span, symbol="Old", origin=None, outcome=REFUSAL)


def check(code: str, path: str = "app/chat.py", files: Mapping[str, str] | None = None) -> FileReport:
    raw = {name: text.encode() for name, text in {"app/__init__.py": "", **(files or {}), path: code}.items()}
    project = Project(NOWHERE, (".",), lambda: sorted(raw), overlay=raw)
    return Checker((Finder(id="F1"),), project, whole_modules=True).check(path, code.encode())


def anchors(code: str, path: str = "app/chat.py") -> list[Anchor]:
    return [violation.anchor for violation in check(code, path).violations if violation.anchor]


def fingerprints(code: str, path: str = "app/chat.py") -> list[str]:
    return sorted(map(fingerprint, check(code, path).violations))


def hops(code: str, files: Mapping[str, str]) -> list[Hop]:
    (violation,) = check(code, files=files).violations
    return list(violation.hops)


class TestAnchors:
    def test_the_place_is_the_module_or_the_path_of_what_is_none(self) -> None:
        assert [anchor.place for anchor in anchors("Old()")] == ["app.chat"]
        assert [anchor.place for anchor in anchors("Old()", "app/chat/__init__.py")] == ["app.chat"]
        assert [anchor.place for anchor in anchors("Old()", "app/chat-2.py")] == ["app/chat-2.py"]
        assert [anchor.place for anchor in anchors("Old()", "app/chat.pyi")] == ["app/chat.pyi"]

    def test_of_two_files_of_one_module_the_one_that_is_imported_has_its_name(self) -> None:
        files = {"app/chat/__init__.py": ""}
        (violation,) = check("Old()", "app/chat.py", files).violations
        assert violation.anchor
        assert violation.anchor.place == "app/chat.py"

    def test_the_definition_is_what_stands_around(self) -> None:
        code = "Old()\nclass A:\n  Old()\n  def f(self, a=Old()):\n    if a:\n      Old()\n    async def g(): Old()\n"
        assert [anchor.definition for anchor in anchors(code)] == ["", "A", "A", "A.f", "A.f.g"]

    def test_what_is_the_same_is_counted(self) -> None:
        found = anchors("def f():\n  x = Old(1)\n  x = Old( 1 )\n  x = Old(2)\ndef g():\n  x = Old(1)\n")
        assert [anchor.number for anchor in found] == [1, 2, 1, 1]

    def test_the_text_is_for_people(self) -> None:
        assert [anchor.text for anchor in anchors("def f():\n  x = Old(\n    1)\n")] == ["x = Old( 1)"]

    def test_the_tools_own_rules_are_tied_to_their_row(self) -> None:
        code = "def f():\n    x = 1  # ssot: ignore[F2]\n"
        (unknown,) = check(code).violations
        assert unknown.anchor == replace(anchors(code)[0], place="app.chat", text="# ssot: ignore[F2]", definition="")
        (broken,) = check("def f(:\n  x\n# ssot:").violations
        assert broken.anchor is not None
        assert broken.anchor.text == "def f(:"

    def test_what_concerns_the_file_has_no_statement(self) -> None:
        violation = Violation("F1", "finder", "", Severity.ERROR, "is there", "a.py", FILE_START)
        from ssot_lint.anchors import anchored
        from ssot_lint.source.scan import scan
        from ssot_lint.source.text import Text

        text = Text('"""Docstring."""\n')
        project = Project(NOWHERE, (".",), list)
        report = anchored(FileReport("a.py", (violation,)), File("a.py", scan(text, "a"), project), text, "a")
        assert report.violations == (replace(violation, anchor=Anchor("a")),)

    def test_suppressed_ones_are_counted_last(self) -> None:
        report = check("Old()  # ssot: ignore[F1]\nOld()\n")
        assert [v.anchor.number for v in report.violations if v.anchor] == [1]
        assert [v.anchor.number for v in report.suppressed if v.anchor] == [2]

    @pytest.mark.parametrize("code", ["", "x = 1\n", "# Old\n"])
    def test_clean_files_have_none(self, code: str) -> None:
        assert check(code) == FileReport("app/chat.py")


class TestFingerprints:
    CODE = "from app.home import Old, b\n\nclass A:\n    def f(self):\n        return Old('x', [1])\n"

    @pytest.mark.parametrize(
        "code",
        [
            "# moved\n\n\n" + CODE,
            CODE.replace("'", '"'),
            CODE.replace("('x', [1])", "(\n            'x',\n            [1],\n        )  # why"),
            CODE.replace("from app.home import Old, b", "from .home import (\n    b,\n    c,\n    Old,\n)"),
            CODE.replace("    def f(", "    x = 1\n\n    @d\n    def f("),
        ],
    )
    def test_it_stays_when_code_moves_or_is_formatted(self, code: str) -> None:
        assert fingerprints(code) == fingerprints(self.CODE)
        assert len(fingerprints(code)) == 2

    @pytest.mark.parametrize(
        "code",
        [
            CODE.replace("'x'", "'y'"),
            CODE.replace("return ", "return 1 + "),
            CODE.replace("def f", "def g"),
            CODE.replace("class A", "class B"),
        ],
    )
    def test_a_swap_is_seen(self, code: str) -> None:
        assert len(set(fingerprints(code)) & set(fingerprints(self.CODE))) == 1

    def test_each_has_its_own(self) -> None:
        code = "Old(1)\nOld(1)\nOld(2)\ndef f(): Old(1)\nfrom a import Old\n"
        assert len(set(fingerprints(code))) == 5

    def test_the_other_module_makes_another(self) -> None:
        assert not set(fingerprints(self.CODE)) & set(fingerprints(self.CODE, "app/talk.py"))

    def test_it_can_be_told_for_the_former_module(self) -> None:
        moved = check(self.CODE, "app/talk.py").violations
        assert sorted(fingerprint(violation, "app.chat") for violation in moved) == fingerprints(self.CODE)

    def test_names_that_start_with_the_module_change_with_it(self) -> None:
        old = Violation("F1", "k", "p", Severity.ERROR, "m", "a.py", FILE_START, "a.b.x", anchor=Anchor("a.b"))
        new = replace(old, symbol="a.c.x", anchor=Anchor("a.c"))
        other = replace(old, symbol="a.bb.x")
        assert fingerprint(new, "a.b") == fingerprint(old)
        assert fingerprint(replace(new, symbol="a.c"), "a.b") == fingerprint(replace(old, symbol="a.b"))
        assert fingerprint(replace(new, symbol="a.bb.x"), "a.b") == fingerprint(other) != fingerprint(old)

    def test_the_rule_and_the_symbol_count(self) -> None:
        one = Violation("F1", "k", "p", Severity.ERROR, "m", "a.py", FILE_START, "x", anchor=Anchor("a"))
        assert len({fingerprint(one), fingerprint(replace(one, code="F2")), fingerprint(replace(one, symbol="y"))}) == 3
        assert fingerprint(one) == fingerprint(replace(one, message="n", kind="l", pack="q", origin="z"))

    def test_without_an_anchor_what_is_said_counts(self) -> None:
        one = Violation("SL006", "k", "p", Severity.ERROR, "m", "a.py", FILE_START)
        assert len({fingerprint(one), fingerprint(replace(one, message="n")), fingerprint(replace(one, path="b"))}) == 3


class TestHops:
    FILES: ClassVar[Mapping[str, str]] = {
        "app/home.py": "\nclass Old: pass\n",
        "app/facade.py": "\n\nfrom app.home import Old\n",
        "app/shim.py": "from app.facade import Old\n",
    }
    SHIM = Hop("app.shim.Old", "app/shim.py", 1)
    FACADE = Hop("app.facade.Old", "app/facade.py", 3)
    HOME = Hop("app.home.Old", "app/home.py", 2)

    def test_from_an_import(self) -> None:
        assert hops("from app.shim import Old\n", self.FILES) == [self.SHIM, self.FACADE, self.HOME]
        assert hops("from .facade import x, Old as o\n", self.FILES) == [self.FACADE, self.HOME]

    def test_from_a_call(self) -> None:
        assert hops("import app.shim\napp.shim.Old(1)\n", self.FILES) == [self.SHIM, self.FACADE, self.HOME]
        assert hops("from app import facade as f\nx = [f.Old(app.x)]\n", self.FILES) == [self.FACADE, self.HOME]

    @pytest.mark.parametrize(
        "code", ["from app.home import Old", "from os import Old", "def f(app): app.shim.Old()", "Old()", "f().Old()"]
    )
    def test_none_without_a_re_export(self, code: str) -> None:
        assert hops(code, self.FILES) == []

    def test_none_where_it_is_not_certain(self) -> None:
        code = "import app.shim as a, b\nif b: a = b\na.Old()\n"
        assert hops(code, self.FILES) == []
