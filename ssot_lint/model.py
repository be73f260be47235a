"""The values that travel between layers and processes.

Everything here is frozen, comparable and picklable, and imports the standard library only: no syntax nodes, no
exceptions, no open files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal


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
    """What repairs a violation: edits that do not overlap, in the order of the text.

    ``elsewhere`` are edits of other files, by their paths: all of them are made, or none.
    """

    applicability: Applicability
    message: str
    edits: tuple[Edit, ...]
    elsewhere: tuple[tuple[str, tuple[Edit, ...]], ...] = ()


@dataclass(frozen=True)
class Refusal:
    """The stated reason why a violation has no fix: a code for programs, a sentence for people."""

    code: str
    reason: str


@dataclass(frozen=True)
class Anchor:
    """What a violation is tied to, whatever its row: by this it is known again when code moves or is formatted.

    ``place`` is the module, or the path of what cannot be imported; ``definition`` the dotted name, in it, of the
    function or class around, empty at module level. ``code`` stands for the statement, however it is laid out, and
    ``text`` is how it begins, for people. ``number`` says how many in the file are the same up to this one.
    """

    place: str
    definition: str = ""
    code: str = ""
    text: str = ""
    number: int = 1


@dataclass(frozen=True)
class Hop:
    """One name on the way from a use to a definition, and the row of the file ``path`` that binds it."""

    name: str
    path: str
    row: int


@dataclass(frozen=True)
class SetAside:
    """Why a violation does not count: a ``comment`` says so, the ``baseline``, or that a ``revision`` had it already.

    ``row`` is that of the comment; ``until`` the last day, as ``YYYY-MM-DD``, if there is one.
    """

    by: Literal["comment", "baseline", "revision"]
    reason: str = ""
    owner: str = ""
    until: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Violation:
    """One rule broken at one place.

    ``path`` is relative to the project root, with ``/``. ``symbol`` is the governed name as the rule or the code
    calls it, ``origin`` the dotted name under which the object is really defined, where that is known. A violation
    has either a ``fix`` or a ``refusal``; those of the tool's own rules (``SL...``) may have neither. ``hops`` are the
    names that lead from the one used to the definition, if there are re-exports on the way.
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
    anchor: Anchor | None = None
    hops: tuple[Hop, ...] = ()
    set_aside: SetAside | None = None


@dataclass(frozen=True)
class Hunk:
    """One place that fixing changed: what stood from byte ``start`` on, in that ``row``, ``old``, became ``new``.

    ``codes`` are the rules that wanted it; several where the fixes of one build upon those of another.
    """

    start: int
    old: bytes
    new: bytes
    codes: tuple[str, ...]
    row: int = 1


@dataclass(frozen=True)
class Failure:
    """Work that could not be done on a file, such as writing it; ``message`` says why and what to do."""

    path: str
    message: str


@dataclass(frozen=True)
class FileReport:
    """All that a run has to say about one file.

    ``violations`` remain; ``suppressed`` were set aside by a comment in the file, ``accepted`` by the baseline or
    since a revision had them already; ``fixed`` were there before and are not any more. ``diff`` is the unified diff of
    what fixing changed (or would change), ``None`` without a change; ``hunks`` are the same, place by place.
    """

    path: str
    violations: tuple[Violation, ...] = ()
    suppressed: tuple[Violation, ...] = ()
    fixed: tuple[Violation, ...] = ()
    failures: tuple[Failure, ...] = ()
    diff: str | None = None
    accepted: tuple[Violation, ...] = ()
    hunks: tuple[Hunk, ...] = ()


@dataclass(frozen=True)
class Report:
    """All that a run has to say: the reports of files that have something to say, in the order of their paths.

    ``checked`` counts the files looked at, the silent ones included; ``paths`` are they. ``compared`` says that
    violations were held against a baseline or a revision; ``gone`` are those that the baseline accepts and that are not
    there any more, by their fingerprints. ``notes`` are what the user should know of the run itself. ``version`` names
    the contents of all files it went by, where these are known.
    """

    files: tuple[FileReport, ...]
    checked: int
    compared: bool = False
    gone: Mapping[str, Violation] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    version: bytes = field(default=b"", compare=False)
