"""What the import statements of a file may name, told from its bytes alone."""

from __future__ import annotations

import re

from ssot_lint.source.triggers import searchable

STATEMENT = re.compile(rb"\b(from|import)\b[ \t\f]*([^\r\n;]*)")
NAME = re.compile(rb"[^\W\d]\w*|[\x80-\xff\w]+")


def imported_roots(raw: bytes) -> frozenset[str] | None:
    """Give every first name of a module that a file may import, and more; ``None`` where that cannot be told.

    It cannot where there is a relative import, or a statement that goes on in the next line before it names a module.
    Whatever follows the words ``from`` and ``import`` counts, in text, too.
    """
    roots: set[str] = set()
    for match in STATEMENT.finditer(searchable(raw)):
        rest = match[2]
        if rest.startswith(b".") or b"\\" in rest:
            return None
        first_names = rest.split(b",") if match[1] == b"import" else [rest]
        for name in first_names:
            found = NAME.match(name.strip())
            if found:
                roots.add(found[0].decode("utf-8", "replace"))
    return frozenset(roots)
