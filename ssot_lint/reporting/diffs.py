"""Unified diffs for the eye: coloured, and harmless on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.reporting.paint import Paint, visible


def colored(diff: str, paint: Paint) -> Iterator[str]:
    """Yield the lines of a unified ``diff`` in the colours that git gives them."""
    for line in diff.split("\n")[:-1]:
        shown = visible(line.rstrip("\r"))
        if line.startswith(("--- ", "+++ ")):
            yield paint.bold(shown)
        elif line.startswith("@@"):
            yield paint.cyan(shown)
        elif line.startswith("-"):
            yield paint.red(shown)
        elif line.startswith("+"):
            yield paint.green(shown)
        else:
            yield shown
