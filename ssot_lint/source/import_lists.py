"""Names taken out of the list of an import statement, and added to it, in the style in which it is written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.source.import_layout import Entry, ImportLayout
from ssot_lint.source.placing import newline_at
from ssot_lint.source.replacements import Replacement
from ssot_lint.source.text import NEWLINE

WIDTH = 88
"""How long a line may become before names are put on lines of their own."""


@dataclass(frozen=True)
class Written:
    """A name as it is to be written in a list, ``source``, with the comments above and beside it."""

    name: str
    source: str
    above: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """Give the lines of the name in a list with a line for each name."""
        yield from self.above
        yield from self.beside[:-1]
        yield self.source + "," + "".join(f"  {comment}" for comment in self.beside[-1:])


def take_out(layout: ImportLayout, names: Collection[int]) -> Iterator[Replacement]:
    """Take some, but not all, names out of a list with their comments; whole lines where they had lines to themselves.

    The list ends with a comma, or not, as it did.
    """
    gone = {word for name in names for word in layout.entries[name].words}
    gone.update(remark.comment for remark in layout.remarks_on(names))
    gone.update(_commas_of(layout, names))
    kept = [index for index in range(len(layout.tokens)) if index not in gone]
    for before, after in zip(kept, [*kept[1:], len(layout.tokens)], strict=True):
        if after - before > 1:
            yield from _close(layout, before, after)


def _commas_of(layout: ImportLayout, names: Collection[int]) -> set[int]:
    """Choose a comma for each name that goes: the one behind it, or the one before it where that leads its line."""
    commas = [entry.comma for entry in layout.entries if entry.comma is not None]
    gone: set[int] = set()
    for name in sorted(names):
        before = commas[name - 1] if name else None
        if before is not None and before not in gone and layout.leads_row(before):
            gone.add(before)
        else:
            gone.update(commas[name : name + 1])
    if len(commas) in names:
        # No comma ends the list, and none is to.
        last = max(name for name in range(len(commas)) if name not in names)
        gone.update(commas[last:])
    return gone


def _close(layout: ImportLayout, before: int, after: int) -> Iterator[Replacement]:
    """Leave, of all that stands between two tokens, the one stretch of white space that fits there best."""
    bounds = [layout.tokens[before].end]
    for token in layout.tokens[before + 1 : after]:
        bounds.extend((token.start, token.end))
    bounds.append(layout.tokens[after].start if after < len(layout.tokens) else layout.end)
    start, end = _best_gap(layout, before, after, list(zip(bounds[::2], bounds[1::2], strict=True)))
    if bounds[0] < start:
        yield Replacement(bounds[0], start, "")
    if end < bounds[-1]:
        yield Replacement(end, bounds[-1], "")


def _best_gap(layout: ImportLayout, before: int, after: int, gaps: list[tuple[int, int]]) -> tuple[int, int]:
    """Choose from the stretches of white space between two tokens: a parenthesis stays as close as it was."""
    broken = [gap for gap in gaps if NEWLINE.search(layout.text.string, *gap)]
    ends = after == len(layout.tokens) or layout.source(after) == ")"
    comment_follows = not ends and layout.tokens[after].kind == "comment"
    if ends and gaps[-1] not in broken and layout.tokens[before].kind != "comment":
        return gaps[-1]
    if layout.source(before) in ("(", "import") and gaps[0] not in broken and not comment_follows:
        return gaps[0]
    if broken:
        return broken[-1]
    return gaps[-1] if comment_follows else gaps[0]


def add(layout: ImportLayout, names: Iterable[Written]) -> Iterator[Replacement]:
    """Add names without comments to a list: in their places where it is sorted, else at its end."""
    places: dict[int, list[Written]] = {}
    for written in names:
        places.setdefault(_place(layout, written.name), []).append(written)
    for place, found in places.items():
        sources = [written.source for written in sorted(found, key=lambda written: _sort_key(written.name))]
        yield from _add_first(layout, sources) if place == 0 else _add_after(layout, place - 1, sources)


def _place(layout: ImportLayout, name: str) -> int:
    names = [alias.name for alias in layout.aliases]
    for key in (_sort_key, str.lower, str):
        keys = [key(other) for other in names]
        if keys == sorted(keys):
            place = bisect_right(keys, key(name))
            # A comment between the parenthesis and the first name may be about that name.
            return max(place, 1) if layout.tokens[layout.entries[0].words[0] - 1].kind == "comment" else place
    return len(names)


def _sort_key(name: str) -> tuple[int, str]:
    """Constants, classes, the rest: as isort and ruff order names."""
    group = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return group, name.lower()


def _add_first(layout: ImportLayout, sources: Sequence[str]) -> Iterator[Replacement]:
    first = layout.entries[0]
    anchor = first.words[-1] if first.comma is None else first.comma
    has_row = _leads_row(layout, first) and _next_kind(layout, anchor) != "word"
    gap = _new_line(layout, first) if has_row else " "
    start = layout.tokens[first.words[0]].start
    yield Replacement(start, start, "".join(f"{source},{gap}" for source in sources))


def _add_after(layout: ImportLayout, name: int, sources: Sequence[str]) -> Iterator[Replacement]:
    entry = layout.entries[name]
    anchor = entry.words[-1] if entry.comma is None else entry.comma
    before_comment = layout.tokens[anchor].end
    end = layout.tokens[anchor + 1].end if _next_kind(layout, anchor) == "comment" else before_comment
    gap = _new_line(layout, entry) if _wants_line(layout, entry, anchor, sources) else " "
    if entry.comma is None:
        yield Replacement(before_comment, before_comment, ",")
        yield Replacement(end, end, gap + f",{gap}".join(sources))
    else:
        yield Replacement(end, end, "".join(f"{gap}{source}," for source in sources))


def _next_kind(layout: ImportLayout, index: int) -> str | None:
    """Give the kind of the token that comes after this one on its line."""
    if index + 1 == len(layout.tokens) or layout.tokens[index + 1].row != layout.tokens[index].row:
        return None
    return layout.tokens[index + 1].kind


def _wants_line(layout: ImportLayout, entry: Entry, anchor: int, sources: Sequence[str]) -> bool:
    """Whether names that come after ``anchor``, the last token of ``entry``, go on lines of their own."""
    if _next_kind(layout, anchor) == "comment":
        return True
    if not layout.is_multiline or _next_kind(layout, anchor) == "word":
        return False
    end = layout.tokens[anchor].end
    length = layout.text.line_end(end) - layout.text.line_start(end) + sum(len(source) + 2 for source in sources)
    return _leads_row(layout, entry) or length > WIDTH


def _leads_row(layout: ImportLayout, entry: Entry) -> bool:
    return layout.is_multiline and layout.leads_row(entry.words[0])


def _new_line(layout: ImportLayout, beside: Entry) -> str:
    """Give what starts a line for a name next to ``beside``."""
    start = layout.tokens[beside.words[0]].start
    indentation = layout.text.indentation(start) if _leads_row(layout, beside) else layout.inner_indentation
    return newline_at(layout.text, layout.start) + indentation
