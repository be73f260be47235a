"""What SARIF tells of a rule: its kind in the words of that, and where to read more."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

from ssot_lint.kinds import kind_class
from ssot_lint.model import Violation
from ssot_lint.own_rules import OWN_RULES

PROBLEM = {"error": "error", "warning": "warning", "note": "recommendation"}


def descriptor(violation: Violation, level: str) -> dict[str, Any]:
    """Give the descriptor of the rule that ``violation`` breaks; ``level`` is how bad that is."""
    words = _words(violation)
    summary = words.partition("\n")[0]
    return {
        "id": violation.code,
        "name": "".join(part.capitalize() for part in violation.kind.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": words},
        "help": {"text": f"{words}\n\n`ssot-lint explain {violation.code}` shows examples."},
        **({"helpUri": violation.url} if violation.url else {}),
        "defaultConfiguration": {"level": level},
        "properties": {
            "id": violation.code,
            "kind": violation.kind,
            "name": violation.kind,
            "problem.severity": PROBLEM[level],
            "tags": list(violation.compliance),
        },
    }


def _words(violation: Violation) -> str:
    """Give what the kind of a rule says about itself."""
    own = OWN_RULES.get(violation.code)
    if own:
        return own.summary
    kind = kind_class(violation.kind)
    return cleandoc(kind.__doc__) if kind and kind.__doc__ else violation.kind
