"""Colour on a terminal, and characters that must not reach one."""

from __future__ import annotations

import re
from dataclasses import dataclass

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What would move the cursor, start an escape sequence, or turn the direction in which text runs."""


@dataclass(frozen=True)
class Paint:
    """Colours text if ``enabled``, else gives it back as it is."""

    enabled: bool

    def bold(self, text: str) -> str:
        """Make ``text`` stand out."""
        return self._wrap("1", text)

    def red(self, text: str) -> str:
        """Give ``text`` the colour of what is wrong."""
        return self._wrap("1;31", text)

    def cyan(self, text: str) -> str:
        """Give ``text`` the colour of what can be fixed."""
        return self._wrap("36", text)

    def blue(self, text: str) -> str:
        """Give ``text`` the colour of the margin."""
        return self._wrap("1;34", text)

    def green(self, text: str) -> str:
        """Give ``text`` the colour of what is added."""
        return self._wrap("32", text)

    def _wrap(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.enabled and text else text


def visible(text: str) -> str:
    """Give ``text`` on one line and with a visible stand-in for each character that would act on a terminal."""
    return text if text.isascii() and text.isprintable() else CONTROL.sub(_stand_in, text)


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
