"""What a run keeps: the reports of files, the questions they rest on, and what those rest on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from ssot_lint.cache.evidence import Evidence
from ssot_lint.project.trail import Grounds
from ssot_lint.project.witness import Key, Question

FORGOTTEN = None
"""Stands for the value of a ground that is not known any more, so that it is never the same."""
Entry = tuple[bytes, bytes, Any, int, int]
"""Of a file: the digest of its bytes, the print of its hits, its report, the set of questions asked for it, and the era
in which its hits were sought. In the place of a report, ``None`` says that there is nothing to say, and ``False`` that
this is known without a close look.
"""

Values = dict[str, Any]


class Memory:
    """Questions, grounds and entries, each known by a number, as plain values.

    ``files`` are the digests of all files of the project, ``others`` those of modules that are not among them (ignored
    by git, say), ``listed`` the prints of the directories that were looked
    into. ``entries`` are those of files that were found, ``named`` those of files that were named one by one, which are
    told more. ``run`` are the questions, with their answers, on which it rests what is looked for in all files; when
    one of them has another answer, another ``era`` begins. ``lean`` is how many questions there were when
    none was too many.
    """

    def __init__(self) -> None:
        self.lean = 0
        self.day = ""
        self.era = 0
        self.files: dict[str, bytes] = {}
        self.others: dict[str, bytes] = {}
        self.listed: dict[str, bytes] = {}
        self.entries: dict[str, Entry] = {}
        self.named: dict[str, Entry] = {}
        self.run: dict[Key, Any] = {}
        self.values: Values = {}
        self.questions: list[tuple[Key, bytes, int]] = []
        self._bases: list[tuple[str, ...]] = []
        self._sets: list[tuple[int, ...]] = []
        self._maps: dict[str, list[int]] = {}

    # As plain values.

    def plain(self) -> tuple[Any, ...]:
        """Give all as plain values."""
        return (
            self.lean, self.day, self.era, self.files, self.others, self.listed, self.entries, self.named, self.run,
            self.values, self.questions, self._bases, self._sets,
        )  # fmt: skip

    @classmethod
    def whole(cls, kept: tuple[Any, ...]) -> Memory:
        """Make a memory of plain values."""
        memory = cls()
        (
            memory.lean, memory.day, memory.era, memory.files, memory.others, memory.listed, memory.entries,
            memory.named, memory.run, memory.values, memory.questions, memory._bases, memory._sets,
        ) = kept  # fmt: skip
        return memory

    @cached_property
    def _numbers(self) -> dict[Key, int]:
        return {key: number for number, (key, _, _) in enumerate(self.questions)}

    @cached_property
    def _base_numbers(self) -> dict[tuple[str, ...], int]:
        return {base: number for number, base in enumerate(self._bases)}

    @cached_property
    def _set_numbers(self) -> dict[tuple[int, ...], int]:
        return {asked: number for number, asked in enumerate(self._sets)}

    # Questions.

    def question(self, number: int) -> Question:
        """Give the question of that number."""
        key, seen, base = self.questions[number]
        return Question(key, seen, frozenset(self._bases[base]))

    def number(self, key: Key) -> int:
        """Give the number of a question that is known."""
        return self._numbers[key]

    def resting_on(self, grounds: Grounds) -> list[int]:
        """Give the numbers of the questions that rest on any of ``grounds``."""
        bases = {number for number, base in enumerate(self._bases) if not grounds.isdisjoint(base)}
        return [number for number, (_, _, base) in enumerate(self.questions) if base in bases]

    def sets_with(self, questions: frozenset[int]) -> frozenset[int]:
        """Give the numbers of the sets of questions that have any of ``questions``."""
        return frozenset(number for number, asked in enumerate(self._sets) if not questions.isdisjoint(asked))

    def learn(self, question: Question) -> int:
        """Keep a question, as it is answered now, and give its number."""
        grounds = tuple(sorted(question.grounds))
        base = self._base_numbers.setdefault(grounds, len(self._bases))
        if base == len(self._bases):
            self._bases.append(grounds)
        number = self._numbers.setdefault(question.key, len(self.questions))
        row = question.key, question.print, base
        if number == len(self.questions):
            self.questions.append(row)
        else:
            self.questions[number] = row
        return number

    def take(self, evidence: Evidence, inherited: list[Question]) -> int:
        """Keep what ``evidence`` tells; give the number of the set of what was asked.

        ``inherited`` are the questions of the process that started the others.
        """
        known = self._maps.setdefault(evidence.source, [])
        known += map(self.learn, evidence.fresh)
        self.values.update(evidence.grounds)
        self.listed.update(evidence.listed)
        asked = (
            known[number - evidence.base] if number >= evidence.base else self.learn(inherited[number])
            for number in evidence.asked
        )
        return self.set_number(asked)

    def set_number(self, asked: Iterable[int]) -> int:
        """Give the number of a set of questions."""
        key = tuple(sorted(asked))
        number = self._set_numbers.setdefault(key, len(self._sets))
        if number == len(self._sets):
            self._sets.append(key)
        return number

    # What is not needed any more.

    def compact(self) -> Memory:
        """Give the same without the questions that nothing rests on any more."""
        smaller = Memory()
        smaller.day, smaller.era, smaller.run = self.day, self.era, self.run
        smaller.files, smaller.others, smaller.listed = self.files, self.others, self.listed
        sets: dict[int, int] = {}
        for old, new in ((self.entries, smaller.entries), (self.named, smaller.named)):
            for path, (digest, hits, report, asked, era) in old.items():
                if asked not in sets:
                    sets[asked] = smaller.set_number(smaller.learn(self.question(n)) for n in self._sets[asked])
                new[path] = digest, hits, report, sets[asked], era
        for number, (key, _, _) in enumerate(self.questions):
            if key in self.run or key[0] == "imports_of":
                smaller.learn(self.question(number))
        smaller.lean = len(smaller.questions)
        used = {ground for base in smaller._bases for ground in base}
        smaller.values = {ground: value for ground, value in self.values.items() if ground in used}
        return smaller

    def grounds(self) -> set[str]:
        """Give all grounds that some question rests on."""
        return {ground for base in self._bases for ground in base}
