"""Patterns: what they match and, just as much, what they leave alone."""

from __future__ import annotations

from itertools import permutations

import pytest

from ssot_lint.globs import (
    is_test_path,
    matches_module,
    matches_name,
    matches_path,
    module_pattern_problem,
    nearest,
)


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("a.b", ["a.b"], ["a", "a.b.c", "x.a.b", "a_b", "a.bc"]),
        ("a.*", ["a.b"], ["a", "a.b.c", "b.c"]),
        ("*", ["a"], ["a.b"]),
        ("a.*.c", ["a.b.c"], ["a.c", "a.b.b.c"]),
        ("a.**", ["a", "a.b", "a.b.c"], ["ab", "b.a", "ab.c"]),
        ("a.**.c", ["a.c", "a.b.c", "a.b.b.c"], ["a.b", "a.xc", "a.b.xc"]),
        ("**.c", ["c", "a.c", "a.b.c"], ["ac", "a.xc"]),
        ("**", ["a", "a.b.c"], []),
        ("*_pb2", ["a_pb2", "_pb2"], ["a.b_pb2", "a_pb2.b", "a_pb2_grpc"]),
        ("**.*_pb2*", ["a_pb2", "a.b_pb2", "a.b.c_pb2_grpc"], ["a.b_pb", "a_pb2.b", "pb2"]),
        ("a.x*y.b", ["a.xy.b", "a.x_y.b"], ["a.x.y.b", "a.xy", "a.yx.b"]),
    ],
)
def test_module_patterns(pattern: str, matching: list[str], others: list[str]) -> None:
    assert [name for name in matching if not matches_module(name, [pattern])] == []
    assert [name for name in others if matches_module(name, [pattern])] == []


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("backups/**", ["backups/a.py", "backups/a/b.py"], ["a/backups/b.py", "backups2/a.py", "a.py"]),
        ("backups", ["backups/a.py", "a/backups/b.py"], ["backups2/a.py", "my_backups.py"]),
        ("backups/", ["backups/a.py", "a/backups/b.py"], ["backups2/a.py"]),
        ("/backups", ["backups/a.py"], ["a/backups/b.py"]),
        ("./backups", ["backups/a.py"], ["a/backups/b.py"]),
        ("a/backups", ["a/backups/b.py"], ["b/a/backups/b.py", "a/backups2/b.py"]),
        ("*.py", ["a.py", "a/b.py"], ["a.pyi", "a"]),
        ("*_pb2.py", ["a/b_pb2.py", "_pb2.py"], ["b_pb2_py", "a/pb2.py"]),
        ("a/*", ["a/b.py"], ["a/b/c.py", "b/a/c.py"]),
        ("a/*/", ["a/b", "a/b/c.py"], ["a", "c/a/b/c.py"]),
        ("a/*.py", ["a/b.py"], ["a/b/c.py", "a/b.pyi"]),
        ("a/**/*.py", ["a/b.py", "a/b/c.py", "a/b/c/d.py"], ["b.py", "ab/c.py"]),
        ("**/c.py", ["c.py", "a/c.py", "a/b/c.py"], ["bc.py", "a/c_py"]),
        ("a?.py", ["ab.py"], ["a.py", "a/b.py", "abc.py"]),
        ("a[bc].py", ["ab.py", "x/ac.py"], ["ad.py", "a.py"]),
        ("x/a[!b]c", ["x/adc"], ["x/abc", "x/a/c"]),
        ("a[b.py", ["a[b.py"], ["ab.py"]),
        ("a[z-a].py", [], ["az.py", "a.py", "a-.py"]),
        ("a.b", ["a.b", "a.b/c.py"], ["aXb"]),
    ],
)
def test_path_patterns(pattern: str, matching: list[str], others: list[str]) -> None:
    assert [path for path in matching if not matches_path(path, [pattern])] == []
    assert [path for path in others if matches_path(path, [pattern])] == []


