"""``ssot-lint test``: do the rules of packs do with their own examples what these say?"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from ssot_lint.cli.chosen import SettingsOptions
from ssot_lint.cli.console import wants_color, write
from ssot_lint.cli.options import color_option, settings_options
from ssot_lint.reporting.paint import Paint

if TYPE_CHECKING:
    from ssot_lint.rule import Rule


@dataclass(frozen=True)
class Tried:
    """An example of a rule, ``number`` of its ``[[rule.test]]`` from 1, and what the rule does not as it says."""

    rule: Rule
    number: int
    note: str
    shortcomings: tuple[str, ...]


@click.command(name="test")
@settings_options
@color_option
@click.argument("packs", nargs=-1, metavar="[PACKS]...")
def command(packs: tuple[str, ...], color: str, **values: Any) -> int:
    """Try the rules of PACKS (ids or paths; those configured, if none are named) on their own [[rule.test]] examples.

    Ends with 1 if one is flagged, fixed or refused otherwise than it says.
    """
    from ssot_lint.runner import load_rules

    rules = load_rules(SettingsOptions(**{**values, "pack": (*values["pack"], *packs)}).settings()).selected
    tried = [attempt for rule in rules for attempt in attempts(rule)]
    write(as_text(rules, tried, Paint(wants_color(color, sys.stdout))), sys.stdout)
    return int(any(attempt.shortcomings for attempt in tried))


def attempts(rule: Rule) -> Iterator[Tried]:
    """Try ``rule`` on each of its examples."""
    from ssot_lint.trial import shortcomings

    for number, example in enumerate(rule.tests, 1):
        yield Tried(rule, number, example.note, tuple(shortcomings(rule, example)))


def as_text(rules: Sequence[Rule], tried: Sequence[Tried], paint: Paint) -> Iterator[str]:
    """Yield what is wrong, which rules have no examples, and a line that counts."""
    failed = [attempt for attempt in tried if attempt.shortcomings]
    for attempt in failed:
        note = f" ({attempt.note})" if attempt.note else ""
        yield paint.bold(f"{attempt.rule.pack}: {attempt.rule.id}, example {attempt.number}{note}")
        for shortcoming in attempt.shortcomings:
            yield from (f"    {line}" for line in shortcoming.split("\n"))
    untried = [rule.id for rule in rules if not rule.tests]
    if untried:
        yield f"Without examples: {', '.join(untried)}. Add [[rule.test]] with `bad`, `good` or `ok`."
    yield f"{len(tried)} examples of {len(rules) - len(untried)} rules: " + (
        f"{len(failed)} failed." if failed else "all as they say."
    )
