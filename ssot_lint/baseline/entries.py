"""The file of the baseline: an entry a line, sorted, so that two branches seldom meet in one.

The last element, with the version, is there so that every entry ends in a comma: whoever adds or removes one changes
no other line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ssot_lint.fingerprint import fingerprint
from ssot_lint.model import SetAside, Violation
from ssot_lint.toml import ConfigurationError, ConfigurationErrors, show_path

DEFAULT = ".ssot-baseline.json"
"""The name of the file below the root, if the configuration gives no other."""
VERSION = 1
KEYS = ("path", "module", "rule", "symbol", "in", "statement", "number", "owner", "until", "reason", "fingerprint")
"""The keys of an entry, in their order."""
REQUIRED = ("path", "rule", "fingerprint")

_FINGERPRINT = re.compile(r'"fingerprint": *"([^"]*)"')
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})", re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Entry:
    """One violation that is accepted: known by its ``fingerprint``, the rest is for people.

    ``place`` is its module, or its ``path``. ``until`` is the last day on which it counts, ``YYYY-MM-DD``, if there is
    one; ``row`` where the entry stands in the file.
    """

    path: str
    place: str
    rule: str
    fingerprint: str
    symbol: str = ""
    definition: str = ""
    statement: str = ""
    number: int = 1
    owner: str = ""
    until: str = ""
    reason: str = ""
    row: int = 1

    @classmethod
    def of(cls, violation: Violation, *, owner: str = "", until: str = "", reason: str = "") -> Entry:
        """Make the entry that accepts ``violation``."""
        anchor = violation.anchor
        return cls(
            violation.path,
            anchor.place if anchor else violation.path,
            violation.code,
            fingerprint(violation),
            symbol=violation.symbol or "",
            definition=anchor.definition if anchor else "",
            statement=anchor.text if anchor else "",
            number=anchor.number if anchor else 1,
            owner=owner,
            until=until,
            reason=reason,
        )

    @property
    def aside(self) -> SetAside:
        """Why the violation does not count."""
        return SetAside("baseline", self.reason, self.owner, self.until, self.row)

    def expired(self, today: str) -> bool:
        """Whether its last day is before ``today``, ``YYYY-MM-DD``."""
        return bool(self.until) and self.until < today


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Read the file ``path``, each entry once; without a file there are none.

    Raises `ConfigurationErrors` with all that is wrong in it.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise ConfigurationErrors([ConfigurationError(show_path(path), 0, "is not UTF-8")]) from None
    return parse(text, path)


def parse(text: str, path: Path) -> tuple[Entry, ...]:
    """Give the entries in ``text``, which is what the file ``path`` holds; raises as `read_entries` does."""
    values = _values(text, path)
    rows = _rows(text)
    entries: dict[str, Entry] = {}
    errors: list[ConfigurationError] = []
    for value in values:
        row = rows.get(value["fingerprint"], 0) if isinstance(value.get("fingerprint"), str) else 0
        problems = list(_problems(value))
        errors += [ConfigurationError(show_path(path), row, problem) for problem in problems]
        if not problems:
            entry = _entry(value, row)
            # Two branches may have accepted the same, and a union of both is a good merge.
            entries.setdefault(entry.fingerprint, entry)
    if errors:
        raise ConfigurationErrors(errors)
    return tuple(entries.values())


def _values(text: str, path: Path) -> list[dict[str, Any]]:
    """Give the objects in ``text`` that are entries."""
    conflict = _CONFLICT.search(text)
    if conflict:
        row = text.count("\n", 0, conflict.start()) + 1
        hint = "has a conflict of a merge; keep the lines of both sides, then run `ssot-lint baseline --prune`"
        raise ConfigurationErrors([ConfigurationError(show_path(path), row, hint)])
    try:
        values = json.loads(text or "[]")
    except json.JSONDecodeError as error:
        message = f"is not JSON: {error.msg}"
        raise ConfigurationErrors([ConfigurationError(show_path(path), error.lineno, message)]) from None
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise ConfigurationErrors([ConfigurationError(show_path(path), 1, "is not a list of objects")])
    versions = [value["version"] for value in values if "version" in value]
    if any(version != VERSION for version in versions):
        message = f"has the version {versions[0]!r}; this ssot-lint knows version {VERSION}"
        raise ConfigurationErrors([ConfigurationError(show_path(path), 0, message)])
    return [value for value in values if "version" not in value]


def _rows(text: str) -> Mapping[str, int]:
    """Give the row of each fingerprint."""
    rows: dict[str, int] = {}
    for row, line in enumerate(text.split("\n"), 1):
        for match in _FINGERPRINT.finditer(line):
            rows.setdefault(match[1], row)
    return rows


def _problems(value: Mapping[str, Any]) -> Iterator[str]:
    from ssot_lint.toml.tables import did_you_mean

    for key in REQUIRED:
        if not isinstance(value.get(key), str) or not value[key]:
            yield f"an entry has no {key!r}"
    for key, inner in value.items():
        if key not in KEYS:
            yield f"an entry has the unknown key {key!r}{did_you_mean(key, KEYS)}"
        elif type(inner) is not (int if key == "number" else str):
            yield f"{key!r} is not {'a number' if key == 'number' else 'a string'}"
    until = value.get("until", "")
    if isinstance(until, str) and until and not is_date(until):
        yield f"'until' is {until!r}; write YYYY-MM-DD"


def is_date(text: str) -> bool:
    """Tell whether ``text`` is a date, ``YYYY-MM-DD``."""
    try:
        return _DATE.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _entry(value: Mapping[str, Any], row: int) -> Entry:
    names = {"module": "place", "in": "definition"}
    fields = {names.get(key, key): inner for key, inner in value.items()}
    return Entry(**{"place": value["path"], **fields, "row": row})


def as_text(entries: Iterable[Entry]) -> str:
    """Give the content of the file for ``entries``."""
    lines = [json.dumps(_value(entry), ensure_ascii=False) + ",\n" for entry in sorted(entries, key=_order)]
    return "".join(["[\n", *lines, json.dumps({"version": VERSION}), "\n]\n"])


def _order(entry: Entry) -> tuple[object, ...]:
    return entry.path, entry.rule, entry.definition, entry.symbol, entry.statement, entry.number, entry.fingerprint


def _value(entry: Entry) -> dict[str, Any]:
    values = {
        "path": entry.path,
        "module": entry.place if entry.place != entry.path else "",
        "rule": entry.rule,
        "symbol": entry.symbol,
        "in": entry.definition,
        "statement": entry.statement,
        "number": entry.number if entry.number > 1 else "",
        "owner": entry.owner,
        "until": entry.until,
        "reason": entry.reason,
        "fingerprint": entry.fingerprint,
    }
    return {key: value for key, value in values.items() if value}


def renewed(entry: Entry, violation: Violation) -> Entry:
    """Give ``entry`` for where its violation is now; who owns it, until when and why, stays."""
    fresh = Entry.of(violation, owner=entry.owner, until=entry.until, reason=entry.reason)
    return replace(fresh, row=entry.row)
