"""Maps of moved names that grow without more of them being in the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import Corpus, Moves
from benchmarks.padding import padded

MOVES = Moves({"app.old": "app.new"}, {"app.Thing": "app.new.Thing"})


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    package = tmp_path / "app" / "some-where"
    package.mkdir(parents=True)
    (tmp_path / "app/tool_store.py").write_text("class Tool: ...\nclass Store(Tool): ...\n")
    (package / "script.py").write_text("class Script: ...\n")
    return Corpus("", tmp_path, MOVES)


@pytest.mark.parametrize("size", [10, 100])
def test_a_map_is_as_long_as_asked_for(corpus: Corpus, size: int) -> None:
    moves = padded(corpus, size)
    assert len(moves.all) == size
    assert moves.modules == MOVES.modules
    assert MOVES.names.items() <= moves.names.items()


def test_a_longer_map_has_all_of_a_shorter_one(corpus: Corpus) -> None:
    assert padded(corpus, 10).all.items() <= padded(corpus, 100).all.items()


def test_added_names_are_of_packages_that_are_there_and_modules_that_are_not(corpus: Corpus) -> None:
    added = set(padded(corpus, 50).names) - set(MOVES.names)
    for old in added:
        package, module, name = old.split(".")
        assert package == "app"
        assert not (corpus.root / package / f"{module}.py").exists()
        assert name in {"Tool", "Store", "Script"}


def test_what_has_moved_is_at_its_new_place(corpus: Corpus) -> None:
    moves = padded(corpus, 50)
    assert not set(moves.all) & set(moves.all.values())
