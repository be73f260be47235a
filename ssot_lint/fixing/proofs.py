"""What a fix rests on, in words."""

from __future__ import annotations

from ssot_lint.model import Applicability, Violation


def proof_of(violation: Violation) -> str:
    """Say why the fix of ``violation`` may be made."""
    if violation.fix is None:
        return "it went with the others"
    if violation.fix.applicability is Applicability.UNSAFE:
        return "unsafe: it is not proved, --unsafe-fixes agrees to it"
    if violation.origin is None:
        return "safe: the pack vouches for it"
    way = ", ".join(f"{hop.path}:{hop.row}" for hop in violation.hops)
    what = f" of {violation.origin}" if violation.symbol == violation.origin else f": it is {violation.origin}"
    return f"safe: proved by the definition{what}" + (f", by way of {way}" if way else "")
