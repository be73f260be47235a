"""One ``[[rule]]`` of a pack as a rule: its kind, its options, its own examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from ssot_lint.globs import module_pattern_problem
from ssot_lint.kinds import kind_class, kind_names
from ssot_lint.rule import Example, Rule
from ssot_lint.toml.tables import Place, describe, did_you_mean, read_table

RULE_ID = re.compile(r"[A-Za-z]+[0-9]+", re.ASCII)
_OWN_RULE_ID = re.compile(r"SL[0-9]+")
_KEYS_OF_A_RULE = ("id", "kind", "test")


class Entry(NamedTuple):
    """A ``[[rule]]`` of a pack: its id, the rule if one could be made of it, its table and where that stands."""

    id: str
    rule: Rule | None
    table: Mapping[str, Any]
    place: Place


def read_entry(table: Any, place: Place, pack: str, compliance: tuple[str, ...]) -> Entry | None:
    """Read one ``[[rule]]`` of the pack ``pack``, whose tags ``compliance`` it shares.

    What is wrong is noted at ``place``; ``None`` if it is not even a table with an id.
    """
    if not isinstance(table, dict):
        place.complain(f"expected a table, got {describe(table)}")
        return None
    rule_id = _read_id(table, place)
    if rule_id:
        # Errors name the rule rather than its number.
        place = place._replace(unnamed=len(place.keys), rule_id=rule_id)
    rule = _read_rule(rule_id, table, place, pack)
    if rule and compliance:
        rule = replace(rule, compliance=tuple(dict.fromkeys((*compliance, *rule.compliance))))
    return Entry(rule_id, rule, table, place)


def _read_id(table: Mapping[str, Any], place: Place) -> str:
    """The id of a rule as far as it has one; what is wrong with it is noted."""
    if "id" not in table:
        place.complain("missing key 'id'")
        return ""
    rule_id: object = table["id"]
    if not isinstance(rule_id, str):
        place.at("id").complain(f"expected a string, got {describe(rule_id)}")
        return ""
    if not RULE_ID.fullmatch(rule_id):
        place.at("id").complain(f"{rule_id!r} is no rule id: letters, then digits, such as WS101")
    if _OWN_RULE_ID.fullmatch(rule_id):
        place.at("id").complain(f"{rule_id!r} starts with SL, as do only the ids of the tool's own rules")
    return rule_id


def _read_rule(rule_id: str, table: Mapping[str, Any], place: Place, pack: str) -> Rule | None:
    tests = tuple(_read_tests(table.get("test", []), place))
    kind = _read_kind(table, place)
    if kind is None:
        return None
    internal = {"id": rule_id, "pack": pack, "tests": tests}
    rule = read_table(kind, table, place, internal, others=_KEYS_OF_A_RULE)
    if rule is not None:
        for problem in rule.problems():
            place.complain(problem, _key_of(problem, table))
        for option, problem in _problems_of_texts(rule):
            place.at(option).complain(problem)
    return rule


def _read_kind(table: Mapping[str, Any], place: Place) -> type[Rule] | None:
    name = table.get("kind")
    if name is None:
        place.complain("missing key 'kind'")
        return None
    if not isinstance(name, str):
        place.at("kind").complain(f"expected a string, got {describe(name)}")
        return None
    kind = kind_class(name)
    if kind is None:
        place.complain(f"unknown kind {name!r}{did_you_mean(name, kind_names())}", "kind")
    return kind


def _read_tests(tables: Any, place: Place) -> Iterator[Example]:
    if not isinstance(tables, list):
        place.at("test").complain(f"expected [[rule.test]] tables, got {describe(tables)}")
        return
    for index, table in enumerate(tables):
        place_of_test = place.at("test", index)
        example = read_table(Example, table, place_of_test, {"options": {}})
        if example is not None:
            for problem in _problems_of_test(example):
                place_of_test.complain(problem)
            yield example


def _problems_of_test(example: Example) -> Iterator[str]:
    if example.bad is None:
        if example.ok is None:
            yield "missing key 'bad' (or 'ok')"
        if example.good is not None or example.refusal is not None or example.unsafe:
            yield "'good', 'refusal' and 'unsafe' say what becomes of 'bad', which is missing"
    if example.good is not None and example.refusal is not None:
        yield "what has a 'refusal' is not fixed, so there is no 'good'"


def _key_of(problem: str, table: Mapping[str, Any]) -> str | None:
    """The option that the sentence ``problem`` is about: kinds name it in front."""
    option = problem.partition(":")[0].strip("'")
    return option if option in table else None


def _problems_of_texts(rule: Rule) -> Iterator[tuple[str, str]]:
    """What is wrong with the message and the patterns of ``rule``, each with the option that it is about."""
    for pattern in rule.allowed_in:
        problem = module_pattern_problem(pattern)
        if problem:
            yield "allowed-in", problem
    if "" in rule.exclude:
        yield "exclude", "an empty pattern would match every file"
    if rule.message is not None:
        for problem in _problems_of_message(rule.message, ("symbol", *rule.placeholders)):
            yield "message", problem


def _problems_of_message(message: str, placeholders: tuple[str, ...]) -> Iterator[str]:
    from string import Formatter

    try:
        names = [name for _, name, _, _ in Formatter().parse(message) if name is not None]
        unknown = [name for name in names if name not in placeholders]
        if not unknown:
            message.format_map(dict.fromkeys(placeholders, ""))
    except (ValueError, LookupError) as error:
        yield f"{error} (write {{{{ and }}}} for braces)"
        return
    for name in unknown:
        hint = did_you_mean(name, placeholders) or f"; there are {', '.join(placeholders)}"
        yield f"unknown placeholder {{{name}}}{hint}"
