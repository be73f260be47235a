"""Caches that are damaged, foreign, of another version, not writable, or used by several at once."""

from __future__ import annotations

import marshal
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ssot_lint import cache, cachefiles, runner
from ssot_lint.cache import recall
from ssot_lint.cache.memory import Memory
from ssot_lint.cachefiles import CACHE, clean, load, save
from ssot_lint.discovery import Discovery, discover
from tests.unit.cache.conftest import FILES, Project, codes

HOME = Path(cache.__file__).parents[2]


def files_of_cache(project: Project) -> list[Path]:
    """The files that runs keep, without the database of summaries."""
    return sorted(path for path in (project.root / CACHE).iterdir() if path.name.startswith(cachefiles.FAMILIES))


class TestDamage:
    @pytest.mark.parametrize("name", ["state-", "tree-"])
    @pytest.mark.parametrize(
        "damage",
        [
            lambda raw: b"",
            lambda raw: raw[: len(raw) // 2],
            lambda raw: raw[:-1],
            lambda raw: raw[: len(raw) // 2] + b"?" + raw[len(raw) // 2 + 1 :],
            lambda raw: b"SQLite format 3\0" + raw,
            lambda raw: marshal.dumps({"another": "format"}),
            lambda raw: raw.replace(b"cache 1", b"cache 0"),
        ],
    )
    def test_is_as_good_as_nothing(self, known: Project, name: str, damage: Callable[[bytes], bytes]) -> None:
        for path in files_of_cache(known):
            if path.name.startswith(name):
                path.write_bytes(damage(path.read_bytes()))
        known.warm()
        assert known.warm() == []

    def test_of_the_summaries(self, known: Project) -> None:
        for path in (known.root / CACHE).glob("*.sqlite*"):
            path.write_bytes(b"nothing of the sort")
        known.write("app/old.py", "class Manager: ...\n")
        known.warm()
        assert known.warm() == []

    def test_another_version_begins_anew(self, known: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        before = files_of_cache(known)
        monkeypatch.setattr(cache, "edition", lambda: "9.9-next")
        assert "app/legacy.py" in known.warm()
        assert set(before) < set(files_of_cache(known))

    def test_what_goes_by_the_name_of_another_is_not_taken(self, known: Project) -> None:
        (state,) = (path for path in files_of_cache(known) if path.name.startswith("state-"))
        key, kept = load(str(state))
        save(str(state), (b"another" + key, kept))
        assert "app/legacy.py" in known.warm()


class TestPlaces:
    def test_a_file_where_the_cache_would_be(self, project: Project) -> None:
        project.write(CACHE, "not a directory")
        project.warm()
        assert "app/legacy.py" in project.warm()
        assert project.read(CACHE) == "not a directory"

    @pytest.mark.parametrize("is_filled", [True, False])
    def test_a_directory_that_cannot_be_written(self, project: Project, is_filled: bool, tmp_path: Path) -> None:
        if is_filled:
            project.run()
        else:
            (project.root / CACHE).mkdir()
        project.write("app/legacy.py", "from app.old import Manager as Other\n")
        # Others may not enter the directories of pytest.
        with tempfile.TemporaryDirectory() as name:
            os.chmod(name, 0o755)
            root = Path(shutil.copytree(project.root, Path(name) / "project"))
            directory = root / CACHE
            before = sorted(path.name for path in directory.iterdir())
            for path in (*directory.iterdir(), directory):
                path.chmod(0o555)
            # Not even the superuser writes there then.
            program = (
                "import os, sys\n"
                "from ssot_lint import cli\n"
                "os.chdir(sys.argv[1])\n"
                "cli.run(['check', '--output-format=concise', '--cache-dir', sys.argv[2]])\n"
                "hasattr(os, 'geteuid') and os.geteuid() == 0 and os.seteuid(65534)\n"
                "print(*(cli.run(['check', '--output-format=concise']) for _ in range(2)))\n"
            )
            result = subprocess.run(
                [sys.executable, "-c", program, root, tmp_path / "elsewhere"],
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "PYTHONPATH": str(HOME)},
            )
            after = sorted(path.name for path in directory.iterdir())
            directory.chmod(0o755)
        assert result.stderr == ""
        *_, last = result.stdout.splitlines()
        assert last == "1 1"
        # The first time with a cache elsewhere.
        assert result.stdout.count("app/legacy.py:1:21: APP101") == 1 + 2
        assert after == before


class TestTogether:
    def test_two_runs_at_a_time_tell_the_same(self, project: Project) -> None:
        command = [sys.executable, "-m", "ssot_lint", "check", "--output-format=concise", "--jobs=1"]
        surroundings = {**os.environ, "PYTHONPATH": str(HOME)}
        texts = ["from app.old import Manager\n", "from app.home import Manager\n", "x = 1\n"]
        for text in texts * 2:
            project.write("app/legacy.py", text)
            runs = [
                subprocess.Popen(
                    command,
                    cwd=project.root,
                    env=surroundings,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                )
                for _ in range(2)
            ]
            said = {run.communicate() for run in runs}
            cold = subprocess.run(
                [*command, "--no-cache"],
                cwd=project.root,
                env=surroundings,
                capture_output=True,
                text=True,
                check=False,
            )
            assert said == {(cold.stdout, "")}
        assert not [path for path in (project.root / CACHE).iterdir() if path.name.startswith(".state")]


class TestBounds:
    def test_questions_that_nobody_needs_are_left_out(self, known: Project) -> None:
        def size() -> int:
            (state,) = (path for path in files_of_cache(known) if path.name.startswith("state-"))
            return len(Memory.whole(load(str(state))[1]).questions)

        first = size()
        for number in range(30):
            known.write("app/legacy.py", f"from app.old import Manager\nfrom app.n{number} import Gone{number}\n")
            known.run()
        assert size() < 3 * first
        known.write("app/legacy.py", FILES["app/legacy.py"])
        known.warm()
        assert known.warm() == []

    def test_files_that_are_gone_are_not_kept(self, known: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(recall, "GROWTH", 0)
        for number in range(3):
            known.write(f"app/made{number}.py", "from app.old import Manager\n")
        known.run()
        for number in range(3):
            os.unlink(known.root / f"app/made{number}.py")
        known.run()
        (state,) = (path for path in files_of_cache(known) if path.name.startswith("state-"))
        assert b"made" not in state.read_bytes()

    def test_states_of_other_settings_are_removed_when_there_are_too_many(self, known: Project) -> None:
        for number in range(20):
            save(str(known.root / CACHE / f"state-{number}"), b"x" * 10_000)
        clean(str(known.root / CACHE), largest=50_000)
        assert sum(path.stat().st_size for path in files_of_cache(known)) <= 50_000


class TestSettings:
    def test_another_selection_is_another_state(self, known: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        known.write("ssot-lint.toml", 'packs = ["pack.toml"]\nignore = ["APP1"]\n')
        known.warm()
        assert "APP101" not in dict(codes(known.run())).values()
        known.write("ssot-lint.toml", FILES["ssot-lint.toml"])
        assert known.warm() == []

    @pytest.mark.parametrize(
        "setting",
        [
            "require-reason = true",
            'src = ["app", "."]',
            'per-file-ignores = { "app/legacy.py" = ["APP101"] }',
            'no-suppress = ["APP101"]',
        ],
    )
    def test_each_that_counts_makes_another(self, known: Project, setting: str) -> None:
        known.write("app/legacy.py", "from app.old import Manager  # ssot: ignore[APP101]\n")
        known.run()
        known.write("ssot-lint.toml", FILES["ssot-lint.toml"] + setting + "\n")
        assert "app/legacy.py" in known.warm()
        assert known.warm() == []

    def test_a_pack_that_was_changed(self, known: Project) -> None:
        known.write("pack.toml", FILES["pack.toml"].replace("app.old.Manager", "app.home.Manager", 1))
        known.write(
            "pack.toml", FILES["pack.toml"] + '\n[[rule]]\nid = "APP901"\nkind = "shim"\nmodules = ["app.old"]\n'
        )
        assert "app/old.py" in known.warm()

    def test_what_was_excluded(self, known: Project) -> None:
        known.write("ssot-lint.toml", FILES["ssot-lint.toml"] + 'exclude = ["app/legacy.py"]\n')
        assert known.warm() == []
        known.write("ssot-lint.toml", FILES["ssot-lint.toml"])
        assert known.warm() == []


class TestDays:
    def at(self, monkeypatch: pytest.MonkeyPatch, days: int) -> None:
        then = date.today() + timedelta(days)

        class Then(date):
            @classmethod
            def today(cls) -> Then:
                return cls(then.year, then.month, then.day)

        for module in ("datetime", "ssot_lint.cache.review", "ssot_lint.cache.recall"):
            monkeypatch.setattr(f"{module}.date", Then)

    def test_a_suppression_ends(self, known: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        until = date.today() + timedelta(1)
        known.write("app/legacy.py", f"from app.old import Manager  # ssot: ignore[APP101] until={until} later\n")
        known.warm()
        assert known.warm() == []
        self.at(monkeypatch, 1)
        assert known.warm() == ["app/legacy.py"]
        assert ("app/legacy.py", "SL005") not in codes(known.run())
        self.at(monkeypatch, 2)
        assert known.warm() == ["app/legacy.py"]
        assert ("app/legacy.py", "SL005") in codes(known.run())

    def test_the_time_of_a_shim_comes(self, known: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        rule = f'\n[[rule]]\nid = "APP901"\nkind = "shim"\nmodules = ["app.old"]\nremove-by = "{date.today()}"\n'
        known.write("pack.toml", FILES["pack.toml"] + rule)
        known.warm()
        assert known.warm() == []
        self.at(monkeypatch, 1)
        assert known.warm() == ["app/old.py"]


class TestNamed:
    def test_more_is_told_of_files_that_are_named(self, project: Project) -> None:
        project.write("app/ruin.py", "def (\n")
        assert project.warm()
        for _ in range(2):
            assert codes(project.run("app/ruin.py")) == [("app/ruin.py", "SL001")]
            assert project.warm("app/ruin.py") == []
            assert ("app/ruin.py", "SL001") not in codes(project.run())
        project.write("app/ruin.py", "def f(): ...\n")
        assert codes(project.run("app/ruin.py")) == []

    def test_files_outside_of_what_git_lists(self, project: Project) -> None:
        project.write(".gitignore", "made.py\n")
        project.write("app/made.py", "from app.old import Manager\n")
        subprocess.run(["git", "init", "-q", project.root], check=True)
        assert project.warm("app/made.py") == ["app/made.py"]
        assert project.warm("app/made.py") == []
        project.write("app/made.py", "x = 1\n")
        assert project.warm("app/made.py") == []


class TestFixing:
    def test_is_not_kept(self, known: Project) -> None:
        known.run(fix=True)
        assert "app/legacy.py" in known.judged
        assert "app/user.py" not in known.judged
        assert known.read("app/legacy.py").startswith("from app.home import Manager")
        assert "app/legacy.py" in known.warm()
        assert known.warm() == []

    def test_a_diff_changes_nothing(self, known: Project) -> None:
        report = known.run(diff=True)
        assert report == known.cold(diff=True)
        assert known.warm() == []


class TestCrashes:
    def test_are_not_kept(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        from ssot_lint.kinds.legacy_import import LegacyImport

        def crash(*arguments: object) -> None:
            raise KeyError("nothing of the sort")

        with monkeypatch.context() as patched:
            patched.setattr(LegacyImport, "visit_ImportFrom", crash)
            assert ("app/legacy.py", "SL006") in codes(project.run())
        assert "app/legacy.py" in project.warm()
        assert project.warm() == []

    def test_nor_are_files_that_cannot_be_read(self, known: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        found = discover

        def more(*arguments: Any) -> Discovery:
            return replace(found(*arguments), files=("app/gone.py", *found(*arguments).files))

        monkeypatch.setattr(runner, "discover", more)
        for _ in range(2):
            assert ("app/gone.py", "SL002") in codes(known.run())
