"""What a project puts in the place of a name at run time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.file import File
from ssot_lint.rewriting.replaced import is_stored_here, may_be_replaced

OpenFile = Callable[..., File]


@pytest.mark.parametrize(
    ("test", "replaced"),
    [
        ("patch('app.old.Thing')\n", True),
        ('patch("app.old.Thing.method")\n', True),
        ("TARGET = 'app.old.Thing'\n", True),
        ("from app import old\npatch.object(old, 'Thing')\n", True),
        ("from app import old\nmonkeypatch.setattr(old, 'Thing', 1)\n", True),
        ("from app import old\nmonkeypatch.delattr(\n    old,\n    'Thing')\n", True),
        ("from app import old\npatch.multiple(old, Thing=1)\n", True),
        ("import app.old\napp.old.Thing = 1\n", True),
        ("import app.old as o\no.Thing=1\n", True),
        ("import app.old\nassert app.old.Thing == 1\n", False),
        ("import app.old\nself.Thing = 1\n", False),
        ("import app.old\nf(Thing=1)\n", False),
        ("import app.old\nprint(getattr(app.old, 'Thing'))\n", False),
        ("def f(x: 'app.old.Thing') -> 'app.old.Thing': ...\n", False),
        ("def f(x: 'app.old.Thing'): patch('x')\n", True),
        ("patch('app.old.Things')\n", False),
        ("patch('app.older.Thing')\n", False),
        ("from app.old import Thing\nThing = 1\n", False),
    ],
)
def test_names(open_file: OpenFile, test: str, replaced: bool) -> None:
    assert may_be_replaced(open_file("", {"tests/test_old.py": test}), "app.old:Thing") is replaced


@pytest.mark.parametrize(
    ("test", "replaced"),
    [
        ("sys.modules['app.old'] = 1\n", True),
        ("sys.modules[ 'app.old' ]=fake\n", True),
        ("sys.modules.setdefault('app.old', fake)\n", True),
        ("sys.modules.update({'other': 1, 'app.old': 2})\n", True),
        ("patch.dict(sys.modules, {'other': Mock(), 'app.old': Mock()})\n", True),
        ("mock.patch.dict('sys.modules', {\n    'app.old': None,\n})\n", True),
        ("monkeypatch.setitem(sys.modules, 'app.old', fake)\n", True),
        ("del sys.modules['app.old']\n", False),
        ("sys.modules.pop('app.old')\n", False),
        ("assert sys.modules['app.old'] == 1\n", False),
        ("before = dict(sys.modules)\nimport_module('app.old')\n", False),
        ("sys.modules['app.other'] = 1\nimport_module('app.old')\n", False),
    ],
)
def test_modules(open_file: OpenFile, test: str, replaced: bool) -> None:
    assert open_file("", {"tests/test_old.py": test}).project.sets_module("app.old") is replaced


@pytest.mark.parametrize(
    ("code", "stored"),
    [
        ("import app.old\napp.old.Thing = 1\n", True),
        ("import app.old as o\ndel o.Thing\n", True),
        ("from app import old\nfor old.Thing in (): ...\n", True),
        ("import app.old\napp.old.Thing.x = 1\n", False),
        ("import app.old\napp.old.Other = app.old.Thing\n", False),
        ("from app.old import Thing\nThing = 1\n", False),
        ("import app.older as old\nold.Thing = 1\n", False),
    ],
)
def test_in_the_file_itself(open_file: OpenFile, code: str, stored: bool) -> None:
    files = {"app/__init__.py": "", "app/old.py": "class Thing: ...\n", "app/older.py": ""}
    assert is_stored_here(open_file(code, files), "app.old:Thing") is stored
