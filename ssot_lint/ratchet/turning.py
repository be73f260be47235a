"""Changes of the baseline: made, pruned, and let grow for a reason. Each is told as what to add and what to drop.

So two of them at once lose nothing of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ssot_lint.baseline.entries import Entry, renewed
from ssot_lint.baseline.keeping import change
from ssot_lint.fingerprint import fingerprint
from ssot_lint.model import Report, Violation
from ssot_lint.own_rules import EXPIRED_SUPPRESSION, RULE_CRASHED, STALE_ENTRY
from ssot_lint.ratchet.held import Judged

NEVER = frozenset({RULE_CRASHED.code, STALE_ENTRY.code, EXPIRED_SUPPRESSION.code})
"""Rules whose violations cannot be accepted: a bug of the tool, and what is said about acceptance itself."""


@dataclass(frozen=True)
class Terms:
    """On which terms violations are accepted: who is to mend them, until when, and why they stay."""

    reason: str = ""
    owner: str = ""
    until: str = ""

    def accept(self, violations: Iterable[Violation]) -> list[Entry]:
        """Make the entries for ``violations``, without those that cannot be accepted."""
        return [
            Entry.of(violation, owner=self.owner, until=self.until, reason=self.reason)
            for violation in violations
            if violation.code not in NEVER
        ]


def create(path: Path, report: Report, terms: Terms) -> list[Entry]:
    """Accept all that is in ``report``, beside what somebody else has accepted meanwhile, and give that."""
    accepted = terms.accept(violation for file in report.files for violation in file.violations)
    change(path, lambda entries: _with(entries, accepted, ()))
    return accepted


def prune(path: Path, judged: Judged) -> None:
    """Drop the entries that are stale, and write where the files of the others are now."""
    moved = _moved(judged)
    change(path, lambda entries: _with(entries, moved.values(), [*judged.stale, *moved]))


def update(path: Path, judged: Judged, terms: Terms, *, prunes: bool) -> list[Entry]:
    """Accept what is new or has expired, and give that; with ``prunes`` drop what is stale, too."""
    expired = {entry.fingerprint for entry in judged.expired}
    renewals = [violation for known_by, violation in judged.matched.items() if known_by in expired]
    accepted = terms.accept([*judged.new, *renewals])
    moved = _moved(judged)
    dropped = [*(judged.stale if prunes else ()), *judged.expired, *moved]
    change(path, lambda entries: _with(entries, [*accepted, *moved.values()], dropped))
    return accepted


def _moved(judged: Judged) -> dict[Entry, Entry]:
    """Give the entries of files that were renamed, each with what it is to be now."""
    found = ((entry, judged.matched.get(entry.fingerprint)) for entry in judged.entries)
    return {
        entry: renewed(entry, violation)
        for entry, violation in found
        if violation is not None and fingerprint(violation) != entry.fingerprint
    }


def _with(entries: Sequence[Entry], added: Iterable[Entry], dropped: Iterable[Entry]) -> list[Entry]:
    gone = {entry.fingerprint for entry in dropped}
    kept = {entry.fingerprint: entry for entry in entries if entry.fingerprint not in gone}
    for entry in added:
        kept.setdefault(entry.fingerprint, entry)
    return list(kept.values())
