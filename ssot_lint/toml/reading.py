"""Reading TOML files, and saying in which row of them something is wrong.

The only place that imports tomli, and only when a file is read. tomli tells no positions; those are found by a scan
of their own (``rows``), which costs nothing as long as nothing is wrong.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ssot_lint.toml.errors import ConfigurationError, ConfigurationErrors

TOOL_TABLE = ("tool", "ssot-lint")


@dataclass(frozen=True)
class TomlFile:
    """A TOML file as read: ``data`` are its values."""

    path: Path
    data: dict[str, Any]
    text: str

    def line(self, *keys: str | int) -> int:
        """Give the row of a key, a ``[table]``, a ``[[table]]`` entry or an array's element.

        ``line("rule", 2, "kind")`` is that of ``kind`` in the third ``[[rule]]``; what is not in the file has the row
        of the nearest thing around it.
        """
        for length in range(len(keys), 0, -1):
            if keys[:length] in self._rows:
                return self._rows[keys[:length]]
        return 1

    def error(self, keys: tuple[str | int, ...], message: str, rule_id: str | None = None) -> ConfigurationError:
        """Make the error ``message`` at ``keys``."""
        return ConfigurationError(show_path(self.path), self.line(*keys), message, rule_id)

    @cached_property
    def _rows(self) -> Mapping[tuple[str | int, ...], int]:
        from ssot_lint.toml.rows import rows_of_keys  # only needed to word an error

        return rows_of_keys(self.text, _unquote)


@dataclass(frozen=True)
class ConfigurationSite:
    """Where a list of values was given: under ``key`` of the configuration ``source``, or else as an option.

    ``below`` are the keys of a list that is deeper within ``key``.
    """

    key: str
    option: str
    source: Path | None = None
    below: tuple[str, ...] = ()

    def error(self, value: str, message: str) -> ConfigurationError:
        """Make the error ``message`` about ``value``, at the row of the configuration in which it stands.

        A value that the file does not have under ``key`` was given on the command line.
        """
        if self.source is not None:
            file = read_toml(self.source)
            keys = (*table_of(self.source), self.key, *self.below)
            values = value_at(file.data, keys)
            if isinstance(values, list) and value in values:
                return file.error((*keys, values.index(value)), message)
        return ConfigurationError(self.option, 0, message)


def read_toml(path: Path) -> TomlFile:
    """Read the TOML file ``path``; raises ``ConfigurationErrors`` with one error if it cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _errors(path, 0, f"cannot be read: {error.strerror or error}") from None
    try:
        # Some editors put a byte order mark in front, which tomli does not take.
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise _errors(path, row, f"not UTF-8: byte 0x{raw[error.start]:02x} has no meaning here") from None
    return TomlFile(path, _parse(path, text), text)


def table_of(path: Path) -> tuple[str, ...]:
    """Give the keys under which the configuration file ``path`` holds the settings of this tool."""
    return TOOL_TABLE if path.name == "pyproject.toml" else ()


def value_at(data: Any, keys: Iterable[str | int]) -> Any:
    """Give the value at ``keys`` below ``data``; ``None`` if there is none."""
    for key in keys:
        if not isinstance(data, Mapping) or key not in data:
            return None
        data = data[key]
    return data


def show_path(path: Path) -> str:
    """Give ``path`` as a message names it: relative to the working directory if it is below."""
    here = os.path.join(os.getcwd(), "")
    absolute = os.path.abspath(path)
    return absolute.removeprefix(here).replace(os.sep, "/")


def _parse(path: Path, text: str) -> dict[str, Any]:
    import tomli

    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        message = f"not TOML: {error.msg[:1].lower()}{error.msg[1:]} (column {error.colno})"
        raise _errors(path, error.lineno, message) from None
    except (ValueError, RecursionError) as error:  # a number with too many digits; a value nested too deeply
        raise _errors(path, 0, f"not TOML that can be read: {error}") from None


def _unquote(literal: str) -> str:
    import tomli

    value: str = tomli.loads(f"key = {literal}")["key"]
    return value


def _errors(path: Path, row: int, message: str) -> ConfigurationErrors:
    return ConfigurationErrors([ConfigurationError(show_path(path), row, message)])
