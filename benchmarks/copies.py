"""Copies of files of a corpus, for jobs that change them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.corpus import Corpus


def copy_files(corpus: Corpus, paths: Iterable[str], target: Path) -> None:
    """Copy the files at ``paths`` below ``target``, as they are in ``corpus``."""
    for path in paths:
        copy = target / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(corpus.root / path, copy)


def changed_files(corpus: Corpus, paths: Iterable[str], target: Path) -> frozenset[str]:
    """Give those of ``paths`` whose copies below ``target`` are not what they are in ``corpus`` any more."""
    return frozenset(path for path in paths if (target / path).read_bytes() != (corpus.root / path).read_bytes())


def homes(corpus: Corpus) -> Iterator[str]:
    """Yield the files of the packages that something moved from or to, without those below, and of those around.

    Whoever wants to prove that a name means the same at its new home needs them.
    """
    wanted = {name for pair in corpus.moved.all.items() for name in pair}
    directories = {parent for name in wanted for parent in _parents(name) if (corpus.root / parent).is_dir()}
    deepest = {max((d for d in directories if d in _parents(name)), key=len, default="") for name in wanted}
    for path in corpus.files:
        directory, _, file = path.rpartition("/")
        if directory in deepest or (directory in directories and file == "__init__.py"):
            yield path


def touch(paths: Iterable[Path], note: str) -> None:
    """Change the files at ``paths``: a comment with ``note`` is added to each."""
    for path in paths:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"# {note}\n")


def spread(paths: Iterable[str], count: int) -> tuple[str, ...]:
    """Choose ``count`` of ``paths``, or all if there are fewer, evenly from the first to the last."""
    sequence = sorted(paths)
    step = max(1.0, len(sequence) / count)
    return tuple(sequence[int(number * step)] for number in range(min(count, len(sequence))))


def _parents(name: str) -> list[str]:
    """The paths of the packages that a dotted name may lead through."""
    parts = name.split(".")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]
