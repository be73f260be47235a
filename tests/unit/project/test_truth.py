"""What the index is certain of is so when Python runs the code: over the small projects, and over random ones.

Found means that the name gives the very object that its origin gives; missing means that there is nothing to get.
"""

from __future__ import annotations

import contextlib
import importlib
import random
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssot_lint.project import Project
from ssot_lint.project.answers import Resolution

OpenProject = Callable[[str], Project]

PROJECTS = Path(__file__).parents[2] / "projects"
NOTHING = object()
NOT_IMPORTABLE = object()


@contextlib.contextmanager
def importable(*roots: Path) -> Iterator[None]:
    """Put ``roots`` on the path, and afterwards forget everything imported from there."""
    before = dict(sys.modules)
    sys.path[:0] = [str(root) for root in roots]
    importlib.invalidate_caches()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        del sys.path[: len(roots)]
        for name in sys.modules.keys() - before.keys():
            del sys.modules[name]


def take(module: str, name: str) -> object:
    """Do what ``from module import name`` does."""
    try:
        imported = importlib.import_module(module)
    except Exception:  # noqa: BLE001 - a module may fail in any way
        return NOT_IMPORTABLE
    if hasattr(imported, name):
        return getattr(imported, name)
    try:
        return importlib.import_module(f"{module}.{name}")
    except ImportError:
        return NOTHING
    except Exception:  # noqa: BLE001
        return NOT_IMPORTABLE


def reach(project: Project, origin: str) -> object:
    """Give the object that is defined under ``origin``."""
    module, colon, inner = origin.partition(":")
    if not colon:
        if project.summary(origin) is not None:
            return take(origin, "__name__") and sys.modules.get(origin, NOT_IMPORTABLE)
        module, _, inner = origin.rpartition(".")
        while project.summary(module) is None:
            module, _, name = module.rpartition(".")
            inner = f"{name}.{inner}"
    first, *rest = inner.split(".")
    found = take(module, first)
    for name in rest:
        found = getattr(found, name)
    return found


def lie(project: Project, resolution: Resolution, real: object) -> bool:
    """Whether ``resolution`` says of a name that gives ``real`` what is not so."""
    if real is NOT_IMPORTABLE or resolution.status == "unknown":
        return False
    if resolution.status == "missing" or resolution.origin is None:
        return real is not NOTHING
    there = reach(project, resolution.origin)
    return there is not NOT_IMPORTABLE and there is not real


class TestSmallProjects:
    @pytest.mark.parametrize(
        ("case", "package"),
        [
            ("conditions", "app"),
            ("stars", "kit"),
            ("submodules", "box"),
            ("classes", "zoo"),
            ("names", "core"),
            ("imports", "net"),
        ],
    )
    def test_no_answer_is_a_lie(self, project: OpenProject, case: str, package: str) -> None:
        asked = 0
        with importable(PROJECTS / case):
            for path in sorted((PROJECTS / case).rglob("*.py")):
                located = project(case).module_of(path.relative_to(PROJECTS / case).as_posix())
                summary = project(case).summary(located[0]) if located else None
                for name in summary.names if summary else ():
                    assert summary is not None
                    if "." in name:
                        continue
                    resolution = project(case).resolve(f"{summary.module}:{name}")
                    assert not lie(project(case), resolution, take(summary.module, name)), resolution
                    asked += resolution.status != "unknown"
        assert asked > 5


NAMES = ("X", "Y", "Z", "a", "b", "c", "_P")
MODULES = ("pkg.a", "pkg.b", "pkg.c", "pkg.c.d", "pkg.c.e", "pkg.f", "pkg")
"""Each imports only from those before it: in a circle, what Python finds depends on where it is entered."""
TRUE, FALSE = 'len("ab") == 2', 'len("ab") == 3'


