from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ssot_lint.project import modules as modules_module
from ssot_lint.project.modules import Location, ModuleMap

PROJECTS = Path(__file__).parents[2] / "projects"


@pytest.fixture
def namespaces() -> ModuleMap:
    return ModuleMap(PROJECTS / "namespaces", ("src", "lib", "."))


class TestNamesOfPaths:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("a.py", ("a", False)),
            ("a/__init__.py", ("a", True)),
            ("a/b/c.py", ("a.b.c", False)),
            ("src/a/b.py", ("a.b", False)),
            ("src/a/__init__.py", ("a", True)),
            ("src/inner/a.py", ("a", False)),
            ("src/__init__.py", None),
            ("__init__.py", None),
            ("a-b/c.py", None),
            ("a/b-c.py", None),
            ("a/2b.py", None),
            ("a/b.txt", None),
            ("a/b.pyi", None),
            ("a/b", None),
            ("größe/maß.py", ("größe.maß", False)),
        ],
    )
    def test_over_the_longest_root(self, path: str, expected: tuple[str, bool] | None) -> None:
        assert ModuleMap(Path("nowhere"), (".", "src", "src/inner")).module_of(path) == expected

    def test_outside_of_all_roots(self) -> None:
        modules = ModuleMap(Path("nowhere"), ("src",))
        assert modules.module_of("tests/a.py") is None
        assert modules.module_of("srcs/a.py") is None

    @pytest.mark.parametrize("root", ["src", "src/", "./src", "other/../src"])
    def test_however_a_root_is_written(self, root: str) -> None:
        assert ModuleMap(Path("nowhere"), (root,)).module_of("src/a.py") == ("a", False)

    def test_an_absolute_root(self, tmp_path: Path) -> None:
        assert ModuleMap(tmp_path, (str(tmp_path / "src"),)).module_of("src/a.py") == ("a", False)


