"""Names that move, in places where that would mean something else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.rewriting.table import Table
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import shortcomings

MakeRule = Callable[[str, Mapping[str, Any]], Rule]

FILES = {
    "app/__init__.py": "",
    "app/old.py": """
        from app.new import Other, Thing, make

        def only_here(): ...
        """,
    "app/new.py": """
        class Thing: ...

        class Other: ...

        def make(): ...
        """,
    "lib/__init__.py": "",
    "lib/new.py": "from app.new import Other, Thing, make\n",
}
NAMES = {"moved": {"app.old.Thing": "app.new.Thing", "app.old.Other": "app.new.Other", "app.old.make": "app.new.make"}}
MODULE = {"moved": {"app.old": "app.new"}}
ROOT = {"moved": {"app.old": "lib.new"}}


def example(options: Mapping[str, Any], note: str, bad: str, good: str | None = None, **more: Any) -> Example:
    files = {**FILES, **more.pop("files", {})}
    return Example(note=note, bad=bad, good=good, files=files, options=options, **more)


EXAMPLES = [
    example(
        NAMES,
        "A pattern with a dot compares, one without would bind.",
        """
        import app.old

        match 1:
            case app.old.Thing:
                pass
        """,
        refusal="value-pattern",
    ),
    example(
        NAMES,
        "A class in a pattern is no such thing.",
        """
        import app.old

        match 1:
            case app.old.Thing():
                pass
        """,
        """
        from app.new import Thing

        match 1:
            case Thing():
                pass
        """,
    ),
    example(
        NAMES,
        "What a file puts in the place of the old name is found there only.",
        """
        import app.old

        app.old.Thing = 1
        print(app.old.Thing)
        """,
        refusal="rebinds-module",
    ),
    example(
        NAMES,
        "Also by those who import it.",
        """
        import app.old

        app.old.Thing = 1
        from app.old import Thing
        """,
        refusal="rebinds-module",
    ),
    example(
        NAMES,
        "What a test replaces in the old module is looked up there, if that is when the function runs.",
        """
        def f():
            from app.old import Thing
            return Thing
        """,
        """
        def f():
            from app.new import Thing
            return Thing
        """,
        files={"tests/test_f.py": "patch('app.old.Thing')\n"},
        unsafe=True,
    ),
    example(
        NAMES,
        "It is not if the module has done so when it was imported.",
        "from app.old import Thing\n",
        "from app.new import Thing\n",
        files={"tests/test_f.py": "patch('app.old.Thing')\n"},
    ),
    example(
        MODULE,
        "A chain of attributes is looked up when it runs; a test may know it by the module it stands in.",
        """
        import app.old as o

        def f():
            return o.Thing
        """,
        """
        import app.new as o

        def f():
            return o.Thing
        """,
        files={"tests/test_f.py": "patch('example.o.Thing')\n"},
        unsafe=True,
    ),
    example(
        NAMES,
        "The name in the new module may be replaced: that is meant for all who use the object.",
        """
        def f():
            from app.old import Thing
            return Thing
        """,
        """
        def f():
            from app.new import Thing
            return Thing
        """,
        files={"tests/test_f.py": "patch('app.new.Thing')\n"},
    ),
    example(
        NAMES,
        "What a test replaces under the name that is there would be replaced in more places.",
        """
        import app.old
        from app.new import Thing

        def f():
            return app.old.Thing, Thing
        """,
        """
        from app.new import Thing

        def f():
            return Thing, Thing
        """,
        unsafe=True,
        files={"tests/test_f.py": "patch('example.Thing')\n"},
    ),
    example(
        NAMES,
        "A string that shows the code would show other code.",
        """
        import app.old

        print(f"{app.old.Thing=}")
        """,
        """
        from app.new import Thing

        print(f"{Thing=}")
        """,
        unsafe=True,
    ),
    example(
        NAMES,
        "An import that loads what is used besides has to stay.",
        """
        import app
        from app.old import Thing

        print(app.old.only_here)
        """,
        refusal="unloads-module",
    ),
    example(
        NAMES,
        "An old module that cannot be imported, perhaps, is what the `except` is for.",
        """
        try:
            from app.old import Thing
        except ImportError:
            Thing = None
        """,
        """
        try:
            from app.new import Thing
        except ImportError:
            Thing = None
        """,
        files={"app/old.py": "import elsewhere\nfrom app.new import Thing\n"},
        unsafe=True,
    ),
    example(
        NAMES,
        "A class would get an attribute.",
        """
        class C:
            import app.old
            thing = app.old.Thing
        """,
        refusal="class-scope",
    ),
    example(
        NAMES,
        "A comment in the middle of a name has no place in another one.",
        """
        import app.old

        thing = (app  # why
            .old.Thing)
        """,
        refusal="comment-loss",
    ),
    example(
        NAMES,
        "Of two imports of one package either will do.",
        """
        import app.old
        import app.new

        print(app.old.Thing, app.old.only_here)
        """,
        """
        import app.old
        from app.new import Thing
        import app.new

        print(Thing, app.old.only_here)
        """,
    ),
    example(
        NAMES,
        "Where the object is there under a name that still moves, that is used.",
        """
        from app import old
        from app.old import Thing

        print(old.Thing, Thing)
        """,
        """
        from app.new import Thing

        print(Thing, Thing)
        """,
    ),
    example(
        MODULE,
        "What is imported already is not imported again.",
        """
        import app.old
        import app.new

        print(app.old.Thing, app.new.make)
        """,
        """
        import app.new

        print(app.new.Thing, app.new.make)
        """,
    ),
    example(
        MODULE,
        "A module that is handed on is not the same object as another one.",
        """
        from app import old

        print(old)
        """,
        """
        from app import new as old

        print(old)
        """,
        unsafe=True,
    ),
    example(
        MODULE,
        "Nor is one that others take from here.",
        """
        from app import old

        print(old.Thing)
        """,
        """
        from app import new as old

        print(old.Thing)
        """,
        files={"taker.py": "from example import old\n"},
        unsafe=True,
    ),
    example(
        MODULE,
        "A local name may be bound to something else, too.",
        """
        if f():
            import app.old as o
        else:
            o = None
        print(o.Thing)
        """,
        """
        if f():
            import app.new as o
        else:
            o = None
        print(o.Thing)
        """,
    ),
    example(
        MODULE,
        "A package gets another attribute.",
        """
        import app.old

        app.old = app.old.Thing
        """,
        refusal="rebinds-module",
    ),
    example(
        MODULE,
        "A comment in the middle of a path has no place in another one.",
        """
        import app.old

        thing = (app  # why
            .old.Thing)
        """,
        refusal="comment-loss",
    ),
    example(
        MODULE,
        "What does not move with the module keeps it.",
        """
        import app.old

        print(app.old.Thing, app.old.only_here)
        """,
        refusal="target-missing",
    ),
    example(
        ROOT,
        "With the first name of a path, all that is reached by it goes.",
        """
        import app.old

        print(app.old.Thing, app.new.Thing)
        """,
        refusal="mixed-bindings",
    ),
    example(
        ROOT,
        "Unless another import brings it.",
        """
        import app.old
        import app.new

        print(app.old.Thing, app.new.Thing)
        """,
        """
        import lib.new
        import app.new

        print(lib.new.Thing, app.new.Thing)
        """,
    ),
    example(
        ROOT,
        "Others may take the first name from here.",
        """
        import app.old

        print(app.old.Thing)
        """,
        refusal="mixed-bindings",
        files={"taker.py": "from example import app\n"},
    ),
    example(
        ROOT,
        "The first name of the new path may be taken where the old one is used.",
        """
        import app.old

        def f(lib):
            return app.old.Thing
        """,
        refusal="name-taken",
    ),
    example(
        ROOT,
        "That it is imported elsewhere does not help there.",
        """
        import app.old
        import lib

        def f(lib):
            return app.old.Thing
        """,
        refusal="name-taken",
    ),
    example(
        MODULE,
        "A module by its name is a module by its name; what is done with it nobody knows.",
        "from importlib import import_module\n\nprint(import_module('app.old').Thing)\n",
        "from importlib import import_module\n\nprint(import_module('app.new').Thing)\n",
        unsafe=True,
    ),
    example(
        MODULE,
        "`__import__` gives the package.",
        "print(__import__('app.old').old.Thing)\n",
        refusal="module-object",
    ),
    example(
        NAMES,
        "What is replaced of an object is replaced of it by whatever name; also where that is said by keyword.",
        """
        patch(target="app.old.Thing.x")
        patch.multiple('app.old.Thing', x=1)
        patch.dict('app.old.Thing.__dict__')
        """,
        """
        patch(target="app.new.Thing.x")
        patch.multiple('app.new.Thing', x=1)
        patch.dict('app.new.Thing.__dict__')
        """,
        unsafe=True,
    ),
    example(
        MODULE,
        "Of the names of a module only those know who look them up.",
        """
        patch('app.old.Thing')
        patch('app.old')
        patch.multiple('app.old', Thing=1)
        """,
        refusal="patch-target",
    ),
]


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.note)
def test_moves(make_rule: MakeRule, case: Example) -> None:
    assert list(shortcomings(make_rule("legacy-import", case.options), case)) == []


@pytest.mark.parametrize(
    ("name", "entry", "new"),
    [
        ("a.old", "a.old", "a.new"),
        ("a.old.x.y", "a.old", "a.new.x.y"),
        ("a.old.X", "a.old.X", "b.Y"),
        ("a.old.X.y", "a.old.X", "b.Y.y"),
        ("a.gone.Z", "a.gone", None),
        ("a.older", None, None),
        ("a", None, None),
        ("", None, None),
    ],
)
def test_the_nearest_entry_counts(name: str, entry: str | None, new: str | None) -> None:
    table = Table({"a.old": "a.new", "a.old.X": "b.Y"}, {"a.gone": "do without"})
    target = table.target(name)
    assert (target.entry if target else None) == entry
    assert (target.new if target else None) == new
    assert target is None or target.is_entry is (name == entry)
    assert list(table) == ["a.old", "a.old.X", "a.gone"]
