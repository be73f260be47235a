from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.project import Project

OpenProject = Callable[[str], Project]
MakeProject = Callable[[dict[str, str]], Project]

ALL = {
    "_Implementation", "Engine", "Motor", "Drive", "Pump", "Mill", "Turbine", "Chosen", "Guarded", "First", "Walrus",
    "Installed", "Fitted", "Link", "Collapsed", "Wide",
}  # fmt: skip


class TestTheNamesOfAnObject:
    @pytest.mark.parametrize(
        "target", ["core.engine._Implementation", "core.Engine", "core.engine:Motor", "core.chain.Collapsed"]
    )
    def test_from_whatever_path(self, reopened: OpenProject, target: str) -> None:
        assert reopened("names").names_of([target]) == ALL | {target.replace(":", ".").rpartition(".")[2]}

    def test_again_and_for_others(self, reopened: OpenProject) -> None:
        project = reopened("names")
        for _ in range(2):
            assert project.names_of(["core.engine._Implementation"]) == ALL
            assert project.names_of(["core.engine.Other"]) == {"Other", "Unrelated", "object"}
            assert project.names_of(["core.engine", "core.shims.install"]) == {"engine", "install"}

    def test_of_an_object_of_its_own_that_may_be_another(self, reopened: OpenProject) -> None:
        assert reopened("conditions").names_of(["app.fallbacks.Engine"]) == {"Engine"}

    def test_of_a_module(self, texts: MakeProject) -> None:
        project = texts({
            "pkg/__init__.py": "from pkg import old as shim\nimport pkg.old as module",
            "pkg/old.py": "",
            "pkg/user.py": "import pkg\nagain = pkg.old\n",
        })  # fmt: skip
        assert project.names_of(["pkg.old"]) == {"old", "shim", "module", "again"}

    def test_of_another_distribution(self, texts: MakeProject) -> None:
        project = texts({"a.py": "from logging import getLogger as logger_of", "b.py": "from a import logger_of as l"})
        assert project.names_of(["logging.getLogger"]) == {"getLogger", "logger_of", "l"}

    def test_of_what_does_not_exist(self, texts: MakeProject) -> None:
        project = texts({"pkg/__init__.py": "", "pkg/a.py": "from pkg.gone import Thing as Lost"})
        assert project.names_of(["pkg.gone.Thing"]) == {"Thing", "Lost"}

    def test_a_name_that_is_found_late(self, texts: MakeProject) -> None:
        """``Second`` is an alias of ``First``, which is known from elsewhere before anything here is."""
        project = texts({
            "pkg/__init__.py": "",
            "pkg/home.py": "class Thing: ...",
            "pkg/a.py": "from pkg.home import Thing as First",
            "pkg/b.py": "from pkg.home import Thing as Hidden",
            "pkg/c.py": "from pkg.b import Hidden as First\nSecond = First",
        })  # fmt: skip
        assert project.names_of(["pkg.home.Thing"]) == {"Thing", "First", "Hidden", "Second"}

    def test_nothing_at_all(self, texts: MakeProject) -> None:
        assert texts({}).names_of([]) == frozenset()


@pytest.mark.parametrize(
    "case", ["aliases", "conditions", "stars", "submodules", "tricks", "circles", "rebinding", "classes", "names"]
)
def test_they_are_those_that_all_modules_have(reopened: OpenProject, case: str) -> None:
    """The names found by searching for words are those found by asking every name of every module."""
    project = reopened(case)
    names: dict[str, set[str]] = {}
    for path in project.mentions():
        located = project.module_of(path)
        summary = project.summary(located[0]) if located else None
        for name in summary.names if summary is not None and summary.path == path else ():
            if "." not in name and summary is not None:
                for origin in project.resolve(f"{summary.module}:{name}").possible:
                    names.setdefault(origin, set()).add(name)
    for origin, expected in names.items():
        is_module = ":" not in origin and project.summary(origin) is not None
        assert expected <= project.names_of([f"{origin}:" if is_module else origin]), origin
