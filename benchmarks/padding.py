"""Maps of moved names as long as one likes, of which the same few occur in the code."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.corpus import Corpus, Moves

FILES_READ = 300
NAME = re.compile(r"^class ([A-Za-z]\w+)", re.MULTILINE)
NAMES_OF_A_MODULE = 10


def padded(corpus: Corpus, size: int) -> Moves:
    """Give ``size`` moves: those of the corpus, and others of what was never there.

    Those look as in a project that has moved much: the packages and the classes are those of the corpus, the modules
    that are gone have names of two of its words. A longer map has all of a shorter one.
    """
    names = dict(corpus.moved.names)
    for old, new in _moves_of_nothing(corpus):
        if len(names) + len(corpus.moved.modules) >= size:
            break
        names.setdefault(old, new)
    return Moves(corpus.moved.modules, names)


def _moves_of_nothing(corpus: Corpus) -> Iterator[tuple[str, str]]:
    chance = random.Random("padding")
    packages, words, classes = _material(corpus)
    while True:
        package = chance.choice(packages)
        module = f"{chance.choice(words)}_{chance.choice(words)}_{chance.randrange(100)}"
        for name in chance.sample(classes, min(NAMES_OF_A_MODULE, len(classes))):
            yield f"{package}.{module}.{name}", f"{package}.{module}_home.{name}"


def _material(corpus: Corpus) -> tuple[list[str], list[str], list[str]]:
    """The packages, the words in names of modules and the names of classes in some files of ``corpus``."""
    files = corpus.files[:: max(1, len(corpus.files) // FILES_READ)]
    packages = {path.rpartition("/")[0].replace("/", ".") for path in files}
    words = {word for path in files for word in re.findall(r"[a-z]+", path.rpartition("/")[2].removesuffix(".py"))}
    texts = (corpus.root.joinpath(path).read_text(encoding="utf-8", errors="replace") for path in files)
    classes = {name for text in texts for name in NAME.findall(text)}
    plain = [package for package in packages if all(part.isidentifier() for part in package.split("."))]
    return sorted(plain) or ["app"], sorted(words) or ["word"], sorted(classes) or ["Thing"]
