"""One rule of a pack: every mistake that can be made in it, with row, rule id and near match."""

from __future__ import annotations

from typing import Any

import pytest


def _pack(*lines: str) -> str:
    """A pack whose only rule has ``lines``, of which the first is row 4."""
    return "\n".join(["[pack]", 'id = "p"', "[[rule]]", *lines]) + "\n"


def _rule(*lines: str) -> str:
    """A pack whose only rule has ``lines`` besides what it must have, of which the first is row 6."""
    return _pack('id = "A1"', 'kind = "moved-thing"', *lines)


@pytest.mark.parametrize("rule_id", ["WS101", "a1", "Ab007"])
def test_good_ids(load: Any, rule_id: str) -> None:
    (pack,) = load(_pack(f'id = "{rule_id}"', 'kind = "moved-thing"'))
    assert [rule.id for rule in pack.rules] == [rule_id]


@pytest.mark.parametrize("rule_id", ["WS-101", "101", "WS", "WS101a", "WS 1", "WS١", ""])
def test_bad_ids(problems: Any, rule_id: str) -> None:
    (problem,) = problems(_pack('kind = "moved-thing"', f'id = "{rule_id}"'))
    assert problem.startswith("pack1.toml:5: ")
    assert problem.endswith(f"{rule_id!r} is no rule id: letters, then digits, such as WS101")


def test_the_ids_of_the_tool_are_taken(problems: Any) -> None:
    assert problems(_pack("kind = 'moved-thing'", "id = 'SL001'")) == [
        "pack1.toml:5: 'rule[0].id': 'SL001' starts with SL, as do only the ids of the tool's own rules"
    ]


def test_what_a_rule_must_have(problems: Any) -> None:
    assert problems(_pack()) == [
        "pack1.toml:3: 'rule[0]': missing key 'id'",
        "pack1.toml:3: 'rule[0]': missing key 'kind'",
    ]
    assert problems(_pack("id = 1", "kind = 2")) == [
        "pack1.toml:4: 'rule[0].id': expected a string, got the number 1",
        "pack1.toml:5: 'rule[0].kind': expected a string, got the number 2",
    ]


@pytest.mark.parametrize(
    ("kind", "hint"),
    [("moved-thin", "; did you mean 'moved-thing'?"), ("made_thing", "; did you mean 'made-thing'?"), ("x", "")],
)
def test_unknown_kinds(problems: Any, kind: str, hint: str) -> None:
    assert problems(_pack("id = 'A1'", f"kind = '{kind}'", "anything = 1")) == [
        f"pack1.toml:5: rule A1: unknown kind '{kind}'{hint}"
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("moves.a = 'b'", "unknown key 'moves'; did you mean 'moved'?"),
        ("pack = 'x'", "unknown key 'pack'"),
        ("tests = []", "unknown key 'tests'; did you mean 'test'?"),
        ("same_object = true", "unknown key 'same_object'; did you mean 'same-object'?"),
        (
            "severity = 'eror'",
            '\'severity\': expected "error", "warning" or "info", got "eror"; did you mean \'error\'?',
        ),
        ("strings = 'all'", '\'strings\': expected "patch" or "none", got "all"'),
        ("moved.a.b = 1", "'moved.a.b': expected a string, got the number 1"),
        (
            "allowed-in = ['a.*', 'a.x*']",
            "'allowed-in': 'a.x*' is not a module pattern: '*' and '**' stand for whole segments",
        ),
        ("exclude = ['']", "'exclude': an empty pattern would match every file"),
        ("message = '{olt}'", "'message': unknown placeholder {olt}; did you mean 'old'?"),
        ("message = '{}'", "'message': unknown placeholder {}; there are symbol, old, new"),
        ("message = '{old.x}'", "'message': unknown placeholder {old.x}; did you mean 'old'?"),
        ("message = '{old'", "'message': expected '}' before end of string (write {{ and }} for braces)"),
        (
            "message = '{old:d}'",
            "'message': Unknown format code 'd' for object of type 'str' (write {{ and }} for braces)",
        ),
        ("test = 1", "'test': expected [[rule.test]] tables, got the number 1"),
    ],
)
def test_mistakes_in_options(problems: Any, line: str, message: str) -> None:
    assert problems(_rule(line)) == [f"pack1.toml:6: rule A1: {message}"]


@pytest.mark.parametrize("message", ["no placeholder", "{symbol}: {old} {new!r}", "{{literally}} {old:>5}"])
def test_good_messages(load: Any, message: str) -> None:
    (pack,) = load(_rule(f"message = '{message}'"))
    assert pack.rules[0].message == message


def test_what_the_kind_finds_wrong_stands_at_the_option_it_names(problems: Any) -> None:
    assert problems(
        _pack("id = 'A1'", "kind = 'made-thing'", "await = true", "classes = ['Thing', 'a.B', 'Other']")
    ) == [
        "pack1.toml:7: rule A1: classes: 'Thing' is in no module",
        "pack1.toml:7: rule A1: classes: 'Other' is in no module",
    ]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([], "missing key 'bad' (or 'ok')"),
        (["ok = ''", "good = ''"], "'good', 'refusal' and 'unsafe' say what becomes of 'bad', which is missing"),
        (["ok = ''", "unsafe = true"], "'good', 'refusal' and 'unsafe' say what becomes of 'bad', which is missing"),
        (["bad = ''", "good = ''", "refusal = 'x'"], "what has a 'refusal' is not fixed, so there is no 'good'"),
    ],
)
def test_contradictions_in_tests(problems: Any, lines: list[str], problem: str) -> None:
    assert problems(_rule("[[rule.test]]", "ok = ''", "[[rule.test]]", *lines)) == [
        f"pack1.toml:8: rule A1: 'test[1]': {problem}"
    ]


def test_mistakes_in_tests(problems: Any) -> None:
    assert problems(_rule("[[rule.test]]", "bad = 1", "[[rule.test]]", "bed = ''", "options = {}")) == [
        "pack1.toml:7: rule A1: 'test[0].bad': expected a string, got the number 1",
        "pack1.toml:9: rule A1: 'test[1]': unknown key 'bed'; did you mean 'bad'?",
        "pack1.toml:10: rule A1: 'test[1]': unknown key 'options'",
    ]


def test_mistakes_in_tests_and_options_and_kinds_are_said_together(problems: Any) -> None:
    assert problems(_pack("id = 'A1'", "kind = 'x'", "[[rule.test]]", "bad = 1")) == [
        "pack1.toml:5: rule A1: unknown kind 'x'",
        "pack1.toml:7: rule A1: 'test[0].bad': expected a string, got the number 1",
    ]
