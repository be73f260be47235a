"""By what a violation is known again: rule, module, symbol, definition around it, statement, and how many alike."""

from __future__ import annotations

from ssot_lint.hashing import digest as hashed
from ssot_lint.model import Violation

DIGITS = 16


def fingerprint(violation: Violation, place: str | None = None) -> str:
    """Give the fingerprint of ``violation``, or the one that it had when its module was ``place``.

    What is named after its module is named anew when that is renamed: such a symbol counts without it.
    """
    anchor = violation.anchor
    if anchor is None:
        return digest(violation.code, place or violation.path, violation.message)
    symbol = violation.symbol or ""
    if symbol == anchor.place or symbol.startswith(anchor.place + "."):
        symbol = "." + symbol[len(anchor.place) :]
    return digest(
        violation.code, place or anchor.place, symbol, anchor.definition, anchor.code, *_how_manieth(anchor.number)
    )


def _how_manieth(number: int) -> list[str]:
    return [str(number)] if number > 1 else []


def digest(*parts: str) -> str:
    """Give a short text that stands for ``parts``."""
    return hashed("\0".join(parts).encode("utf-8", "surrogatepass"), DIGITS // 2).hex()
