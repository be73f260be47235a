"""Files of the cache: whole or not there, in bounds, and of this edition of the tool."""

from __future__ import annotations

import marshal
import os
import sys
import time
from pathlib import Path

import pytest

import ssot_lint
from ssot_lint import cachefiles
from ssot_lint.cachefiles import DAY, KEPT_DAYS, clean, edition, keep_alive, load, save
from ssot_lint.hashing import digest

VALUE = {"a": (1, b"two", None), "ß": [3.5, frozenset({"x"})]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "state-1"


def aged(path: Path, days: float) -> Path:
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    return path


class TestValues:
    def test_come_back(self, path: Path) -> None:
        assert save(str(path), VALUE)
        assert load(str(path)) == VALUE

    def test_leave_nothing_unfinished(self, path: Path) -> None:
        save(str(path), VALUE)
        assert {entry.name for entry in path.parent.iterdir()} == {".gitignore", "CACHEDIR.TAG", "state-1"}

    def test_that_are_not_there(self, path: Path) -> None:
        assert load(str(path)) is None

    @pytest.mark.parametrize("length", [0, 5, len(cachefiles.MAGIC), len(cachefiles.MAGIC) + 10, -1])
    def test_that_were_cut_off(self, path: Path, length: int) -> None:
        save(str(path), VALUE)
        path.write_bytes(path.read_bytes()[:length])
        assert load(str(path)) is None

    def test_that_were_damaged_anywhere(self, path: Path) -> None:
        save(str(path), VALUE)
        whole = path.read_bytes()
        for place in range(len(whole)):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert load(str(path)) is None

    @pytest.mark.parametrize("foreign", [b"", b"SQLite format 3\0", marshal.dumps(VALUE), os.urandom(1000)])
    def test_of_others(self, path: Path, foreign: bytes) -> None:
        path.parent.mkdir()
        path.write_bytes(foreign)
        assert load(str(path)) is None

    def test_that_are_whole_and_no_values(self, path: Path) -> None:
        path.parent.mkdir()
        body = b"?what is this"
        path.write_bytes(cachefiles.MAGIC + digest(body, cachefiles.CHECK_SIZE) + body)
        assert load(str(path)) is None

    def test_where_a_directory_is(self, path: Path) -> None:
        path.mkdir(parents=True)
        assert load(str(path)) is None
        assert not save(str(path), VALUE)
        assert list(path.parent.glob(".state*")) == []

    def test_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        assert not save(str(tmp_path / "file" / "state-1"), VALUE)


class TestCleaning:
    def names(self, directory: Path) -> set[str]:
        return {entry.name for entry in directory.iterdir()}

    def test_removes_what_nobody_used_for_long(self, path: Path) -> None:
        save(str(path), VALUE)
        old = path.with_name("tree-2")
        save(str(old), VALUE)
        aged(old, KEPT_DAYS + 1)
        aged(path, KEPT_DAYS - 1)
        clean(str(path.parent))
        assert self.names(path.parent) == {".gitignore", "CACHEDIR.TAG", "state-1"}

    def test_removes_what_writers_left_that_died(self, path: Path) -> None:
        save(str(path), VALUE)
        left, fresh = path.with_name(".state-1.4"), path.with_name(".state-1.5")
        left.touch()
        fresh.touch()
        aged(left, 2)
        clean(str(path.parent))
        assert not left.exists()
        assert fresh.exists()

    def test_keeps_what_was_used_last_where_there_is_not_room_for_all(self, path: Path) -> None:
        for number, name in enumerate(("state-1", "tree-2", "packs-3")):
            save(str(path.with_name(name)), b"x" * 1000)
            aged(path.with_name(name), number)
        clean(str(path.parent), largest=2500)
        assert self.names(path.parent) == {".gitignore", "CACHEDIR.TAG", "state-1", "tree-2"}

    def test_touches_nothing_else(self, path: Path) -> None:
        save(str(path), VALUE)
        other = path.with_name("notes")
        other.write_text("mine")
        aged(other, KEPT_DAYS + 1)
        clean(str(path.parent), largest=0)
        assert self.names(path.parent) == {".gitignore", "CACHEDIR.TAG", "notes"}

    def test_is_at_home_everywhere(self, tmp_path: Path) -> None:
        clean(str(tmp_path / "nowhere"))

    def test_spares_what_is_in_use(self, path: Path) -> None:
        save(str(path), VALUE)
        aged(path, KEPT_DAYS + 1)
        keep_alive(str(path))
        clean(str(path.parent))
        assert path.exists()

    def test_is_in_use_is_noted_once_a_day(self, path: Path) -> None:
        save(str(path), VALUE)
        before = aged(path, 0.5).stat().st_mtime
        keep_alive(str(path))
        assert path.stat().st_mtime == before
        keep_alive(str(path.with_name("nowhere")))


class TestTheEdition:
    def test_names_versions_and_the_code(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now = edition()
        assert now.startswith(f"{ssot_lint.__version__}-{sys.implementation.name}-{sys.version.split()[0]}")
        seen = list(cachefiles._own_code())
        assert {"cachefiles.py", "summarize.py", "legacy_import.py"} <= {
            Path(file[0]).name for file in seen if isinstance(file, tuple)
        }
        for name, other in (("_own_code", lambda: iter(seen[1:])), ("_libcst", lambda: b"__version__ = '0'")):
            with monkeypatch.context() as patched:
                patched.setattr(cachefiles, name, other)
                edition.cache_clear()
                assert edition() != now
        edition.cache_clear()
        assert edition() == now

    def test_knows_libcst_without_loading_it(self) -> None:
        assert b"version" in (cachefiles._libcst() or b"")

    def test_of_what_was_installed_is_what_the_list_says(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        record = tmp_path / f"ssot_lint-{ssot_lint.__version__}.dist-info" / "RECORD"
        record.parent.mkdir()
        record.write_bytes(b"the list")
        monkeypatch.setattr(cachefiles, "__file__", str(tmp_path / "ssot_lint" / "cachefiles.py"))
        assert list(cachefiles._own_code()) == [b"the list"]

    def test_is_another_once_the_code_was_changed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        code = tmp_path / "ssot_lint" / "inner" / "more.py"
        code.parent.mkdir(parents=True)
        code.write_text("A = 1\n")
        monkeypatch.setattr(cachefiles, "__file__", str(tmp_path / "ssot_lint" / "cachefiles.py"))
        before = list(cachefiles._own_code())
        aged(code, 1)
        assert list(cachefiles._own_code()) != before
