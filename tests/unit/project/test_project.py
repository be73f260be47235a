from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ssot_lint.project import Project

OpenProject = Callable[[str], Project]


@pytest.fixture
def on_disk(tmp_path: Path) -> Path:
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg/__init__.py").write_text("from pkg.a import Thing")
    (tmp_path / "pkg/a.py").write_text("class Thing: ...")
    return tmp_path


class TestFiles:
    def test_are_asked_for_once_and_late(self, on_disk: Path) -> None:
        asked = []

        def files() -> Sequence[str]:
            asked.append(1)
            return ["pkg/__init__.py", "pkg/a.py"]

        project = Project(on_disk, (".",), files)
        assert project.resolve("pkg.Thing").origin == "pkg.a.Thing"
        assert project.definition("pkg.Thing") is not None
        assert not project.reaches("pkg.a", "pkg")
        assert asked == []
        assert project.mentions("Thing") == ("pkg/__init__.py", "pkg/a.py")
        assert project.names_of(["pkg.Thing"]) == {"Thing"}
        assert asked == [1]


class TestOverlay:
    def test_stands_in_for_the_disk(self, on_disk: Path) -> None:
        project = Project(on_disk, (".",), lambda: ["pkg/a.py"], {"pkg/a.py": b"from pkg.b import Thing"})
        assert project.resolve("pkg.Thing").status == "missing"
        assert project.mentions("class") == ()

    def test_adds_to_it(self, on_disk: Path) -> None:
        overlay = {"pkg/a.py": b"from pkg.b import Thing", "pkg/b.py": b"Thing = 1"}
        project = Project(on_disk, (".",), tuple, overlay)
        assert project.resolve("pkg.Thing").origin == "pkg.b.Thing"

    def test_alone_is_a_project(self) -> None:
        project = Project(Path("/nowhere/at/all"), (".",), tuple, {"a/b.py": b"X = 1"})
        assert project.resolve("a.b.X").origin == "a.b.X"


class TestSummaries:
    def test_of_a_module(self, on_disk: Path) -> None:
        summary = Project(on_disk, (".",), tuple).summary("pkg.a")
        assert summary is not None
        assert (summary.module, summary.path, summary.is_package) == ("pkg.a", "pkg/a.py", False)
        assert list(summary.names) == ["Thing"]

    def test_of_a_namespace_package(self, project: OpenProject) -> None:
        summary = project("namespaces").summary("common")
        assert summary is not None
        assert (summary.path, summary.is_package, summary.opaque) == (None, True, False)

    def test_of_nothing(self, on_disk: Path) -> None:
        project = Project(on_disk, (".",), tuple)
        assert project.summary("pkg.gone") is None
        assert project.summary("os") is None

    def test_of_a_file_that_cannot_be_read(self, on_disk: Path) -> None:
        project = Project(on_disk, (".",), tuple)
        assert project.is_first_party("pkg.a")
        assert project.resolve("pkg.a").origin == "pkg.a"
        (on_disk / "pkg/a.py").unlink()
        summary = project.summary("pkg.a")
        assert summary is not None
        assert summary.opaque
        assert project.resolve("pkg.Thing").status == "unknown"

    @pytest.mark.parametrize(
        "raw",
        [b"x = '\xff'", b"# coding: nonsense\nx = 1", b"x = 1\0", b"def (:", b"(" * 1000, b"x = " + b"-" * 90_000],
    )
    def test_of_what_is_not_python(self, on_disk: Path, raw: bytes) -> None:
        project = Project(on_disk, (".",), tuple, {"pkg/a.py": raw})
        summary = project.summary("pkg.a")
        assert summary is not None
        assert summary.broken
        assert project.resolve("pkg.Thing").status == "unknown"

    @pytest.mark.parametrize(
        "text",
        [
            "x = " + " + ".join(["1"] * 800),
            "x = " + "1 if y else " * 900 + "2",
            "if a:\n    x = 1\n" + "".join(f"elif b == {n}:\n    x = {n}\n" for n in range(900)) + "else:\n    x = 2\n",
            "y = globals()\nx = " + " + ".join(["1"] * 800),
            "x = (y := 1) + " + " + ".join(["1"] * 800),
            "async def f():\n    return " + " + ".join(["(yield)"] * 500) + "\nx = 1",
            "def f():\n    global x\n    if a:\n        x = 1\n"
            + "".join(f"    elif b == {n}:\n        x = {n}\n" for n in range(900))
            + "x = 1",
        ],
        ids=["sum", "choice", "elif", "sum after a trick", "sum with :=", "sum of yields", "elif with global"],
    )
    def test_of_code_that_is_nested_deeply(self, on_disk: Path, text: str) -> None:
        project = Project(on_disk, (".",), tuple, {"pkg/a.py": text.encode()})
        assert project.resolve("pkg.a.x").origin == "pkg.a.x"

    def test_of_many_branches_and_imports_is_quick(self, on_disk: Path) -> None:
        lines = (f"if a:\n    b{n} = {n}\nfrom pkg.m{n} import x{n}\nclass A: y = {n}\n" for n in range(5000))
        summary = Project(on_disk, (".",), tuple, {"pkg/__init__.py": "".join(lines).encode()}).summary("pkg")
        assert summary is not None
        assert len(summary.names) > 10_000


class TestChanged:
    """The project as it would be, while the disk is as it is."""

    @pytest.fixture
    def before(self, tmp_path: Path) -> Project:
        texts = {"pkg/__init__.py": "", "pkg/a.py": "from pkg.sub.b import B\n", "pkg/sub/__init__.py": ""}
        for path, text in {**texts, "pkg/sub/b.py": "class B: ...\n"}.items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(text)
        (tmp_path / "pkg" / "sub" / "__pycache__").mkdir()
        return Project(tmp_path, (".",), lambda: sorted((*texts, "pkg/sub/b.py")))

    def test_other_contents(self, before: Project) -> None:
        after = before.changed({"pkg/sub/b.py": b"class C: ...\n"})
        assert (before.resolve("pkg.a.B").status, after.resolve("pkg.a.B").status) == ("found", "missing")
        assert after.mentions("class C") == ("pkg/sub/b.py",)

    def test_files_that_come(self, before: Project) -> None:
        after = before.changed({"pkg/new/c.py": b"class C: ...\n"})
        assert after.resolve("pkg.new.c.C").origin == "pkg.new.c.C"
        assert after.homes("C") == ("pkg.new.c.C",)
        assert before.resolve("pkg.new.c.C").status == "missing"

    def test_files_that_go(self, before: Project) -> None:
        after = before.changed({"pkg/sub/b.py": None})
        assert after.read("pkg/sub/b.py") is None
        assert after.summary("pkg.sub.b") is None
        assert after.summary("pkg.sub") is not None
        assert after.homes("B") == ()
        assert "pkg/sub/b.py" not in after.mentions()

    def test_a_directory_goes_with_the_last_of_its_files(self, before: Project) -> None:
        gone: dict[str, bytes | None] = {"pkg/sub/b.py": None, "pkg/sub/__init__.py": None}
        assert before.changed(gone).summary("pkg.sub") is None
        assert before.changed({**gone, "pkg/sub/c.py": b""}).summary("pkg.sub") is not None

    def test_one_change_after_the_other(self, before: Project) -> None:
        after = before.changed({"pkg/sub/b.py": None}).changed({"pkg/c.py": b"class B: ...\n"})
        assert after.homes("B") == ("pkg.c.B",)
        assert after.summary("pkg.sub.b") is None
