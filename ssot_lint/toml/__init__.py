"""TOML files as values, with all that is wrong in them said at once, by file and row."""

from __future__ import annotations

from ssot_lint.toml.errors import ConfigurationError, ConfigurationErrors
from ssot_lint.toml.reading import TOOL_TABLE, ConfigurationSite, TomlFile, read_toml, show_path, table_of, value_at

__all__ = [
    "TOOL_TABLE",
    "ConfigurationError",
    "ConfigurationErrors",
    "ConfigurationSite",
    "TomlFile",
    "read_toml",
    "show_path",
    "table_of",
    "value_at",
]
