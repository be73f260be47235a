from __future__ import annotations

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
