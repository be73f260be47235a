"""How the steps of a rewrite say no."""

from __future__ import annotations

from ssot_lint.model import Refusal


class Refused(Exception):
    """Carries a refusal out of the steps of a rewrite."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.refusal = Refusal(code, reason)
