"""Trees that are taken as they are, copies of their files, and what may have moved in them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.copies import changed_files, copy_files, homes, spread, touch
from benchmarks.corpus import NETRA_MOVES, Corpus, Moves, directory_corpus
from benchmarks.guess import NAMES, guess_moved, usual_names
from benchmarks.jobs import clean_file

FILES = {
    "app/__init__.py": "",
    "app/chat/__init__.py": "",
    "app/chat/old.py": "from app.chat.new import Chat\n",
    "app/chat/new.py": "class Chat: ...\n",
    "app/chat/deep/__init__.py": "",
    "app/other.py": "from app.chat.old import Chat\n",
    "app/third.py": "import os\n",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    root = tmp_path / "tree"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return Corpus("tree", root, Moves({"app.chat.old": "app.chat.new"}, {}))


def test_a_corpus_counts_its_files(corpus: Corpus) -> None:
    assert corpus.files == tuple(sorted(FILES))
    assert corpus.size == sum(map(len, FILES.values()))
    assert corpus.has_homes
    assert str(corpus) == "tree: 7 files, 0.0 MB"


def test_what_moved_in_a_known_tree_is_known(tmp_path: Path) -> None:
    (tmp_path / "netra_backend/app/websocket_core").mkdir(parents=True)
    known = directory_corpus(tmp_path)
    assert known.moved == NETRA_MOVES
    assert known.packs[0] == "netra-websocket"


def test_what_moved_in_an_unknown_tree_is_guessed(corpus: Corpus) -> None:
    assert set(directory_corpus(corpus.root).moved.names) == {"app.chat.old.Chat", "app.chat.new.Chat"}
    assert guess_moved(corpus.root).modules == {}
    assert not directory_corpus(corpus.root).has_homes


def test_usual_names_are_imported_neither_everywhere_nor_nowhere() -> None:
    importers = Counter({f"app.mod.Name{number}": number for number in range(1, 10)})
    importers["elsewhere.Name"] = 2
    files = ["app/mod.py", *(f"app/file{number}.py" for number in range(99))]
    assert usual_names(importers, files) == [f"app.mod.Name{number}" for number in (2, 1, 3, 4)]
    assert NAMES == 4


def test_old_and_new_homes_come_with_those_around(corpus: Corpus) -> None:
    assert sorted(homes(corpus)) == ["app/__init__.py", "app/chat/__init__.py", "app/chat/new.py", "app/chat/old.py"]


def test_copies_can_change_and_be_restored(corpus: Corpus, tmp_path: Path) -> None:
    paths = ["app/other.py", "app/third.py"]
    copy_files(corpus, paths, tmp_path / "copy")
    assert changed_files(corpus, paths, tmp_path / "copy") == frozenset()
    touch([tmp_path / "copy" / paths[1]], "changed")
    assert changed_files(corpus, paths, tmp_path / "copy") == {paths[1]}
    copy_files(corpus, paths, tmp_path / "copy")
    assert changed_files(corpus, paths, tmp_path / "copy") == frozenset()


@pytest.mark.parametrize(("count", "chosen"), [(1, "a"), (2, "ad"), (3, "ace"), (6, "abcdef"), (9, "abcdef")])
def test_some_files_are_spread_over_all(count: int, chosen: str) -> None:
    assert spread("fedcba", count) == tuple(chosen)


def test_a_clean_file_does_not_mention_what_has_moved(corpus: Corpus) -> None:
    assert clean_file(corpus) in {"app/chat/new.py", "app/third.py", "app/chat/deep/__init__.py"}


def test_where_everything_mentions_it_there_is_no_clean_file(corpus: Corpus) -> None:
    with pytest.raises(ValueError, match="every file"):
        clean_file(Corpus("", corpus.root, Moves({}, {"": ""})))
