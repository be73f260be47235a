"""Projects that are made: the same from the same seed, larger ones with all of smaller ones, and Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.synthetic import LEGACY_IMPORTS, MENTIONS, MOVED, ONE_IN, project, synthetic_corpus


def test_the_same_seed_makes_the_same_project() -> None:
    assert list(project(40, 3)) == list(project(40, 3))


def test_another_seed_makes_another_project() -> None:
    assert dict(project(40, 3)) != dict(project(40, 4))


def test_a_larger_project_has_all_files_of_a_smaller_one() -> None:
    smaller, larger = dict(project(30, 3)), dict(project(60, 3))
    assert len(smaller) == 30
    assert len(larger) == 60
    assert smaller.items() <= larger.items()


def test_packages_are_packages() -> None:
    paths = dict(project(60, 3))
    assert {"app/area0/__init__.py", "app/area1/__init__.py"} <= paths.keys()


def test_every_file_is_python() -> None:
    for path, text in project(60, 3):
        compile(text, path, "exec", dont_inherit=True)


@pytest.mark.parametrize("text", [*LEGACY_IMPORTS, *MENTIONS])
def test_what_is_planted_is_python(text: str) -> None:
    compile(text, "<planted>", "exec", dont_inherit=True)


def test_some_files_import_what_has_moved_and_others_mention_it() -> None:
    texts = [text for path, text in project(6 * ONE_IN, 0) if not path.startswith("app/chat/")]
    assert any(planted in text for planted in LEGACY_IMPORTS for text in texts)
    assert any(planted in text for planted in MENTIONS for text in texts)


def test_old_and_new_homes_are_there() -> None:
    paths = dict(project(10, 0))
    for old, new in MOVED.modules.items():
        assert {f"{old.replace('.', '/')}.py", f"{new.replace('.', '/')}.py"} <= paths.keys()


def test_a_corpus_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = synthetic_corpus(12, 3, tmp_path)
    assert {path: (corpus.root / path).read_text() for path in corpus.files} == dict(project(12, 3))
    monkeypatch.delattr("benchmarks.synthetic.project")
    assert synthetic_corpus(12, 3, tmp_path).root == corpus.root
    assert [path.name for path in tmp_path.iterdir()] == [corpus.root.name]
