"""Changes of a text by offsets, put in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ssot_lint.model import Edit
from ssot_lint.source.text import Text


@dataclass(frozen=True, order=True)
class Replacement:
    """``content`` instead of what stands from offset ``start`` up to ``end``; an empty range inserts."""

    start: int
    end: int
    content: str


def in_order(replacements: Iterable[Replacement]) -> tuple[Replacement, ...]:
    """Sort ``replacements``, make one of those that touch, and leave out those that change nothing.

    Insertions at one place keep the order in which they are given. Raises `ValueError` where two overlap.
    """
    ordered: list[Replacement] = []
    for new in sorted(replacements, key=lambda replacement: (replacement.start, replacement.end)):
        last = ordered[-1] if ordered else None
        if last is None or last.end < new.start:
            ordered.append(new)
        elif last.end == new.start:
            ordered[-1] = Replacement(last.start, new.end, last.content + new.content)
        else:
            raise ValueError(f"{last} and {new} overlap")
    return tuple(replacement for replacement in ordered if replacement.content or replacement.start < replacement.end)


def to_edits(text: Text, replacements: Iterable[Replacement]) -> tuple[Edit, ...]:
    """Give ``replacements`` as edits of ``text``, in the order of the text; raises `ValueError` where two overlap."""
    return tuple(
        Edit(text.range(replacement.start, replacement.end), replacement.content)
        for replacement in in_order(replacements)
    )
