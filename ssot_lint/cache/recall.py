"""The reports of an earlier run that still hold, and what this run keeps for later ones."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ssot_lint.cache.evidence import SUMMARY, WHOLE_PROJECT, Clerk, Testimony, value_of
from ssot_lint.cache.memory import FORGOTTEN, Entry, Memory
from ssot_lint.cache.reports import pack, unpack
from ssot_lint.cache.review import Doubts, Repeat, Review, Touched, is_table
from ssot_lint.cache.tree import ABSENT, Kept, Tree, are_unchanged, tree_file
from ssot_lint.cachefiles import clean, keep_alive, load, save
from ssot_lint.hashing import digest
from ssot_lint.model import FileReport
from ssot_lint.own_rules import RULE_CRASHED, UNREADABLE
from ssot_lint.project.prints import WITHOUT_REFERENCES, plain
from ssot_lint.project.trail import TEXT

if TYPE_CHECKING:
    from ssot_lint.judging import Sight

OF_THE_RUN = frozenset({"names_of", "origins_of", "first_parties"})
"""Questions on which it rests what is looked for in all files."""
GROWTH = 2
"""How many times as many questions as there were there may be before those that nobody needs are left out."""
NOT_KEPT = frozenset({RULE_CRASHED.code, UNREADABLE.code})
"""What may be otherwise next time though nothing changed."""


class Recall:
    """What is known of the project at ``root`` from earlier runs of which all but the files was as ``key`` says."""

    def __init__(self, directory: str, root: str, key: bytes, clerk: Clerk) -> None:
        self._directory = directory
        self._state = f"{directory}/state-{digest(key).hex()}"
        self._root = root
        self._seen = tree_file(directory, root)
        self._key = key
        kept = load(self._state)
        self._memory = Memory.whole(kept[1]) if kept and kept[0] == key else Memory()
        self._loaded = len(self._memory.questions)
        self._kept: Kept | None = load(self._seen)
        self._tree = Tree(root, self._kept[1] if self._kept else {})
        self._clerk = clerk
        self._witness = clerk.witness
        self._project: Sequence[str] = ()
        self._doubts = Doubts()
        self._fresh: set[tuple[str, bool]] = set()
        self._sights: dict[str, Sight] = {}
        self._changed = not kept
        self.version = b""

    def review(self, project: Sequence[str], known: dict[str, tuple[str, ...]], ask: Repeat) -> None:
        """Find out what still holds if ``project`` are its files; ``ask`` asks a question again, if anybody can.

        ``known``, of which the witness takes the answers of tables, is filled with those that hold.
        """
        self._project = project
        for path in project:
            self._tree.glance(path)
        self._tree.settle()
        if self._loaded or self._memory.entries:
            with self._clerk.hearing():
                self._doubts = Review(self._memory, self._tree, self._witness, ask, known).doubts(project)
            self._memory.era += self._doubts.run
        self._changed = self._changed or self._doubts != Doubts()

    # What is known.

    def to_screen(self, paths: Sequence[str], named: frozenset[str]) -> list[str]:
        """Give those of ``paths`` of which it has to be seen whether there is anything to say about them."""
        era = self._memory.era
        entries = ((path, self._entry(path, path in named)) for path in paths)
        return [path for path, entry in entries if entry is None or entry[4] != era]

    def sees(self, path: str, sight: Sight) -> None:
        """Take note of what the bytes of the file ``path`` tell."""
        self._tree.learn(path, sight.digest)
        self._sights[path] = sight

    def holds(self, path: str, named: bool) -> bool:
        """Tell whether the report on the file ``path`` is known."""
        return self._entry(path, named) is not None

    def report(self, path: str, named: bool) -> FileReport:
        """Give a report that `holds`."""
        entry = self._entry(path, named)
        return unpack(entry[2]) if entry and entry[2] else FileReport(path)

    def _entry(self, path: str, named: bool) -> Entry | None:
        entries = self._memory.entries
        entry = entries.get(path)
        if named and (entry is None or entry[2] is False):
            # Of such files one is told more if one names them.
            entries = self._memory.named
            entry = entries.get(path)
        if entry is None or entry[3] in self._doubts.sets or self._tree.digest(path) != entry[0]:
            return None
        sight = self._sights.get(path)
        if sight is not None and sight.hits != entry[1]:
            return None
        if sight is not None and entry[4] != self._memory.era:
            entry = entries[path] = (*entry[:4], self._memory.era)
        return entry

    # What is learned.

    def keep_silence(self, path: str, named: bool) -> None:
        """Keep that there is nothing to say about the file ``path``, by what its bytes tell."""
        sight = self._sights[path]
        asked = self._memory.take(sight.evidence, self._witness.questions) if sight.evidence else None
        number = self._memory.set_number(()) if asked is None else asked
        self._put(path, named, sight.digest, sight.hits, False, number)

    def keep(self, report: FileReport | None, testimony: Testimony | None) -> None:
        """Keep a report, and what it rests on, if that is known."""
        if report is None or testimony is None:
            return
        digest, hits, closely, only_named, evidence = testimony
        asked = self._memory.take(evidence, self._witness.questions)
        self._tree.learn(report.path, digest)
        if not any(violation.code in NOT_KEPT for violation in report.violations):
            packed = None if report == FileReport(report.path) else pack(report)
            self._put(report.path, only_named, digest, hits, packed if closely else False, asked)

    def _put(self, path: str, named: bool, digest: bytes, hits: bytes, report: Any, asked: int) -> None:
        entries = self._memory.named if named else self._memory.entries
        entries[path] = (digest, hits, report, asked, self._memory.era)
        self._fresh.add((path, named))
        self._changed = True

    def save(self) -> None:
        """Write what was learned."""
        if self._changed:
            self._complete()
            save(self._state, (self._key, self._memory.plain()))
            clean(self._directory)
        else:
            keep_alive(self._state)
        self._save_tree()

    def _save_tree(self) -> None:
        """Write what the files are now, and what tells that there are no others."""
        seen = self._tree.seen()
        if self._kept and are_unchanged(self._root, *self._kept[2:]):
            directories, guards = self._kept[2:]
        else:
            from ssot_lint.cache.watching import watched

            directories, guards = (
                {path: times and self._tree.told(times) for path, times in found.items()}
                for found in watched(Path(self._root))
            )
        contents = sorted((path, found[3]) for path, found in seen.items())
        self.version = digest(marshal.dumps(contents, WITHOUT_REFERENCES))
        tree = self.version, seen, directories, guards
        if tree != self._kept:
            save(self._seen, tree)

    def _complete(self) -> None:
        memory = self._memory
        with self._clerk.hearing() as asked:
            memory.take(self._clerk.record(asked), self._witness.questions)
        memory.run = {}
        for question in self._witness.questions:
            if question.key[0] in OF_THE_RUN:
                memory.learn(question)
                memory.run[question.key] = plain(self._witness.answer_to(question.key))
        for ground in memory.grounds() - memory.values.keys() - WHOLE_PROJECT:
            memory.values[ground] = value_of(ground, self._witness)
        memory.day = date.today().isoformat()
        memory.files = {path: found for path in self._project if (found := self._tree.digest(path)) != ABSENT}
        memory.others = dict(self._others())
        for directory, seen in memory.listed.items():
            self._tree.glance(directory)
            self._tree.learn(directory, seen)
        self._forget()
        for named, entries in ((False, memory.entries), (True, memory.named)):
            for path in [path for path, entry in entries.items() if self._is_over(path, named, entry)]:
                del entries[path]
        if len(memory.questions) > GROWTH * memory.lean:
            self._memory = memory.compact()

    def _is_over(self, path: str, named: bool, entry: Entry) -> bool:
        """Whether nobody can tell any more if an entry holds: the questions that it rests on have new answers."""
        if (path, named) in self._fresh:
            return False
        if entry[3] in self._doubts.sets:
            return True
        return path not in self._memory.files and self._tree.digest(path) == ABSENT

    def _others(self) -> Iterator[tuple[str, bytes]]:
        """Give the modules that are not among the files of the project, with their digests."""
        for ground, value in self._memory.values.items():
            path = value[0] if ground.endswith(SUMMARY) and value is not FORGOTTEN else None
            if path is not None and path not in self._memory.files:
                yield path, self._tree.digest(path)

    def _forget(self) -> None:
        """Forget what rests on files that changed while they were read: nobody knows what was read of them."""
        memory = self._memory
        files = self._tree.restless([*memory.files, *memory.others])
        directories = self._tree.restless(memory.listed)
        touched = Touched(directories, self._witness.roots)
        for ground, value in memory.values.items():
            if self._is_shaken(ground, value, files, touched):
                memory.values[ground] = FORGOTTEN
        for path in files:
            memory.files.pop(path, None)
            memory.entries.pop(path, None)
            memory.named.pop(path, None)
        for directory in directories:
            memory.listed[directory] = ABSENT

    def _is_shaken(self, ground: str, value: Any, files: frozenset[str], touched: Touched) -> bool:
        if is_table(ground):
            return bool(files)
        if ground.startswith(f"{TEXT}:"):
            return ground[len(TEXT) + 1 :] in files
        if ground.endswith(SUMMARY) and value is not FORGOTTEN and value[0] in files:
            return True
        return touched.has(ground.rstrip("=/"))
