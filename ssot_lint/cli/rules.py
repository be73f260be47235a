"""``ssot-lint rules``: which rules a run here checks."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import click

from ssot_lint.cli.chosen import SettingsOptions
from ssot_lint.cli.console import wants_color, write
from ssot_lint.cli.options import color_option, settings_options
from ssot_lint.own_rules import OWN_RULES, PACK, OwnRule
from ssot_lint.reporting.paint import Paint
from ssot_lint.rule import Rule


@dataclass(frozen=True)
class Row:
    """What there is to know about a rule at a glance; ``fix`` says whether its kind can fix some, none or all."""

    code: str
    kind: str
    pack: str
    severity: str
    fix: str
    summary: str
    compliance: tuple[str, ...] = ()

    @classmethod
    def of(cls, rule: Rule) -> Row:
        """Give the row of a rule of a pack."""
        fix = "sometimes" if can_fix(type(rule)) else "none"
        return cls(
            rule.id,
            rule.kind,
            rule.pack,
            rule.severity.value,
            fix,
            rule.message or summary_of(type(rule)),
            rule.compliance,
        )

    @classmethod
    def of_own(cls, rule: OwnRule) -> Row:
        """Give the row of one of the tool's own rules."""
        fix = "always" if rule.fixable else "none"
        return cls(rule.code, rule.name, PACK, rule.severity.value, fix, rule.summary)


@click.command(name="rules")
@settings_options
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="How to list them.")
@color_option
def command(output_format: str, color: str, **values: Any) -> int:
    """List the rules that a run checks here, the tool's own among them."""
    from ssot_lint.runner import load_rules

    rules = load_rules(SettingsOptions(**values).settings())
    own = [rule for code, rule in OWN_RULES.items() if code not in rules.ignored]
    rows = [*map(Row.of, rules.selected), *map(Row.of_own, own)]
    lines = as_json(rows) if output_format == "json" else as_text(rows, Paint(wants_color(color, sys.stdout)))
    write(lines, sys.stdout)
    return 0


def as_json(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of an array of objects."""
    from dataclasses import asdict

    from ssot_lint.reporting.json import array

    return array(asdict(row) for row in rows)


def as_text(rows: Sequence[Row], paint: Paint) -> Iterator[str]:
    """Yield a line for each rule, in columns."""
    if not rows:
        return
    code, kind, pack, severity = (
        max(len(value) for value in column)
        for column in zip(*((row.code, row.kind, row.pack, row.severity) for row in rows), strict=True)
    )
    for row in rows:
        mark = paint.cyan("[*]") if row.fix != "none" else "   "
        cells = f"{row.kind:{kind}}  {row.pack:{pack}}  {row.severity:{severity}}"
        yield f"{paint.bold(format(row.code, str(code)))}  {mark}  {cells}  {row.summary}"


def can_fix(kind: type[Rule]) -> bool:
    """Whether the kind has a fix, which its examples then show."""
    return any(example.good is not None for example in kind.examples)


def summary_of(kind: type[Rule]) -> str:
    """Give the first line of what the kind says about itself."""
    return (kind.__doc__ or "").strip().partition("\n")[0]