class TestOneRoot:
    def test_modules_and_packages(self) -> None:
        modules = ModuleMap(PROJECTS / "submodules", (".",))
        assert modules.find("box") == Location("box", "box/__init__.py", ("box",))
        assert modules.find("box.lid") == Location("box.lid", "box/lid.py")
        assert modules.find("box.inner.deep") == Location("box.inner.deep", "box/inner/deep.py")

    @pytest.mark.parametrize(
        "name", ["nothing", "box.nothing", "box.lid.Lid", "nothing.at.all", "", "box.", ".box", "b.."]
    )
    def test_what_is_not_there(self, name: str) -> None:
        assert ModuleMap(PROJECTS / "submodules", (".",)).find(name) is None

    def test_a_package_wins_over_a_module_beside_it(self) -> None:
        found = ModuleMap(PROJECTS / "submodules", (".",)).find("box.clash")
        assert found == Location("box.clash", "box/clash/__init__.py", ("box/clash",))

    def test_names_of_any_depth(self) -> None:
        assert ModuleMap(PROJECTS / "submodules", (".",)).find("box" + ".box" * 5000) is None

    def test_stubs_and_compiled_modules_are_there_but_closed(self) -> None:
        modules = ModuleMap(PROJECTS / "tricks", (".",))
        assert modules.find("mod.stub") == Location("mod.stub", None, opaque=True)
        assert modules.find("mod.binary") == Location("mod.binary", None, opaque=True)
        assert modules.find("mod.both") == Location("mod.both", "mod/both.py")

    @pytest.mark.parametrize(
        "suffix",
        ["pyx", "pxd", "c", "cpp", "cc", "cxx", "so", "abi3.so", "cpython-311-x86_64-linux-gnu.so", "pyd"],
    )
    def test_extensions_beside_a_package(self, tmp_path: Path, suffix: str) -> None:
        (tmp_path / "app").mkdir()
        (tmp_path / "app/__init__.py").touch()
        (tmp_path / f"app/fast.{suffix}").touch()
        assert ModuleMap(tmp_path, (".",)).find("app.fast") == Location("app.fast", None, opaque=True)
        (tmp_path / "app/fast.py").touch()
        assert ModuleMap(tmp_path, (".",)).find("app.fast") == Location("app.fast", "app/fast.py")

    @pytest.mark.parametrize("name", ["fast.h", "fast.o", "fast.c.in", "fast.rs", "fast.pxi", "fast.pyc"])
    def test_what_is_no_module(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "app").mkdir()
        (tmp_path / "app/__init__.py").touch()
        (tmp_path / "app" / name).touch()
        assert ModuleMap(tmp_path, (".",)).find("app.fast") is None

    def test_sources_in_c_make_no_package_of_their_directory(self, tmp_path: Path) -> None:
        (tmp_path / "csrc").mkdir()
        (tmp_path / "csrc/fast.c").touch()
        modules = ModuleMap(tmp_path, (".",))
        assert not modules.is_first_party("csrc")
        assert modules.find("csrc.fast") is None
        (tmp_path / "csrc/fast.pyx").touch()
        assert ModuleMap(tmp_path, (".",)).find("csrc.fast") == Location("csrc.fast", None, opaque=True)

    def test_a_package_that_is_compiled(self, tmp_path: Path) -> None:
        (tmp_path / "app").mkdir()
        (tmp_path / "app/__init__.pyx").touch()
        assert ModuleMap(tmp_path, (".",)).find("app") == Location("app", None, ("app",), opaque=True)

    def test_a_stub_of_a_package(self, tmp_path: Path) -> None:
        (tmp_path / "typed").mkdir()
        (tmp_path / "typed/__init__.pyi").touch()
        assert ModuleMap(tmp_path, (".",)).find("typed") == Location("typed", None, ("typed",), opaque=True)

    def test_a_directory_with_the_name_of_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "odd.py").mkdir()
        assert ModuleMap(tmp_path, (".",)).find("odd") is None

    def test_a_root_that_is_not_there(self) -> None:
        modules = ModuleMap(Path("/nowhere/at/all"), ("src",))
        assert modules.find("anything") is None
        assert not modules.is_first_party("anything")

    @pytest.mark.parametrize("name", ["sys", "time"])
    def test_what_is_built_into_python_comes_first(self, tmp_path: Path, name: str) -> None:
        (tmp_path / f"{name}.py").touch()
        assert ModuleMap(tmp_path, (".",)).find(name) is None

    def test_a_module_may_stand_before_one_of_the_standard_library(self, tmp_path: Path) -> None:
        (tmp_path / "platform.py").touch()
        assert ModuleMap(tmp_path, (".",)).is_first_party("platform.system")

    def test_directories_are_read_once_and_only_on_the_way(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for path in ("a/__init__.py", "a/b/__init__.py", "a/b/c.py", "a/other/__init__.py"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).touch()
        read: list[Path] = []
        original = modules_module._entries

        def spy(directory: Path) -> Iterator[tuple[str, bool]]:
            read.append(directory)
            return original(directory)

        monkeypatch.setattr(modules_module, "_entries", spy)
        modules = ModuleMap(tmp_path, (".",))
        for _ in range(3):
            assert modules.find("a.b.c") is not None
            assert modules.find("a.b.d") is None
        assert read == [tmp_path, tmp_path / "a", tmp_path / "a/b"]


class TestSeveralRoots:
    def test_directories_without_init_are_one_package(self, namespaces: ModuleMap) -> None:
        found = namespaces.find("common")
        assert found == Location("common", None, ("src/common", "lib/common"), open=True)
        assert found.is_namespace
        assert namespaces.find("common.second") == Location("common.second", "lib/common/second.py")

    def test_the_first_root_wins(self, namespaces: ModuleMap) -> None:
        assert namespaces.find("twice") == Location("twice", "src/twice.py")
        assert namespaces.find("common.first") == Location("common.first", "src/common/first.py")

    def test_a_regular_package_wins_over_a_bare_directory_of_an_earlier_root(self, namespaces: ModuleMap) -> None:
        assert namespaces.find("loose") == Location("loose", "lib/loose/__init__.py", ("lib/loose",))
        assert namespaces.find("loose.part") is None

    def test_bare_directories_that_are_no_packages(self, namespaces: ModuleMap) -> None:
        assert namespaces.find("logging") is None
        assert namespaces.find("docs") is None
        assert namespaces.find("scripts") is None

    @pytest.mark.parametrize(
        ("name", "is_open"),
        [
            ("common", True),
            ("common.nested", False),
            ("vendor", True),
            ("vendor.maker", True),
            ("regular.folder", False),
        ],
    )
    def test_which_packages_others_may_add_to(self, namespaces: ModuleMap, name: str, is_open: bool) -> None:
        found = namespaces.find(name)
        assert found is not None
        assert found.is_namespace
        assert found.open is is_open


class TestFilesThatAreNotOnDisk:
    def test_count_with_their_directories(self, tmp_path: Path) -> None:
        modules = ModuleMap(tmp_path, ("src",), dict.fromkeys(["src/a/__init__.py", "src/a/b/c.py", "src/d.py"], b""))
        assert modules.find("a") == Location("a", "src/a/__init__.py", ("src/a",))
        assert modules.find("a.b.c") == Location("a.b.c", "src/a/b/c.py")
        assert modules.find("d") == Location("d", "src/d.py")

    def test_beside_those_that_are(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "a/__init__.py").touch()
        modules = ModuleMap(tmp_path, (".",), {"a/new.py": b""})
        assert modules.find("a") is not None
        assert modules.find("a.new") == Location("a.new", "a/new.py")
