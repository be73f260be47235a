"""``ssot-lint explain``: what a rule or a kind is about, with its options and examples."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from inspect import cleandoc
from typing import Any

import click

from ssot_lint.cli.chosen import SettingsOptions
from ssot_lint.cli.console import wants_color, write
from ssot_lint.cli.options import color_option, settings_options
from ssot_lint.own_rules import OWN_RULES, OwnRule
from ssot_lint.reporting.paint import Paint
from ssot_lint.rule import Example, Rule

NOT_OPTIONS = frozenset({"id", "pack", "tests"})


@click.command(name="explain")
@click.argument("name", metavar="ID|KIND")
@settings_options
@color_option
def command(name: str, color: str, **values: Any) -> int:
    """Explain a rule or a kind of rules.

    A rule is named by its id; those of built-in packs can be explained even where they are not loaded.
    """
    paint = Paint(wants_color(color, sys.stdout))
    write(_explain(name, SettingsOptions(**values), paint), sys.stdout)
    return 0


def _explain(name: str, options: SettingsOptions, paint: Paint) -> Iterator[str]:
    from ssot_lint.kinds import kind_class, kind_names

    if name in OWN_RULES:
        return _explain_own(OWN_RULES[name], paint)
    kind = kind_class(name)
    if kind:
        return _explain_kind(kind, paint)
    rules = {rule.id: rule for rule in _all_rules(options)}
    if name not in rules:
        raise click.UsageError(_unknown(name, [*rules, *OWN_RULES, *kind_names()]))
    return _explain_rule(rules[name], paint)


def _all_rules(options: SettingsOptions) -> Iterator[Rule]:
    """Give the rules of all built-in packs, then those of the packs that are loaded here, which matter more."""
    from ssot_lint.packs import builtin_packs
    from ssot_lint.runner import rules_of

    settings = options.settings()
    yield from rules_of(tuple(builtin_packs()), settings)
    yield from rules_of(settings.packs, settings)


def _unknown(name: str, choices: Sequence[str]) -> str:
    from ssot_lint.globs import nearest

    near = nearest(name, choices)
    return f"There is no rule or kind {name!r}." + (f" Did you mean {near!r}?" if near else "")


def _explain_own(rule: OwnRule, paint: Paint) -> Iterator[str]:
    yield paint.bold(f"{rule.code} ({rule.name}), {rule.severity.value}")
    yield ""
    yield rule.summary


def _explain_rule(rule: Rule, paint: Paint) -> Iterator[str]:
    """Yield what there is to say about one rule of a pack: its message, its options, its examples, its kind."""
    yield paint.bold(f"{rule.id} ({rule.kind}), {rule.severity.value}, pack {rule.pack}")
    yield ""
    yield rule.message or rule.default_message
    if rule.compliance:
        yield ""
        yield f"For {', '.join(rule.compliance)}."
    yield from _heading("The rule", paint)
    for field in fields(rule):
        value = getattr(rule, field.name)
        if field.name not in (*NOT_OPTIONS, "message") and value != _default(field):
            yield from (f"    {line}" for line in _option_lines(_key(field.name), value))
    yield from _examples("Its examples", rule.tests, paint)
    yield from _heading(f"The kind {rule.kind}", paint)
    yield from cleandoc(type(rule).__doc__ or "").split("\n")


def _explain_kind(kind: type[Rule], paint: Paint) -> Iterator[str]:
    """Yield what there is to say about a kind: what it is about, its options, its examples."""
    yield paint.bold(kind.kind)
    yield ""
    yield from cleandoc(kind.__doc__ or "").split("\n")
    yield from _heading("Options", paint)
    for field in fields(kind):
        if field.name not in NOT_OPTIONS:
            default = _default(field)
            yield f"    {_key(field.name)}: {_need(default)}"
    yield from _examples("Examples", kind.examples, paint)


def _heading(title: str, paint: Paint) -> Iterator[str]:
    yield ""
    yield paint.bold(title)
    yield ""


def _examples(title: str, examples: Sequence[Example], paint: Paint) -> Iterator[str]:
    if not examples:
        return
    yield from _heading(title, paint)
    for number, example in enumerate(examples):
        if number:
            yield ""
        yield from _example(example, paint)


def _example(example: Example, paint: Paint) -> Iterator[str]:
    """Yield the code of an example, each part under a line that says what it shows."""
    if example.note:
        yield f"  {example.note}"
    outcome = f"refused: {example.refusal}" if example.refusal else "flagged"
    parts = {
        outcome: example.bad,
        "fixed, with --unsafe-fixes" if example.unsafe else "fixed": example.good,
        "left alone": example.ok,
    }
    for what, code in parts.items():
        if code is not None:
            yield f"  {paint.blue(f'# {what}')}"
            yield from (f"    {line}".rstrip() for line in code.strip("\n").split("\n"))


def _key(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _default(field: Any) -> Any:
    """Give the default of a field of a kind, ``MISSING`` if it is required."""
    return field.default if field.default_factory is MISSING else field.default_factory()


def _need(default: Any) -> str:
    if default is MISSING:
        return "required"
    return "optional" if default is None else f"default {_value(default)}"


def _option_lines(key: str, value: Any) -> Iterator[str]:
    """Yield an option as a pack would have it; a table one line an entry."""
    if isinstance(value, Mapping):
        for inner, inner_value in value.items():
            yield f"{key}.{_table_key(inner)} = {_value(inner_value)}"
    else:
        yield f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    """Give a value as TOML has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + str.replace(value, "\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(map(_value, value)) + "]"
    if is_dataclass(value):
        given = [field for field in fields(value) if getattr(value, field.name) != _default(field)]
        return _inline_table({_key(field.name): getattr(value, field.name) for field in given})
    return _inline_table(value) if isinstance(value, Mapping) else str(value)


def _inline_table(table: Mapping[str, Any]) -> str:
    entries = ", ".join(f"{_table_key(key)} = {_value(inner)}" for key, inner in table.items())
    return f"{{ {entries} }}" if entries else "{}"


def _table_key(key: str) -> str:
    """Give a key as TOML has it: with quotes where it needs them."""
    is_bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if is_bare else _value(key)
