"""Recalled reports of every kind: whatever changes in the other files of its examples, they are the same as new ones.

So no kind may go by anything of the project that it does not ask it for, nor keep from one file to the next what
another run would find otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ssot_lint.cachefiles import CACHE
from ssot_lint.config import Settings
from ssot_lint.kinds import kind_class, kind_names
from ssot_lint.rule import Example, Rule
from ssot_lint.runner import Rules, RunOptions, run

EXAMPLES_OF_A_KIND = 3
CHANGES: Mapping[str, Callable[[str], str | None]] = {
    "rows": lambda text: f"# a comment\n{text}",
    "names": lambda text: f"{text}\n\nclass Added: ...\n\n\nManager = get_manager = Thing = Added\n",
    "gone": lambda text: None,
    "back": lambda text: text,
}


def examples(kind: str) -> list[Example]:
    """Give some examples that have other files, spread over all that the kind has."""
    cls = kind_class(kind)
    with_others = [example for example in cls.examples if example.files] if cls else []
    step = max(1, len(with_others) // EXAMPLES_OF_A_KIND)
    return with_others[::step][:EXAMPLES_OF_A_KIND]


CASES = [
    pytest.param(kind, example, id=f"{kind}-{number}")
    for kind in kind_names()
    for number, example in enumerate(examples(kind))
]


@pytest.mark.parametrize(("kind", "example"), CASES)
def test_a_change_of_any_file_is_noticed(
    kind: str, example: Example, make_rule: Callable[[str, Mapping[str, Any]], Rule], tmp_path: Path
) -> None:
    rule = make_rule(kind, example.options)
    rules = Rules((rule,), frozenset({rule.id}), source=b"these")
    files = {**example.files, example.path: example.bad or example.ok or ""}
    settings = Settings(root=tmp_path)
    warm, cold = RunOptions(cache=tmp_path / CACHE, jobs=1), RunOptions(jobs=1)
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    run(settings, [str(tmp_path)], warm, rules=rules)
    for path, text in files.items():
        for name, change in CHANGES.items():
            changed = change(text)
            if changed is None:
                (tmp_path / path).unlink()
            else:
                (tmp_path / path).write_text(changed)
            known = run(settings, [str(tmp_path)], warm, rules=rules)
            assert known == run(settings, [str(tmp_path)], cold, rules=rules), f"{name} of {path}"
