"""A project that remembers what it was asked, what it answered and what that rests on.

So a later run can tell which reports still hold without making them: those for which all that was asked has the same
answers. Every public method of `Project` is a question; but for `COMPOSED`, which only ask others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ssot_lint.project import Answer, Project
from ssot_lint.project.prints import SIZE, fingerprint, plain, whole
from ssot_lint.project.trail import ANY_TEXT, Grounds, Trail

if TYPE_CHECKING:
    from ssot_lint.project.aliases import Renaming
    from ssot_lint.project.modules import Listing
    from ssot_lint.project.search import WordSearch
    from ssot_lint.project.store import SummaryStore
    from ssot_lint.project.summary import ModuleSummary
    from ssot_lint.project.tables import Table

COMPOSED = frozenset({"changed", "module_of", "may_import", "namesakes", "roots"})
"""What asks nothing but other questions, or nothing that files could answer."""

Key = tuple[Any, ...]
"""The name of a method of a project and its arguments, as plain values."""


class Question(NamedTuple):
    """A question, what is left of its answer to compare it with others, and what that rests on."""

    key: Key
    print: bytes
    grounds: Grounds


class Witness(Project):
    """A project whose ``questions`` are kept, in the order in which they were first asked."""

    def __init__(
        self,
        root: Path,
        src: tuple[str, ...],
        files: Callable[[], Sequence[str]],
        store: SummaryStore | None = None,
        known: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        super().__init__(root, src, files, store=store, trail=Trail(kept=True), known=known)
        self.questions: list[Question] = []
        self._numbers: dict[Key, int] = {}
        self._given: dict[int, Any] = {}
        self._asked: set[int] | None = None
        self._followed = 0

    @contextmanager
    def listening(self) -> Iterator[set[int]]:
        """Gather the numbers of all questions that are asked meanwhile."""
        before, self._asked = self._asked, set()
        try:
            yield self._asked
        finally:
            self._asked = before

    def suppose(self, question: Question, answer: Any) -> None:
        """Take an answer from another run that is known to hold."""
        number = self._learn(question.key, question.print, question.grounds)
        self._given[number] = answer

    def repeat(self, key: Key) -> Question | None:
        """Ask a question of another run again; ``None`` if only the one who asked it knows how to find the answer."""
        name, *arguments = key
        if name == "ask":
            module, function, *arguments = arguments
            getattr(import_module(module), function)(self, *map(whole, arguments))
        elif name != "once":
            getattr(self, name)(*map(whole, arguments))
        return self.questions[self._numbers[key]] if key in self._numbers else None

    def answer_to(self, key: Key) -> Any:
        """Give the answer to a question that was asked."""
        return self._given[self._numbers[key]]

    def follow_up(self) -> None:
        """Ask for the imports of all modules that answers rest on as one ground, `ANY_IMPORTS`."""
        if "_graph" in vars(self) and len(self._graph.followed) > self._followed:
            followed = self._graph.followed
            self._followed = len(followed)
            for module in followed:
                if ("imports_of", module) not in self._numbers:
                    self.imports_of(module)

    # What grounds are now.

    def essence(self, module: str) -> tuple[str | None, bytes]:
        """Give the path of a module, and what is left of its summary but for the rows; nothing if it is not there."""
        summary = self._summary(module)
        return (summary.path, self._essence(summary)) if summary else (None, b"")

    def _essence(self, summary: ModuleSummary) -> bytes:
        from ssot_lint.project.packing import essence

        known = self._store.essence(summary.module) if self._store else None
        return known or essence(summary)

    def location(self, module: str) -> Any:
        """Give where a module is, as plain values."""
        return plain(self._modules.find(module))

    def inside(self, package: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the directories of a package, and the names of all that is in them."""
        return self._modules.listed(package)

    def paths_of(self, ground: str) -> tuple[str, ...]:
        """Give the files that have the word which is a ground."""
        table, _, word = ground.partition(":")
        return self._table(table).paths(word)

    def having(self, table: str, path: str, raw: bytes, words: Iterable[str]) -> frozenset[str]:
        """Give those of ``words`` that the file ``path`` has, by a table of that name, if its bytes are ``raw``."""
        return self._table(table).having(path, raw, words)

    def directories(self) -> Mapping[str, Listing]:
        """Give what is in the directories that any answer so far rests on."""
        return self._modules.listings

    def directory(self, path: str) -> Listing:
        """Give what is in a directory now."""
        return self._modules.listing(path)

    def unnoted(self, path: str) -> bytes | None:
        """Give the bytes of a file, though no answer rests on them."""
        return self._bytes(path)

    def _table(self, name: str) -> Table | WordSearch | Renaming:
        tables: dict[str, Callable[[], Table | WordSearch | Renaming]] = {
            "word": lambda: self._search,
            "renamed": lambda: self._aliases.renaming,
            "defines": lambda: self._homes.places,
            "stores": lambda: self._homes.stores,
            "imports": lambda: self._importers.imported,
            "sets": lambda: self._replacements.setting,
            "told": lambda: self._replacements.told,
            "classes": lambda: self._namesakes.seeming,
        }
        return tables[name]()

    def names_of(self, targets: Iterable[str]) -> frozenset[str]:
        """Give every last name under which a module of the project binds one of the objects ``targets``."""
        key = frozenset(targets)
        names: frozenset[str] = self._answer(("names_of", plain(key)), lambda: super(Witness, self).names_of(key))
        return names

    def changed(self, files: Mapping[str, bytes | None], sort: type[Project] | None = None) -> Project:
        """Give the project as it is once ``files`` have other contents; what that is asked nobody remembers."""
        self._answer(("once", ("changed",)), lambda: self._trail.note(ANY_TEXT))
        return super().changed(files, sort)

    def once(self, question: tuple[str, ...], answer: Callable[[], Answer]) -> Answer:
        """Answer a question of others, who know how to find the answer."""
        given: Answer = self._answer(("once", question), answer)
        return given

    def ask(self, question: tuple[Any, ...], answer: Callable[[], Answer]) -> Answer:
        """Answer a question that can be found by its name."""
        given: Answer = self._answer(("ask", *map(plain, question)), answer)
        return given

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a file, of which nothing is kept but their print."""
        read = super().read
        if ("read", path) in self._numbers:
            self._note(self._numbers["read", path])
            return read(path)
        raw, grounds = self._trail.follow(lambda: read(path))
        self._note(self._learn(("read", path), fingerprint(raw), grounds))
        return raw

    def _answer(self, key: Key, find: Callable[[], Any]) -> Any:
        number = self._numbers.get(key)
        if number is None:
            answer, grounds = self._trail.follow(find)
            number = self._learn(key, self._print(key, answer), grounds)
            self._given[number] = answer
        self._note(number)
        return self._given[number]

    def _print(self, key: Key, answer: Any) -> bytes:
        if key[0] == "summary" and answer is not None:
            return self._essence(answer)
        try:
            return fingerprint(answer)
        except TypeError:  # it is not plain, so nobody can tell whether another one is the same
            return os.urandom(SIZE)

    def _learn(self, key: Key, seen: bytes, grounds: Grounds) -> int:
        self._numbers[key] = number = len(self.questions)
        self.questions.append(Question(key, seen, grounds))
        return number

    def _note(self, number: int) -> None:
        """Note that a question was asked: by whoever listens, or by another question on the way to its answer."""
        if self._trail.is_open:
            self._trail.note_all(self.questions[number].grounds)
        elif self._asked is not None:
            self._asked.add(number)


def _question(name: str) -> Callable[..., Any]:
    find = getattr(Project, name)

    def ask(self: Witness, *arguments: Any, **named: Any) -> Any:
        if named:
            arguments = _in_order(find, arguments, named)
        key = (name, *map(plain, arguments))
        return self._answer(key, lambda: find(self, *arguments))

    ask.__doc__ = find.__doc__
    return ask


def _in_order(function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    """Give all arguments of a call by position, but for the first, with the defaults of those that are missing."""
    from inspect import signature

    bound = signature(function).bind(None, *arguments, **named)
    bound.apply_defaults()
    return bound.args[1:]


for _name in vars(Project):
    if not _name.startswith("_") and _name not in COMPOSED and _name not in vars(Witness):
        setattr(Witness, _name, _question(_name))
