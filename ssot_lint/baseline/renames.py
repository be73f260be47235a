"""Which files were renamed, as git knows it: in the working tree, or in the commits since."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ssot_lint.git import GitFailed, git, paths

FIND_RENAMES = ("-M", "-l5000", "--relative", "--name-status", "-z", "--diff-filter=R")
"""How to ask for renames below a directory; git's own limit on files that were changed as well is lower."""
CHUNK = 500
"""How many paths to name on one command line."""
CHAIN = 10
"""How often a file may have been renamed."""


def renamed(root: Path, gone: Iterable[str]) -> dict[str, str]:
    """Give for those of the paths ``gone``, relative to ``root``, of which git knows it, where the file is now."""
    now = {path: path for path in gone}
    uncommitted = _uncommitted(root) if now else {}
    for _ in range(CHAIN):
        missing = {path for path in now.values() if not os.path.exists(root / path)}
        steps = {**_in_history(root, sorted(missing - uncommitted.keys())), **uncommitted}
        if missing.isdisjoint(steps):
            break
        now = {path: steps.get(current, current) for path, current in now.items()}
    return {path: current for path, current in now.items() if path != current and os.path.exists(root / current)}


def renamed_since(root: Path, revision: str) -> dict[str, str]:
    """Give where the files of ``revision`` are now that have another name, staged or not; raises `GitFailed`."""
    with _with_untracked(root) as variables:
        return _pairs(git(root, "diff", *FIND_RENAMES, revision, variables=variables))


def _uncommitted(root: Path) -> dict[str, str]:
    try:
        return renamed_since(root, "HEAD")
    except GitFailed:  # no repository, or one without a commit
        return {}


@contextmanager
def _with_untracked(root: Path) -> Iterator[Mapping[str, str]]:
    """Give the variables for an index that has the untracked files, too: git finds renames only in what it tracks."""
    untracked = [path for path in paths(git(root, "ls-files", "-z", "-o", "--exclude-standard")) if _is_source(path)]
    if not untracked:
        yield {}
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="ssot-lint-") as directory:
        index = Path(directory, "index")
        original = root / os.fsdecode(git(root, "rev-parse", "--git-path", "index")).rstrip("\n")
        if original.exists():
            index.write_bytes(original.read_bytes())
        variables = {"GIT_INDEX_FILE": os.fspath(index)}
        for at in range(0, len(untracked), CHUNK):
            git(root, "add", "-N", "--", *untracked[at : at + CHUNK], variables=variables)
        yield variables


def _is_source(path: str) -> bool:
    return path.endswith((".py", ".pyi"))


def _in_history(root: Path, gone: Sequence[str]) -> dict[str, str]:
    """Give what the commits that took the paths ``gone`` away made of them."""
    commits: dict[str, None] = {}
    try:
        for at in range(0, len(gone), CHUNK):
            named = gone[at : at + CHUNK]
            found = git(root, "log", "--format=%H", "--diff-filter=D", "--no-renames", "--", *named)
            commits.update(dict.fromkeys(found.decode().split()))
        if not commits:
            return {}
        shown = git(root, "show", "--format=", *FIND_RENAMES, *commits)
    except GitFailed:
        return {}
    return {old: new for old, new in _pairs(shown).items() if old in set(gone)}


def _pairs(listing: bytes) -> dict[str, str]:
    """Read ``R100 NUL old NUL new NUL ...``, the latest commit first: of two renames of a path that one counts."""
    fields = [field.lstrip("\n") for field in paths(listing)]
    pairs: dict[str, str] = {}
    for old, new in zip(fields[1::3], fields[2::3], strict=False):
        pairs.setdefault(old, new)
    return pairs
