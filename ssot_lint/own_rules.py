"""The tool's own rules: what it says about the files and the suppressions themselves, whatever the packs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ssot_lint.model import FILE_START, Range, Severity, Violation

PACK = "ssot-lint"
"""The pack that violations of the tool's own rules name."""


@dataclass(frozen=True)
class OwnRule:
    """A rule that every run has: ``code`` and ``name`` for programs, ``summary`` for people.

    What breaks a ``fixable`` one is repaired by fixing.
    """

    code: str
    name: str
    summary: str
    severity: Severity
    fixable: bool = False

    def selected_by(self, selector: str) -> bool:
        """Tell whether ``selector`` (``ALL``, a code, a prefix of one, a name or the pack) means this rule."""
        return selector in ("ALL", self.name, PACK) or self.code.startswith(selector)

    def violation(self, path: str, message: str, place: Range = FILE_START) -> Violation:
        """A violation of this rule by the file ``path``, by default by the file as a whole."""
        return Violation(
            code=self.code,
            kind=self.name,
            pack=PACK,
            severity=self.severity,
            message=message,
            path=path,
            range=place,
        )


NOT_PYTHON = OwnRule(
    "SL001",
    "not-python",
    "The file is not valid Python. Import statements that stand whole are still checked, nothing is fixed.",
    Severity.ERROR,
)
UNREADABLE = OwnRule("SL002", "unreadable", "The file could not be read, so it was not checked.", Severity.ERROR)
UNUSED_SUPPRESSION = OwnRule(
    "SL003",
    "unused-suppression",
    "A suppression names a rule that is not broken where it stands. Remove it.",
    Severity.WARNING,
    fixable=True,
)
UNKNOWN_RULE = OwnRule(
    "SL004",
    "unknown-rule",
    "A suppression names a rule that does not exist, or cannot be understood, and suppresses nothing.",
    Severity.WARNING,
)
EXPIRED_SUPPRESSION = OwnRule(
    "SL005",
    "expired-suppression",
    "The `until` date of a suppression, or of an entry of the baseline, has passed: it counts no more.",
    Severity.ERROR,
)
RULE_CRASHED = OwnRule(
    "SL006",
    "rule-crashed",
    "A rule failed on this file. This is a bug of the tool; the other rules were checked.",
    Severity.ERROR,
)
MISSING_REASON = OwnRule(
    "SL007",
    "missing-reason",
    "A suppression does not say why, and the configuration (`require-reason`) demands it.",
    Severity.ERROR,
)
STALE_ENTRY = OwnRule(
    "SL008",
    "stale-baseline-entry",
    "The baseline accepts violations that are not there any more. `ssot-lint baseline --prune` removes them from it.",
    Severity.WARNING,
)
FORBIDDEN_SUPPRESSION = OwnRule(
    "SL009",
    "forbidden-suppression",
    "A suppression names a rule that may not be suppressed (`no-suppress`), and does not suppress it.",
    Severity.ERROR,
)

OWN_RULES: Mapping[str, OwnRule] = MappingProxyType(
    {
        rule.code: rule
        for rule in (
            NOT_PYTHON,
            UNREADABLE,
            UNUSED_SUPPRESSION,
            UNKNOWN_RULE,
            EXPIRED_SUPPRESSION,
            RULE_CRASHED,
            MISSING_REASON,
            STALE_ENTRY,
            FORBIDDEN_SUPPRESSION,
        )
    }
)
"""The tool's own rules by their code."""
