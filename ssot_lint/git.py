"""Asking git."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

SURROUNDINGS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")
"""Variables that git sets for its hooks; they would make it speak of another directory."""


class GitFailed(Exception):
    """Git is not there, or could not do what it was asked; the text of the exception is what it said."""


def git(directory: Path, *arguments: str, stdin: bytes = b"", variables: Mapping[str, str] | None = None) -> bytes:
    """Run ``git`` with ``arguments`` in ``directory``, with ``variables`` in its environment, and give what it prints.

    Raises `GitFailed` if that does not succeed.
    """
    import subprocess  # importing this costs more than looking at a file

    environment = {key: value for key, value in os.environ.items() if key not in SURROUNDINGS}
    environment.update(variables or {})
    try:
        answer = subprocess.run(
            ["git", *arguments], cwd=directory, env=environment, input=stdin, capture_output=True, check=False
        )
    except OSError as error:
        raise GitFailed(f"git cannot be run: {error.strerror or error}") from error
    if answer.returncode:
        said = answer.stderr.decode("utf-8", "replace").strip()
        raise GitFailed(said.partition("\n")[0].removeprefix("fatal: ") or f"git {arguments[0]} failed")
    return answer.stdout


def paths(listing: bytes) -> list[str]:
    """Give the paths, or other fields, of a listing that git ends with NUL each."""
    return os.fsdecode(listing).split("\0")[:-1]
