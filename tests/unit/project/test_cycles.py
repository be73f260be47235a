"""Import cycles: which imports count, and that grimp finds the same ones."""

from __future__ import annotations

import ast
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import grimp
import pytest

from ssot_lint.project import Project
from ssot_lint.project.circles import components

MakeProject = Callable[[dict[str, str]], Project]

MAKERS = {
    "plain": "import app.b\n",
    "as": "import app.b as other\n",
    "from": "from app.b import name\n",
    "module": "from app import b\n",
    "relative": "from . import b\n",
    "star": "from .b import *\n",
    "try": "try:\n    from app.b import name\nexcept ImportError:\n    pass\n",
    "handler": "try:\n    import json\nexcept ImportError:\n    import app.b\n",
    "class": "class A:\n    import app.b\n",
    "if": "import sys\nif sys.platform:\n    import app.b\n",
    "not typing": "if not TYPE_CHECKING:\n    import app.b\n",
    "else": "if TYPE_CHECKING:\n    pass\nelse:\n    import app.b\n",
    "newer grammar": "type X = int\nimport app.b\n",
}
BREAKERS = {
    "function": "def f():\n    import app.b\n",
    "method": "class A:\n    def f(self):\n        from app.b import name\n",
    "typing": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import app.b\n",
    "main": "if __name__ == '__main__':\n    import app.b\n",
    "never": "if False:\n    import app.b\n",
    "package": "import app\n",
    "string": "'''\nimport app.b\n'''\n",
    "self": "import app.a\nfrom app.a import name\n",
    "elsewhere": "import b\nimport app.c\nfrom .. import b\n",
    "broken": "import app.b\ndef f(:\n",
}


def cycles(project: Project, *packages: str) -> list[tuple[str, ...]]:
    return [cycle.modules for cycle in project.cycles(packages)]


@pytest.mark.parametrize("text", MAKERS.values(), ids=MAKERS)
def test_what_runs_when_a_module_is_imported_counts(text: str, texts: MakeProject) -> None:
    project = texts({"app/__init__.py": "", "app/a.py": text, "app/b.py": "import app.a\n"})
    assert cycles(project) == [("app.a", "app.b")]


@pytest.mark.parametrize("text", BREAKERS.values(), ids=BREAKERS)
def test_what_does_not_run_then_does_not_count(text: str, texts: MakeProject) -> None:
    project = texts({"app/__init__.py": "", "app/a.py": text, "app/b.py": "import app.a\n"})
    assert cycles(project) == []


def test_a_cycle_knows_its_statements_and_how_many_are_caught_in_it(texts: MakeProject) -> None:
    files = {
        "app/__init__.py": "",
        "app/a.py": "import app.b\n",
        "app/b.py": "\nimport app.c\n",
        "app/c.py": "import json\n\nfrom . import d\nimport app.a\n",
        "app/d.py": "from app.c import name\nfrom app.c import other\n",
        "lib.py": "import app.a\n",
    }
    (cycle,) = texts(files).cycles(())
    assert (cycle.modules, cycle.rows, cycle.size) == (("app.c", "app.d"), (3, 1), 4)
    assert cycle.paths == ("app/c.py", "app/d.py")


def test_each_set_of_modules_has_one_in_the_order_of_names(texts: MakeProject) -> None:
    files = {"z.py": "import y", "y.py": "import z", "a.py": "import x", "x.py": "import a", "b.py": "import a"}
    assert cycles(texts(files)) == [("a", "x"), ("y", "z")]


def test_only_modules_of_the_packages_count(texts: MakeProject) -> None:
    files = {
        "a/__init__.py": "",
        "a/b.py": "import a.c\nimport d",
        "a/c.py": "import a.b",
        "d.py": "import e",
        "e.py": "import d",
    }
    project = texts(files)
    assert cycles(project, "a") == [("a.b", "a.c")]
    assert cycles(project, "d", "e") == [("d", "e")]
    assert cycles(project, "a.*") == [("a.b", "a.c")]
    assert cycles(project, "d") == []


def test_a_file_that_another_one_hides_is_no_module(texts: MakeProject) -> None:
    files = {"a/__init__.py": "", "a.py": "import b", "b.py": "import a"}
    assert cycles(texts(files)) == []


class TestGrimp:
    """The judge is grimp; it counts imports in functions, which are taken out of what it finds."""

    @pytest.mark.parametrize("name", ["click", "hypothesis"])
    def test_the_same_imports_and_cycles(self, name: str) -> None:
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        package = Path(spec.origin).parent
        root = package.parent
        files = [path.relative_to(root).as_posix() for path in package.rglob("*.py")]
        project = Project(root, (".",), lambda: files)

        expected = _judged(name, root)

        found = {cycle.modules: cycle.size for cycle in project.cycles((name,))}
        circles = list(components(expected))
        assert sorted(found.values()) == sorted(map(len, circles))
        assert found
        for way in found:
            assert any(component.issuperset(way) for component in circles)
            assert all(goal in expected[node] for node, goal in zip(way, (*way[1:], way[0]), strict=True))


def _judged(name: str, root: Path) -> dict[str, set[str]]:
    """The modules that each module of a package imports when it is imported, as grimp has it."""
    graph = grimp.build_graph(name, exclude_type_checking_imports=True, cache_dir=None)
    expected: dict[str, set[str]] = {}
    for module in graph.modules:
        path = root.joinpath(*module.split("."))
        late = _late_rows(path / "__init__.py" if path.is_dir() else path.with_suffix(".py"))
        expected[module] = {
            goal
            for goal in graph.find_modules_directly_imported_by(module)
            if any(
                detail["line_number"] not in late for detail in graph.get_import_details(importer=module, imported=goal)
            )
        }
    return expected


def _late_rows(path: Path) -> set[int]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    tree = ast.parse(path.read_bytes())
    return {
        inner.lineno
        for node in ast.walk(tree)
        if isinstance(node, functions)
        for inner in ast.walk(node)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    }
