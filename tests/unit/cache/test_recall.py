"""Reports that are known from earlier runs: the same as new ones, and no more is looked at than has to be."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint import judging, runner
from ssot_lint.cache.evidence import Clerk
from tests.unit.cache.conftest import FILES, Project, codes

Edit = Callable[[Project], object]

EVERYTHING = [
    "app/clock.py",
    "app/home.py",
    "app/legacy.py",
    "app/maker.py",
    "app/old.py",
    "app/user.py",
    "tests/test_manager.py",
]


def moved(old: str, new: str) -> Edit:
    return lambda project: os.rename(project.root / old, project.root / new)


def gone(path: str) -> Edit:
    return lambda project: os.unlink(project.root / path)


def written(path: str, text: str) -> Edit:
    return lambda project: project.write(path, text)


def more(path: str, text: str) -> Edit:
    return lambda project: project.write(path, project.read(path) + text)


def below(path: str, text: str = "# a comment\n") -> Edit:
    return lambda project: project.write(path, text + project.read(path))


class TestNothingChanged:
    def test_all_is_judged_once(self, project: Project) -> None:
        assert project.warm() == EVERYTHING
        assert project.warm() == []

    def test_what_is_known_is_told(self, known: Project) -> None:
        assert codes(known.run()) == [
            ("app/legacy.py", "APP101"),
            ("app/maker.py", "APP201"),
            ("app/user.py", "APP401"),
            ("tests/test_manager.py", "APP101"),
        ]

    def test_a_part_is_known_as_well(self, known: Project) -> None:
        assert known.warm("app") == []
        assert known.warm("app/legacy.py") == []

    def test_of_a_part_the_whole_is_not_known(self, project: Project) -> None:
        assert project.warm("app/legacy.py") == ["app/legacy.py"]
        assert project.warm() == [path for path in EVERYTHING if path != "app/legacy.py"]
        assert project.warm() == []

    def test_times_alone_are_nothing(self, known: Project) -> None:
        for path in known.root.rglob("*.py"):
            os.utime(path, (1, 1))
        assert known.warm() == []

    def test_a_project_that_was_moved_is_known(self, known: Project) -> None:
        elsewhere = Project(known.root.with_name("elsewhere"), known.judged)
        shutil.copytree(known.root, elsewhere.root)
        assert elsewhere.warm() == []

    def test_so_is_one_whose_cache_is_elsewhere(self, project: Project, tmp_path: Path) -> None:
        cache = tmp_path / "cache"
        assert project.warm(cache=cache) == EVERYTHING
        moved = Project(tmp_path / "another" / project.root.name, project.judged)
        shutil.copytree(project.root, moved.root)
        assert moved.warm(cache=cache) == []

    def test_several_processes_keep_the_same(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(runner, "WORTH_JUDGING", 1)
        monkeypatch.setattr(runner, "WORTH_SCREENING", 1)
        monkeypatch.setattr("ssot_lint.executor.available_cores", lambda: 3)
        assert project.run(jobs=3) == project.cold()
        assert project.warm() == []
        below("app/old.py")(project)
        assert project.warm() == ["app/legacy.py", "app/old.py"]
        written("app/clock.py", "def now(): ...\n")(project)
        assert project.run(jobs=3) == project.cold()
        assert project.warm() == []


CHANGES: dict[str, tuple[Edit, list[str]]] = {
    "aside": (below("app/aside.py"), []),
    "a new file aside": (written("app/new.py", "import os\n"), []),
    "a file aside is gone": (gone("app/aside.py"), []),
    "a user": (more("app/user.py", "\nx = 1\n"), ["app/user.py"]),
    # The row in the shim is told with the legacy import.
    "rows of the shim": (below("app/old.py"), ["app/legacy.py", "app/old.py"]),
    "the shim, after the name": (more("app/old.py", "OTHER = 1\n"), ["app/old.py"]),
    "the shim has another class": (
        written("app/old.py", "class Manager: ...\n"),
        ["app/legacy.py", "app/old.py", "tests/test_manager.py"],
    ),
    "the shim is gone": (gone("app/old.py"), ["app/legacy.py", "tests/test_manager.py"]),
    "the shim is a package": (
        moved("app/old.py", "app/old_.py"),
        ["app/legacy.py", "app/old_.py", "tests/test_manager.py"],
    ),
    # The text of the factory is read for those who could use it.
    "rows of the home": (below("app/home.py"), ["app/home.py", "app/legacy.py", "app/maker.py"]),
    "the home, after all": (more("app/home.py", "def other(): ...\n"), ["app/home.py", "app/maker.py"]),
    "the factory is awaited": (
        written("app/home.py", FILES["app/home.py"].replace("def get", "async def get")),
        ["app/home.py", "app/maker.py"],
    ),
    "the factory is gone": (written("app/home.py", "class Manager: ...\n"), ["app/home.py", "app/maker.py"]),
    "the clock is not awaited": (written("app/clock.py", "def now(): ...\n"), ["app/clock.py", "app/user.py"]),
    "a test patches no more": (gone("tests/test_manager.py"), []),
    "another name for it": (
        written("app/names.py", "from app.home import Manager as Boss\n"),
        ["app/names.py"],
    ),
    "a file that has the other name already": (
        lambda project: (
            written("app/boss.py", "from app.names import Boss\n\nBoss()\n")(project),
            project.run(),
            written("app/names.py", "from app.home import Manager as Boss\n")(project),
        ),
        ["app/boss.py", "app/names.py"],
    ),
    "a module where there was none": (
        lambda project: (
            written("app/early.py", "from app.missing import Manager\n")(project),
            project.run(),
            written("app/missing.py", "from app.home import Manager\n")(project),
        ),
        ["app/early.py", "app/missing.py"],
    ),
    "a package of a name that was somebody else's": (
        lambda project: (
            written("app/uses.py", "import other\n\nother.run()\n")(project),
            project.run(),
            written("other/__init__.py", "")(project),
        ),
        ["app/uses.py"],
    ),
    "a name that a test sets": (
        written("tests/test_more.py", "import app.old\n\napp.old.Manager = None\n"),
        ["tests/test_manager.py", "tests/test_more.py"],
    ),
}


class TestChanges:
    @pytest.mark.parametrize("name", CHANGES)
    def test_concern_exactly_what_rests_on_them(self, known: Project, name: str) -> None:
        change, judged = CHANGES[name]
        change(known)
        assert known.warm() == judged
        assert known.warm() == []

    @pytest.mark.parametrize("name", CHANGES)
    def test_that_are_taken_back(self, known: Project, name: str) -> None:
        change, _ = CHANGES[name]
        change(known)
        known.run()
        shutil.rmtree(known.root / "app")
        shutil.rmtree(known.root / "tests")
        for path, text in FILES.items():
            known.write(path, text)
        known.warm()
        assert known.warm() == []

    def test_while_only_a_part_is_checked(self, known: Project) -> None:
        written("app/old.py", "class Manager: ...\n")(known)
        assert known.warm("app/aside.py") == []
        assert known.warm() == ["app/legacy.py", "app/old.py", "tests/test_manager.py"]

    def test_while_only_a_part_is_checked_and_other_words_are_sought(self, known: Project) -> None:
        written("app/boss.py", "from app.names import Boss\n\nBoss()\n")(known)
        known.run()
        written("app/names.py", "from app.home import Manager as Boss\n")(known)
        assert known.warm("app/aside.py") == []
        assert known.warm("app/boss.py") == ["app/boss.py"]
        assert known.warm() == ["app/names.py"]

    def test_one_by_one_in_any_order(self, known: Project) -> None:
        randomly = random.Random(14)
        texts = [*FILES.values(), "class Manager: ...\n", "from app.old import *\n", "Manager = 1\n", "not Python\n"]
        paths = [path for path in FILES if path.endswith(".py")] + [
            "app/sub/__init__.py",
            "app/old/__init__.py",
            "x.py",
        ]
        for _ in range(60):
            for path in randomly.sample(paths, randomly.choice((1, 1, 1, 2, 3))):
                if randomly.random() < 0.3 and (known.root / path).exists():
                    gone(path)(known)
                else:
                    written(path, randomly.choice(texts) + "#" * randomly.randrange(3))(known)
            known.warm(*randomly.choice([(), (), ("app",), ("tests",)]))

    def test_of_the_same_size_and_time(self, known: Project) -> None:
        path = known.root / "app/legacy.py"
        before = path.stat()
        path.write_text(path.read_text().replace("app.old", "app.new"))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert known.warm() == ["app/legacy.py", "tests/test_manager.py"]

    def test_that_follow_each_other_at_once(self, known: Project) -> None:
        for name in ("new", "odd", "old", "new") * 3:
            written("app/legacy.py", f"from app.{name} import Manager\n")(known)
            assert known.run() == known.cold()

    def test_of_a_file_while_it_is_judged(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        judge = judging.Worker._testify

        def meanwhile(worker: judging.Worker, path: str, raw: bytes, clerk: Clerk) -> judging.Outcome:
            if path == "app/legacy.py":
                below("app/old.py", "Manager = 1\n")(project)
            return judge(worker, path, raw, clerk)

        with monkeypatch.context() as patched:
            patched.setattr(judging.Worker, "_testify", meanwhile)
            project.run()
        assert {"app/old.py"} <= set(project.warm())
        assert project.warm() == []

    def test_of_modules_that_git_ignores(self, project: Project) -> None:
        written(".gitignore", "made.py\n.ssot_lint_cache/\n")(project)
        written("app/made.py", "from app.home import Manager\n")(project)
        written("app/uses.py", "from app.made import Manager\n\nManager()\n")(project)
        subprocess.run(["git", "init", "-q", project.root], check=True)
        project.run()
        assert project.warm() == []
        written("app/made.py", "class Manager: ...\n")(project)
        assert project.warm() == ["app/uses.py"]
