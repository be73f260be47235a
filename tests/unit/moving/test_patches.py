"""What tests replace is replaced where it is looked up afterwards, or nothing moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ssot_lint.moving import CannotMove

Move = Callable[..., Any]
OLD = "import json\n\nLIMIT = 1\n\n\nclass Thing:\n    def m(self):\n        return Thing, json.loads, LIMIT\n"
TEST = "from unittest.mock import patch\n\n"


@pytest.fixture
def strings(move: Move) -> Callable[..., str]:
    """Move ``p.old.Thing`` to ``p.new.Thing`` and give what becomes of a test."""

    def run(test: str, rest: str = "", **others: str) -> str:
        files = {"p/__init__.py": "", "p/old.py": OLD + rest, "p/test_it.py": TEST + test}
        files |= {f"p/{name}.py": text for name, text in others.items()}
        outcome = move(files, "p.old.Thing", "p.new.Thing")
        assert outcome.left == ()
        text: str = outcome.files.get("p/test_it.py") or files["p/test_it.py"]
        return text.removeprefix(TEST)

    return run


LATE = "def f():\n    from p.old import Thing\n    return Thing\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("patch('p.old.Thing.m')", "patch('p.new.Thing.m')"),
        ("patch('p.old.json.loads')", "patch('p.new.json.loads')"),
        ("patch('p.old.json')", "patch('p.new.json')"),
        ("patch('p.old.LIMIT', 2)", "patch('p.new.LIMIT', 2)"),
        ("patch('p.old.Thing')", "patch('p.new.Thing')"),
        ("x = ['p.old.Thing']", "x = ['p.old.Thing']"),
    ],
)
def test_for_the_thing_alone(strings: Callable[..., str], before: str, after: str) -> None:
    assert strings(before) == after


def test_for_those_who_import_it_when_they_run(strings: Callable[..., str]) -> None:
    assert strings("patch('p.old.Thing')", user=LATE) == "patch('p.new.Thing')"


def test_for_those_who_look_it_up_in_its_module(strings: Callable[..., str]) -> None:
    user = "import p.old\n\n\ndef f():\n    return p.old.Thing\n"
    assert strings("patch('p.old.Thing')", user=user) == "patch('p.user.Thing')"


@pytest.mark.parametrize(
    ("rest", "user", "reason"),
    [
        (
            "\n\ndef other():\n    return json\n",
            "",
            r"p/test_it.py, line 3 replaces p\.old\.json: p\.old\.Thing would not",
        ),
        ("", "from p import old\n\n\ndef f():\n    return old.json\n", "line 3 replaces p.old.json"),
    ],
)
def test_for_others_too(strings: Callable[..., str], rest: str, user: str, reason: str) -> None:
    with pytest.raises(CannotMove, match=reason):
        strings("patch('p.old.json')", rest, user=user)


def test_beyond_what_others_have_too(strings: Callable[..., str]) -> None:
    assert strings("patch('p.old.json.loads')", "\n\ndef other():\n    return json\n") == "patch('p.old.json.loads')"


def test_for_its_old_module_and_others(move: Move) -> None:
    old = "class Thing: ...\n\n\ndef make():\n    return Thing()\n"
    files = {"p/__init__.py": "", "p/old.py": old, "test_it.py": TEST + "patch('p.old.Thing')\n"}
    outcome = move(files, "p.old.Thing", "p.new.Thing")
    assert (set(outcome.files), outcome.left) == ({"p/old.py", "p/new.py"}, ())
    with pytest.raises(CannotMove, match=r"replaces p\.old\.Thing for p/old\.py and p/user\.py"):
        move({**files, "p/user.py": LATE}, "p.old.Thing", "p.new.Thing")


def test_what_is_not_proved_is_told(move: Move) -> None:
    files = {
        "p/__init__.py": "", "p/old.py": "class Thing: ...\n",
        "p/user.py": "import p.old\nfrom p.old import Thing\n\n\ndef f():\n    return p.old.Thing, Thing\n",
        "test_it.py": TEST + "patch('p.user.Thing')\n",
    }  # fmt: skip
    outcome = move(files, "p.old.Thing", "p.new.Thing")
    assert outcome.notes == ("p/user.py:6: not proved, since tests may replace it there",)
