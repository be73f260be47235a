"""What is wrong in a pack or a configuration, as values and as the exception that carries all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class ConfigurationError:
    """One thing that is wrong in a pack or a configuration.

    ``path`` is the file as a message names it, or the command line option; ``row`` counts from 1 and is 0 if there is
    none to name.
    """

    path: str
    row: int
    message: str
    rule_id: str | None = None

    def __str__(self) -> str:
        place = f"{self.path}:{self.row}" if self.row else self.path
        rule = f"rule {self.rule_id}: " if self.rule_id else ""
        return f"{place}: {rule}{self.message}"


class ConfigurationErrors(Exception):
    """All that is wrong in packs or a configuration: ``errors``, in the order of file and row, each once."""

    def __init__(self, errors: Iterable[ConfigurationError]) -> None:
        by_place = sorted(dict.fromkeys(errors), key=lambda error: (error.path, error.row))
        self.errors: tuple[ConfigurationError, ...] = tuple(by_place)
        super().__init__("\n".join(map(str, self.errors)))
