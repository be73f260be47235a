"""Summaries kept from one run to the next."""

from __future__ import annotations

import dataclasses
import os
import random
import sqlite3
import subprocess
import sys
import time
import typing
from collections.abc import Callable, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest

from ssot_lint.project import Project, database, store, summarize
from ssot_lint.project.packing import PACKED, pack, unpack
from ssot_lint.project.store import SummaryStore
from ssot_lint.project.summary import ModuleSummary

RAW = b"import os\n\nclass Thing(Base):\n    size: int = 3\n    async def go(self, *, far=1): ...\n"
OTHER = b"from a.b import Thing\n"
HOME = Path(store.__file__).parents[2]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The modules whose summaries were made and not found."""
    modules: list[str] = []
    make = summarize.summarize

    def noted(raw: bytes, module: str, path: str, is_package: bool) -> ModuleSummary:
        modules.append(module)
        return make(raw, module, path, is_package)

    monkeypatch.setattr(summarize, "summarize", noted)
    return modules


def ask(directory: Path, raw: bytes = RAW, module: str = "a.b", path: str = "a/b.py", package: bool = False) -> Any:
    """What a run of its own is told of a module."""
    opened = SummaryStore(directory)
    summary = opened.summarize(raw, module, path, package)
    opened.close()
    return summary


def database_in(directory: Path) -> Path:
    (path,) = directory.glob("*.sqlite")
    return path


def execute(path: Path, statement: str) -> list[Any]:
    connection = sqlite3.connect(path, isolation_level=None)
    rows = connection.execute(statement).fetchall()
    connection.close()
    return rows


class Values:
    """Makes values of any type that summaries use."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def of(self, hint: Any) -> Any:
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            hints = typing.get_type_hints(hint)
            return hint(**{field.name: self.of(hints[field.name]) for field in dataclasses.fields(hint)})
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType, Literal):
            choice = self.random.choice(arguments)
            return choice if origin is Literal else self.of(choice)
        if origin is tuple:
            inner = arguments[:1] * self.random.randrange(3) if arguments[-1] is ... else arguments
            return tuple(map(self.of, inner))
        if origin is Mapping:
            return {self.of(arguments[0]): self.of(arguments[1]) for _ in range(self.random.randrange(4))}
        return self.simple(hint)

    def simple(self, hint: Any) -> Any:
        if hint is type(None):
            return None
        if hint is bool:
            return self.random.random() < 0.5
        if hint is int:
            return self.random.randrange(1 << 40)
        assert hint is str, f"how are values of {hint} made?"
        return "".join(self.random.choices("aé.:\udc80€𝒳 \0", k=self.random.randrange(5)))


class TestPacking:
    @pytest.mark.parametrize("seed", range(200))
    def test_every_field_comes_back(self, seed: int) -> None:
        summary = Values(seed).of(ModuleSummary)
        again = unpack(pack(summary))
        assert again == summary
        assert repr(again) == repr(summary)  # equal is not enough: True is 1

    @pytest.mark.parametrize("cls", PACKED, ids=lambda cls: cls.__name__)
    def test_each_field_of_each_class_matters(self, cls: type) -> None:
        """Two summaries that differ in any one field anywhere have different bytes."""
        hints = typing.get_type_hints(cls)
        seen: dict[str, set[bytes]] = {field.name: set() for field in dataclasses.fields(cls)}
        for seed in range(40):
            values = Values(seed)
            whole = values.of(cls)
            for name, packed in seen.items():
                changed = dataclasses.replace(whole, **{name: values.of(hints[name])})
                if getattr(changed, name) != getattr(whole, name):
                    assert pack(changed) != pack(whole), name
                    packed.add(pack(changed))
        assert all(seen.values())

    def test_real_ones(self) -> None:
        for path in sorted(Path(store.__file__).parent.glob("*.py")):
            summary = summarize.summarize(path.read_bytes(), path.stem, path.name, False)
            assert summary.names
            assert unpack(pack(summary)) == summary


