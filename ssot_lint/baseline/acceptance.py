"""What is accepted, as a value that travels to the processes of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ssot_lint.baseline.entries import Entry
from ssot_lint.fingerprint import fingerprint
from ssot_lint.model import FileReport, SetAside, Violation


@dataclass(frozen=True)
class Acceptance:
    """The fingerprints of violations that do not count, each with why.

    ``former`` are the modules that files were before they were renamed, by their path now: what was accepted in a file
    is accepted in the same file under another name.
    """

    aside: Mapping[str, SetAside] = field(default_factory=dict)
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, violation: Violation) -> str | None:
        """Give the fingerprint by which ``violation`` is accepted, if it is."""
        for place in (None, *self.former.get(violation.path, ())):
            found = fingerprint(violation, place)
            if found in self.aside:
                return found
        return None

    def apply(self, report: FileReport) -> FileReport:
        """Give ``report`` with the violations that are accepted set aside."""
        if not report.violations:
            return report
        remaining, accepted = [], list(report.accepted)
        for violation in report.violations:
            found = self.find(violation)
            if found is None:
                remaining.append(violation)
            else:
                accepted.append(replace(violation, set_aside=self.aside[found]))
        return replace(report, violations=tuple(remaining), accepted=tuple(accepted))

    def with_more(self, other: Acceptance) -> Acceptance:
        """Give what this or ``other`` accepts; of two reasons that of this one counts."""
        former = {
            path: (*self.former.get(path, ()), *other.former.get(path, ())) for path in {*self.former, *other.former}
        }
        return Acceptance({**other.aside, **self.aside}, former)


def accepted_by(entries: Iterable[Entry], today: str, former: Mapping[str, tuple[str, ...]]) -> Acceptance:
    """Give what ``entries`` accept on the day ``today``, ``YYYY-MM-DD``."""
    return Acceptance({e.fingerprint: e.aside for e in entries if not e.expired(today)}, former)
