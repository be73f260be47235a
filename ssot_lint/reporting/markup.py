"""Text within XML: what has a meaning there is written so that it has none, what must not be there is replaced."""

from __future__ import annotations

import re
from html import escape

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document may hold, not even as references; one of them makes the whole unreadable."""


def content(text: str) -> str:
    """Give ``text`` for between tags."""
    return escape(FORBIDDEN.sub("\ufffd", text), quote=False).replace("\r", "&#13;")


def attributes(**values: object) -> str:
    """Give ``name="value"`` for each of ``values``, each with a space before it."""
    return "".join(f' {name}="{_quoted(str(value))}"' for name, value in values.items())


def _quoted(text: str) -> str:
    # A parser makes spaces of white space in attributes, unless it is written as references.
    escaped = escape(FORBIDDEN.sub("\ufffd", text))
    return escaped.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")
