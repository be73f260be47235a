from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint.project import Project

MakeProject = Callable[[dict[str, str]], Project]

FILES = {"b.py": "Word and Another", "a.py": "aWordy", "c.py": "another word", "d.py": "Ｗord"}


class TestMentions:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (("Word",), ("b.py", "a.py", "d.py")),
            (("Word", "Another"), ("b.py",)),
            (("Wordy",), ("a.py",)),
            (("Nowhere",), ()),
            (("Word", "Nowhere"), ()),
            ((), ("b.py", "a.py", "c.py", "d.py")),
        ],
    )
    def test_files_with_all_words(self, texts: MakeProject, words: tuple[str, ...], expected: tuple[str, ...]) -> None:
        project = texts(FILES)
        for _ in range(2):
            assert project.mentions(*words) == expected

    def test_what_was_found_before_makes_no_difference(self, texts: MakeProject) -> None:
        project = texts(FILES)
        for word in ("or", "Word", "Wordy", "ord", "another", "Another"):
            assert project.mentions(word) == texts(FILES).mentions(word)

    def test_a_longer_word_is_sought_where_the_shorter_one_was_found(
        self, texts: MakeProject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        project = texts(FILES)
        project.mentions("Word")
        read: list[str] = []
        original = project.read

        def spy(path: str) -> bytes | None:
            read.append(path)
            return original(path)

        monkeypatch.setattr(project, "_search", project._search)
        monkeypatch.setattr(project._search, "_read", spy)
        assert project.mentions("Wordy", "Word") == ("a.py",)
        assert sorted(read) == ["a.py", "b.py", "d.py"]

    def test_a_file_that_is_gone_mentions_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "a.py").write_text("Word")
        project = Project(tmp_path, (".",), lambda: ["a.py", "gone.py", "directory"])
        (tmp_path / "directory").mkdir()
        assert project.mentions("Word") == ("a.py",)
