"""What still holds of what a run kept: which questions would be answered otherwise now, and which files changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ssot_lint.cache.evidence import INSIDE, SUMMARY, value_of
from ssot_lint.cache.memory import FORGOTTEN, Memory
from ssot_lint.cache.tree import ABSENT, Tree
from ssot_lint.project.prints import fingerprint, whole
from ssot_lint.project.trail import ANY_DIRECTORY, ANY_IMPORTS, ANY_TEXT, TEXT
from ssot_lint.project.witness import Key, Question, Witness

TODAY: Key = ("today",)
IMPORTS = "imports_of"

Repeat = Callable[[Key], "Question | None"]
"""Asks a question of another run again; ``None`` if nobody can."""


@dataclass(frozen=True)
class Doubts:
    """What does not hold any more: ``files`` that changed, and ``sets`` of questions of which some has a new answer.

    ``run`` says that the run as a whole rests on such a question.
    """

    files: frozenset[str] = frozenset()
    sets: frozenset[int] = frozenset()
    run: bool = False


class Review:
    """Compares what a run kept with what there is now; ``known`` takes the answers of tables that hold."""

    def __init__(
        self, memory: Memory, tree: Tree, witness: Witness, repeat: Repeat, known: dict[str, tuple[str, ...]]
    ) -> None:
        self._memory = memory
        self._tree = tree
        self._witness = witness
        self._repeat = repeat
        self._known = known

    def doubts(self, paths: Iterable[str]) -> Doubts:
        """Say what does not hold any more if ``paths`` are the files of the project now.

        The memory then has the answers and the grounds as they are now.
        """
        memory = self._memory
        now = {path: digest for path in paths if (digest := self._tree.digest(path)) != ABSENT}
        others = {path: self._tree.digest(path) for path in memory.others.keys() - now.keys()}
        changed = _differing(now, memory.files) | (_differing(others, memory.others) - now.keys())
        listed = self._changed_directories()
        grounds = self._changed_grounds(changed, now, listed)
        self._known.update(
            (ground, value) for ground, value in memory.values.items() if is_table(ground) and value is not FORGOTTEN
        )
        memory.files, memory.others = now, others
        doubtful = memory.resting_on(grounds) if grounds else []
        self._suppose(doubtful)
        questions = self._changed_questions(grounds, doubtful)
        run = any(memory.number(key) in questions for key in memory.run)
        return Doubts(changed, memory.sets_with(questions), run)

    # Grounds.

    def _changed_directories(self) -> frozenset[str]:
        """Give the directories in which there is something else now."""
        changed = set()
        for directory, before in self._memory.listed.items():
            now = self._tree.glance(directory)
            if now is None:
                now = fingerprint(self._witness.directory(directory))
                self._tree.learn(directory, now)
            if now != before:
                changed.add(directory)
                self._memory.listed[directory] = now
        return frozenset(changed)

    def _changed_grounds(
        self, files: frozenset[str], now: Mapping[str, bytes], directories: frozenset[str]
    ) -> frozenset[str]:
        changed = dict(self._changed_tables(files, now))
        touched = Touched(directories, self._witness.roots)
        for ground, value in self._memory.values.items():
            if not is_table(ground) and (value is FORGOTTEN or self._may_differ(ground, value, files, touched)):
                value_now = value_of(ground, self._witness)
                if value_now != value:
                    changed[ground] = value_now
        self._memory.values.update(changed)
        whole = {ANY_TEXT: files, ANY_DIRECTORY: directories}
        return frozenset(changed).union(ground for ground, parts in whole.items() if parts)

    def _may_differ(self, ground: str, value: Any, files: frozenset[str], touched: Touched) -> bool:
        _, colon, rest = ground.partition(":")
        if colon:
            return bool(self._tree.digest(rest) != value)
        if ground.endswith(SUMMARY):
            return value[0] in files or touched.has(ground[: -len(SUMMARY)])
        return touched.has(ground.removesuffix(INSIDE))

    def _changed_tables(self, files: frozenset[str], now: Mapping[str, bytes]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Give the grounds that are words in tables and their files, where those are others now."""
        asked: dict[str, list[str]] = defaultdict(list)
        for ground in filter(is_table, self._memory.values):
            table, _, word = ground.partition(":")
            asked[table].append(word)
        for table, words in asked.items():
            having = self._having(table, words, files, now)
            for word in words:
                before = self._memory.values[f"{table}:{word}"]
                if before is FORGOTTEN:
                    yield f"{table}:{word}", FORGOTTEN
                    continue
                have = having.get(word, set())
                if (have or not files.isdisjoint(before)) and files.intersection(before) != have:
                    yield f"{table}:{word}", tuple(sorted(have.union(set(before) - files)))

    def _having(
        self, table: str, words: list[str], files: frozenset[str], now: Mapping[str, bytes]
    ) -> Mapping[str, set[str]]:
        """Give the files among ``files`` that have each of ``words`` now."""
        having: dict[str, set[str]] = defaultdict(set)
        for path in files:
            raw = self._witness.unnoted(path) if path in now else None
            if raw is not None:
                for word in self._witness.having(table, path, raw, words):
                    having[word].add(path)
        return having

    # Questions.

    def _suppose(self, doubtful: list[int]) -> None:
        """Let those answers stand that the run as a whole rests on, and that rest on nothing that changed."""
        for key, answer in self._memory.run.items():
            number = self._memory.number(key)
            if number not in doubtful:
                self._witness.suppose(self._memory.question(number), whole(answer))

    def _changed_questions(self, grounds: frozenset[str], doubtful: list[int]) -> frozenset[int]:
        """Give the questions that have another answer now; the memory gets to know all that were asked again."""
        memory = self._memory
        imports = [number for number in doubtful if memory.questions[number][0][0] == IMPORTS]
        changed = set(self._ask(imports))
        if changed or ANY_DIRECTORY in grounds:
            doubtful = memory.resting_on(grounds | {ANY_IMPORTS})
        if memory.day != date.today().isoformat():
            doubtful += [number for number, (key, _, _) in enumerate(memory.questions) if key == TODAY]
        changed.update(self._ask(set(doubtful).difference(imports)))
        return frozenset(changed)

    def _ask(self, numbers: Iterable[int]) -> Iterator[int]:
        for number in sorted(numbers):
            key, before, _ = self._memory.questions[number]
            question = self._repeat(key)
            if question is None:
                yield number
                continue
            self._memory.learn(question)
            if question.print != before:
                yield number


class Touched:
    """The modules that may be somewhere else, or have other ones beside or below them, by ``directories``."""

    def __init__(self, directories: Iterable[str], roots: tuple[str, ...]) -> None:
        self._packages = frozenset(
            directory[len(root) :].strip("/").replace("/", ".")
            for directory in directories
            for root in roots
            if not root or directory == root or directory.startswith(f"{root}/")
        )

    def has(self, module: str) -> bool:
        """Tell whether ``module`` is in, or above, what a directory may be."""
        return any(
            not package or f"{module}.".startswith(f"{package}.") or package.startswith(f"{module}.")
            for package in self._packages
        )


def _differing(now: Mapping[str, bytes], before: Mapping[str, bytes]) -> frozenset[str]:
    return frozenset(path for path in now.keys() | before.keys() if now.get(path) != before.get(path))


def is_table(ground: str) -> bool:
    """Tell whether a ground is a word in the files of the project."""
    return ":" in ground and not ground.startswith(f"{TEXT}:")
