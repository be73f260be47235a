"""A class or function moves: its text, what it needs, and what it leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.moving import CannotMove

Move = Callable[..., Any]
THING = "class Thing:\n    pass\n"
REST = "\n\ndef rest():\n    pass\n"


def texts(**files: str) -> dict[str, str]:
    """Give files by their module in a package ``p``."""
    return {"p/__init__.py": "", **{f"p/{name}.py": text for name, text in files.items()}}


@pytest.fixture
def thing(move: Move) -> Callable[..., Mapping[str, str | None]]:
    """Move ``p.old.Thing`` to ``p.new`` and give the files that change."""

    def run(old: str = THING, to: str = "p.new.Thing", options: Mapping[str, Any] | None = None, **others: str) -> Any:
        outcome = move(texts(old=old, **others), "p.old.Thing", to, **(options or {}))
        assert outcome.left == ()
        return outcome.files

    return run


class TestItsText:
    @pytest.mark.parametrize(
        ("old", "left"),
        [
            (THING, ""),
            (THING + REST, "def rest():\n    pass\n"),
            ("import os\n\n\n" + THING + REST + "\nos\n", "import os\n\n\ndef rest():\n    pass\n\nos\n"),
            (REST[2:] + "\n\n" + THING, "def rest():\n    pass\n"),
            (REST[2:] + "\n\n" + THING.rstrip(), "def rest():\n    pass\n"),
            ('"""Docstring."""\n' + THING, '"""Docstring."""\n'),
        ],
    )
    def test_what_is_left(self, thing: Any, old: str, left: str) -> None:
        assert thing(old) == {"p/new.py": THING, "p/old.py": left}

    def test_its_comments_and_decorators_go_along(self, thing: Any) -> None:
        text = "# Why.\n# So.\n@print\n# And.\n@(lambda c: c)\nclass Thing:  # here\n    # in it\n    pass  # end\n"
        assert thing("import os\n# Of os.\n\n" + text + "# After.\n") == {
            "p/new.py": text, "p/old.py": "import os\n# Of os.\n\n# After.\n",
        }  # fmt: skip

    def test_comments_of_the_file_stay(self, thing: Any) -> None:
        assert thing("#!/usr/bin/env python\n# License.\n" + THING)["p/old.py"] == "#!/usr/bin/env python\n# License.\n"

    def test_newlines_and_encoding_are_those_of_the_old_file(self, move: Move) -> None:
        old = "# coding: latin-1\r\n\r\nclass Thing:\r\n    name = '\xe9'\r\n".encode("latin-1")
        files = move({**texts(), "p/old.py": old}, "p.old.Thing", "p.new.Thing").files
        assert files["p/new.py"] == "# coding: latin-1\r\nclass Thing:\r\n    name = '\xe9'\r\n"

    def test_newlines_of_a_file_that_is_there_are_its_own(self, thing: Any) -> None:
        assert thing(THING, new="x = 1\r\n")["p/new.py"] == "x = 1\r\n\r\n\r\nclass Thing:\r\n    pass\r\n"

    def test_a_file_that_cannot_hold_it(self, move: Move) -> None:
        files = {**texts(old="class Thing:\n    name = '\u20ac'\n"), "p/new.py": b"# coding: latin-1\nx = '\xe9'\n"}
        with pytest.raises(CannotMove, match="cannot hold"):
            move(files, "p.old.Thing", "p.new.Thing")

    def test_functions_too(self, move: Move) -> None:
        files = texts(old="async def f(x, *, y=1):\n    return f\n", user="from p.old import f\n")
        assert move(files, "p.old.f", "p.new.f").files == {
            "p/new.py": files["p/old.py"], "p/old.py": "", "p/user.py": "from p.new import f\n",
        }  # fmt: skip


class TestWhatItNeeds:
    @pytest.mark.parametrize(
        ("before", "used", "imports"),
        [
            ("import json", "json", "import json"),
            ("import json as j", "j.loads", "import json as j"),
            ("import os.path", "os.path.sep", "import os.path"),
            ("import os, os.path", "os.path.sep", "import os.path"),
            ("import xml.dom as dom", "dom", "import xml.dom as dom"),
            ("from json import loads as read", "read", "from json import loads as read"),
            ("from . import other", "other", "from p import other"),
            ("from .other import one, two", "one, two", "from p.other import one, two"),
            ("from p.other import *", "one", "from p.other import one"),
            ("LIMIT = 3", "LIMIT", "from p.old import LIMIT"),
            ("try:\n    import json\nexcept ImportError:\n    json = None", "json", "from p.old import json"),
            ("if len('x'):\n    a = 1\nelse:\n    a = 2", "a", "from p.old import a"),
            ("def helper(): ...", "helper()", "from p.old import helper"),
        ],
    )
    def test_is_imported(self, thing: Any, before: str, used: str, imports: str) -> None:
        definition = f"class Thing:\n    x = ({used})\n"
        others = {"other": "one = two = 1\n"}
        assert thing(f"{before}\n\n\n{definition}", **others)["p/new.py"] == f"{imports}\n\n\n{definition}"

    @pytest.mark.parametrize(
        "definition",
        [
            "def Thing(a, *b, **c):\n    d = a\n    return [e for e in b], lambda f: f, c, d, len(b)\n",
            "class Thing:\n    a = 1\n    b = a\n\n    def m(self):\n        return self.a, Thing\n",
            "def Thing():\n    import os\n    for x in os.sep:\n        print(x)\n",
        ],
    )
    def test_what_is_its_own_is_not(self, thing: Any, definition: str) -> None:
        assert thing("a = d = e = f = x = os = 1\n\n\n" + definition)["p/new.py"] == definition

    def test_where_strings_and_annotations_name_it(self, thing: Any) -> None:
        old = "from p.other import one, two, three\n\n\ndef Thing(a: one, b: 'list[two]') -> 'three': ...\n"
        assert "from p.other import one, three, two\n" in thing(old, other="one = two = three = int\n")["p/new.py"]

    def test_imports_within_it_become_absolute(self, thing: Any) -> None:
        old = "def Thing():\n    from . import other\n    from .other import x\n    return other, x\n"
        files = thing(old, to="q.new.Thing", other="x = 1\n")
        assert files["q/new.py"] == old.replace("from .other", "from p.other").replace("from .", "from p")

    def test_what_only_checkers_see_stays_so(self, thing: Any) -> None:
        guard = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from p.other import x\n"
        definition = "class Thing:\n    def m(self) -> 'x': ...\n"
        files = thing(f"{guard}\n\n{definition}", other="x = int\n")
        assert files["p/new.py"] == f"{guard}\n\n{definition}"
        files = thing(f"{guard}\n\n{definition}", other="x = int\n", new="import os\n\nos\n")
        assert files["p/new.py"].startswith(
            "import os\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from p.other import x\n\nos\n"
        )
        new = "from typing import TYPE_CHECKING as T\nif T:\n    from p.other import y\n"
        files = thing(
            f"{guard}\n\n{definition}",
            other="x = y = int\n",
            new=new.replace(" as T", "").replace("if T", "if TYPE_CHECKING"),
        )
        assert "    from p.other import x, y\n" in files["p/new.py"]


class TestAModuleThatIsThere:
    def test_takes_it_at_the_end_with_its_imports_among_its_own(self, thing: Any) -> None:
        old = "import json\nfrom p.other import one, two\n\n\nclass Thing:\n    x = json, one, two\n"
        files = thing(old, other="one = two = 1\n", new='"""New."""\n\nfrom p.other import one\n\nx = one\n\n\n\n')
        assert files["p/new.py"] == (
            '"""New."""\n\nfrom p.other import one, two\nimport json\n\nx = one\n\n\n'
            "class Thing:\n    x = json, one, two\n"
        )

    def test_may_have_what_it_needs(self, thing: Any) -> None:
        old = "from p.new import Base\nimport json\n\n\nclass Thing(Base):\n    x = json\n"
        new = "import json\n\n\nclass Base:\n    x = json\n"
        assert thing(old, new=new)["p/new.py"] == f"{new}\n\nclass Thing(Base):\n    x = json\n"

    def test_may_have_imported_it(self, thing: Any) -> None:
        files = thing(THING + "\n\nx = 1\n", new="from p.old import Thing, x\n\n\ndef make():\n    return Thing(), x\n")
        assert files["p/new.py"] == f"from p.old import x\n\n\ndef make():\n    return Thing(), x\n\n\n{THING}"

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (THING, "Thing = 1\n", "has another `Thing`"),
            (THING, "from p.old import Thing\n\nx = Thing\n", "uses it before"),
            (THING, "from p.old import Thing as T\n", "uses it before"),
            ("import json\n\n\nclass Thing:\n    x = json\n", "json = 1\n", "`json` is something else in p/new.py"),
            (
                "def Thing() -> int: ...\n",
                "from __future__ import annotations\n",
                "the annotations would become others",
            ),
            ("from __future__ import annotations\ndef Thing(a: int): ...\n", "x = 1\n", "would become others"),
            ("from p.new import gone\n\n\nclass Thing:\n    x = gone\n", "x = 1\n", "has no `gone`"),
        ],
    )
    def test_may_stand_in_the_way(self, thing: Any, old: str, new: str, reason: str) -> None:
        with pytest.raises(CannotMove, match=reason):
            thing(old, new=new)

    def test_without_annotations_the_future_does_not_matter(self, thing: Any) -> None:
        assert thing(THING, new="from __future__ import annotations\n")

    def test_that_is_not_python(self, thing: Any) -> None:
        with pytest.raises(CannotMove, match="is not Python"):
            thing(THING, new="def f(:\n")


class TestWhatItLeaves:
    def test_its_module_imports_it_if_it_uses_it(self, thing: Any) -> None:
        old = f"import os\n\n\n{THING}\n\ndef make():\n    return Thing(), os\n"
        assert thing(old)["p/old.py"] == (
            "import os\nfrom p.new import Thing\n\n\ndef make():\n    return Thing(), os\n"
        )

    def test_but_not_in_a_circle(self, thing: Any) -> None:
        with pytest.raises(CannotMove, match=r"law 10: it would import p.*: a cycle"):
            thing("LIMIT = 1\n\n\nclass Thing:\n    x = LIMIT\n\n\nthing = Thing()\n")

    def test_imports_go_that_only_it_used(self, thing: Any) -> None:
        old = "import json\nimport zlib\n\n\nclass Thing:\n    x = json, zlib\n\n\ny = zlib\n"
        assert thing(old)["p/old.py"] == "import zlib\n\n\ny = zlib\n"

    @pytest.mark.parametrize(
        ("listed", "left"),
        [
            ('["Thing", "x"]', '["x"]'),
            ('["x", "Thing"]', '["x"]'),
            ('["x", "Thing",]', '["x",]'),
            ('["Thing"]', "[]"),
            ('["Thing",]', "[]"),
            ('(\n    "x",\n    "Thing",\n    "y",\n)', '(\n    "x",\n    "y",\n)'),
            ('["x"]', '["x"]'),
        ],
    )
    def test_its_name_goes_from_all(self, thing: Any, listed: str, left: str) -> None:
        assert thing(f"__all__ = {listed}\nx = y = 1\n\n\n{THING}")["p/old.py"] == f"__all__ = {left}\nx = y = 1\n"

    def test_if_that_is_a_plain_list(self, thing: Any) -> None:
        with pytest.raises(CannotMove, match="no plain list"):
            thing(f"__all__ = ['x'] + ['Thing']\nx = 1\n\n\n{THING}")


class TestWhatCannotMove:
    @pytest.mark.parametrize(
        ("old", "reason"),
        [
            ("Thing = 1\n", "no module, class or function"),
            ("class Thing: ...\n\n\nclass Thing: ...\n", "more than once"),
            ("if len('x'):\n    class Thing: ...\n", "not always"),
            ("def Thing():\n    global count\n    count = 1\n", r"assigns names of its module \(count\)"),
            ("def Thing():\n    return __name__\n", "`__name__`"),
            ("def Thing():\n    return globals()\n", "`globals`"),
            (
                "n = 1\n\n\ndef set_it():\n    global n\n    n = 2\n\n\ndef Thing():\n    return n\n",
                "functions of its module",
            ),
            (
                "from nowhere import *\n\n\ndef Thing():\n    return unknown\n",
                "`unknown`, which nothing is known to bind",
            ),
            ("def f(:\nclass Thing: ...\n", "not Python"),
            ("def Thing():\n    from ...p import x\n", "leaves the project"),
        ],
    )
    def test_is_said(self, thing: Any, old: str, reason: str) -> None:
        with pytest.raises(CannotMove, match=reason):
            thing(old)

    def test_what_tests_set_in_its_module(self, thing: Any) -> None:
        old = "LIMIT = 1\n\n\ndef Thing():\n    return LIMIT\n"
        with pytest.raises(CannotMove, match="sets an attribute `LIMIT`"):
            thing(old, test="from p import old\n\nold.LIMIT = 2\n")


class TestOtherNames:
    def test_where_it_speaks_of_itself(self, move: Move) -> None:
        old = "class Thing:\n    def m(self) -> 'Thing':\n        Other = Thing\n        return Thing.m or Other\n"
        files = texts(old=old + "\n\nx = Thing\n", user="from p.old import Thing\n\nprint(Thing)\n")
        outcome = move(files, "p.old.Thing", "p.new.Widget", renames=True)
        assert outcome.files == {
            "p/new.py": old.replace("Thing", "Widget"),
            "p/old.py": "from p.new import Widget as Thing\n\nx = Thing\n",
            "p/user.py": "from p.new import Widget as Thing\n\nprint(Thing)\n",
        }

    def test_that_are_taken(self, move: Move) -> None:
        with pytest.raises(CannotMove, match="`Widget` is used in"):
            move(texts(old="class Thing:\n    Widget = 1\n"), "p.old.Thing", "p.new.Widget", renames=True)

    def test_of_functions(self, move: Move) -> None:
        files = move(texts(old="async  def  f(f=1): return f\n"), "p.old.f", "p.new.defer", renames=True).files
        assert files["p/new.py"] == "async  def  defer(f=1): return f\n"


class TestWhoFollows:
    def test_all_that_import_it(self, thing: Any) -> None:
        users = {
            "a": "from .old import Thing as T, rest\n", "b": "import p.old\n\nprint(p.old.Thing, p.old.rest)\n",
            "c": "from p import old\n\n\ndef f() -> 'old.Thing':\n    from p.old import Thing as T\n    return T\n",
        }  # fmt: skip
        files = thing(THING + REST, **users)
        assert files["p/a.py"] == "from .old import rest\nfrom p.new import Thing as T\n"
        assert files["p/b.py"] == "import p.old\nfrom p.new import Thing\n\nprint(Thing, p.old.rest)\n"
        assert "-> 'Thing':\n    from p.new import Thing as T\n" in files["p/c.py"]

    def test_who_takes_all_and_does_not_care(self, thing: Any) -> None:
        assert "p/star.py" not in thing(THING + REST, star="from p.old import *\n\nprint(rest)\n")

    @pytest.mark.parametrize(
        "users",
        [
            {"star": "from p.old import *\n\nprint(Thing)\n"},
            {"star": "from p.old import *\n", "user": "from p.star import Thing\n"},
            {"test_legacy": "from p.old import Thing\n"},
            {"user": "from p import old\n\nold.Thing = 1\n"},
        ],
    )
    def test_nobody_if_one_cannot(self, move: Move, users: dict[str, str]) -> None:
        outcome = move(texts(old=THING, good="from p.old import Thing\n", **users), "p.old.Thing", "p.new.Thing")
        assert outcome.files == {}
        assert [place.split(":")[0] for place in outcome.left] == [f"p/{min(users)}.py"]

    def test_those_that_can_if_a_shim_is_left(self, move: Move) -> None:
        files = texts(old=THING, good="from p.old import Thing\n", test_legacy="from p.old import Thing\n")
        outcome = move(files, "p.old.Thing", "p.new.Thing", shim=True)
        assert outcome.left == ("p/test_legacy.py:1 negative-test",)
        assert outcome.files["p/good.py"] == "from p.new import Thing\n"
        assert '_HOMES = {"Thing": "p.new:Thing"}' in (outcome.files["p/old.py"] or "")

    def test_those_that_are_wanted(self, move: Move) -> None:
        files = texts(old=THING, a="from p.old import Thing\n", b="from p.old import Thing\n")
        options = {"wanted": lambda path: path == "p/a.py"}
        assert move(files, "p.old.Thing", "p.new.Thing", **options).left == ("p/b.py:1 ",)
        outcome = move(files, "p.old.Thing", "p.new.Thing", shim=True, **options)
        assert sorted(outcome.files) == ["p/a.py", "p/new.py", "p/old.py"]

    def test_what_has_moved_by_hand_is_followed(self, move: Move) -> None:
        files = texts(new=THING, user="from p.old import Thing\n", test_old_legacy="from p.old import Thing\n")
        outcome = move(files, "p.old.Thing", "p.new.Thing")
        assert outcome.files == {"p/user.py": "from p.new import Thing\n"}
        assert outcome.left == ("p/test_old_legacy.py:1 negative-test",)


class TestShims:
    def test_where_there_is_one_already(self, thing: Any) -> None:
        with pytest.raises(CannotMove, match="`__getattr__` is there already"):
            thing(THING + "\n\ndef __getattr__(name): ...\n", options={"shim": True})

    def test_where_the_module_uses_it_itself(self, thing: Any) -> None:
        files = thing(THING + "\n\nthing = Thing()\n", options={"shim": True})
        assert files["p/old.py"] == "from p.new import Thing\n\nthing = Thing()\n"

    def test_all_goes_on_to_name_it(self, thing: Any) -> None:
        files = thing(f"__all__ = ['Thing']\n\n\n{THING}", options={"shim": True})
        assert files["p/old.py"].startswith("__all__ = ['Thing']\n")

    def test_newlines_are_those_of_the_file(self, move: Move) -> None:
        old = THING.replace("\n", "\r\n")
        files = move(texts(old=old), "p.old.Thing", "p.new.Thing", shim=True).files
        assert "\n" not in (files["p/old.py"] or "").replace("\r\n", "")