class TestKeeping:
    def test_another_run_finds_what_the_first_one_made(self, directory: Path, made: list[str]) -> None:
        first = ask(directory)
        assert made == ["a.b"]
        assert ask(directory) == first == summarize.summarize(RAW, "a.b", "a/b.py", False)
        assert made == ["a.b", "a.b"]  # the second one is that of this test

    @pytest.mark.parametrize(
        "change",
        [
            {"raw": RAW + b"\n"},
            {"raw": b""},
            {"module": "a.c"},
            {"path": "src/a/b.py"},
            {"package": True},
        ],
        ids=str,
    )
    def test_what_is_not_the_same_is_not_found(self, directory: Path, made: list[str], change: dict[str, Any]) -> None:
        ask(directory)
        summary = ask(directory, **change)
        assert len(made) == 2
        assert summary == summarize.summarize(
            change.get("raw", RAW),
            change.get("module", "a.b"),
            change.get("path", "a/b.py"),
            change.get("package", False),
        )

    def test_a_file_that_is_no_python_is_kept_as_such(self, directory: Path, made: list[str]) -> None:
        assert ask(directory, b"\xff\xfe\x00").broken
        assert ask(directory, b"\xff\xfe\x00").broken
        assert len(made) == 1

    def test_many_are_written_in_between(
        self, directory: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "BATCH", 3)
        opened = SummaryStore(directory)
        for number in range(7):
            opened.summarize(RAW, f"m{number}", f"m{number}.py", False)
        assert len(execute(database_in(directory), "SELECT key FROM summary")) == 6
        opened.close()
        assert len(execute(database_in(directory), "SELECT key FROM summary")) == 7
        opened.summarize(RAW, "m6", "m6.py", False)
        assert len(made) == 7

    def test_a_project_asks_it(self, directory: Path, made: list[str], tmp_path: Path) -> None:
        def answer() -> object:
            opened = SummaryStore(directory)
            project = Project(tmp_path, (".",), tuple, {"a/b.py": RAW, "a/c.py": OTHER}, opened)
            resolution = project.resolve("a.c.Thing")
            opened.close()
            return resolution

        first = answer()
        assert sorted(made) == ["a.b", "a.c"]
        assert answer() == first
        assert len(made) == 2

    def test_another_edition_begins_anew(
        self, directory: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ask(directory)
        monkeypatch.setattr(store, "edition", lambda: "9.9-next")
        ask(directory)
        assert len(made) == 2
        assert len(list(directory.glob("*.sqlite"))) == 2


class TestTheDirectory:
    def test_it_is_kept_out_of_git_and_backups(self, directory: Path) -> None:
        ask(directory / "deep")
        assert (directory / "deep/.gitignore").read_text() == "*\n"
        assert (directory / "deep/CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
        assert {path.suffix for path in (directory / "deep").iterdir()} == {"", ".TAG", ".sqlite"}

    def test_one_that_is_somebody_elses_gets_no_marks(self, tmp_path: Path) -> None:
        ask(tmp_path)
        assert [path.suffix for path in tmp_path.iterdir()] == [".sqlite"]

    def test_nothing_is_made_where_nothing_is_asked(self, directory: Path) -> None:
        SummaryStore(directory).close()
        assert not directory.exists()


class TestWhatGoesWrong:
    @pytest.mark.parametrize(
        "damage",
        [
            lambda path: path.write_bytes(b"this is no database, " * 500),
            lambda path: path.write_bytes(path.read_bytes()[:5000]),
            lambda path: path.write_bytes(path.read_bytes()[:4096] + bytes(len(path.read_bytes()) - 4096)),
        ],
        ids=["other", "short", "zeros"],
    )
    def test_what_is_broken_is_made_again(
        self, directory: Path, made: list[str], damage: Callable[[Path], object]
    ) -> None:
        first = ask(directory)
        damage(database_in(directory))
        assert ask(directory) == first
        assert ask(directory) == first
        made.clear()
        assert ask(directory) == first
        assert not made

    @pytest.mark.parametrize(
        "damage",
        [
            "UPDATE summary SET value = substr(value, 1, 30)",
            "UPDATE summary SET value = (SELECT value FROM summary ORDER BY length(value))",
        ],
        ids=["cut", "mixed up"],
    )
    def test_values_that_are_wrong_are_not_believed(self, directory: Path, damage: str) -> None:
        first = ask(directory)
        ask(directory, OTHER)
        execute(database_in(directory), damage)
        assert ask(directory) == first

    def test_a_locked_database_is_not_used(
        self, directory: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database, "PATIENCE", 0.01)
        first = ask(directory)
        connection = sqlite3.connect(database_in(directory), isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        assert ask(directory) == first
        assert ask(directory, OTHER).module == "a.b"
        connection.execute("ROLLBACK")
        connection.close()
        made.clear()
        ask(directory, OTHER)
        assert made == ["a.b"]

    def test_a_place_where_no_directory_can_be(self, tmp_path: Path, made: list[str]) -> None:
        (tmp_path / "file").write_text("")
        assert ask(tmp_path / "file").module == "a.b"
        assert ask(tmp_path / "file/deeper").module == "a.b"
        assert (tmp_path / "file").read_text() == ""

    @pytest.mark.parametrize("is_filled", [True, False])
    def test_a_read_only_directory(self, directory: Path, is_filled: bool) -> None:
        if is_filled:
            ask(directory)
            database_in(directory).chmod(0o444)
        else:
            directory.mkdir()
        directory.chmod(0o555)
        before = sorted(path.name for path in directory.iterdir())
        # Not even the superuser writes there then.
        program = (
            "import os, sys, hashlib, sqlite3\n"
            "from pathlib import Path\n"
            "from ssot_lint.project import database, packing, summarize, store\n"
            "store.edition()\n"
            "os.chdir(sys.argv[1])\n"
            "hasattr(os, 'geteuid') and os.geteuid() == 0 and os.seteuid(65534)\n"
            "for directory in (Path(), Path('inner')):\n"
            "    opened = store.SummaryStore(directory)\n"
            f"    print(opened.summarize({RAW!r}, 'a.b', 'a/b.py', False).module)\n"
            f"    print(opened.summarize({OTHER!r}, 'a.b', 'a/b.py', False).module)\n"
            "    opened.close()\n"
        )
        result = run_python(program, str(directory))
        directory.chmod(0o755)
        assert (result.stdout, result.stderr) == ("a.b\n" * 4, "")
        assert sorted(path.name for path in directory.iterdir()) == before

    def test_a_python_without_sqlite(self, directory: Path) -> None:
        program = (
            "import sys\n"
            "from pathlib import Path\n"
            "sys.modules['sqlite3'] = None\n"
            "from ssot_lint.project.store import SummaryStore\n"
            "opened = SummaryStore(Path(sys.argv[1]))\n"
            f"print(opened.summarize({RAW!r}, 'a.b', 'a/b.py', False).module)\n"
            "opened.close()\n"
        )
        result = run_python(program, str(directory))
        assert (result.stdout, result.stderr) == ("a.b\n", "")


def run_python(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(HOME)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


class TestSeveralProcesses:
    def test_what_all_of_them_make_is_kept(self, directory: Path, made: list[str]) -> None:
        """They begin anew at once, and write again and again."""
        program = (
            "import sys\n"
            "from pathlib import Path\n"
            "from ssot_lint.project import store\n"
            "store.BATCH = 2\n"
            "opened = store.SummaryStore(Path(sys.argv[1]))\n"
            "sys.stdin.readline()\n"
            "for number in range(60):\n"
            "    name = f'm{number % 20}' if number % 3 else f'p{sys.argv[2]}_{number}'\n"
            "    assert opened.summarize(b'A = 1', name, name + '.py', False).module == name\n"
            "    if number % 10 == 0: opened.close()\n"
            "opened.close()\n"
            "assert opened._is_usable\n"
        )
        command = [sys.executable, "-c", program, str(directory)]
        environment = {**os.environ, "PYTHONPATH": str(HOME)}
        children = [
            subprocess.Popen(
                [*command, str(number)], env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            for number in range(3)
        ]
        for child in children:
            assert child.stdin
            child.stdin.write("go\n")
            child.stdin.flush()
        errors = [child.communicate()[1] for child in children]
        assert errors == [""] * 3
        opened = SummaryStore(directory)
        for name in [f"p{number}_{step}" for number in range(3) for step in range(0, 60, 3)]:
            opened.summarize(b"A = 1", name, f"{name}.py", False)
        opened.close()
        assert not made
        assert execute(database_in(directory), "PRAGMA integrity_check") == [("ok",)]


class TestCleaning:
    @pytest.fixture
    def later(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
        """Let days go by."""
        now = time.time

        def function(days: int) -> None:
            monkeypatch.setattr(time, "time", lambda: now() + days * 86_400)

        return function

    def test_what_nobody_uses_is_deleted(self, directory: Path, made: list[str], later: Callable[[int], None]) -> None:
        ask(directory)
        ask(directory, OTHER)
        later(20)
        ask(directory)
        later(31)
        ask(directory, b"")
        assert len(made) == 3
        ask(directory)
        assert len(made) == 3
        ask(directory, OTHER)
        assert len(made) == 4

    def test_too_many_are_deleted_the_oldest_first(
        self, directory: Path, made: list[str], later: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for day, name in enumerate("abc"):
            later(day)
            ask(directory, module=name)
        monkeypatch.setattr(database, "LARGEST", 1000)
        later(4)
        ask(directory, module="d")
        monkeypatch.undo()
        assert len(execute(database_in(directory), "SELECT key FROM summary")) == 2

    def test_databases_of_other_versions_go_after_a_while(self, directory: Path, later: Callable[[int], None]) -> None:
        directory.mkdir()
        old, recent, foreign = (directory / f"{name}.sqlite" for name in ("summaries-0", "summaries-1", "photos"))
        for path in (old, recent, foreign):
            path.write_bytes(b"")
        for path in (old, foreign):
            os.utime(path, (0, 0))
        ask(directory)
        assert [path.exists() for path in (old, recent, foreign)] == [False, True, True]
