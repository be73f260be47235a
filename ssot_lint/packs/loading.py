"""Pack files as packs: each read on its own, then checked together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ssot_lint.hashing import digest
from ssot_lint.packs.entries import Entry, read_entry
from ssot_lint.packs.locating import pack_files
from ssot_lint.packs.moves import check_moves
from ssot_lint.rule import Rule
from ssot_lint.toml import ConfigurationError, ConfigurationErrors, ConfigurationSite, TomlFile, read_toml
from ssot_lint.toml.tables import Place, check_keys, describe, read_table

_PACK_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Pack:
    """The rules of one file; its ``compliance`` tags are those of each of its rules, too.

    ``digest`` is that of the file.
    """

    id: str
    summary: str
    path: Path
    compliance: tuple[str, ...]
    rules: tuple[Rule, ...]
    digest: bytes = b""


@dataclass(frozen=True)
class _Header:
    """The table ``[pack]``."""

    id: str
    summary: str = ""
    compliance: tuple[str, ...] = ()


class _Draft(NamedTuple):
    """What could be read of a pack file; ``place`` is that of the file."""

    header: _Header
    entries: tuple[Entry, ...]
    place: Place


def load_packs(names: Sequence[str], root: Path, source: ConfigurationSite) -> tuple[Pack, ...]:
    """Load the packs ``names``: ids of built-in ones, or paths and globs of files below ``root``.

    ``source`` says where the names were given. Raises ``ConfigurationErrors`` with all that is wrong in all packs.
    """
    errors: list[ConfigurationError] = []
    files = [_read_file(path, errors) for path in pack_files(names, root, source, errors)]
    drafts = [_read_pack(Place(file, errors)) for file in files if file]
    entries = [entry for draft in drafts for entry in draft.entries]
    _check_pack_ids(drafts)
    _check_rule_ids(entries)
    check_moves(entries)
    if errors:
        raise ConfigurationErrors(errors)
    return tuple(map(_finish, drafts))


def _read_file(path: Path, errors: list[ConfigurationError]) -> TomlFile | None:
    try:
        return read_toml(path)
    except ConfigurationErrors as broken:
        errors.extend(broken.errors)
        return None


def _read_pack(place: Place) -> _Draft:
    data = place.file.data
    check_keys(data, place, ("pack", "rule"), ("pack",))
    header = (read_table(_Header, data["pack"], place.at("pack")) if "pack" in data else None) or _Header(id="")
    if header.id and not _PACK_ID.fullmatch(header.id):
        place.at("pack", "id").complain(f"{header.id!r} is no pack id: words of lower case and '-'")
    tables = data.get("rule", [])
    if not isinstance(tables, list):
        place.at("rule").complain(f"expected [[rule]] tables, got {describe(tables)}")
        tables = []
    entries = (
        read_entry(table, place.at("rule", index), header.id, header.compliance) for index, table in enumerate(tables)
    )
    return _Draft(header, tuple(entry for entry in entries if entry), place)


def _check_pack_ids(drafts: Iterable[_Draft]) -> None:
    first: dict[str, Place] = {}
    for draft in drafts:
        place = draft.place.at("pack", "id")
        if draft.header.id and first.setdefault(draft.header.id, place) is not place:
            place.complain(f"{draft.header.id!r} is the id of another pack, {first[draft.header.id].where}")


def _check_rule_ids(entries: Iterable[Entry]) -> None:
    first: dict[str, Place] = {}
    for entry in entries:
        place = entry.place.at("id")
        if entry.id and first.setdefault(entry.id, place) is not place:
            place.complain(f"{entry.id!r} is the id of another rule, {first[entry.id].where}")


def _finish(draft: _Draft) -> Pack:
    rules = tuple(entry.rule for entry in draft.entries if entry.rule)
    header = draft.header
    file = draft.place.file
    return Pack(header.id, header.summary, file.path, header.compliance, rules, digest(file.text.encode()))
