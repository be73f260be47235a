"""What one process does with files: read them, see whether there may be anything to say, check them or fix them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssot_lint.check import Checker, Demands, unreadable
from ssot_lint.discovery import project_files
from ssot_lint.hashing import digest
from ssot_lint.model import Applicability, FileReport, Fix
from ssot_lint.project import Project
from ssot_lint.project.store import SummaryStore
from ssot_lint.source.text import is_python
from ssot_lint.source.triggers import Hits

if TYPE_CHECKING:
    from ssot_lint.cache.evidence import Clerk, Evidence, Testimony
    from ssot_lint.config import Settings
    from ssot_lint.fixing import Fixed
    from ssot_lint.runner import Rules, RunOptions

Ask = Callable[[FileReport, bytes], Callable[[Fix], bool]]
"""Lets the user choose: gives, for a report of a file with such bytes, what tells the fixes that are wanted."""
OBJECTS_OF_A_FILE = 100_000
"""How many objects the tree of a large file has."""


@dataclass(frozen=True)
class Work:
    """What a process needs to know to do its part; ``named`` are the files that the user named one by one."""

    settings: Settings
    rules: Rules
    options: RunOptions
    named: frozenset[str] = frozenset()
    project: tuple[str, ...] | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """All files of the project."""
        return self.project or project_files(self.settings.root)

    @property
    def remembers(self) -> bool:
        """Whether reports are to be kept, or may be known from earlier runs."""
        return self.options.cache is not None and self.options.recall and self.rules.source != b""

    def accepted(self, report: FileReport) -> FileReport:
        """Give ``report`` with what is accepted set aside."""
        acceptance = self.options.acceptance
        return acceptance.apply(report) if acceptance else report

    def fixes(self, report: FileReport) -> bool:
        """Tell whether something in ``report`` is to be fixed."""
        options = self.options
        return (options.fix or options.diff) and any(
            violation.fix and (options.unsafe or violation.fix.applicability is Applicability.SAFE)
            for violation in report.violations
        )

    def fixes_jointly(self, report: FileReport) -> bool:
        """Tell whether something in ``report`` is to be fixed together with other files."""
        options = self.options
        return (options.fix or options.diff) and any(
            violation.fix
            and violation.fix.elsewhere
            and (options.unsafe or violation.fix.applicability is Applicability.SAFE)
            for violation in report.violations
        )

    def store(self) -> SummaryStore | None:
        """Make the store of summaries, if there is to be one."""
        return SummaryStore(self.options.cache) if self.options.cache else None

    def checker(self, store: SummaryStore | None = None, known: dict[str, tuple[str, ...]] | None = None) -> Checker:
        """Make the checker, with an index of its own that uses ``store``, and what is ``known`` from earlier runs."""
        settings = self.settings
        sort: type[Project] = Project
        if self.remembers:
            from ssot_lint.project.witness import Witness

            sort = Witness
        project = sort(settings.root, settings.src, lambda: self.files, store=store, known=known)
        return Checker(
            self.rules.selected,
            project,
            per_file_ignores=settings.per_file_ignores,
            demands=Demands(settings.require_reason, self.rules.binding),
            known=self.rules.known,
            ignored=self.rules.ignored,
        )


@dataclass(frozen=True)
class Sight:
    """What the bytes of a file tell: whether it is ``suspect``, so that there may be something to say.

    Where that is kept: the ``digest`` of the bytes, and a print of the ``hits`` in them. What is suspect ``only_named``
    is so because the user named it. There is ``evidence`` if that rests on more than all sights do.
    """

    suspect: bool = False
    digest: bytes = b""
    hits: bytes = b""
    only_named: bool = False
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of one file: its report and, where fixing changed it, the bytes it had and those it is to have.

    ``found`` is what checking alone has found, and the ``testimony`` what that rests on, where that is kept.
    """

    report: FileReport
    before: bytes
    after: bytes
    found: FileReport | None = None
    testimony: Testimony | None = None


