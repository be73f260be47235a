"""What a file spells, told from its bytes as they can be searched: what it imports, and attributes.

More than there is, for text in strings and comments counts, too; never less. It takes a hundredth of the time of
parsing, whatever is looked for.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

FROM = re.compile(
    rb"""
    from (?<![\w\x80-\xff]from) (?![\w\x80-\xff])
    ([\s.\\]*)
    (?: ([\w\x80-\xff]+ (?![\w\x80-\xff]) (?: [\s\\]*\.[\s\\]* [\w\x80-\xff]+ (?![\w\x80-\xff]) ){0,200}) [\s\\]* )?
    import (?![\w\x80-\xff])
    [\s\\]* ( \* | \( (?: [\w\s,\\\x80-\xff] | \#[^\r\n]* )* \)? | (?: [\w,\ \t\f\x80-\xff] | \\\r?\n? )* )
    """,
    re.VERBOSE,
)
"""A ``from`` statement: dots, module, names. Two hundred packages in each other are more than there can be."""
IMPORT = re.compile(
    rb"""
    (import) (?: (?<=lazy[\ \t]import) | (?<![\w.\x80-\xff]import) (?<![\w.\x80-\xff][\ \t]import) )
    (?![\w\x80-\xff]) ()
    ( (?: [\w.,\ \t\f\x80-\xff] | \\\r?\n? )* )
    """,
    re.VERBOSE,
)
"""An ``import`` statement, in as many parts. One that follows a word is that of a ``from``."""
PLAIN = re.compile(rb"from[ \t]+[\w.]+[ \t]+import(?:[ \t]*\([\w\s,]*\)|[ \t]+\w[\w, \t]*)")
"""At the start of a line, an import statement or text in a string: no other statement begins like this, and without
quotes and comments in it, it cannot begin in the one and end in the other."""
DEEPEST = 200
"""How far the start of a line is looked for before a statement."""
EITHER = (FROM, re.compile(rb"from")), (IMPORT, re.compile(rb"import"))
KEYWORD = re.compile(rb"(?<![\w\x80-\xff])(?:from|import)(?![\w\x80-\xff])")
ATTRIBUTE = re.compile(rb"\.[\s\\]*([\w\x80-\xff]+|#)")
FIRST = re.compile(rb"[\r\n][ \t\f]*([\w\x80-\xff]+)")
"""The first name in a line: the attribute, where a comment follows the dot."""
COMMENT = re.compile(rb"\.(?:[\s\\]|#[^\r\n]*[\r\n])*([\w\x80-\xff]+)")
COMMENT = re.compile(rb"#[^\r\n]*")
BREAK = re.compile(rb"[\s\\]+")
NAME = re.compile(rb"([\w\x80-\xff]+(?:[\s\\]*\.[\s\\]*[\w\x80-\xff]+)*)(?:[\s\\]+as[\s\\]+([\w\x80-\xff]+))?")

Raw = tuple[bytes, bytes, bytes]
"""An import as it stands in the text."""


class Spelled(NamedTuple):
    """``import names``, if there is no ``module``, or ``from module import names``; each name with that after ``as``.

    ``level`` counts the dots before the module of a ``from``. A star is a name, too.
    """

    module: str | None
    level: int
    names: tuple[tuple[str, str | None], ...]


def imports(text: bytes) -> list[Raw] | None:
    """Give what may be the import statements of ``text``; ``None`` where one might hide in what looks like another."""
    found: list[Raw] = FROM.findall(text)
    found += IMPORT.findall(text)
    for _, _, names in found:
        if names.startswith(b"(") and not names.endswith(b")"):
            return None
        if (b"from" in names or b"import" in names) and KEYWORD.search(names):
            return None
    return found


def imports_in_each_other(text: bytes) -> list[Raw]:
    """Give what may be import statements wherever one may start; it takes longer the more there are in each other."""
    starts = ((pattern, match.start()) for pattern, word in EITHER for match in word.finditer(text))
    matches = (match.groups(b"") for pattern, start in starts if (match := pattern.match(text, start)))
    return [(dots, module, names) for dots, module, names in matches]


@lru_cache(maxsize=1 << 15)
def read(raw: Raw) -> Spelled:
    """Take an import to pieces."""
    dots, module, names = raw
    listed = () if names == b"*" else NAME.findall(COMMENT.sub(b"", names))
    pieces = tuple((_joined(name), _joined(local) or None) for name, local in listed) or (("*", None),)
    if dots == b"import":
        return Spelled(None, 0, pieces)
    return Spelled(_joined(module), dots.count(b"."), pieces)


def _joined(dotted: bytes) -> str:
    return BREAK.sub(b"", dotted).decode("utf-8", "replace")


def without_imports(text: bytes) -> bytes:
    """Give ``text`` without most of its ``from`` statements, and without such in its strings."""
    kept, copied = [], 0
    for match in PLAIN.finditer(text):
        before = text[max(match.start() - DEEPEST, 0) : match.start()].rstrip(b" \t")
        if before.endswith((b"\n", b"\r")) or not (before or match.start() > DEEPEST):
            kept.append(text[copied : match.start()])
            copied = match.end()
    return b"".join((*kept, text[copied:]))


def attributes(text: bytes) -> list[bytes]:
    """Give every name that follows a dot, as often as it does, and others."""
    found: list[bytes] = ATTRIBUTE.findall(text)
    return found if b"#" not in found else found + FIRST.findall(text)


def absolute(module: str | None, level: int, own: str | None, is_package: bool) -> str | None:
    """Give the module that a ``from`` statement with ``level`` dots before ``module`` names in the module ``own``.

    ``None`` if that cannot be known: a relative import in a file that is no module, or one that leaves the project.
    """
    if not level:
        return module
    if own is None:
        return None
    package = own.split(".") if own else []
    drop = level - (1 if is_package else 0)
    if drop > len(package) or (drop == len(package) and not module):
        return None
    return ".".join([*package[: len(package) - drop], *([module] if module else [])])
