"""Reading TOML: the values, the rows of keys, and one clear error for a file that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli

from ssot_lint.toml import (
    ConfigurationError,
    ConfigurationErrors,
    ConfigurationSite,
    TomlFile,
    read_toml,
    show_path,
    value_at,
)
from ssot_lint.toml.rows import rows_of_keys

PACK = '''\
# a comment with [brackets] = "and quotes
[pack]
id = "x"

[[rule]]
id = "A1"   # kind = "no"
kind.a."b.c" = 1
moved."app.old" = "app.new"
  [rule.arguments]
  user = { keyword = "user", position = 1, in-scope = ["a",
     "b", { deep = 1 }] }
  when = 1979-05-27 07:32:00

[[rule]]
text = """
[[rule]] = "
\\"""
kind = "no"
"""
literal = \'\'\'
[x]
\'\'\'\'\'
nested = [
  [1, 2],  # ]
  [

    3.5, 4],
]
[[rule.test]]
bad = "x"
[[rule.test]]
bad = """"quoted"""""
last = true
["odd # key"]
'single \\' = { a.b = 1, "c" = { d = [[]] }, e = 2 }
'''


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)

    def write(text: str | bytes, name: str = "pack.toml") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def pack(write: Any) -> TomlFile:
    return read_toml(write(PACK))


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (["pack"], 2),
        (["pack", "id"], 3),
        (["rule"], 5),
        (["rule", 0], 5),
        (["rule", 0, "id"], 6),
        (["rule", 0, "kind"], 7),
        (["rule", 0, "kind", "a", "b.c"], 7),
        (["rule", 0, "moved", "app.old"], 8),
        (["rule", 0, "arguments"], 9),
        (["rule", 0, "arguments", "user", "position"], 10),
        (["rule", 0, "arguments", "user", "in-scope", 0], 10),
        (["rule", 0, "arguments", "user", "in-scope", 1], 11),
        (["rule", 0, "arguments", "user", "in-scope", 2, "deep"], 11),
        (["rule", 0, "arguments", "when"], 12),
        (["rule", 1], 14),
        (["rule", 1, "text"], 15),
        (["rule", 1, "literal"], 20),
        (["rule", 1, "nested"], 23),
        (["rule", 1, "nested", 0], 24),
        (["rule", 1, "nested", 1], 25),
        (["rule", 1, "nested", 1, 0], 27),
        (["rule", 1, "nested", 1, 1], 27),
        (["rule", 1, "test", 0, "bad"], 30),
        (["rule", 1, "test", 1], 31),
        (["rule", 1, "test", 1, "last"], 33),
        (["odd # key"], 34),
        (["odd # key", "single \\", "a", "b"], 35),
        (["odd # key", "single \\", "c", "d", 0], 35),
        (["odd # key", "single \\", "e"], 35),
    ],
)
def test_rows(pack: TomlFile, keys: list[str | int], row: int) -> None:
    assert pack.line(*keys) == row


def test_what_is_not_there_has_the_row_of_what_is_around_it(pack: TomlFile) -> None:
    assert pack.line("rule", 1, "kind") == 14
    assert pack.line("rule", 0, "moved", "app.older", "x") == 8
    assert pack.line("rules") == 1
    assert pack.line() == 1


def _all_keys(value: Any, keys: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in below:
        yield (*keys, key)
        yield from _all_keys(inner, (*keys, key))


def _unquote(literal: str) -> str:
    value: str = tomli.loads(f"key = {literal}")["key"]
    return value


def test_every_key_has_a_row_and_nothing_else_has(pack: TomlFile) -> None:
    assert set(rows_of_keys(PACK, _unquote)) == set(_all_keys(pack.data))
    assert rows_of_keys(PACK.replace("\n", "\r\n"), _unquote) == rows_of_keys(PACK, _unquote)


def test_newlines_inside_inline_tables(write: Any) -> None:
    file = read_toml(write("a = {\n  b = 1, # one\n  c = 2,\n}\nd = 3\n"))
    assert [file.line("a", "b"), file.line("a", "c"), file.line("d")] == [2, 3, 5]


def test_values_and_windows_files(write: Any) -> None:
    file = read_toml(write(b"\xef\xbb\xbfa = 1\r\n[b]\r\nc = 'x'\r\n"))
    assert file.data == {"a": 1, "b": {"c": "x"}}
    assert file.line("b", "c") == 3


def _error(path: Path) -> str:
    with pytest.raises(ConfigurationErrors) as caught:
        read_toml(path)
    (error,) = caught.value.errors
    return str(error)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\n\nb =\n", "pack.toml:3: not TOML: invalid value (column 4)"),
        ("a = 1\na = 2\n", "pack.toml:2: not TOML: cannot overwrite a value (column 6)"),
        ('a = "x\n', "pack.toml:1: not TOML: illegal character '\\n' (column 7)"),
        (b"a = 1\n# gr\xfc\xdfe\n", "pack.toml:2: not UTF-8: byte 0xfc has no meaning here"),
        (b"\xff\xfea\x00", "pack.toml:1: not UTF-8: byte 0xff has no meaning here"),
    ],
)
def test_a_broken_file_is_one_error_with_its_row(write: Any, text: str | bytes, message: str) -> None:
    assert _error(write(text)) == message


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "1" * 5000, "a" + ".a" * 5000 + " = 1"])
def test_what_no_parser_takes_is_an_error_too(write: Any, text: str) -> None:
    assert _error(write(text)).startswith("pack.toml: not TOML that can be read: ")


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _error(tmp_path / "none.toml") == "none.toml: cannot be read: No such file or directory"
    (tmp_path / "dir.toml").mkdir()
    assert _error(tmp_path / "dir.toml") == "dir.toml: cannot be read: Is a directory"


def test_errors_come_in_the_order_of_the_text_and_once() -> None:
    late = ConfigurationError("a.toml", 12, "late")
    early = ConfigurationError("a.toml", 2, "unknown key", "WS1")
    other = ConfigurationError("b.toml", 1, "other")
    errors = ConfigurationErrors([other, late, early, late])
    assert errors.errors == (early, late, other)
    assert str(errors) == "a.toml:2: rule WS1: unknown key\na.toml:12: late\nb.toml:1: other"


def test_paths_are_shown_relative_only_below_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    assert show_path(tmp_path / "a" / "b" / "x.toml") == "b/x.toml"
    assert show_path(tmp_path / "x.toml") == (tmp_path / "x.toml").as_posix()
    assert show_path(tmp_path / "ab.toml") == (tmp_path / "ab.toml").as_posix()


def test_a_value_is_found_where_it_was_given(write: Any) -> None:
    plain = write('packs = [\n  "core",\n  "x",\n]\nper-file-ignores = { a = ["b"] }\n', "ssot-lint.toml")
    project = write('[project]\npacks = ["x"]\n[tool.ssot-lint]\npacks = [\n"x"]\n', "pyproject.toml")
    assert str(ConfigurationSite("packs", "--pack", plain).error("x", "no")) == "ssot-lint.toml:3: no"
    assert str(ConfigurationSite("packs", "--pack", plain).error("y", "no")) == "--pack: no"
    assert str(ConfigurationSite("packs", "--pack", project).error("x", "no")) == "pyproject.toml:5: no"
    assert str(ConfigurationSite("packs", "--pack").error("x", "no")) == "--pack: no"
    assert str(ConfigurationSite("per-file-ignores", "", plain, ("a",)).error("b", "no")) == "ssot-lint.toml:5: no"


def test_a_value_below_keys() -> None:
    assert value_at({"a": {"b": 1}}, ("a", "b")) == 1
    assert value_at({"a": {"b": 1}}, ("a", "c")) is None
    assert value_at({"a": 1}, ("a", "b")) is None
