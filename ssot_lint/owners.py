"""Who owns which files, by the ``CODEOWNERS`` of a project."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ssot_lint.globs import matches_path

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS", ".gitea/CODEOWNERS")
"""Where the file may be; the first counts."""
SECTION = re.compile(r"\^?\[[^\]]*\](?:\[\d+\])?\s*(.*)")
WORD = re.compile(r"(?:\\.|[^\s\\])+")


@dataclass(frozen=True)
class Owners:
    """Patterns of paths with their owners; of those that match a path the last counts."""

    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def of(self, path: str) -> tuple[str, ...]:
        """Give the owners of ``path`` (relative, with ``/``); nobody may own it."""
        return next((owners for pattern, owners in reversed(self.lines) if matches_path(path, (pattern,))), ())


def find_owners(root: Path) -> Owners:
    """Read the ``CODEOWNERS`` of the project at ``root``; without one nobody owns anything.

    Raises `OSError` for one that cannot be read.
    """
    path = next((root / place for place in PLACES if (root / place).is_file()), None)
    return read_owners(path.read_text("utf-8", "replace")) if path else Owners()


def read_owners(text: str) -> Owners:
    """Read a ``CODEOWNERS`` of GitHub or GitLab; the owners of a section are those of its lines without any."""
    lines: list[tuple[str, tuple[str, ...]]] = []
    usual: tuple[str, ...] = ()
    for line in text.splitlines():
        section = SECTION.fullmatch(line.strip())
        if section:
            usual = _words(section[1])
            continue
        words = _words(line)
        if words:
            lines.append((re.sub(r"\\(.)", r"\1", words[0]), words[1:] or usual))
    return Owners(tuple(lines))


def _words(line: str) -> tuple[str, ...]:
    """Give the words of a line up to a comment."""
    words: list[str] = WORD.findall(line)
    comment = next((index for index, word in enumerate(words) if word.startswith("#")), len(words))
    return tuple(words[:comment])
