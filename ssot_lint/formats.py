"""The names of the output formats, for those who need no more than names."""

from __future__ import annotations

FORMATS = (
    *("text", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "checkstyle", "azure", "pylint"),
    *("rdjson", "markdown"),
)
"""The names of the output formats; each is a module of `reporting`, with ``_`` for ``-``."""

COUNTED = frozenset({"text", "concise", "json"})
"""Those in which the counts per rule can stand instead of the violations."""

TELLING = frozenset(FORMATS) - {"text", "concise", "json", "json-lines"}
"""Those with a place for what could not be done; beside the others it is told on standard error."""