class Worker:
    """What one process does: read a file, check it or fix it."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.store = work.store()
        self.known: dict[str, tuple[str, ...]] = {}
        self.checker = work.checker(self.store, self.known)
        self.clerk = _clerk(self.checker.project)
        _collect_garbage_rarely()

    def __reduce__(self) -> tuple[type[Worker], tuple[Work]]:
        """Travel to a process that is not forked as what it is made of."""
        return Worker, (self.work,)

    def itself(self) -> Worker:
        """Give what forked processes share: all that was found out so far."""
        return self

    def screening(self) -> Callable[[str], Sight]:
        """Give `sight`; what it needs to know is found out here, before processes are forked."""
        _ = self.checker.triggers
        if self.clerk is not None:
            self.clerk.witness.first_parties()  # on this it rests which files are read for what they import
        self.finish()  # a database that is open must not be forked
        return self.sight

    def sight(self, path: str) -> Sight:
        """Tell what there may be to say about the file ``path``."""
        raw = self._read(path)
        if isinstance(raw, OSError):
            return Sight(suspect=True)
        if self.clerk is None:
            return self._sight(path, raw, self.checker.sight(path, raw))
        with self.clerk.hearing() as asked:
            sight = self._sight(path, raw, self.checker.sight(path, raw))
        more = self.clerk.beyond_first_parties(asked)
        return replace(sight, evidence=self.clerk.record(more)) if more else sight

    def _sight(self, path: str, raw: bytes, hits: Hits | None) -> Sight:
        """Give the sight of a file in the bytes of which ``hits`` are seen."""
        only_named = hits is None and path in self.work.named and not is_python(raw)
        suspect = hits is not None or only_named
        if not self.work.remembers:
            return Sight(suspect=suspect)
        from ssot_lint.project.prints import fingerprint

        return Sight(suspect, digest(raw), b"" if hits is None else fingerprint(hits), only_named)

    def prepare(self) -> None:
        """Find out what all processes need to know, before they are forked: once, and not in each of them."""
        self.checker.prepare()
        self.finish()  # a database that is open must not be forked
        gc.freeze()

    def __call__(self, path: str) -> Outcome | None:
        """Give the outcome for the file ``path``; ``None`` if there is nothing to say about it, and nothing to keep."""
        raw = self._read(path)
        if isinstance(raw, OSError):
            message = f"the file cannot be read: {raw.strerror}"
            report = self.checker.heard(FileReport(path, (unreadable(path, message),)))
            return Outcome(self.work.accepted(report), b"", b"")
        outcome = self.judge(path, raw) if self.clerk is None else self._testify(path, raw, self.clerk)
        return None if outcome.report == FileReport(path) and outcome.testimony is None else outcome

    def _read(self, path: str) -> bytes | OSError:
        try:
            with open(f"{self.work.settings.root}/{path}", "rb", buffering=0) as file:
                return file.read()
        except OSError as error:
            return error

    def finish(self) -> None:
        """Keep what was learned of the project for other runs."""
        if self.store:
            self.store.close()

    def judge(self, path: str, raw: bytes) -> Outcome:
        """Check, or fix, the file ``path`` whose bytes are ``raw``."""
        return self._fix(raw, self.checker.check(path, raw, explicit=path in self.work.named))

    def _testify(self, path: str, raw: bytes, clerk: Clerk) -> Outcome:
        """Do the same, and tell what was asked of the project to check the file."""
        from ssot_lint.cache.evidence import Testimony

        with clerk.hearing() as asked:
            seen = self.checker.sight(path, raw)
            hits = self.checker.settled(path, raw, seen)
            only_named = hits is None and path in self.work.named and not is_python(raw)
            closely = hits is not None or only_named
            found = self.checker.look_closely(path, raw, hits or Hits()) if closely else FileReport(path)
        sight = self._sight(path, raw, seen)
        testimony = Testimony(sight.digest, sight.hits, closely, only_named, clerk.record(asked))
        return replace(self._fix(raw, found), found=found, testimony=testimony)

    def _fix(self, raw: bytes, found: FileReport) -> Outcome:
        """Fix what was ``found`` in a file, if that is wanted."""
        options, path = self.work.options, found.path
        report = self.work.accepted(found)
        if not self.work.fixes(report) or self.work.fixes_jointly(report):
            return Outcome(report, raw, raw)
        from ssot_lint.fixing import fix_file

        checker = Accepting(self.work, self.checker)
        wanted = options.ask(report, raw) if options.ask else lambda fix: True
        return self.outcome(fix_file(checker, path, raw, options.unsafe, wanted=wanted), raw)

    def outcome(self, fixed: Fixed, raw: bytes) -> Outcome:
        """Give what came of a file that held ``raw``."""
        report = replace(fixed.report, hunks=fixed.hunks)
        if self.work.options.diff:
            from ssot_lint.fixing import unified_diff

            report = replace(report, diff=unified_diff(report.path, raw, fixed.raw) or None)
        return Outcome(report, raw, fixed.raw)


@dataclass(frozen=True)
class Accepting:
    """What fixing sees of a checker: what is accepted is not fixed."""

    work: Work
    checker: Checker

    @property
    def project(self) -> Project:
        """The project of the files."""
        return self.checker.project

    def check(self, path: str, raw: bytes) -> FileReport:
        """Say what is wrong with the file ``path`` if its bytes are ``raw``."""
        return self.work.accepted(self.checker.check(path, raw))

    def changed(self, files: Mapping[str, bytes | None]) -> Accepting:
        """Give the same for the project once ``files`` have other contents."""
        return Accepting(self.work, self.checker.changed(files))


def _collect_garbage_rarely() -> None:
    """Let what is there stay, and look for cycles once a file or so: trees are made of many objects and die whole.

    With the thresholds of the interpreter, the collector takes longer than the parser.
    """
    gc.freeze()
    gc.set_threshold(OBJECTS_OF_A_FILE, 4, 4)


def _clerk(project: Project) -> Clerk | None:
    """Give who writes down what a project is asked, if it remembers that."""
    if type(project) is Project:
        return None
    from ssot_lint.cache.evidence import Clerk
    from ssot_lint.project.witness import Witness

    return Clerk(project) if isinstance(project, Witness) else None
