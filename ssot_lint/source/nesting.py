"""How deep source is nested: what is nested too deeply must not reach parsers that end the process over it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.source.strings import strings_and_comments

SHORT = 1000
"""Source of fewer characters is never too deep."""
DEEPEST_BRACKETS = 200
"""Python itself takes no more brackets in each other."""
LONGEST_CHAIN = 1000
"""Words and operators in a row. LibCST needs seconds for more, and thousands are the end of the process."""
LEXEME = re.compile(
    r"[ \t\f]+|\\(?:\r\n|.)|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<end>[,;])|(?P<newline>[\r\n]+)"
    r"|(?P<branch>elif\b)|(?P<other>\w+|.)",
    re.DOTALL,
)


def is_too_deep(source: str) -> bool:
    """Tell whether ``source`` may be nested more deeply than a parser can follow.

    What counts is how many words and operators follow each other without a comma, in all open brackets together: no
    more than that can be nested in each other, be it in attributes, calls, operators or lambdas.
    """
    return len(source) >= SHORT and any(
        brackets > DEEPEST_BRACKETS or chain > LONGEST_CHAIN for brackets, chain in _depths(source)
    )


def _depths(source: str) -> Iterator[tuple[int, int]]:
    """Give after each lexeme how many brackets are open, and what counts for the depth there."""
    chains = [0]  # of each open bracket
    total = branches = 0
    for kind in _kinds(source):
        if kind == "open":
            chains.append(0)
        elif kind == "close" and len(chains) > 1:
            total -= chains.pop()
        elif kind == "end" or (kind == "newline" and len(chains) == 1):
            total -= chains[-1]
            chains[-1] = 0
        elif kind == "branch":
            branches += 1
        if kind not in ("end", "newline"):
            chains[-1] += 1
            total += 1
        yield len(chains) - 1, max(total, branches)


def _kinds(source: str) -> Iterator[str]:
    """Give the kind of each lexeme but for white space and comments."""
    place = 0
    for start, end in (*strings_and_comments(source), (len(source), len(source))):
        yield from (match.lastgroup for match in LEXEME.finditer(source, place, start) if match.lastgroup)
        if not source.startswith("#", start):
            yield "string"
        place = end
