"""A module or package moves: its files, the imports in them, and all strings that name it for a program."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ssot_lint.moving import BadRequest, CannotMove

Move = Callable[..., Any]
PACKAGE = {"p/__init__.py": "", "p/old.py": "x = 1\n"}


def test_its_file_has_another_name(move: Move) -> None:
    assert move(PACKAGE, "p.old", "p.new", renames=True).files == {"p/old.py": None, "p/new.py": "x = 1\n"}


@pytest.mark.parametrize(
    ("new", "made"),
    [
        ("q.old", {"q/old.py"}),
        ("p.a.b.old", {"p/a/__init__.py", "p/a/b/__init__.py", "p/a/b/old.py"}),
        ("top.a.old", {"top/__init__.py", "top/a/__init__.py", "top/a/old.py"}),
        ("bare.a.old", {"bare/a/old.py"}),
        ("other.old", {"src/other/old.py"}),
    ],
)
def test_where_its_file_is(move: Move, new: str, made: set[str]) -> None:
    files = {**PACKAGE, "q/__init__.py": "", "bare/x.py": "", "src/other/__init__.py": ""}
    # The import root of a package that is there counts; a new one is beside the old.
    outcome = move(files, "p.old", new, roots=(".", "src"))
    assert set(outcome.files) - {"p/old.py"} == made


def test_packages_are_made_where_there_are_some(move: Move) -> None:
    assert set(move({"n/old.py": "x = 1\n"}, "n.old", "n.a.old").files) == {"n/old.py", "n/a/old.py"}


class TestImportsInIt:
    @pytest.mark.parametrize(
        ("new", "text"),
        [
            ("p.new", "from . import a\nfrom .a import b\nfrom .. import c\nimport d\n"),
            ("q.old", "from p.s import a\nfrom p.s.a import b\nfrom p import c\nimport d\n"),
            ("p.t.old", "from p.s import a\nfrom p.s.a import b\nfrom p import c\nimport d\n"),
        ],
    )
    def test_name_what_they_named(self, move: Move, new: str, text: str) -> None:
        files = {
            "p/__init__.py": "", "p/c.py": "", "p/s/__init__.py": "", "p/s/a.py": "b = 1\n", "d.py": "",
            "p/s/old.py": "from . import a\nfrom .a import b\nfrom .. import c\nimport d\n", "q/__init__.py": "",
        }  # fmt: skip
        if new == "p.new":
            new = "p.s.new"
        outcome = move(files, "p.s.old", new, renames=True)
        assert outcome.files[f"{new.replace('.', '/')}.py"] == text

    def test_stay_relative_within_a_package(self, move: Move) -> None:
        files = {
            "p/__init__.py": "", "p/up.py": "y = 1\n", "q/__init__.py": "",
            "p/s/__init__.py": "from . import a\nfrom .a import b\nfrom ..up import y\n",
            "p/s/a.py": "from . import t\nfrom .t.u import v\nimport p.s.t\nb = p.s.t.u.v\n",
            "p/s/t/__init__.py": "", "p/s/t/u.py": "from ..a import b\nfrom ...up import y\nv = 1\n",
        }  # fmt: skip
        files["p/s/a.py"] = "from . import t\nimport p.s.t\nb = 1\n"
        after = move(files, "p.s", "q.s").files
        assert after["q/s/__init__.py"] == "from . import a\nfrom .a import b\nfrom p.up import y\n"
        assert after["q/s/a.py"] == "from . import t\nimport q.s.t\nb = 1\n"
        assert after["q/s/t/u.py"] == "from ..a import b\nfrom p.up import y\nv = 1\n"

    def test_in_bytes_that_are_kept(self, move: Move) -> None:
        raw = b"\xef\xbb\xbffrom . import a\r\nx = 1"
        files = {"p/__init__.py": b"", "p/a.py": b"", "p/old.py": raw, "q/__init__.py": b""}
        assert move(files, "p.old", "q.old").files["q/old.py"] == "\xef\xbb\xbffrom p import a\r\nx = 1"


class TestItsFiles:
    def test_all_of_a_package_go(self, move: Move, tmp_path: Path) -> None:
        files = {"p/__init__.py": "x = 1\n", "p/data/d.bin": b"\x00\xff", "p/m.py": "", "p/m.pyi": "y: int\n"}
        (tmp_path / "p/__pycache__").mkdir(parents=True)
        (tmp_path / "p/__pycache__/m.pyc").touch()
        after = move(files, "p", "q.p").files
        assert set(after) == {*files, *(f"q/{path}" for path in files), "q/__init__.py"}
        assert after["q/p/data/d.bin"] == "\x00\xff"

    def test_a_stub_goes_along(self, move: Move) -> None:
        after = move({**PACKAGE, "p/old.pyi": "x: int\n"}, "p.old", "p.new", renames=True).files
        assert set(after) == {"p/old.py", "p/old.pyi", "p/new.py", "p/new.pyi"}

    def test_links_do_not(self, move: Move, tmp_path: Path) -> None:
        (tmp_path / "p").mkdir()
        os.symlink("old.py", tmp_path / "p/link.py")
        with pytest.raises(CannotMove, match=r"p/link\.py is a symbolic link"):
            move(PACKAGE, "p", "q", renames=True)

    @pytest.mark.parametrize(
        ("files", "reason"),
        [
            ({"p/new.py": "y = 1\n"}, r"p\.new is there already"),
            ({"p/new/x.py": "y = 1\n"}, r"p\.new is there already"),
            ({"p/old.py": "from ... import y\n"}, "leaves the project"),
            ({"p/old.py": "def f(:\n"}, "cannot be read"),
            ({"p/old.py": b"# coding: ascii\nx = '\xe9'\n"}, "cannot be read"),
        ],
    )
    def test_that_cannot_go(self, move: Move, files: dict[str, str | bytes], reason: str) -> None:
        with pytest.raises(CannotMove, match=reason):
            move({**PACKAGE, **files}, "p.old", "q.new" if "p/old.py" in files else "p.new", renames=True)

    def test_directories_and_what_is_compiled(self, move: Move) -> None:
        for files in ({"n/x.py": ""}, {"n.pyi": "x: int\n"}):
            with pytest.raises(CannotMove, match="no module with a source file"):
                move({**PACKAGE, **files}, "n", "q", renames=True)


class TestStrings:
    def follow(self, move: Move, code: str) -> Any:
        text = f"import sys\nfrom importlib import import_module\nfrom unittest.mock import patch\n{code}\n"
        outcome = move({**PACKAGE, "test.py": text}, "p.old", "p.new", renames=True)
        return outcome, (outcome.files.get("test.py") or text).splitlines()[3:]

    @pytest.mark.parametrize(
        "code",
        [
            "patch('{}.x')",
            "patch('{}')",
            'patch("{}.x.y", create=True)',
            "patch(target='{}.x')",
            "patch.dict('{}.x', a=1)",
            "patch.multiple('{}', x=1)",
            "mocker.patch('{}.x')",
            "monkeypatch.setattr('{}.x', 2)",
            "import_module('{}')",
            "sys.modules['{}']",
            "sys.modules.pop('{}', None)",
            "'{}' in sys.modules",
            "patch.dict(sys.modules, {{'{}': 1, 'p.other': 2}})",
            "patch.dict('sys.modules', {{'{}': 1}})",
            "monkeypatch.setitem(sys.modules, '{}', 1)",
        ],
    )
    def test_that_a_program_is_told(self, move: Move, code: str) -> None:
        outcome, lines = self.follow(move, code.format("p.old"))
        assert lines == [code.format("p.new")]
        assert outcome.notes == ()

    @pytest.mark.parametrize(
        "code", ["OLD = ['p.old', 'p.older']", "x == 'p.old.x'", "LOG = {'p.old': 1}", "get('p.old')"]
    )
    def test_that_may_be_data(self, move: Move, code: str) -> None:
        outcome, lines = self.follow(move, code)
        assert lines == [code]
        (note,) = outcome.notes
        assert note.startswith("test.py:4: the string 'p.old")

    def test_that_begin_alike(self, move: Move) -> None:
        outcome, lines = self.follow(move, "patch('p.older.x'), patch('xp.old.x')")
        assert lines == ["patch('p.older.x'), patch('xp.old.x')"]
        assert outcome.notes == ()

    def test_by_which_a_package_is_imported(self, move: Move) -> None:
        outcome = move({**PACKAGE, "a.py": "old = __import__('p.old').old\n"}, "p.old", "p.new", renames=True)
        assert (outcome.files, outcome.left) == ({}, ("a.py:1 module-object",))


class TestWhoFollows:
    def test_in_every_form(self, move: Move) -> None:
        user = (
            "import p.old\nimport p.old as m\nfrom p import old\nfrom p.old import x as y\nprint(p.old.x, m.x, old)\n"
        )
        files = {**PACKAGE, "user.py": user, "p/inner.py": "from . import old\nfrom .old import x\n\nprint(old.x, x)\n"}
        after = move(files, "p.old", "p.new", renames=True).files
        assert after["user.py"] == (
            "import p.new\nimport p.new as m\nfrom p import new as old\nfrom p.new import x as y\n"
            "print(p.new.x, m.x, old)\n"
        )
        assert after["p/inner.py"] == "from . import new as old\nfrom p.new import x\n\nprint(old.x, x)\n"

    def test_where_the_package_is_another(self, move: Move) -> None:
        files = {**PACKAGE, "user.py": "import p.old\n\nprint(p.old.x)\n", "q/__init__.py": ""}
        assert move(files, "p.old", "q").files["user.py"] == "import q.old\n\nprint(q.old.x)\n"

    def test_cycles_that_were_there_are_none_that_arise(self, move: Move) -> None:
        files = {"p/__init__.py": "", "p/old.py": "import p.b\n", "p/b.py": "import p.old\nx = 1\n"}
        after = move(files, "p.old", "p.new", renames=True).files
        assert (after["p/b.py"], after["p/new.py"]) == ("import p.new\nx = 1\n", "import p.b\n")

    def test_a_shim_for_those_that_are_not_here(self, move: Move) -> None:
        files = {
            "p/__init__.py": "from .m import f\n", "p/m.py": "from __future__ import annotations\n\n\ndef f(): ...\n",
            "p/none.py": "print()\n", "p/d.txt": "",
        }  # fmt: skip
        after = move(files, "p", "q", renames=True, shim=True).files
        assert after["p/d.txt"] is None
        assert "    from q.m import (\n        f,\n    )\n" in (after["p/m.py"] or "")
        assert '_HOMES = {\n    "f": "q.m:f",\n}\n' in (after["p/m.py"] or "")
        assert after["p/none.py"] == '"""Moved to q.none."""\n\nfrom __future__ import annotations\n'


class TestRequests:
    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            ("p.old", "p.old", "there already"),
            ("p.old", "p.old.x", "another last name"),
            ("p.old", "p.old.old", "is inside of"),
            ("p.old", "p.new", r"say p\.new\.old, or --rename"),
            ("p.old.x.y", "p.new", "another last name"),
            ("p.gone", "p.away.gone", "neither p.gone nor"),
            ("p-old", "p.new", "'p-old' is not a dotted name"),
            ("p.class", "p.new", "is not a dotted name"),
            ("p..old", "p.new", "is not a dotted name"),
        ],
    )
    def test_that_nobody_can_mean(self, move: Move, old: str, new: str, reason: str) -> None:
        with pytest.raises(BadRequest, match=reason):
            move(PACKAGE, old, new)

    def test_into_what_is_there(self, move: Move) -> None:
        files = {**PACKAGE, "q/__init__.py": "", "q/m.py": "", "p/new.py": "class A: ...\n"}
        assert set(move(files, "p.old", "q").files) == {"p/old.py", "q/old.py"}
        assert set(move(files, "p.new.A", "q.m").files) == {"p/new.py", "q/m.py"}
        assert set(move(files, "p.new.A", "q").files) == {"p/new.py", "q/__init__.py"}
        with pytest.raises(CannotMove, match="is a module, and no package"):
            move(files, "p.old", "q.m.old")
