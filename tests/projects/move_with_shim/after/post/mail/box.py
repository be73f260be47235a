from __future__ import annotations

from post import stamps

from . import limits
from .letters.plain import Letter


class Box:
    """Where letters are."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def put(self, letter: Letter) -> int:
        """Put a letter in, and give what it costs."""
        if len(self.letters) >= limits.MOST:
            raise ValueError("full")
        self.letters.append(letter)
        return stamps.price(letter.text)
