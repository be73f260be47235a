"""TOML tables as dataclasses: every type an option can have, and every mistake that can be made with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import pytest

from ssot_lint.toml import ConfigurationErrors, read_toml
from ssot_lint.toml.tables import INVALID, Place, read_table, read_value


class Colour(str, Enum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Source:
    keyword: str
    position: int | None = None
    in_scope: tuple[str, ...] = ()


@dataclass(frozen=True)
class Options:
    id: str
    names: tuple[str, ...]
    mode: Literal["patch", "none"] = "patch"
    colour: Colour = Colour.RED
    message: str | None = None
    await_: bool | None = None
    count: int = 0
    moved: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    arguments: Mapping[str, Source] = field(default_factory=dict)
    first: Source | None = None
    steps: tuple[Source, ...] = ()
    derived: int = field(default=7, init=False)


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Options]:
    monkeypatch.chdir(tmp_path)

    def read(text: str, rule_id: str | None = None) -> Options:
        path = tmp_path / "x.toml"
        path.write_text(text)
        file = read_toml(path)
        place = Place(file, [], rule_id=rule_id)
        options = read_table(Options, file.data, place, {"id": "A1"}, others=("kind",))
        if options is None:
            raise ConfigurationErrors(place.errors)
        assert not place.errors
        return options

    return read


def test_defaults(read: Any) -> None:
    assert read("names = []\nkind = 'x'") == Options(id="A1", names=())


def test_every_type(read: Any) -> None:
    options = read(
        """
        names = ["a", "b"]
        mode = "none"
        colour = "blue"
        message = "m"
        await = true
        count = 3
        groups = { "tests/**" = ["x"], docs = [] }
        arguments.user = { keyword = "u", position = 0, in-scope = ["s"] }
        first = { keyword = "f" }
        steps = [{ keyword = "1" }, { keyword = "2" }]
        [moved]
        a.b = "c"
        "d.e" = "f"
        "g.h".i = "j"
        """
    )
    assert options == Options(
        id="A1",
        names=("a", "b"),
        mode="none",
        colour=Colour.BLUE,
        message="m",
        await_=True,
        count=3,
        moved={"a.b": "c", "d.e": "f", "g.h.i": "j"},
        groups={"tests/**": ("x",), "docs": ()},
        arguments={"user": Source("u", 0, ("s",))},
        first=Source("f"),
        steps=(Source("1"), Source("2")),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = []", "x.toml:1: unknown key 'name'; did you mean 'names'?"),
        ("names = []\nwholly-unlike = 1", "x.toml:2: unknown key 'wholly-unlike'"),
        ("names = []\nknd = 1", "x.toml:2: unknown key 'knd'; did you mean 'kind'?"),
        ("names = []\nid = 'x'", "x.toml:2: unknown key 'id'; did you mean 'kind'?"),
        ("names = []\nderived = 1", "x.toml:2: unknown key 'derived'"),
        ("mode = 'none'", "x.toml:1: missing key 'names'"),
        ("names = 'a'", "x.toml:1: 'names': expected a list of strings, got \"a\""),
        ("names = [\n'a',\n1]", "x.toml:3: 'names[1]': expected a string, got the number 1"),
        ("names = []\ncount = true", "x.toml:2: 'count': expected a whole number, got true"),
        ("names = []\ncount = 1.5", "x.toml:2: 'count': expected a whole number, got the number 1.5"),
        ("names = []\nawait = 1", "x.toml:2: 'await': expected true or false, got the number 1"),
        ("names = []\nmessage = 1979-05-27", "x.toml:2: 'message': expected a string, got a date or time"),
        ("names = []\nmessage = {}", "x.toml:2: 'message': expected a string, got a table"),
        ("names = []\nmessage = []", "x.toml:2: 'message': expected a string, got a list"),
        (
            "names = []\nmode = 'patches'",
            'x.toml:2: \'mode\': expected "patch" or "none", got "patches"; did you mean \'patch\'?',
        ),
        ("names = []\ncolour = 1", 'x.toml:2: \'colour\': expected "red" or "blue", got the number 1'),
        ("names = []\ncolour = []", 'x.toml:2: \'colour\': expected "red" or "blue", got a list'),
        ("names = []\nmoved = 'x'", "x.toml:2: 'moved': expected a table of strings, got \"x\""),
        ("names = []\n[moved]\na.b = 1", "x.toml:3: 'moved.a.b': expected a string, got the number 1"),
        ("names = []\n[moved]\na.b = {}", "x.toml:3: 'moved.a.b': expected a string, got a table"),
        (
            "names = []\n[moved]\na.b = 'c'\n'a.b' = 'd'",
            "x.toml:4: 'moved.a.b': is there twice, with and without quotes",
        ),
        ("names = []\ngroups = { x = 'a' }", "x.toml:2: 'groups.x': expected a list of strings, got \"a\""),
        ("names = []\ngroups = 1", "x.toml:2: 'groups': expected a table of lists, got the number 1"),
        ("names = []\nfirst = 'x'", "x.toml:2: 'first': expected a table, got \"x\""),
        ("names = []\nfirst = {}", "x.toml:2: 'first': missing key 'keyword'"),
        ("names = []\nsteps = { keyword = 'x' }", "x.toml:2: 'steps': expected a list of tables, got a table"),
        (
            "names = []\n[arguments]\nu = { keyword = 'u',\nin_scope = [] }",
            "x.toml:4: 'arguments.u': unknown key 'in_scope'; did you mean 'in-scope'?",
        ),
        (f"names = '{'x' * 41}'", "x.toml:1: 'names': expected a list of strings, got a string"),
    ],
)
def test_one_mistake_is_one_error(read: Any, text: str, message: str) -> None:
    with pytest.raises(ConfigurationErrors) as caught:
        read(text)
    assert str(caught.value) == message


def test_all_mistakes_are_said_at_once_and_name_the_rule(read: Any) -> None:
    with pytest.raises(ConfigurationErrors) as caught:
        read("count = 'x'\nmoves = 1\nfirst = { position = 'y' }", "WS1")
    assert [str(error) for error in caught.value.errors] == [
        "x.toml:1: rule WS1: missing key 'names'",
        "x.toml:1: rule WS1: 'count': expected a whole number, got \"x\"",
        "x.toml:2: rule WS1: unknown key 'moves'; did you mean 'moved'?",
        "x.toml:3: rule WS1: 'first': missing key 'keyword'",
        "x.toml:3: rule WS1: 'first.position': expected a whole number, got \"y\"",
    ]


def test_a_table_that_is_none(read: Any, tmp_path: Path) -> None:
    read("names = []")
    place = Place(read_toml(tmp_path / "x.toml"), [])
    assert read_table(Options, [], place) is None
    assert [error.message for error in place.errors] == ["expected a table, got a list"]
    assert read_value(int, "x", place) is INVALID


def test_a_type_that_no_option_can_have_is_a_mistake_of_the_kind(read: Any, tmp_path: Path) -> None:
    read("names = []")
    place = Place(read_toml(tmp_path / "x.toml"), [])
    with pytest.raises(TypeError, match="an option cannot be of type"):
        read_value(set[str], "x", place)
