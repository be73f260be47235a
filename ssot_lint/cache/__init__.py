"""What runs tell later ones: reports of files, the questions that they rest on, and what the tree was like.

Nothing depends on it. What cannot be read, or was written by another version, is as good as not there; what cannot be
written is not kept.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ssot_lint.cachefiles import edition

if TYPE_CHECKING:
    from ssot_lint.cache.evidence import Testimony
    from ssot_lint.cache.recall import Recall
    from ssot_lint.judging import Sight, Worker
    from ssot_lint.model import FileReport
    from ssot_lint.project.witness import Key, Question


class Amnesia:
    """What is known where nothing is to be known, with the methods of `Recall` that a run needs."""

    version = b""

    def to_screen(self, paths: Sequence[str], named: frozenset[str]) -> Sequence[str]:
        """Give all ``paths``."""
        return paths

    def sees(self, path: str, sight: Sight) -> None:
        """Do nothing."""

    def holds(self, path: str, named: bool) -> bool:
        """Say no."""
        return False

    def report(self, path: str, named: bool) -> FileReport:
        """Fail: nothing is known."""
        raise LookupError(path)

    def keep_silence(self, path: str, named: bool) -> None:
        """Do nothing."""

    def keep(self, report: FileReport | None, testimony: Testimony | None) -> None:
        """Do nothing."""

    def save(self) -> None:
        """Do nothing."""


def recalled(worker: Worker, project: Sequence[str] | None) -> Recall | Amnesia:
    """Give what is known from earlier runs, if anything is to be; ``project`` are the files of that, if they are known.

    What of it holds is found out with the help of the ``worker``.
    """
    work = worker.work
    if worker.clerk is None or work.options.cache is None:
        return Amnesia()
    from ssot_lint.cache.recall import Recall

    root = os.fspath(work.settings.root)
    recall = Recall(os.fspath(work.options.cache), root, _key(worker), worker.clerk)
    recall.review(work.files if project is None else project, worker.known, lambda key: _ask_again(worker, key))
    return recall


def _ask_again(worker: Worker, key: Key) -> Question | None:
    from ssot_lint.check import CONCERNS
    from ssot_lint.screening import MAY_BE, MAY_BE_IMPORTED

    assert worker.clerk is not None, "who recalls has somebody to ask"
    if key[0] == "once" and key[1][0] == CONCERNS:
        worker.checker.concerns(key[1][1])
    if key[0] == "once" and key[1][0] in (MAY_BE, MAY_BE_IMPORTED):
        worker.checker.screen.may_be_object(key[1][1], imported=key[1][0] == MAY_BE_IMPORTED)
    return worker.clerk.witness.repeat(key)


def _key(worker: Worker) -> bytes:
    """Give all but the files of the project that reports depend on, as bytes."""
    from ssot_lint.project.prints import WITHOUT_REFERENCES, plain

    work, checker = worker.work, worker.checker
    root, cache = os.fspath(work.settings.root), os.fspath(work.options.cache or "")
    is_inside = os.path.commonpath([root, cache]) == root
    told = {name: value for name, value in vars(checker).items() if name not in ("project", "rules", "screen")}
    parts = (
        edition(),
        # A cache that moves with the project, as between jobs of a CI, is good wherever that is.
        "" if is_inside else os.path.basename(root),
        work.settings.src,
        work.rules.source,
        tuple(rule.id for rule in checker.rules),
        plain(told),
    )
    return marshal.dumps(parts, WITHOUT_REFERENCES)
