"""Rules that stand in for real ones: each finds a word and has a fix for it, good or wicked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from ssot_lint.model import Applicability, Edit, FileReport, Fix, Severity, Violation
from ssot_lint.project import Project
from ssot_lint.source.text import Text

Change = tuple[int, int, str]
Rule = Callable[[str, Text], Iterator[Violation]]


def violation(
    path: str, text: Text, code: str, span: tuple[int, int], changes: Sequence[Change], safe: bool
) -> Violation:
    edits = tuple(Edit(text.range(start, end), content) for start, end, content in sorted(changes))
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    word = text.string[slice(*span)]
    return Violation(
        code, "test", "test", Severity.ERROR, f"{word} is bad", path, text.range(*span), word,
        fix=Fix(applicability, f"replace {word}", edits) if edits else None,
    )  # fmt: skip


@dataclass(frozen=True)
class Swap:
    """Every ``old`` (a regular expression) is bad; its fix writes ``new`` instead, and ``header`` at the top."""

    old: str
    new: str
    code: str = "T1"
    header: str = ""
    safe: bool = True

    def __call__(self, path: str, text: Text) -> Iterator[Violation]:
        for match in re.finditer(self.old, text.string):
            changes = [(match.start(), match.end(), match.expand(self.new))]
            if self.header:
                changes.append((0, 0, self.header))
            yield violation(path, text, self.code, match.span(), changes, self.safe)


@dataclass(frozen=True)
class StandIn:
    """A checker of ``rules`` that counts how often it is asked."""

    project: Project
    rules: tuple[Rule, ...]

    def check(self, path: str, raw: bytes) -> FileReport:
        text = Text.read(raw)
        return FileReport(path, tuple(v for rule in self.rules for v in rule(path, text)))


@pytest.fixture
def swap() -> type[Swap]:
    return Swap


@pytest.fixture
def checker(tmp_path: Path) -> Callable[..., StandIn]:
    """Make a checker of rules over a project of ``files``."""

    def make(*rules: Rule, files: dict[str, str] | None = None) -> StandIn:
        for name, content in (files or {}).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(content)
        return StandIn(Project(tmp_path, (".",), lambda: tuple(files or ())), rules)

    return make