class Author:
    """Writes random modules; names are mostly used where they may be bound, so that most modules can be imported."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._bound: dict[str, list[str]] = {module: [] for module in MODULES}

    def project(self) -> dict[str, str]:
        """Write a project: paths and texts."""
        packages = {module for module in MODULES if any(other.startswith(f"{module}.") for other in MODULES)}
        texts = {}
        for module in MODULES:
            path = module.replace(".", "/") + ("/__init__.py" if module in packages else ".py")
            length = self._chance.randrange(1, 6) if module != "pkg" else self._chance.choice((0, 0, 3))
            texts[path] = "".join(self._statement(module, 0) for _ in range(length))
        return texts

    def _new(self, module: str) -> str:
        name = self._chance.choice(NAMES)
        self._bound[module].append(name)
        return name

    def _old(self, module: str) -> str:
        usual = self._chance.random() < 0.9 and self._bound[module]
        return self._chance.choice(self._bound[module] if usual else NAMES)

    def _statement(self, module: str, depth: int) -> str:
        simple = (self._definition, self._value, self._alias, self._import, self._import, self._other)
        compound = (self._if, self._try, self._guarded, self._odd)
        return self._chance.choice(simple if depth > 1 else (*simple, *compound))(module, depth)

    def _body(self, module: str, depth: int) -> str:
        lines = "".join(self._statement(module, depth + 1) for _ in range(self._chance.randrange(1, 3)))
        return "".join(f"    {line}\n" for line in lines.splitlines())

    def _definition(self, module: str, depth: int) -> str:
        return self._chance.choice((f"class {self._new(module)}: pass\n", f"def {self._new(module)}(): pass\n"))

    def _value(self, module: str, depth: int) -> str:
        return f"{self._new(module)} = object()\n"

    def _alias(self, module: str, depth: int) -> str:
        one, two = self._old(module), self._old(module)
        return self._chance.choice((
            f"{self._new(module)} = {one}\n",
            f"{self._new(module)}, {self._new(module)} = {one}, {two}\n",
            f"{self._new(module)} = {one} if {self._chance.choice((TRUE, FALSE))} else {two}\n",
        ))  # fmt: skip

    def _import(self, module: str, depth: int) -> str:
        earlier = MODULES[: MODULES.index(module)]
        if not earlier:
            return self._definition(module, depth)
        source = self._chance.choice(earlier)
        package, _, last = source.rpartition(".")
        name = self._old(source)
        forms = [
            f"from {source} import {name} as {self._new(module)}\n",
            f"from {source} import *\n",
            f"import {source} as {self._new(module)}\n",
            f"import {source}\n{self._new(module)} = {source}.{name}\n",
            f"from {package} import {last} as {self._new(module)}\n" if package in earlier else f"import {source}\n",
        ]
        form = self._chance.choice(forms)
        if "*" in form:
            self._bound[module] += self._bound[source]
        return form

    def _other(self, module: str, depth: int) -> str:
        name = self._old(module)
        return self._chance.choice((
            f'__all__ = ["{name}", "{self._old(module)}"]\n',
            f"del {name}\n",
            f"if ({self._new(module)} := {name}) is None or ({self._new(module)} := 3): pass\n",
            f"{self._new(module)}: int\n",
        ))  # fmt: skip

    def _if(self, module: str, depth: int) -> str:
        test = self._chance.choice((TRUE, FALSE, "True", "False", '__name__ == "__main__"'))
        orelse = f"else:\n{self._body(module, depth)}" if self._chance.random() < 0.6 else ""
        return f"if {test}:\n{self._body(module, depth)}{orelse}"

    def _try(self, module: str, depth: int) -> str:
        orelse = f"else:\n{self._body(module, depth)}" if self._chance.random() < 0.5 else ""
        return f"try:\n{self._body(module, depth)}except Exception:\n{self._body(module, depth)}{orelse}"

    def _guarded(self, module: str, depth: int) -> str:
        source = self._chance.choice((*MODULES[: MODULES.index(module)], "pkg.gone", "not_installed"))
        name = self._new(module)
        handler = self._chance.choice((self._body(module, depth), "    pass\n"))
        return f"try:\n    from {source} import {name}\nexcept ImportError:\n{handler}"

    def _odd(self, module: str, depth: int) -> str:
        body = self._body(module, depth)
        inner = "".join(f"    {line}\n" for line in body.splitlines())
        return self._chance.choice((
            f"for _ in range({self._chance.randrange(2)}):\n{body}",
            f"from contextlib import suppress\nwith suppress(Exception):\n{body}",
            f"match {self._chance.randrange(3)}:\n    case 1:\n{inner}    case _:\n        pass\n",
        ))  # fmt: skip


def is_left_open(project: Project, resolution: Resolution, real: object) -> bool:
    """Whether what the index says may differ from what happens, as it documents.

    The attribute of a package may yet be replaced by a submodule of its name; and what is imported in a ``try`` may be
    absent for a reason of the module that is imported.
    """
    if any(":" in origin for origin in resolution.possible):
        return True
    if any(project.summary(step) is not None for step in resolution.chain[:-1]):
        return True
    steps = (step.rpartition(".") for step in resolution.chain)
    summaries = ((project.summary(module), name) for module, _, name in steps)
    return real is NOTHING and any(
        bound.guarded for summary, name in summaries if summary for bound in summary.names.get(name, ())
    )


class TestRandomProjects:
    @given(st.randoms(use_true_random=False))
    @settings(max_examples=50, deadline=None, derandomize=True)
    def test_no_answer_is_a_lie(self, chance: random.Random) -> None:
        texts = Author(chance).project()
        with project_on_disk(texts) as (root, project), importable(root):
            if take("pkg", "__name__") is NOT_IMPORTABLE:
                return
            for module in MODULES:
                for name in (*NAMES, "d", "e", "f"):
                    resolution, real = project.resolve(f"{module}:{name}"), take(module, name)
                    if not is_left_open(project, resolution, real):
                        assert not lie(project, resolution, real), (resolution, real, texts)


@contextlib.contextmanager
def project_on_disk(texts: dict[str, str]) -> Iterator[tuple[Path, Project]]:
    """Write ``texts`` and open them as a project."""
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        for path, text in texts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        yield root, Project(root, (".",), lambda: list(texts))
