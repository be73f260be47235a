"""The settings of a run: found, read and checked; and the rules that they select."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ssot_lint.kinds import kind_names
from ssot_lint.own_rules import OWN_RULES, OwnRule
from ssot_lint.own_rules import PACK as OWN_PACK
from ssot_lint.rule import TAG, Rule
from ssot_lint.toml import (
    TOOL_TABLE,
    ConfigurationError,
    ConfigurationErrors,
    ConfigurationSite,
    read_toml,
    show_path,
    table_of,
    value_at,
)
from ssot_lint.toml.tables import Place, did_you_mean, read_table

CONFIGURATION_NAMES = (".ssot-lint.toml", "ssot-lint.toml", "pyproject.toml")
"""The files in which settings are looked for in a directory; the first counts."""
SOURCE_DIRECTORY = "src"
"""Where many projects have their packages, so that tests use what is installed; ruff looks there, too."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a project has decided; each field but ``root`` and ``source`` is a key of the configuration.

    ``root`` is the directory that all paths start at, ``source`` the file the settings come from, if any. ``src`` are
    the import roots, searched in order; who says nothing gets `default_src`. ``select`` and ``ignore``, and the values
    of ``per_file_ignores``, are selectors: ``ALL``, ids, prefixes of ids, kinds, packs; so is ``no_suppress``, of rules
    that no comment may suppress.
    """

    root: Path
    source: Path | None = None
    packs: tuple[str, ...] = ("core",)
    src: tuple[str, ...] = (".",)
    select: tuple[str, ...] = ("ALL",)
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    baseline: str | None = None
    require_reason: bool = False
    no_suppress: tuple[str, ...] = ()


def find_settings(start: Path) -> Settings:
    """Find the settings that apply in the directory ``start``: those of the nearest directory upwards that has some.

    Raises ``ConfigurationErrors`` if they are wrong. Without any, gives ``default_settings``.
    """
    start = start.resolve()
    for directory in (start, *start.parents):
        for name in CONFIGURATION_NAMES:
            path = directory / name
            if os.path.isfile(path) and _may_have_settings(path) and (settings := _read(path)):
                return settings
    return default_settings(start)


def read_settings(path: Path) -> Settings:
    """Read the settings in the file ``path``, whose directory becomes the root.

    Raises ``ConfigurationErrors`` with all that is wrong in it.
    """
    settings = _read(path.resolve())
    if settings is None:
        raise ConfigurationErrors([ConfigurationError(show_path(path), 0, "has no table [tool.ssot-lint]")])
    return settings


def default_settings(start: Path) -> Settings:
    """Give the settings of a project without any: the root is that of the git work tree around ``start``, if any."""
    start = start.resolve()
    root = next((directory for directory in (start, *start.parents) if os.path.exists(directory / ".git")), start)
    return Settings(root=root, src=default_src(root))


def default_src(root: Path) -> tuple[str, ...]:
    """Give the import roots of a project that names none: its directory, and ``src`` in it if that is no package."""
    source = root / SOURCE_DIRECTORY
    is_package = any(os.path.exists(source / name) for name in ("__init__.py", "__init__.pyi"))
    return (".", SOURCE_DIRECTORY) if os.path.isdir(source) and not is_package else (".",)


def select_rules(
    rules: Sequence[Rule],
    select: Sequence[str],
    ignore: Sequence[str],
    per_file_ignores: Mapping[str, Sequence[str]] | None = None,
    source: Path | None = None,
) -> tuple[Rule, ...]:
    """Give those of ``rules`` that ``select`` selects and ``ignore`` does not; of two selectors the narrower counts.

    Raises ``ConfigurationErrors`` for selectors, those of ``per_file_ignores`` included, that mean no rule there could
    be; ``source`` is the configuration in which they may stand.
    """
    lists = [
        (select, ConfigurationSite("select", "--select", source)),
        (ignore, ConfigurationSite("ignore", "--ignore", source)),
        *(
            (selectors, ConfigurationSite("per-file-ignores", "per-file-ignores", source, (glob,)))
            for glob, selectors in (per_file_ignores or {}).items()
        ),
    ]
    errors = [error for selectors, site in lists for error in _unknown(selectors, rules, site)]
    if errors:
        raise ConfigurationErrors(errors)
    return tuple(
        rule
        for rule in rules
        if _narrowness(rule.id, rule.selected_by, select) > _narrowness(rule.id, rule.selected_by, ignore)
    )


def binding_rules(rules: Sequence[Rule], selectors: Sequence[str], source: Path | None = None) -> frozenset[str]:
    """Give the codes of those of ``rules``, and of the tool's own, that no comment may suppress.

    Raises ``ConfigurationErrors`` for selectors that mean no rule there could be; they stand in ``source``.
    """
    errors = list(_unknown(selectors, rules, ConfigurationSite("no-suppress", "no-suppress", source)))
    if errors:
        raise ConfigurationErrors(errors)
    selects = {rule.id: rule.selected_by for rule in rules} | {
        code: rule.selected_by for code, rule in OWN_RULES.items()
    }
    return frozenset(code for code, selected_by in selects.items() if any(map(selected_by, selectors)))


def ignored_own_rules(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """Give the codes of those of the tool's own rules that ``ignore`` leaves out; they need no ``select`` to be heard.

    Of two selectors the narrower counts.
    """
    return frozenset(
        code
        for code, rule in OWN_RULES.items()
        if _narrowness(code, rule.selected_by, ignore) >= max(_narrowness(code, rule.selected_by, select), 0)
    )


def _may_have_settings(path: Path) -> bool:
    """Whether it is worth parsing ``path``: a ``pyproject.toml`` may be long, broken, and of a project around ours."""
    if not table_of(path):
        return True
    try:
        return TOOL_TABLE[-1].encode() in path.read_bytes()
    except OSError:
        return False


def _read(path: Path) -> Settings | None:
    """Read the settings in ``path``; ``None`` for a ``pyproject.toml`` that has none."""
    file = read_toml(path)
    keys = table_of(path)
    table = value_at(file.data, keys)
    if table is None:
        return None
    place = Place(file, [], keys, unnamed=len(keys))
    others: tuple[str, ...] = ()
    if not keys and value_at(file.data, TOOL_TABLE) is not None:
        place.complain(f"the settings stand at the top level of {path.name}, not in [tool.ssot-lint]", "tool")
        others = ("tool",)
    settings = read_table(Settings, table, place, {"root": path.parent, "source": path}, others)
    if settings:
        src = tuple(_import_roots(settings, place)) if "src" in table else default_src(settings.root)
        settings = replace(settings, src=src)
        for key, patterns in (("exclude", settings.exclude), ("per-file-ignores", settings.per_file_ignores)):
            if "" in patterns:
                place.at(key).complain("an empty pattern would match every file")
    if place.errors or not settings:
        raise ConfigurationErrors(place.errors)
    return settings


def _import_roots(settings: Settings, place: Place) -> Iterator[str]:
    """Give ``src`` in the shortest form, with ``/``; a directory that is not there would hide every module in it."""
    for index, name in enumerate(settings.src):
        path = os.path.relpath(settings.root / name, settings.root).replace(os.sep, "/")
        if path.split("/")[0] == "..":
            place.at("src", index).complain(f"{name!r} is outside of the project, {show_path(settings.root)}")
        elif not os.path.isdir(settings.root / path):
            place.at("src", index).complain(f"no directory {name!r}")
        yield path


def _unknown(selectors: Iterable[str], rules: Sequence[Rule], site: ConfigurationSite) -> Iterator[ConfigurationError]:
    """Give an error for each selector that means none of ``rules``, no other kind and none of the tool's own rules."""
    names = {"ALL", *kind_names(), OWN_PACK, *(rule.name for rule in OWN_RULES.values())}
    all_rules: list[Rule | OwnRule] = [*rules, *OWN_RULES.values()]
    for selector in selectors:
        if selector in names or (selector and any(rule.selected_by(selector) for rule in all_rules)):
            continue
        tags = (f"{TAG}{tag}" for rule in rules for tag in rule.compliance)
        choices = {*names, *OWN_RULES, *tags, *(name for rule in rules for name in (rule.id, rule.pack))}
        yield site.error(selector, f"unknown rule, kind or pack {selector!r}{did_you_mean(selector, choices)}")


def _narrowness(code: str, selected_by: Callable[[str], bool], selectors: Iterable[str]) -> int:
    """How narrow the narrowest of ``selectors`` that means the rule ``code`` is: an id most, ``ALL`` least.

    If none does, -1.
    """
    narrowness = -1
    for selector in selectors:
        if selected_by(selector):
            is_prefix = code.startswith(selector)
            narrowness = max(narrowness, 0 if selector == "ALL" else 1 + is_prefix * len(selector))
    return narrowness
