"""Patterns for module names, paths and last names, and the near match of a mistyped word.

Each set of patterns becomes one regular expression, compiled once. A name or path is matched with a separator put in
front, so that every segment of a pattern, ``**`` included, is "separator and text" and needs no case of its own.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from functools import lru_cache

_TEST_DIRECTORIES = frozenset({"test", "tests"})
_CHARACTER_CLASS = re.compile(r"\[!?\]?[^\]]*\]")


def matches_module(name: str, patterns: Iterable[str]) -> bool:
    """Whether the dotted ``name`` matches one of ``patterns``.

    ``*`` is one segment and ``**`` any number of segments, none included: ``a.**`` is ``a`` and all below it.
    """
    patterns = tuple(patterns)
    return bool(patterns) and _module_regex(patterns).fullmatch("." + name) is not None


def matches_path(path: str, patterns: Iterable[str]) -> bool:
    """Whether ``path``, relative to the project root and with ``/``, matches one of ``patterns``.

    As in ``.gitignore``: a pattern without ``/``, or with one at its end only, matches any component of the path, and
    so everything below a directory of that name; any other starts at the root. ``*`` stays within a component, ``**``
    is any number of components. A pattern that ends in a plain name means the directory of that name, too.
    """
    patterns = tuple(patterns)
    return bool(patterns) and _path_regex(patterns).fullmatch("/" + path) is not None


def matches_name(name: str, patterns: Iterable[str]) -> bool:
    """Whether ``name``, one identifier, matches one of ``patterns``, such as ``*Manager``; case counts."""
    patterns = tuple(patterns)
    return bool(patterns) and _name_regex(patterns).fullmatch(name) is not None


def longest_literal(pattern: str) -> str:
    """The longest text that every name matching ``pattern``, a glob of names, holds."""
    return max(re.split(r"\[.*?\]|[*?]", pattern), key=len)


def module_pattern_problem(pattern: str, *, parts: bool = False) -> str | None:
    """What is wrong with ``pattern`` as a pattern of module names, if anything.

    With ``parts``, ``*`` may be a part of a segment: ``a.*_pb2``.
    """
    for segment in pattern.split("."):
        plain = segment.replace("*", "_") if parts and "**" not in segment else segment
        if not plain.isidentifier() and segment not in ("*", "**"):
            if "**" in segment or ("*" in segment and not parts):
                whole = "'**' stands" if parts else "'*' and '**' stand"
                return f"{pattern!r} is not a module pattern: {whole} for whole segments"
            return f"{pattern!r} is not a module pattern: {segment!r} is not a name"
    return None


def is_test_path(path: str) -> bool:
    """Whether ``path`` is test code by its name: below ``tests/`` or ``test/``, or as pytest names its files."""
    *directories, name = path.split("/")
    if name == "conftest.py" or name.endswith("_test.py") or (name.startswith("test_") and name.endswith(".py")):
        return True
    return not _TEST_DIRECTORIES.isdisjoint(directories)


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The one of ``choices`` that ``word`` was most probably meant to be; ``None`` if none is near.

    In whatever order they come, the answer is the same.
    """
    from difflib import get_close_matches  # only needed to word an error

    by_lower_case = {choice.lower(): choice for choice in sorted(choices)}
    lower = word.lower()
    # What was cut short is meant, however much is missing.
    longer = [choice for choice in sorted(by_lower_case, key=len) if len(lower) > 2 and choice.startswith(lower)]
    for match in get_close_matches(lower, by_lower_case, n=1) or longer:
        return by_lower_case[match]
    return None


@lru_cache(maxsize=512)
def _module_regex(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_join(pattern.split("."), r"\.", "[^.]") for pattern in patterns))


@lru_cache(maxsize=512)
def _path_regex(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_path_expression, patterns)), re.DOTALL)


@lru_cache(maxsize=512)
def _name_regex(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_segment(pattern, ".") for pattern in patterns))


def _path_expression(pattern: str) -> str:
    anchored = "/" in pattern.rstrip("/")
    segments = [segment for segment in pattern.split("/") if segment not in ("", ".")]
    below = "(?:/.*)?"
    if not anchored:
        return "(?:/[^/]+)*" + _join(segments, "/", "[^/]") + below
    is_plain = pattern.endswith("/") or not re.search(r"[*?\[]", segments[-1])
    return _join(segments, "/", "[^/]") + (below if is_plain else "")


def _join(segments: Iterable[str], separator: str, character: str) -> str:
    """The expression for ``segments``, each after a ``separator``; ``character`` is any one that is no separator."""
    return "".join(
        f"(?:{separator}{character}+)*" if segment == "**" else separator + _segment(segment, character)
        for segment in segments
    )


def _segment(glob: str, character: str) -> str:
    """The expression for one segment, in which ``*``, ``?`` and ``[...]`` never match a separator."""
    parts: list[str] = []
    position = 0
    while position < len(glob):
        letter = glob[position]
        bracket = _CHARACTER_CLASS.match(glob, position)
        if bracket:
            # fnmatch knows the corner cases of a class: ranges that are empty, `]` and `-` in odd places. The slice
            # takes away what it puts around every pattern: `(?s:` before, `)\Z` after.
            parts.append(f"(?={character})" + fnmatch.translate(bracket.group())[4:-3])
            position = bracket.end()
            continue
        parts.append({"*": character + "*", "?": character}.get(letter) or re.escape(letter))
        position += 1
    return "".join(parts)
