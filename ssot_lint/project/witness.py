"""A project that remembers what it was asked, what it answered and what that rests on.

So a later run can tell which reports still hold without making them: those for which all that was asked has the same
answers. Every public method of `Project` is a question; but for `COMPOSED`, which only ask others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ssot_lint.project import Project
from ssot_lint.project.prints import fingerprint, plain
from ssot_lint.project.trail import Grounds, Trail

if TYPE_CHECKING:
    from ssot_lint.project.store import SummaryStore

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
        self._numbers[question.key] = number = len(self.questions)
        self.questions.append(question)
        self._given[number] = answer

    def names_of(self, targets: Iterable[str]) -> frozenset[str]:
        """Give every last name under which a module of the project binds one of the objects ``targets``."""
        key = frozenset(targets)
        names: frozenset[str] = self._answer(("names_of", plain(key)), lambda: super(Witness, self).names_of(key))
        return names

    def once(self, question: tuple[str, ...], answer: Callable[[], bool]) -> bool:
        """Answer a question of others, who know how to find the answer."""
        given: bool = self._answer(("once", question), answer)
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
            return self._essence(key[1])
        return fingerprint(answer)

    def _essence(self, module: str) -> bytes:
        """Give the essence of the summary of a module that is there."""
        from ssot_lint.project.packing import essence

        summary = self._summary(module)
        known = self._store.essence(module) if self._store else None
        return known or (essence(summary) if summary else b"")

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

    def ask(self: Witness, *arguments: Any) -> Any:
        key = (name, *map(plain, arguments))
        return self._answer(key, lambda: find(self, *arguments))

    ask.__doc__ = find.__doc__
    return ask


for _name in vars(Project):
    if not _name.startswith("_") and _name not in COMPOSED and _name not in vars(Witness):
        setattr(Witness, _name, _question(_name))
