"""From names of packs to files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ssot_lint.packs import builtin_packs, load_packs, locating
from ssot_lint.toml import ConfigurationErrors, ConfigurationSite


def _pack(path: Path, pack_id: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'[pack]\nid = "{pack_id}"\n')


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(locating, "_PACKAGE", tmp_path / "installed" / "ssot_lint")
    _pack(tmp_path / "installed" / "rules" / "core.toml", "core")
    _pack(tmp_path / "installed" / "rules" / "netra-websocket.toml", "netra-websocket")
    _pack(tmp_path / "tools" / "ssot" / "b.toml", "b")
    _pack(tmp_path / "tools" / "ssot" / "a.toml", "a")
    _pack(tmp_path / "tools" / "ssot" / "deep" / "c.toml", "c")
    _pack(tmp_path / "mine.toml", "mine")
    (tmp_path / "tools" / "ssot" / "dir.toml").mkdir()


def _ids(root: Path, *names: str) -> list[str]:
    return [pack.id for pack in load_packs(names, root, ConfigurationSite("packs", "--pack"))]


def test_builtin_packs_of_a_checkout_and_of_a_wheel(tmp_path: Path) -> None:
    assert list(builtin_packs()) == ["core", "netra-websocket"]
    _pack(tmp_path / "installed" / "ssot_lint" / "packs_data" / "other.toml", "other")
    assert list(builtin_packs()) == ["other"]


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["core"], ["core"]),
        (["netra-websocket", "core"], ["netra-websocket", "core"]),
        (["mine.toml"], ["mine"]),
        (["./mine.toml"], ["mine"]),
        (["tools/ssot/*.toml"], ["a", "b"]),
        (["tools/**/*.toml"], ["a", "b", "c"]),
        (["tools/ssot/b.toml", "tools/ssot/*.toml"], ["b", "a"]),
        (["[m]ine.toml"], ["mine"]),
        ([], []),
    ],
)
def test_names(tmp_path: Path, names: list[str], ids: list[str]) -> None:
    assert _ids(tmp_path, *names) == ids


def test_paths_start_at_the_root_or_are_absolute(tmp_path: Path) -> None:
    assert _ids(tmp_path / "tools", "ssot/a.toml", "../mine.toml", "ssot/b*.toml") == ["a", "mine", "b"]
    assert _ids(tmp_path / "tools", str(tmp_path / "mine.toml"), str(tmp_path / "tools" / "*" / "a.toml")) == [
        "mine",
        "a",
    ]


def test_a_root_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    _pack(tmp_path / "odd[1]*" / "x.toml", "x")
    assert _ids(tmp_path / "odd[1]*", "*.toml") == ["x"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("cor", "no built-in pack 'cor'; did you mean 'core'?"),
        ("zzz", "no built-in pack 'zzz'; the built-in packs are core, netra-websocket"),
        ("", "no built-in pack ''; the built-in packs are core, netra-websocket"),
        ("mine", "no built-in pack 'mine'; did you mean './mine.toml'?"),
        ("none.toml", "no pack file 'none.toml'"),
        ("tools/ssot", "'tools/ssot' is a directory, not a pack file; did you mean 'tools/ssot/*.toml'?"),
        ("tools/ssot/", "'tools/ssot/' is a directory, not a pack file; did you mean 'tools/ssot/*.toml'?"),
        ("tools/none/*.toml", "no pack file matches 'tools/none/*.toml'"),
        ("tools/ssot/d*.toml", "no pack file matches 'tools/ssot/d*.toml'"),
        ("a\0b/*.toml", "no pack file 'a\\x00b/*.toml'"),
    ],
)
def test_names_that_mean_nothing(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(ConfigurationErrors) as caught:
        _ids(tmp_path, "core", name)
    assert str(caught.value) == f"--pack: {message}"


def test_names_that_mean_nothing_are_said_at_once_where_they_stand(tmp_path: Path, monkeypatch: Any) -> None:
    config = tmp_path / "ssot-lint.toml"
    config.write_text('packs = [\n  "core",\n  "tools/*.toml",\n  "cor",\n]\n')
    with pytest.raises(ConfigurationErrors) as caught:
        load_packs(["core", "tools/*.toml", "cor"], tmp_path, ConfigurationSite("packs", "--pack", config))
    assert [str(error) for error in caught.value.errors] == [
        "ssot-lint.toml:3: no pack file matches 'tools/*.toml'",
        "ssot-lint.toml:4: no built-in pack 'cor'; did you mean 'core'?",
    ]
