from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from ssot_lint.fixing import WriteRefused, write_file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "file.py").write_bytes(b"before")
    return tmp_path / "project"


def names(directory: Path) -> list[str]:
    return sorted(entry.name for entry in directory.iterdir())


def refused(path: Path, root: Path, before: bytes = b"before") -> str:
    with pytest.raises(WriteRefused) as caught:
        write_file(path, before, b"after", root)
    return str(caught.value)


def test_writes_whole(root: Path) -> None:
    write_file(root / "file.py", b"before", b"after\r\n\xff", root)
    assert (root / "file.py").read_bytes() == b"after\r\n\xff"
    assert names(root) == ["file.py"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o4755])
def test_keeps_the_mode(root: Path, mode: int) -> None:
    os.chmod(root / "file.py", mode)
    write_file(root / "file.py", b"before", b"after", root)
    assert stat.S_IMODE((root / "file.py").stat().st_mode) == mode


def test_keeps_the_owner(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[int, int]] = []
    model = os.stat(root / "file.py")
    other = os.stat_result((*model[:4], model.st_uid + 1, model.st_gid + 2, *model[6:]))
    monkeypatch.setattr(Path, "stat", lambda self, **_: other if self.name == "file.py" else os.stat(self))
    monkeypatch.setattr(os, "chown", lambda name, user, group: calls.append((user, group)))
    write_file(root / "file.py", b"before", b"after", root)
    assert calls == [(model.st_uid + 1, model.st_gid + 2)]


def test_refuses_what_changed_meanwhile(root: Path) -> None:
    (root / "file.py").write_bytes(b"somebody else's")
    assert "changed" in refused(root / "file.py", root)
    assert (root / "file.py").read_bytes() == b"somebody else's"
    assert names(root) == ["file.py"]


def test_refuses_what_is_read_only(root: Path) -> None:
    os.chmod(root / "file.py", 0o444)
    assert "read-only" in refused(root / "file.py", root)
    assert (root / "file.py").read_bytes() == b"before"


def test_refuses_what_is_gone(root: Path) -> None:
    assert "No such file" in refused(root / "gone.py", root)
    assert names(root) == ["file.py"]


def test_refuses_directories_and_pipes(root: Path) -> None:
    (root / "directory.py").mkdir()
    os.mkfifo(root / "pipe.py")
    assert "regular" in refused(root / "directory.py", root)
    assert "regular" in refused(root / "pipe.py", root)


def test_refuses_an_unwritable_directory(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != root)
    assert "directory" in refused(root / "file.py", root)


def test_follows_links_inside_the_project(root: Path) -> None:
    (root / "sub").mkdir()
    (root / "sub" / "link.py").symlink_to("../file.py")
    write_file(root / "sub" / "link.py", b"before", b"after", root)
    assert (root / "sub" / "link.py").is_symlink()
    assert not (root / "file.py").is_symlink()
    assert (root / "file.py").read_bytes() == b"after"
    assert names(root / "sub") == ["link.py"]


def test_refuses_links_out_of_the_project(root: Path) -> None:
    outside = root.parent / "outside.py"
    outside.write_bytes(b"before")
    (root / "link.py").symlink_to(outside)
    assert "out of the project" in refused(root / "link.py", root)
    assert outside.read_bytes() == b"before"


def test_refuses_files_in_linked_directories_outside(root: Path) -> None:
    (root.parent / "elsewhere").mkdir()
    (root.parent / "elsewhere" / "file.py").write_bytes(b"before")
    (root / "linked").symlink_to(root.parent / "elsewhere")
    assert "out of the project" in refused(root / "linked" / "file.py", root)


def test_refuses_links_in_a_circle(root: Path) -> None:
    (root / "a.py").symlink_to("b.py")
    (root / "b.py").symlink_to("a.py")
    assert refused(root / "a.py", root)


def test_the_root_may_be_a_link(root: Path) -> None:
    (root.parent / "alias").symlink_to(root)
    write_file(root.parent / "alias" / "file.py", b"before", b"after", root.parent / "alias")
    assert (root / "file.py").read_bytes() == b"after"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("function", ["fsync", "chmod", "replace"])
