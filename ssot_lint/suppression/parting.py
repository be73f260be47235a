"""Violations parted into those that remain and those that a directive sets aside; and what is wrong with directives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ssot_lint.globs import nearest
from ssot_lint.model import Applicability, Fix, SetAside, Violation
from ssot_lint.own_rules import (
    EXPIRED_SUPPRESSION,
    FORBIDDEN_SUPPRESSION,
    MISSING_REASON,
    NOT_PYTHON,
    OWN_RULES,
    RULE_CRASHED,
    UNKNOWN_RULE,
    UNREADABLE,
    UNUSED_SUPPRESSION,
)
from ssot_lint.suppression.directives import Directive, directives

if TYPE_CHECKING:
    from datetime import date

_HALF_CHECKED = frozenset({NOT_PYTHON.code, UNREADABLE.code, RULE_CRASHED.code})


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a run knows of rules and demands of suppressions.

    ``known`` are the ids of the rules of all packs; ``active`` are those that a file was checked for, so that a
    suppression without effect is known to be unused; ``binding`` are those that may not be suppressed.
    """

    known: AbstractSet[str]
    active: AbstractSet[str]
    today: date
    binding: AbstractSet[str] = frozenset()
    require_reason: bool = False


def apply(
    violations: Iterable[Violation], path: str, text: str, terms: Terms
) -> tuple[tuple[Violation, ...], tuple[Violation, ...]]:
    """Part the ``violations`` of the file ``path`` into those that remain and those a comment in ``text`` sets aside.

    Added to those that remain is what is wrong with the comments; that one is unused is not said of a file that could
    not be checked as a whole.
    """
    found = directives(text, terms.known)
    if not found:
        return tuple(violations), ()
    parted = _Parted(tuple(directive for directive in found if not directive.expired(terms.today)), terms.binding)
    parted.add(violations)
    for directive in found:
        parted.add(_problems(directive, path, terms))
    # Last, for a suppression may be used by one of the problems; nobody could judge one of SL003 itself.
    if not any(violation.code in _HALF_CHECKED for violation in [*parted.remaining, *parted.suppressed]):
        judged = (terms.active | OWN_RULES.keys()) - {UNUSED_SUPPRESSION.code} - terms.binding
        unused = [(directive, code) for directive in parted.live for code in parted.unused(directive, judged)]
        parted.add([_unused(directive, code, path, text) for directive, code in unused])
    return tuple(parted.remaining), tuple(parted.suppressed)


def _problems(directive: Directive, path: str, terms: Terms) -> Iterator[Violation]:
    """What is wrong with ``directive`` itself, whatever the violations."""
    place, named = directive.place, ", ".join(directive.codes)
    if directive.problem is not None:
        yield UNKNOWN_RULE.violation(path, f"this suppression {directive.problem}", place)
        return
    choices = terms.known | OWN_RULES.keys()
    for code in directive.codes:
        if code not in choices:
            near = nearest(code, choices)
            hint = f"; did you mean {near!r}?" if near else ""
            yield UNKNOWN_RULE.violation(path, f"this suppression names {code!r}, which is no rule here{hint}", place)
        elif code in terms.binding:
            message = f"{code} may not be suppressed; the configuration (`no-suppress`) says so"
            yield FORBIDDEN_SUPPRESSION.violation(path, message, place)
    if directive.expired(terms.today):
        message = f"this suppression of {named} expired on {directive.until}; mend what it hid, or give it a new date"
        yield EXPIRED_SUPPRESSION.violation(path, message, place)
    if terms.require_reason and not directive.reason:
        yield MISSING_REASON.violation(path, f"this suppression of {named} does not say why", place)


def _unused(directive: Directive, code: str, path: str, text: str) -> Violation:
    """Say that ``directive`` has no effect on the rule ``code``, and how to take that away."""
    from ssot_lint.suppression.removing import without

    message = f"this suppression of {code} is unused: the rule is not broken where it stands"
    violation = UNUSED_SUPPRESSION.violation(path, message, directive.place)
    return replace(violation, fix=Fix(Applicability.SAFE, "remove it", without(directive, code, text)))


@dataclass
class _Parted:
    """Violations parted by the ``live`` directives, and which of these had an effect."""

    live: tuple[Directive, ...]
    binding: AbstractSet[str]
    remaining: list[Violation] = field(default_factory=list)
    suppressed: list[Violation] = field(default_factory=list)
    used: set[tuple[Directive, str]] = field(default_factory=set)

    def add(self, violations: Iterable[Violation]) -> None:
        """Part ``violations``, too."""
        for violation in violations:
            covering = [directive for directive in self.live if directive.covers(violation)]
            self.used.update((directive, violation.code) for directive in covering)
            if covering and violation.code not in self.binding:
                self.suppressed.append(replace(violation, set_aside=_aside(covering[0])))
            else:
                self.remaining.append(violation)

    def unused(self, directive: Directive, judged: AbstractSet[str]) -> list[str]:
        """The codes of ``directive`` among ``judged`` that had no effect so far."""
        return [code for code in directive.codes if code in judged and (directive, code) not in self.used]


def _aside(directive: Directive) -> SetAside:
    until = directive.until.isoformat() if directive.until else ""
    return SetAside("comment", directive.reason, directive.owner, until, directive.place.start.row)