def test_name_patterns() -> None:
    assert matches_name("RedisManager", ["*Factory", "*Manager"])
    assert not matches_name("ManagerError", ["*Manager"])
    assert not matches_name("redis_manager", ["*Manager"])
    assert matches_name("Manager", ["*Manager"])
    assert matches_name("HTTPClient2", ["*Client[0-9]"])


def test_any_of_several_patterns_is_enough_and_none_match_nothing() -> None:
    assert matches_module("b.c", (pattern for pattern in ["a.**", "b.*"]))
    assert matches_path("b/c.py", ["a/**", "b/*"])
    assert not matches_module("a", [])
    assert not matches_path("a", ())
    assert not matches_name("a", ())


@pytest.mark.parametrize("pattern", ["a", "a.b_c", "*", "a.*.b", "a.**", "**.a"])
def test_good_module_patterns_have_no_problem(pattern: str) -> None:
    assert module_pattern_problem(pattern) is None


@pytest.mark.parametrize("pattern", ["a", "a.b_c", "*", "a.**", "*_pb2", "**.*_pb2*", "a.x*y.*2"])
def test_good_patterns_with_parts_of_segments_have_no_problem(pattern: str) -> None:
    assert module_pattern_problem(pattern, parts=True) is None


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("a.**_pb2", "'a.**_pb2' is not a module pattern: '**' stands for whole segments"),
        ("a.2*", "'a.2*' is not a module pattern: '2*' is not a name"),
        ("a.x-*", "'a.x-*' is not a module pattern: 'x-*' is not a name"),
        ("a.*/b", "'a.*/b' is not a module pattern: '*/b' is not a name"),
        ("*.py?", "'*.py?' is not a module pattern: 'py?' is not a name"),
        ("a..b", "'a..b' is not a module pattern: '' is not a name"),
    ],
)
def test_bad_patterns_with_parts_of_segments_are_explained(pattern: str, problem: str) -> None:
    assert module_pattern_problem(pattern, parts=True) == problem


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("a.test_*", "'a.test_*' is not a module pattern: '*' and '**' stand for whole segments"),
        ("a/b", "'a/b' is not a module pattern: 'a/b' is not a name"),
        ("a..b", "'a..b' is not a module pattern: '' is not a name"),
        ("", "'' is not a module pattern: '' is not a name"),
    ],
)
def test_bad_module_patterns_are_explained(pattern: str, problem: str) -> None:
    assert module_pattern_problem(pattern) == problem


@pytest.mark.parametrize(
    "path", ["tests/a.py", "a/test/b.py", "a/tests/b/c.py", "test_a.py", "a/b_test.py", "conftest.py", "a/conftest.py"]
)
def test_test_paths(path: str) -> None:
    assert is_test_path(path)


@pytest.mark.parametrize("path", ["a.py", "testing/a.py", "a/latest.py", "contest.py", "test_data/a.py", "test.py"])
def test_other_paths(path: str) -> None:
    assert not is_test_path(path)


def test_the_nearest_word() -> None:
    assert nearest("moves", ["moved", "removed", "strings"]) == "moved"
    assert nearest("ws101", ["WS201", "WS101"]) == "WS101"
    assert nearest("xyz", ["moved", "removed"]) is None
    assert nearest("moved", []) is None
    assert nearest("netra", ["core", "netra-websocket"]) == "netra-websocket"
    assert nearest("ne", ["core", "netra-websocket"]) is None


@pytest.mark.parametrize(
    ("word", "choices", "expected"),
    [
        (
            "retry",
            ["retry_strategy_types", "retry_strategy_many", "retry_all_of_the_strategies", "core"],
            "retry_strategy_many",
        ),
        ("moves", ["moved", "mover", "core"], "mover"),
        ("moves", ["Moved", "moved", "MOVED"], "moved"),
    ],
)
def test_the_nearest_word_in_whatever_order(word: str, choices: list[str], expected: str) -> None:
    assert {nearest(word, order) for order in permutations(choices)} == {expected}
