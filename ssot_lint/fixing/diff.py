"""What fixing changed, as a unified diff that ``git apply`` accepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

CONTEXT = 3
NOWHERE = "/dev/null"
NOT_ENDED = "\n\\ No newline at end of file\n"
ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}

Opcode = tuple[str, int, int, int, int]


def unified_diff(path: str, before: bytes | None, after: bytes | None) -> str:
    """Give the diff from ``before`` to ``after`` of the file ``path`` (relative, with ``/``); empty without a change.

    A file that comes or goes (``None``) has the header that git gives it, even if it is empty.
    Bytes that are not UTF-8 stand in the result as surrogate escapes: encode it with ``errors="surrogateescape"`` to
    print it, and they come out as they were.
    """
    old, new = _lines(before or b""), _lines(after or b"")
    groups = _groups(old, new)
    names = [NOWHERE if before is None else _name("a", path), NOWHERE if after is None else _name("b", path)]
    header = f"--- {names[0]}\n+++ {names[1]}\n" if groups else ""
    if NOWHERE in names:
        what = "new" if before is None else "deleted"
        header = f"diff --git {_name('a', path)} {_name('b', path)}\n{what} file mode 100644\n{header}"
    return header + "".join(part for group in groups for part in _hunk(group, old, new))


def _lines(raw: bytes) -> list[str]:
    """Cut into lines as git does, after line feeds only; ``splitlines`` would cut at form feeds and others, too."""
    parts = raw.decode("utf-8", "surrogateescape").split("\n")
    lines = [f"{part}\n" for part in parts[:-1]]
    return [*lines, parts[-1]] if parts[-1] else lines


def _groups(old: list[str], new: list[str]) -> list[list[Opcode]]:
    """Give the opcodes of ``difflib`` in groups, a hunk each.

    Equal lines at both ends are not given to it: it takes its time for long files, and most of a file is equal.
    """
    from difflib import SequenceMatcher
    from itertools import takewhile
    from operator import eq

    shorter = min(len(old), len(new))
    head = sum(1 for _ in takewhile(bool, map(eq, old, new)))
    tail = sum(1 for _ in takewhile(bool, map(eq, reversed(old[head:]), reversed(new[head:]))))
    skip = max(0, head - CONTEXT)
    tail = max(0, min(tail, shorter - head) - CONTEXT)
    matcher = SequenceMatcher(None, old[skip : len(old) - tail], new[skip : len(new) - tail])
    return [
        [(tag, skip + i, skip + j, skip + k, skip + m) for tag, i, j, k, m in group]
        for group in matcher.get_grouped_opcodes(CONTEXT)
        if any(opcode[0] != "equal" for opcode in group)
    ]


def _hunk(group: Sequence[Opcode], old: list[str], new: list[str]) -> Iterator[str]:
    first, last = group[0], group[-1]
    yield f"@@ -{_extent(first[1], last[2])} +{_extent(first[3], last[4])} @@\n"
    for tag, old_start, old_end, new_start, new_end in group:
        if tag == "equal":
            yield from _marked(" ", old[old_start:old_end])
        else:
            yield from _marked("-", old[old_start:old_end])
            yield from _marked("+", new[new_start:new_end])


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}{NOT_ENDED}"


def _extent(start: int, end: int) -> str:
    """Give first line and number of lines; where there are none, the line before."""
    return f"{start + 1},{end - start}" if end > start else f"{start},0"


def _name(side: str, path: str) -> str:
    """Name a file as git does: quoted where it must be; a tab ends a name with spaces."""
    name = f"{side}/{path}"
    quoted = "".join(_quoted(character) for character in name)
    if quoted != name:
        return f'"{quoted}"'
    return f"{name}\t" if " " in name else name


def _quoted(character: str) -> str:
    if character in ESCAPES:
        return ESCAPES[character]
    if " " <= character <= "~":
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))
