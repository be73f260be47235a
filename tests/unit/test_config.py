"""Settings: where they are found, what they may hold, which rules they select."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import pytest

from ssot_lint.config import (
    Settings,
    default_settings,
    find_settings,
    ignored_own_rules,
    read_settings,
    select_rules,
)
from ssot_lint.own_rules import OWN_RULES
from ssot_lint.rule import Rule
from ssot_lint.toml import ConfigurationErrors

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a file of the project, which is the working directory."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write


def _errors(call: Callable[[], object]) -> list[str]:
    with pytest.raises(ConfigurationErrors) as caught:
        call()
    return [str(error) for error in caught.value.errors]


FULL = """\
packs = ["core", "tools/*.toml"]
src = ["./backend/", "."]
select = ["WS"]
ignore = ["WS101"]
exclude = ["backups/**"]
force-exclude = true
per-file-ignores = { "tests/**" = ["WS301", "core"] }
baseline = ".ssot-baseline.json"
require-reason = true
"""


@pytest.mark.parametrize("name", [".ssot-lint.toml", "ssot-lint.toml", "pyproject.toml", "other.toml"])
def test_all_settings(write: Write, tmp_path: Path, name: str) -> None:
    (tmp_path / "backend").mkdir()
    path = write(name, "[tool.ssot-lint]\n" + FULL if name == "pyproject.toml" else FULL)
    assert read_settings(path) == Settings(
        root=tmp_path,
        source=path,
        packs=("core", "tools/*.toml"),
        src=("backend", "."),
        select=("WS",),
        ignore=("WS101",),
        exclude=("backups/**",),
        force_exclude=True,
        per_file_ignores={"tests/**": ("WS301", "core")},
        baseline=".ssot-baseline.json",
        require_reason=True,
    )


def test_the_defaults(write: Write, tmp_path: Path) -> None:
    settings = read_settings(write("ssot-lint.toml", ""))
    assert settings == Settings(root=tmp_path, source=tmp_path / "ssot-lint.toml")
    assert (settings.packs, settings.src, settings.select) == (("core",), (".",), ("ALL",))
    assert (settings.ignore, settings.exclude, settings.per_file_ignores, settings.baseline) == ((), (), {}, None)
    assert (settings.require_reason, settings.force_exclude) == (False, False)


def test_the_nearest_directory_counts_and_in_it_the_first_name(write: Write, tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    expected = [
        write("pyproject.toml", "[tool.ssot-lint]"),
        write("ssot-lint.toml", ""),
        write(".ssot-lint.toml", ""),
        write("a/pyproject.toml", "[tool.ssot-lint]"),
        write("a/b/ssot-lint.toml", ""),
    ]
    for path in reversed(expected):
        settings = find_settings(deep)
        assert (settings.source, settings.root) == (path, path.parent)
        path.unlink()


def test_what_is_passed_over_on_the_way_up(write: Write, tmp_path: Path) -> None:
    source = write("ssot-lint.toml", "")
    write("a/pyproject.toml", '[project]\ndependencies = ["ssot-lint"]')
    write("a/b/pyproject.toml", "this is [not TOML")
    write("a/b/c/pyproject.toml", "tool = 1 # ssot-lint")
    (tmp_path / "a" / "b" / "ssot-lint.toml").mkdir()
    assert find_settings(tmp_path / "a" / "b" / "c").source == source


def test_a_broken_file_that_may_be_meant_is_not_passed_over(write: Write, tmp_path: Path) -> None:
    write("ssot-lint.toml", "")
    write("a/pyproject.toml", "[tool.ssot-lint]\nselect = [")
    assert _errors(lambda: find_settings(tmp_path / "a")) == ["a/pyproject.toml:2: not TOML: invalid value (column 11)"]


def test_without_settings_the_root_is_that_of_the_work_tree(tmp_path: Path) -> None:
    deep = tmp_path / "repository" / "a" / "b"
    deep.mkdir(parents=True)
    assert default_settings(deep) == find_settings(deep) == Settings(root=deep)
    (tmp_path / "repository" / ".git").write_text("gitdir: elsewhere\n")
    assert default_settings(deep) == find_settings(deep) == Settings(root=tmp_path / "repository")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["src/app/__init__.py"], (".", "src")),
        (["src/app.py"], (".", "src")),
        (["src/__init__.py", "src/app/__init__.py"], (".",)),
        (["src/__init__.pyi"], (".",)),
        (["src"], (".",)),
        (["app/src/app.py"], (".",)),
    ],
)
def test_the_import_roots_of_who_names_none(
    write: Write, tmp_path: Path, files: list[str], expected: tuple[str, ...]
) -> None:
    for name in files:
        write(name, "")
    assert default_settings(tmp_path).src == find_settings(tmp_path).src == expected
    assert read_settings(write("ssot-lint.toml", "packs = []")).src == expected
    assert read_settings(write("ssot-lint.toml", "src = ['.']")).src == (".",)
    assert read_settings(write("ssot-lint.toml", "src = []")).src == ()


def test_a_file_that_was_named_must_have_settings(write: Write) -> None:
    assert _errors(lambda: read_settings(write("pyproject.toml", "[project]"))) == [
        "pyproject.toml: has no table [tool.ssot-lint]"
    ]
    assert _errors(lambda: read_settings(Path("none.toml"))) == ["none.toml: cannot be read: No such file or directory"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("exlude = []", ["1: unknown key 'exlude'; did you mean 'exclude'?"]),
        ("require_reason = true", ["1: unknown key 'require_reason'; did you mean 'require-reason'?"]),
        ("root = '.'", ["1: unknown key 'root'"]),
        ("source = '.'", ["1: unknown key 'source'; did you mean 'src'?"]),
        ("packs = 'core'", ["1: 'packs': expected a list of strings, got \"core\""]),
        (
            "select = 1\nignore = [1]\nx = 1",
            [
                "1: 'select': expected a list of strings, got the number 1",
                "2: 'ignore[0]': expected a string, got the number 1",
                "3: unknown key 'x'",
            ],
        ),
        (
            "per-file-ignores = { 'tests/**' = 'WS1' }",
            ["1: 'per-file-ignores.tests/**': expected a list of strings, got \"WS1\""],
        ),
        ("src = [\n'.',\n'sr']", ["3: 'src[1]': no directory 'sr'"]),
        ("exclude = ['']", ["1: 'exclude': an empty pattern would match every file"]),
        ("per-file-ignores = { '' = [] }", ["1: 'per-file-ignores': an empty pattern would match every file"]),
        (
            "\n[tool.ssot-lint]\nselect = []",
            ["2: the settings stand at the top level of ssot-lint.toml, not in [tool.ssot-lint]"],
        ),
        ("a = ", ["1: not TOML: invalid value (column 5)"]),
    ],
)
def test_mistakes(write: Write, text: str, expected: list[str]) -> None:
    path = write("ssot-lint.toml", text)
    assert _errors(lambda: read_settings(path)) == [f"ssot-lint.toml:{line}" for line in expected]


def test_mistakes_in_pyproject(write: Write) -> None:
    path = write("pyproject.toml", "[project]\nname = 'x'\n[tool.ssot-lint]\nname = 'x'\nselect = 1\n")
    assert _errors(lambda: read_settings(path)) == [
        "pyproject.toml:4: unknown key 'name'",
        "pyproject.toml:5: 'select': expected a list of strings, got the number 1",
    ]
    assert _errors(lambda: read_settings(write("pyproject.toml", "[tool]\n\nssot-lint = 1"))) == [
        "pyproject.toml:3: expected a table, got the number 1"
    ]


def test_import_roots_stay_in_the_project(write: Write, tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    path = write("app/ssot-lint.toml", f"src = ['../lib', '{tmp_path}', '{tmp_path}/app']")
    assert _errors(lambda: read_settings(path)) == [
        "app/ssot-lint.toml:1: 'src[0]': '../lib' is outside of the project, app",
        f"app/ssot-lint.toml:1: 'src[1]': '{tmp_path}' is outside of the project, app",
    ]


@dataclass(frozen=True, kw_only=True)
class LegacyImport(Rule):
    kind: ClassVar[str] = "legacy-import"
    default_message: ClassVar[str] = ""


@dataclass(frozen=True, kw_only=True)
class Singleton(Rule):
    kind: ClassVar[str] = "singleton"
    default_message: ClassVar[str] = ""


RULES = (
    LegacyImport(id="WS101", pack="websocket"),
    LegacyImport(id="WS102", pack="websocket"),
    Singleton(id="WS201", pack="websocket"),
    Singleton(id="CORE1", pack="core"),
)


@pytest.mark.parametrize(
    ("select", "ignore", "ids"),
    [
        (["ALL"], [], ["WS101", "WS102", "WS201", "CORE1"]),
        ([], [], []),
        (["WS"], [], ["WS101", "WS102", "WS201"]),
        (["WS10"], [], ["WS101", "WS102"]),
        (["singleton"], [], ["WS201", "CORE1"]),
        (["core", "WS102"], [], ["WS102", "CORE1"]),
        (["ALL"], ["WS1"], ["WS201", "CORE1"]),
        (["ALL"], ["websocket"], ["CORE1"]),
        (["ALL"], ["ALL"], []),
        (["WS101"], ["WS101"], []),
        (["WS101"], ["WS"], ["WS101"]),
        (["ALL", "WS101"], ["WS"], ["WS101", "CORE1"]),
        (["WS"], ["websocket"], ["WS101", "WS102", "WS201"]),
        (["websocket"], ["singleton"], ["WS101", "WS102"]),
        (["ALL"], ["module-singleton", "SL003", "SL", "not-python"], ["WS101", "WS102", "WS201", "CORE1"]),
    ],
)
def test_selection(
    monkeypatch: pytest.MonkeyPatch, select: Sequence[str], ignore: Sequence[str], ids: list[str]
) -> None:
    monkeypatch.setattr("ssot_lint.config.kind_names", lambda: ("module-singleton",))
    assert [rule.id for rule in select_rules(RULES, select, ignore)] == ids


def test_selection_by_tag() -> None:
    rules = (replace(RULES[0], compliance=("HIPAA", "SOC2")), replace(RULES[1], compliance=("SOC2",)), *RULES[2:])
    first, second = (rule.id for rule in rules[:2])
    assert [rule.id for rule in select_rules(rules, ["compliance:SOC2"], [])] == [first, second]
    assert [rule.id for rule in select_rules(rules, ["compliance:soc2"], ["compliance:HIPAA"])] == [second]
    narrow = select_rules(rules, ["compliance:SOC2", first], ["compliance:HIPAA"])
    assert [rule.id for rule in narrow] == [first, second]
    assert _errors(lambda: select_rules(rules, ["compliance:HIPPA"], [])) == [
        "--select: unknown rule, kind or pack 'compliance:HIPPA'; did you mean 'compliance:HIPAA'?"
    ]


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        (["ALL"], [], []),
        (["WS"], [], []),
        ([], [], []),
        (["ALL"], ["SL003"], ["SL003"]),
        (["WS101"], ["unused-suppression", "SL007"], ["SL003", "SL007"]),
        (["ALL"], ["SL"], list(OWN_RULES)),
        (["ALL"], ["ssot-lint"], list(OWN_RULES)),
        (["ALL"], ["ALL"], list(OWN_RULES)),
        (["WS101"], ["ALL"], list(OWN_RULES)),
        (["SL003"], ["ALL"], [code for code in OWN_RULES if code != "SL003"]),
        (["SL003"], ["SL"], [code for code in OWN_RULES if code != "SL003"]),
        (["SL003"], ["SL003"], ["SL003"]),
        (["ALL"], ["WS", "websocket"], []),
    ],
)
def test_own_rules_that_are_ignored(select: Sequence[str], ignore: Sequence[str], codes: list[str]) -> None:
    assert sorted(ignored_own_rules(select, ignore)) == codes


def test_unknown_selectors_are_said_at_once_where_they_stand(write: Write) -> None:
    path = write(
        "ssot-lint.toml",
        "select = [\n'WS',\n'WS103']\nignore = ['legacy_import', '']\n"
        "per-file-ignores.'tests/**' = ['WS101', 'sore', 'SL9']\n",
    )
    settings = read_settings(path)
    errors = _errors(
        lambda: select_rules(RULES, settings.select, settings.ignore, settings.per_file_ignores, settings.source)
    )
    assert errors == [
        "ssot-lint.toml:3: unknown rule, kind or pack 'WS103'; did you mean 'WS102'?",
        "ssot-lint.toml:4: unknown rule, kind or pack 'legacy_import'; did you mean 'legacy-import'?",
        "ssot-lint.toml:4: unknown rule, kind or pack ''",
        "ssot-lint.toml:5: unknown rule, kind or pack 'sore'; did you mean 'core'?",
        "ssot-lint.toml:5: unknown rule, kind or pack 'SL9'; did you mean 'SL009'?",
    ]


def test_unknown_selectors_of_the_command_line() -> None:
    assert _errors(lambda: select_rules(RULES, ["all"], ["WS9"])) == [
        "--ignore: unknown rule, kind or pack 'WS9'",
        "--select: unknown rule, kind or pack 'all'; did you mean 'ALL'?",
    ]
