"""One import statement as it is written: its tokens, its names, its comments."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from ssot_lint.source.placing import indentation
from ssot_lint.source.replacements import Replacement
from ssot_lint.source.scan import Import
from ssot_lint.source.text import Text

_TOKEN = re.compile(r"(?P<comment>#[^\r\n]*)|(?P<mark>[.,()*])|(?P<word>[^\s#\\.,()*]+)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, comment or punctuation mark from offset ``start`` up to ``end`` in row ``row``."""

    kind: str
    start: int
    end: int
    row: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of the list, as indices of tokens.

    ``words`` are its own tokens, the first ``bare`` of them what is imported and the last what ``as`` names.
    """

    words: tuple[int, ...]
    bare: int
    comma: int | None


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the list, as index of its token, and the names that it is about.

    Those are the names on its line or, where it has a line of its own, the names below up to the next such comment.
    """

    comment: int
    names: tuple[int, ...]
    is_above: bool

    @property
    def owner(self) -> int:
        """The name beside which or above which the comment stands."""
        return self.names[0] if self.is_above else self.names[-1]


class ImportLayout:
    """One import statement of a text as it is written.

    Names are meant by their index in the list, ``entries``. ``first`` is the index of the token ``from`` or ``import``.
    """

    def __init__(self, text: Text, imported: Import) -> None:
        self.text = text
        self.aliases = imported.node.names
        self.start = imported.statement.start
        self.end = imported.statement.end
        self.tokens = tuple(
            Token(match.lastgroup or "", match.start(), match.end(), text.row(match.start()))
            for match in _TOKEN.finditer(text.string, self.start, self.end)
        )
        sources = [self.source(index) for index in range(len(self.tokens))]
        self._import = sources.index("import")
        self.first = sources.index("from", 0, self._import) if "from" in sources[: self._import] else self._import
        self.entries = tuple(self._entries())

    def _entries(self) -> Iterator[Entry]:
        words: list[int] = []
        for index in range(self._import + 1, len(self.tokens)):
            source = self.source(index)
            if source == ",":
                yield self._entry(words, index)
                words = []
            elif self.tokens[index].kind != "comment" and source not in "()":
                words.append(index)
        if words:
            yield self._entry(words, None)

    def _entry(self, words: list[int], comma: int | None) -> Entry:
        sources = [self.source(index) for index in words]
        return Entry(tuple(words), sources.index("as") if "as" in sources else len(words), comma)

    def source(self, index: int) -> str:
        """Give the text of a token."""
        return self.text.string[self.tokens[index].start : self.tokens[index].end]

    @property
    def prefix(self) -> str:
        """What stands before ``from`` or ``import``: ``lazy``, in newer grammar."""
        return self.text.string[self.start : self.tokens[self.first].start]

    @property
    def is_multiline(self) -> bool:
        """Whether the list of names stands in parentheses and on more than one line."""
        return self.source(len(self.tokens) - 1) == ")" and self.tokens[self._import].row != self.tokens[-1].row

    def leads_row(self, index: int) -> bool:
        """Whether nothing stands before a token in its row."""
        start = self.tokens[index].start
        return not self.text.string[self.text.line_start(start) : start].strip(" \t\f")

    @property
    def inner_indentation(self) -> str:
        """How names on lines of their own are indented: as they are in this list if the first one leads its line."""
        first = self.entries[0].words[0]
        if self.is_multiline and self.leads_row(first):
            return self.text.indentation(self.tokens[first].start)
        outer = indentation(self.text, self.start)
        return outer + ("\t" if outer.endswith("\t") else "    ")

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """The comments in the statement; all of them stand in parentheses."""
        comments = [index for index, token in enumerate(self.tokens) if token.kind == "comment"]
        return tuple(self._remarks(comments)) if comments else ()

    def _remarks(self, comments: list[int]) -> Iterator[Remark]:
        rows: dict[int, list[int]] = {}
        for name, entry in enumerate(self.entries):
            for row in range(self.tokens[entry.words[0]].row, self.tokens[entry.words[-1]].row + 1):
                rows.setdefault(row, []).append(name)
        sections: dict[int, list[int]] = {}
        starts = [comment for comment in comments if self.tokens[comment].row not in rows and self.leads_row(comment)]
        for name, entry in enumerate(self.entries):
            above = [comment for comment in starts if comment < entry.words[0]]
            if above:
                sections.setdefault(above[-1], []).append(name)
        names: list[int] = []
        for comment in reversed(comments):
            if comment in starts:
                # Comments one below the other are about the same names.
                names = sections.get(comment, names if comment + 1 in starts else [])
                yield Remark(comment, tuple(names), is_above=True)
            else:
                yield Remark(comment, tuple(rows.get(self.tokens[comment].row, ())), is_above=False)

    def remarks_on(self, names: Collection[int]) -> list[Remark]:
        """Give the comments that are about these names only, in the order of the text."""
        return [remark for remark in reversed(self.remarks) if remark.names and set(remark.names) <= set(names)]

    def _bare(self, entry: Entry) -> tuple[int, int]:
        return self.tokens[entry.words[0]].start, self.tokens[entry.words[entry.bare - 1]].end

    def respelled(self, name: int, new: str) -> str:
        """Give the source of a name of a ``from`` list that imports ``new`` and binds what it bound before."""
        alias, words = self.aliases[name], self.entries[name].words
        raw, local = self.source(words[0]), self.source(words[-1])
        if alias.name == new:
            return raw if alias.asname is None else f"{raw} as {local}"
        return new if new == (alias.asname or alias.name) else f"{new} as {local}"

    def rename(self, name: int, new: str) -> Replacement | None:
        """Import ``new`` instead, bound as before; ``None`` where nothing changes."""
        alias, entry = self.aliases[name], self.entries[name]
        if alias.name == new:
            return None
        start, end = self._bare(entry)
        if alias.asname is None:
            return Replacement(start, end, self.respelled(name, new))
        holds_comment = any(entry.words[0] < remark.comment < entry.words[-1] for remark in self.remarks)
        if new == alias.asname and not holds_comment:
            return Replacement(start, self.tokens[entry.words[-1]].end, new)
        return Replacement(start, end, new)

    def replace_module(self, name: int, new: str) -> Replacement:
        """Import from ``new``, or import ``new`` where this is an ``import`` statement."""
        if self.first == self._import:
            return Replacement(*self._bare(self.entries[name]), new)
        start, end = self.tokens[self.first + 1].start, self.tokens[self._import - 1].end
        before = " " if start == self.tokens[self.first].end else ""
        after = " " if end == self.tokens[self._import].start else ""
        return Replacement(start, end, before + new + after)
