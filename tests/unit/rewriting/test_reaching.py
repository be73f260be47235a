"""How a place reaches an object."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.file import File
from ssot_lint.model import Refusal
from ssot_lint.rewriting.reaching import imports_together, reach

OpenFile = Callable[..., File]

FILES = {
    "app/__init__.py": "",
    "app/home.py": "def make(): ...\n",
    "app/cls.py": "class Thing: ...\n",
    "app/more.py": "class Thing: ...\n",
    "lib/elsewhere.py": "",
    "user.py": "",
}


@pytest.mark.parametrize(
    ("code", "row"),
    [
        # Beside the import of what it takes the place of; of several together, beside the first from the same root.
        ("import os\nfrom app.cls import Thing  # beside\nHERE\n", 2),
        ("import os\nfrom app.more import Thing as T\nfrom app.cls import Thing  # beside\nHERE\n", 2),
        ("import app.more\nimport os\nfrom app.cls import Thing  # beside\nHERE\n", 1),
        ("from app.cls import Thing  # beside\nfrom app.more import Thing as T\nHERE\n", 1),
        ("import os\nfrom os import path  # beside\nfrom app.cls import Thing\nHERE\n", 3),
        # Into an import of the module, where there is one.
        ("from app.cls import Thing  # beside\nfrom app.home import x\nHERE\n", 2),
        ("from app.home import x\nfrom app.cls import Thing  # beside\nHERE\n", 1),
        # Not past other code: it may be there for what follows.
        ("from app.more import T\nsetup()\nfrom app.cls import Thing  # beside\nHERE\n", 3),
        ("from app.cls import Thing  # beside\nsetup()\nfrom app.home import x\nHERE\n", 1),
        # Not into another block.
        ("from app.more import T\nif 1:\n    from app.cls import Thing  # beside\n    HERE\n", 3),
    ],
)
def test_where_an_import_goes(open_file: OpenFile, code: str, row: int) -> None:
    file = open_file(code, FILES)
    beside = file.scan.statement_at(file.text.line_starts[code[: code.index("# beside")].count("\n")] + 8)
    reached = reach(file, code.index("HERE"), "app.home.make", beside)
    assert not isinstance(reached, Refusal)
    assert reached.name == "make"
    assert [edit.range.start.row for edit in reached.edits] == [row]


def test_without_an_import_it_goes_to_the_top(open_file: OpenFile) -> None:
    reached = reach(open_file('"""Doc."""\n\nHERE\n', FILES), 12, "app.home.make", None)
    assert not isinstance(reached, Refusal)
    assert [edit.content.strip() for edit in reached.edits] == ["from app.home import make"]


def test_what_is_known_is_not_imported(open_file: OpenFile) -> None:
    code = "from app.home import make as m\nHERE\n"
    reached = reach(open_file(code, FILES), code.index("HERE"), "app.home.make", None)
    assert not isinstance(reached, Refusal)
    assert (reached.name, reached.edits) == ("m", ())


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("from app.cls import Thing\nmake = 1\nHERE\n", "name-taken"),
        ("try:\n    from app.cls import Thing\nexcept ImportError:\n    Thing = None\nHERE\n", "guarded-import"),
        ("class C:\n    from app.cls import Thing\n    HERE\n", "class-scope"),
    ],
)
def test_refusals(open_file: OpenFile, code: str, refusal: str) -> None:
    file = open_file(code, FILES)
    reached = reach(file, code.index("HERE"), "app.home.make", file.scan.imports[0].statement)
    assert isinstance(reached, Refusal)
    assert reached.code == refusal


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("from app.cls import Thing\nHERE\ndef g():\n    from app.home import make\n    make()\n", None),
        ("from app.cls import Thing\nHERE\ndef g(make): make()\n", None),
        ("from app.cls import Thing\nHERE\nclass C:\n    make = 1\n    a = make\n", None),
        ("def f():\n    from app.cls import Thing\n    HERE\ndef g():\n    make = 1\n", None),
        ("def f():\n    from app.cls import Thing\n    HERE\n    def g(make): make()\n", None),
        ("def f():\n    from app.cls import Thing\n    HERE\nmake = 1\n", "name-taken"),
        ("def f():\n    from app.cls import Thing\n    HERE\n    make = 1\n", "name-taken"),
        ("from app.cls import Thing\ndef f(make): HERE\n", "name-taken"),
        ("from app.cls import Thing\nlambda make: HERE\n", "name-taken"),
        ("from app.cls import Thing\nHERE\ndef g(): return make\n", "name-taken"),
        ("from app.cls import Thing\nHERE\nlambda make: make\n", "name-taken"),
        ("from app.cls import Thing\nHERE\ndef g():\n    global make\n    make = 1\n", "name-taken"),
        ("from app.cls import Thing\nHERE\nclass C:\n    make = 1\n    def f(self): return make\n", "name-taken"),
        ("from app.cls import Thing\nHERE\nfrom app.home import make\n", "name-taken"),
    ],
)
def test_names_that_mean_something_elsewhere(open_file: OpenFile, code: str, refusal: str | None) -> None:
    file = open_file(code, FILES)
    beside = next(i for i in file.scan.imports if i.module == "app.cls").statement
    apart = reach(file, code.index("HERE"), "app.home.make", beside, apart=True)
    assert (apart.code if isinstance(apart, Refusal) else None) == refusal
    together = reach(file, code.index("HERE"), "app.home.make", beside)
    assert isinstance(together, Refusal)


def test_imports_together(open_file: OpenFile) -> None:
    file = open_file("import a\nx = 1\nimport b\nimport c; import d\nx = 2\nimport e\n", FILES)
    for index, names in ((0, "a"), (1, "bcd"), (3, "bcd"), (4, "e")):
        together = imports_together(file, file.scan.imports[index].statement)
        assert "".join(imported.node.names[0].name for imported in together) == names
