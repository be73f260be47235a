"""The values that travel between layers and processes.

Everything here is frozen, comparable and picklable, and imports the standard library only: no syntax nodes, no
exceptions, no open files.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(str, Enum):
    """How bad a violation is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Applicability(str, Enum):
    """Whether a fix is proved (``SAFE``) or needs a human to agree (``UNSAFE``)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, order=True)
class Position:
    """A place in a text: row and column count from 1, columns in characters."""

    row: int
    column: int


@dataclass(frozen=True, order=True)
class Range:
    """From ``start`` up to, not including, ``end``."""

    start: Position
    end: Position


FILE_START = Range(Position(1, 1), Position(1, 1))
"""The range of a violation that concerns a file as a whole."""


@dataclass(frozen=True, order=True)
class Edit:
    """One replacement of a range of text by ``content``; an empty range inserts."""

    range: Range
    content: str


@dataclass(frozen=True)
class Fix:
    """What repairs a violation: edits that do not overlap, in the order of the text."""

    applicability: Applicability
    message: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Refusal:
    """The stated reason why a violation has no fix: a code for programs, a sentence for people."""

    code: str
    reason: str


@dataclass(frozen=True)
class Violation:
    """One rule broken at one place.

    ``path`` is relative to the project root, with ``/``. ``symbol`` is the governed name as the rule or the code
    calls it, ``origin`` the dotted name under which the object is really defined, where that is known. A violation
    has either a ``fix`` or a ``refusal``; those of the tool's own rules (``SL...``) may have neither.
    """

    code: str
    kind: str
    pack: str
    severity: Severity
    message: str
    path: str
    range: Range
    symbol: str | None = None
    origin: str | None = None
    fix: Fix | None = None
    refusal: Refusal | None = None
    url: str | None = None
    compliance: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failure:
    """Work that could not be done on a file, such as writing it; ``message`` says why and what to do."""

    path: str
    message: str


@dataclass(frozen=True)
class FileReport:
    """All that a run has to say about one file.

    ``violations`` remain; ``suppressed`` were set aside by a comment in the file; ``fixed`` were there before and are
    not any more. ``diff`` is the unified diff of what fixing changed (or would change); ``None`` without a change.
    """

    path: str
    violations: tuple[Violation, ...] = ()
    suppressed: tuple[Violation, ...] = ()
    fixed: tuple[Violation, ...] = ()
    failures: tuple[Failure, ...] = ()
    diff: str | None = None


@dataclass(frozen=True)
class Report:
    """All that a run has to say: the reports of files that have something to say, in the order of their paths.

    ``checked`` counts the files looked at, the silent ones included.
    """

    files: tuple[FileReport, ...]
    checked: int
