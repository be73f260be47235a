"""Submodules that a file reaches as attributes: some import has to have loaded them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.file import File
from ssot_lint.rewriting.submodules import refused_unload

OpenFile = Callable[..., File]

FILES = {
    "app/__init__.py": "",
    "app/old.py": "import app.helper\nfrom app.new import Thing\n",
    "app/new.py": "class Thing: ...\n",
    "app/helper.py": "",
    "app/other.py": "",
}


@pytest.mark.parametrize(
    ("code", "lost"),
    [
        ("from app.old import Thing\n", None),
        ("import app\nfrom app.old import Thing\nprint(app)\n", None),
        ("import app\nfrom app.old import Thing\nprint(app.helper)\n", "app.helper"),
        ("import app\nfrom app.old import Thing\nprint(app.helper.x.y)\n", "app.helper"),
        ("import app\nfrom app.old import Thing\nprint(app.old.Thing)\n", "app.old"),
        ("import app\nfrom app.old import Thing\nprint(app.new.Thing)\n", None),
        ("import app\nfrom app.old import Thing\nprint(app.other)\n", None),
        ("import app as a\nfrom app.old import Thing\nprint(a.helper)\n", "app.helper"),
        ("import app.other\nfrom app.old import Thing\nprint(app.helper)\n", "app.helper"),
        ("import app.helper\nfrom app.old import Thing\nprint(app.helper)\n", None),
        ("import app\nfrom app import helper\nfrom app.old import Thing\nprint(app.helper)\n", None),
        ("import app\nimport app.old\nfrom app.old import Thing\nprint(app.helper)\n", None),
        ("import app\nfrom app.old import Thing\nfrom app.old import Other\nprint(app.helper)\n", "app.helper"),
        ("import app\nfrom app.old import Thing\ndef f():\n    import app.helper\nprint(app.helper)\n", "app.helper"),
        ("import app\ndef f():\n    from app.old import Thing\n    import app.helper\n    app.helper\n", None),
    ],
)
def test_what_is_loaded_no_more(open_file: OpenFile, code: str, lost: str | None) -> None:
    file = open_file(code, FILES)
    imported = next(imported for imported in file.scan.imports if imported.module == "app.old")
    refusal = refused_unload(file, imported, 0, "app.new")
    assert (refusal.code if refusal else None) == ("unloads-module" if lost else None)
    assert lost is None or (refusal and lost in refusal.reason)


def test_uses_that_are_rewritten_do_not_count(open_file: OpenFile) -> None:
    file = open_file("import app.old\nprint(app.old.Thing)\n", FILES)
    imported = file.scan.imports[0]
    uses = [use for use in file.uses if use.path[0] == "app"]
    assert refused_unload(file, imported, 0, "app.new", uses) is None
    assert refused_unload(file, imported, 0, "app.new") is not None
