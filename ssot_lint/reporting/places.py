"""Where files are for those who read a report: their text, and their path in the checkout of continuous integration."""

from __future__ import annotations

import os

from ssot_lint.reporting import ReportContext
from ssot_lint.source.text import NotText, Text

CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""The variables in which GitHub and GitLab name the directory that their paths start at."""


def read_text(path: str, context: ReportContext) -> Text:
    """Read the file ``path`` again; one that is gone or cannot be read is empty."""
    raw = context.sources.get(path)
    try:
        return _decode((context.root / path).read_bytes() if raw is None else raw)
    except OSError:
        return Text("")


def _decode(raw: bytes) -> Text:
    try:
        return Text.read(raw)
    except NotText:
        return Text.read_anyway(raw)


def checkout_path(path: str, context: ReportContext) -> str:
    """Give ``path`` relative to the checkout, of which the project may be a part; else as it is."""
    root = os.path.realpath(context.root)
    for variable in CHECKOUTS:
        checkout = context.environment.get(variable)
        if checkout:
            inner = os.path.relpath(root, os.path.realpath(checkout)).replace(os.sep, "/")
            if inner.split("/")[0] != "..":
                return path if inner == "." else f"{inner}/{path}"
    return path