def test_leaves_nothing_behind(
    root: Path, monkeypatch: pytest.MonkeyPatch, function: str, error: BaseException
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, function, fail)
    with pytest.raises(WriteRefused if isinstance(error, OSError) else KeyboardInterrupt):
        write_file(root / "file.py", b"before", b"after", root)
    assert names(root) == ["file.py"]
    assert (root / "file.py").read_bytes() == b"before"


class TestNewFiles:
    def test_with_their_directories(self, root: Path) -> None:
        write_file(root / "new" / "sub" / "file.py", None, b"new", root)
        assert (root / "new" / "sub" / "file.py").read_bytes() == b"new"
        assert names(root / "new" / "sub") == ["file.py"]

    def test_have_the_mode_of_new_files_or_the_one_given(self, root: Path) -> None:
        (root / "model.py").touch()
        write_file(root / "plain.py", None, b"new", root)
        write_file(root / "script.py", None, b"new", root, mode=0o755)
        assert (root / "plain.py").stat().st_mode == (root / "model.py").stat().st_mode
        assert stat.S_IMODE((root / "script.py").stat().st_mode) == 0o755

    def test_take_no_place(self, root: Path) -> None:
        with pytest.raises(WriteRefused, match="already"):
            write_file(root / "file.py", None, b"new", root)
        assert (root / "file.py").read_bytes() == b"before"

    def test_stay_in_the_project(self, root: Path) -> None:
        (root / "linked").symlink_to(root.parent)
        with pytest.raises(WriteRefused, match="out of the project"):
            write_file(root / "linked" / "file.py", None, b"new", root)
        assert names(root.parent) == ["project"]


class TestFilesThatGo:
    def test_take_empty_directories_along(self, root: Path) -> None:
        (root / "a" / "b" / "__pycache__").mkdir(parents=True)
        (root / "a" / "b" / "__pycache__" / "file.cpython-311.pyc").touch()
        (root / "a" / "b" / "file.py").write_bytes(b"before")
        write_file(root / "a" / "b" / "file.py", b"before", None, root)
        assert names(root) == ["file.py"]

    def test_leave_others(self, root: Path) -> None:
        (root / "a").mkdir()
        (root / "a" / "file.py").write_bytes(b"before")
        (root / "a" / "data.txt").touch()
        write_file(root / "a" / "file.py", b"before", None, root)
        assert names(root / "a") == ["data.txt"]

    def test_the_root_stays(self, root: Path) -> None:
        write_file(root / "file.py", b"before", None, root)
        assert names(root) == []

    def test_are_what_they_were(self, root: Path) -> None:
        (root / "link.py").symlink_to("file.py")
        for path, before in (("file.py", b"other"), ("link.py", b"before")):
            with pytest.raises(WriteRefused):
                write_file(root / path, before, None, root)
        assert names(root) == ["file.py", "link.py"]


class TestScratch:
    """Where files stand that are not finished: not among those of the project, if that can be."""

    @pytest.fixture
    def scratch(self, tmp_path: Path) -> Path:
        (tmp_path / "scratch").mkdir()
        return tmp_path / "scratch"

    def test_nothing_stands_beside_the_file(self, root: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[list[str]] = []
        replace = os.replace

        def look(old: str, new: Path) -> None:
            seen.append(names(root))
            replace(old, new)

        monkeypatch.setattr(os, "replace", look)
        write_file(root / "file.py", b"before", b"after", root, scratch=scratch)
        assert seen == [["file.py"]]
        assert (root / "file.py").read_bytes() == b"after"
        assert names(scratch) == []

    def test_unless_it_is_on_another_disk(self, root: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        replace = os.replace

        def stay_on_the_disk(old: str, new: Path) -> None:
            if Path(old).parent == scratch:
                raise OSError(errno.EXDEV, "Invalid cross-device link")
            replace(old, new)

        monkeypatch.setattr(os, "replace", stay_on_the_disk)
        write_file(root / "file.py", b"before", b"after", root, scratch=scratch)
        assert (root / "file.py").read_bytes() == b"after"
        assert names(scratch) == []
        assert names(root) == ["file.py"]
