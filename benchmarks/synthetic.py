"""Makes a project of any size from a seed: packages, classes, calls, docstrings; and things that have moved.

A file depends on the seed and on its number only, so a larger project has all files of a smaller one. Three modules of
the package ``app.chat`` pass on what has its home in ``app.chat.home``, and one file in `ONE_IN` imports from them, in
all the ways in which people do.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.corpus import Corpus, Moves

VERSION = 1
"""Of what is made from a seed; a corpus that was made by another one is made anew."""
ONE_IN = 33
FILES_OF_A_PACKAGE = 24
HOME = "app.chat.home"
OLD = ("manager", "unified_manager", "manager_factory")
MOVED = Moves({f"app.chat.{name}": HOME for name in OLD}, {"app.chat.ChatManager": f"{HOME}.ChatManager"})

WORDS = (
    "load save find send read write check build close open parse merge split order count apply reset",
    "user order token message thread agent tool state event report queue batch index cache job record",
    "Service Client Handler Registry Builder Monitor Adapter Store Validator Router",
)
VERBS, NOUNS, SORTS = (words.split() for words in WORDS)


FIXED = {
    "app/__init__.py": "",
    "app/chat/__init__.py": "from app.chat.home import ChatManager\n",
    "app/chat/home.py": (
        "class ChatManager:\n    def __init__(self, user: object) -> None:\n        self.user = user\n\n\n"
        "class ChatConnection: ...\n\n\ndef get_manager(user: object) -> ChatManager:\n    return ChatManager(user)\n"
    ),
    **{f"app/chat/{name}.py": "from app.chat.home import ChatConnection, ChatManager, get_manager\n" for name in OLD},
}

LEGACY_IMPORTS = (
    "from app.chat.manager import ChatManager\n",
    "from app.chat.unified_manager import ChatManager as Manager\n",
    "from app.chat.manager_factory import (\n    ChatConnection,\n    get_manager,\n)\n",
    "from app.chat import ChatManager\n",
    "try:\n    from app.chat.manager import get_manager\nexcept ImportError:\n    get_manager = None\n",
    "def late():\n    from app.chat.unified_manager import ChatManager\n\n    return ChatManager\n",
)
MENTIONS = (
    '"""Formerly ``from app.chat.manager import ChatManager``."""\n',
    "# see app.chat.unified_manager\n",
    "from app.chat.home import ChatManager\n",
    'PATH = "app.chat.manager_factory"\n',
)


def synthetic_corpus(files: int, seed: int, cache: Path | None = None) -> Corpus:
    """Give the corpus of so many ``files`` from ``seed``, from the ``cache`` of corpora if it was made before."""
    root = (cache or corpora()) / f"synthetic-{VERSION}-{seed}-{files}"
    if not root.is_dir():
        unfinished = root.with_name(f"{root.name}.{os.getpid()}")
        for path, text in project(files, seed):
            target = unfinished / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        try:
            unfinished.rename(root)
        except OSError:  # another run was faster
            shutil.rmtree(unfinished)
    return Corpus(f"synthetic, seed {seed}", root, MOVED)


def corpora() -> Path:
    """The directory in which corpora are kept."""
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(caches, "ssot-lint-benchmarks")


def project(files: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file of a project of so many ``files``, at least those of ``app.chat``."""
    yield from FIXED.items()
    for number in range(files - len(FIXED)):
        package = f"app/area{number // FILES_OF_A_PACKAGE}"
        name = "__init__" if number % FILES_OF_A_PACKAGE == 0 else f"{_noun(number)}_{number}"
        yield f"{package}/{name}.py", "" if name == "__init__" else _module(number, Random(f"{seed}:{number}"))


def _noun(number: int) -> str:
    return NOUNS[number % len(NOUNS)]


def _module(number: int, chance: Random) -> str:
    """Write a module of a usual length: the logarithms of lengths of files are spread like a bell."""
    head = [f'"""{_sentence(chance)}"""\n\nfrom __future__ import annotations\n\n', _imports(number, chance)]
    if chance.randrange(ONE_IN) == 0:
        head.append(chance.choice(LEGACY_IMPORTS))
    elif chance.randrange(ONE_IN) == 0:
        head.append(chance.choice(MENTIONS))
    classes = max(1, min(40, round(chance.lognormvariate(1.1, 0.9))))
    return "".join(head) + "".join(_class(chance, index) for index in range(classes))


def _imports(number: int, chance: Random) -> str:
    lines = [
        "import asyncio\n",
        "import logging\n",
        "from dataclasses import dataclass, field\n",
        "from typing import Any\n\n",
    ]
    for _ in range(chance.randrange(6)):
        other = chance.randrange(number) if number else 0
        if other % FILES_OF_A_PACKAGE:
            lines.append(f"from app.area{other // FILES_OF_A_PACKAGE} import {_noun(other)}_{other}\n")
    return "".join(lines) + "\nlogger = logging.getLogger(__name__)\n\n"


def _class(chance: Random, index: int) -> str:
    name = f"{chance.choice(NOUNS).title()}{chance.choice(SORTS)}{index}"
    head = f'\nclass {name}:\n    """{_sentence(chance)}"""\n\n    limit = {chance.randrange(900)}\n\n'
    return head + "".join(_method(chance) for _ in range(chance.randrange(3, 12))) + "\n"


def _method(chance: Random) -> str:
    verb, noun, other = chance.choice(VERBS), chance.choice(NOUNS), chance.choice(NOUNS)
    is_async, wait = ("async ", "await ") if chance.random() < 0.4 else ("", "")
    lines = [f"    {is_async}def {verb}_{noun}(self, {other}: Any, limit: int = {chance.randrange(99)}) -> Any:"]
    lines.append(f'        """{_sentence(chance)}"""')
    for _ in range(chance.randrange(2, 9)):
        lines += [f"        {line}" for line in _statement(chance, other, wait)]
    return "\n".join([*lines, f"        return {other}\n\n"])


def _statement(chance: Random, name: str, wait: str) -> tuple[str, ...]:
    verb, noun, number = chance.choice(VERBS), chance.choice(NOUNS), chance.randrange(1000)
    return chance.choice(
        (
            (f"{noun} = {wait}self.{verb}_{noun}({name}, limit={number})",),
            (f"# {_sentence(chance)}", f"self.{noun}s[{name!r}] = {{'{verb}': {number}, 'at': self.limit}}"),
            (f"if {name} and self.limit > {number}:", f"    logger.info('{verb} {noun} %s', {name})"),
            (f"for {noun} in {name}.{noun}s:", f"    {noun}.{verb}({name}, [item.value for item in {noun}.items])"),
            (
                "try:",
                f"    {wait}{name}.{verb}()",
                "except ValueError as error:",
                "    raise KeyError(str(error)) from error",
            ),
            (f"assert {name} is not None, f'{verb} {{{name}}} of {noun}'",),
        )
    )


def _sentence(chance: Random) -> str:
    words = [chance.choice((*VERBS, *NOUNS)) for _ in range(chance.randrange(4, 11))]
    return " ".join(words).capitalize() + "."
