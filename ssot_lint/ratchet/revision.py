"""What is new since a revision: the files with violations are checked as they were, in the project as it was."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ssot_lint import runner
from ssot_lint.baseline.acceptance import Acceptance
from ssot_lint.baseline.renames import renamed_since
from ssot_lint.config import Settings
from ssot_lint.discovery import SUFFIXES
from ssot_lint.fingerprint import fingerprint
from ssot_lint.git import GitFailed, git
from ssot_lint.git import paths as fields
from ssot_lint.model import Report, SetAside
from ssot_lint.ratchet.held import Held
from ssot_lint.runner import Progress, Rules, RunOptions

REGULAR = ("100644", "100755")
"""The modes of files that are no links and no modules of git."""


def run_since(
    settings: Settings,
    paths: Sequence[str],
    options: RunOptions,
    revision: str,
    rules: Rules,
    held: Held | None,
    progress: Progress | None,
) -> Report:
    """Check or fix ``paths``, and set aside what was there when the work that is not in ``revision`` began.

    Raises `GitFailed` if git does not know the ``revision``.
    """
    start = branching_point(settings.root, revision)
    looking = replace(options, fix=False, diff=False)
    if held is not None:
        report = held.run(paths, looking, progress)
    else:
        report = runner.run(settings, paths, looking, progress, rules)
    accepted = accepted_by_revision(settings, report, start, looking, rules)
    if not (options.fix or options.diff):
        return replace(report, files=tuple(map(accepted.apply, report.files)), compared=True)
    if held is not None:
        return held.run(paths, options, progress, accepted)
    report = runner.run(settings, paths, replace(options, acceptance=accepted), progress, rules)
    return replace(report, compared=True)


def branching_point(root: Path, revision: str) -> str:
    """Give the commit from which the present one and ``revision`` went their ways; else that of ``revision``.

    What others have mended there since is not new here. Raises `GitFailed` for what is no revision.
    """
    git(root, "rev-parse", "--git-dir")
    try:
        commit = git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except GitFailed:
        raise GitFailed("there is no such commit here; a shallow clone may lack it") from None
    try:
        return git(root, "merge-base", "HEAD", commit).decode().strip()
    except GitFailed:  # histories without a common commit, as in a shallow clone
        return commit


def accepted_by_revision(
    settings: Settings, report: Report, revision: str, options: RunOptions, rules: Rules
) -> Acceptance:
    """Give what ``revision`` had of the sort of what is in ``report``."""
    violating = [file.path for file in report.files if file.violations]
    if not violating:
        return Acceptance()
    former = {new: old for old, new in renamed_since(settings.root, revision).items()}
    with TemporaryDirectory(prefix="ssot-lint-") as directory:
        there = check_out(settings.root, revision, Path(directory))
        named = sorted({former.get(path, path) for path in violating} & there)
        before = runner.run(
            replace(settings, root=Path(directory), exclude=()),
            [os.path.join(directory, path) for path in named],
            RunOptions(jobs=options.jobs, cache=options.cache, recall=False),
            rules=rules,
        )
    found = [violation for file in before.files for violation in file.violations]
    places = {v.path: v.anchor.place for v in found if v.anchor}
    return Acceptance(
        {fingerprint(violation): SetAside("revision") for violation in found},
        {path: (places[old],) for path, old in former.items() if old in places},
    )


def check_out(root: Path, revision: str, target: Path) -> frozenset[str]:
    """Write the Python files below ``root`` as they were in ``revision`` to ``target``, and give their paths.

    Nothing of the repository is touched, and no filter or attribute counts.
    """
    found: dict[str, str] = {}
    for line in fields(git(root, "ls-tree", "-r", "-z", revision)):
        (mode, _, name), path = line.partition("\t")[0].split(), line.partition("\t")[2]
        if mode in REGULAR and path.endswith(SUFFIXES):
            found[path] = name
    contents = read_objects(root, found.values())
    for path, name in found.items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(contents[name])
    return frozenset(found)


def read_objects(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Give the contents of the objects ``names`` of the repository."""
    asked = "".join(f"{name}\n" for name in dict.fromkeys(names)).encode()
    answer = git(root, "cat-file", "--batch", stdin=asked)
    contents: dict[str, bytes] = {}
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        name, _, size = answer[at:end].decode().split()
        contents[name] = answer[end + 1 : end + 1 + int(size)]
        at = end + 1 + int(size) + 1
    return contents
