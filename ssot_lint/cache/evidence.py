"""What a report rests on, in a form that travels from one process to another."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from ssot_lint.hashing import digest
from ssot_lint.project.prints import fingerprint
from ssot_lint.project.trail import ANY_DIRECTORY, ANY_IMPORTS, ANY_TEXT, TEXT
from ssot_lint.project.witness import Question, Witness

SUMMARY = "="
INSIDE = "/"
WHOLE_PROJECT = frozenset({ANY_TEXT, ANY_DIRECTORY, ANY_IMPORTS})
"""Grounds without a value of their own."""


class Evidence(NamedTuple):
    """What was asked for a report.

    ``asked`` are numbers of questions as the process ``source`` counts them. Those below ``base`` it has from the
    process that started it; ``fresh`` are those it has not told of before, with the values of their ``grounds``, and
    ``listed`` the directories that it has looked into since.
    """

    source: str
    base: int
    fresh: tuple[Question, ...]
    grounds: dict[str, Any]
    listed: dict[str, bytes]
    asked: tuple[int, ...]


class Testimony(NamedTuple):
    """What a report is about, and what it rests on.

    That is the ``digest`` of the bytes of a file, a print of the ``hits`` in them, and the ``evidence``. ``closely``
    says that the file was looked at closely, and ``only_named`` that it was only since the user named it.
    """

    digest: bytes
    hits: bytes
    closely: bool
    only_named: bool
    evidence: Evidence


class Clerk:
    """Writes down what a ``witness`` is asked in this process."""

    def __init__(self, witness: Witness) -> None:
        self.witness = witness
        self._process = 0
        self._source = ""
        self._base = 0
        self._told = 0
        self._grounds: set[str] = set()
        self._listed: set[str] = set()

    @contextmanager
    def hearing(self) -> Iterator[set[int]]:
        """Gather the numbers of the questions that are asked meanwhile."""
        if os.getpid() != self._process:
            # What another process was asked before it became two, it tells itself.
            self._base = self._told = len(self.witness.questions) if self._process else 0
            self._process = os.getpid()
            self._source = f"{self._process}-{time.monotonic_ns()}"
        with self.witness.listening() as asked:
            yield asked

    def beyond_first_parties(self, asked: Iterable[int]) -> list[int]:
        """Give what was ``asked`` but for which names are the project's own: that all sights rest on."""
        questions = self.witness.questions
        return [number for number in asked if questions[number].key[0] != "is_first_party"]

    def record(self, asked: Iterable[int]) -> Evidence:
        """Give the evidence for what was ``asked`` in a hearing."""
        self.witness.follow_up()
        fresh = tuple(self.witness.questions[self._told :])
        self._told += len(fresh)
        grounds = {ground for question in fresh for ground in question.grounds} - self._grounds - WHOLE_PROJECT
        self._grounds |= grounds
        values = {ground: value_of(ground, self.witness) for ground in grounds}
        return Evidence(self._source, self._base, fresh, values, self._new_listings(), tuple(sorted(asked)))

    def _new_listings(self) -> dict[str, bytes]:
        listings = self.witness.directories()
        if len(listings) == len(self._listed):
            return {}
        new = listings.keys() - self._listed
        self._listed |= new
        return {directory: fingerprint(listings[directory]) for directory in new}


def value_of(ground: str, witness: Witness) -> Any:
    """Give what a ground is now: equal to what it is in another run if nothing that rests on it can have changed."""
    kind, colon, rest = ground.partition(":")
    if colon:
        return _digest_of(rest, witness) if kind == TEXT else witness.paths_of(ground)
    if ground.endswith(SUMMARY):
        return witness.essence(ground[: -len(SUMMARY)])
    if ground.endswith(INSIDE):
        return fingerprint(witness.inside(ground[: -len(INSIDE)]))
    return witness.location(ground)


def _digest_of(path: str, witness: Witness) -> bytes:
    raw = witness.unnoted(path)
    return b"" if raw is None else digest(raw)
