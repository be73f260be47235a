"""The search of raw bytes for the words of rules: it may find too much, and must never miss."""

from __future__ import annotations

import pytest

from ssot_lint.source.leads import Clues, Objects
from ssot_lint.source.triggers import Hits, Trigger, Triggers, searchable, within


def words(raw: str | bytes, *triggers: Trigger, module: str | None = None) -> set[str]:
    data = raw if isinstance(raw, bytes) else raw.encode()
    return set(Triggers(triggers).hits(data, module).words)


@pytest.mark.parametrize(
    ("raw", "stands"),
    [
        ("Manager()", True),
        ("x.Manager.y", True),
        ("Manager", True),
        ("'a.Manager'", True),
        ("ManagerOld MyManager _Manager Manager2", False),
        ("ManagerOld Manager", True),
        ("Managér_Manager", False),
        ("éManager", False),
        ("Ma nager", False),
        ("manager", False),
        ("", False),
    ],
)
def test_words_are_whole_identifiers(raw: str, stands: bool) -> None:
    assert words(raw, Trigger("Manager")) == ({"Manager"} if stands else set())


NORMALISED = {
    "ligature": "from a import ﬁle_manager",
    "fullwidth": "from a import ｆile_manager",
    "mathematical": "from a import 𝐟𝐢𝐥𝐞_manager",
    "not at the start": "from a import file_ｍanager",
}


@pytest.mark.parametrize("code", NORMALISED.values(), ids=list(NORMALISED))
def test_identifiers_are_found_as_python_reads_them(code: str) -> None:
    assert words(code, Trigger("file_manager", "a")) == {"file_manager"}


def test_composed_and_decomposed_characters_are_the_same() -> None:
    assert words("cafe\u0301 = 1", Trigger("café")) == {"café"}
    assert words("café = 1", Trigger("café")) == {"café"}


@pytest.mark.parametrize(
    "raw",
    [
        "# coding: latin-1\ncafé = 1\n".encode("latin-1"),
        "# coding: latin-1\r\ncafé = 1\r\n".encode("latin-1"),
        ("#" * 1000 + "\n# coding: latin-1\ncafé = 1\n").encode("latin-1"),
        "# coding: utf-7\ncafé = 1\n".encode("utf-7").replace(b"# coding+ADo", b"# coding:"),
        "# coding: klingon\ncafé = 1\n".encode(),
        "\ufeffcafé = 1\n".encode(),
        b"\xff\n" + "café = 1\n".encode(),
    ],
    ids=["latin-1", "CRLF", "far away", "utf-7", "unknown", "byte order mark", "broken"],
)
def test_words_are_found_in_every_encoding(raw: bytes) -> None:
    assert words(raw, Trigger("café")) == {"café"}


@pytest.mark.parametrize("raw", [b"a = 1\n", b"# coding: utf-8\na = 1\n", b"# -*- coding: Latin_1 -*-\na = 1\n", b""])
def test_plain_bytes_are_searched_as_they_are(raw: bytes) -> None:
    assert searchable(raw) is raw


LED_TO = {
    "the name": "from chat.legacy import Manager",
    "its module": "from chat import legacy\nlegacy.Manager",
    "its package": "import chat.other\nchat.legacy.Manager",
    "under another name": "import chat.legacy as old\nold.Manager",
    "a star": "from chat.legacy import *\nManager",
    "a string": "patch('chat.legacy.Manager.send')",
    "an annotation": "from chat import legacy\nx: 'legacy.Manager'",
    "what seems to be an import in another one": "from x import (\nfrom chat import legacy\n) legacy.Manager",
    "an import that does not end": "from x import (a, 'b'\nManager",
}
NOT_LED_TO = {
    "another module": "from chat.other import Manager",
    "another root": "from other.chat.legacy import Manager\nlegacy.Manager",
    "another name": "from chat.legacy import other\nManager",
    "not as attribute": "from chat import legacy\nlegacy, Manager",
    "half of the way": "import chat.other\nchat.Manager",
    "no import": "chat.legacy.Manager",
    "in a text": "'see chat.legacy.Manager'",
    "another string": "'chat.legacy.ManagerOld'",
    "nowhere": "",
}


@pytest.mark.parametrize("raw", LED_TO.values(), ids=list(LED_TO))
def test_names_that_an_import_or_string_leads_to(raw: str) -> None:
    assert words(raw, Trigger("Manager", "chat.legacy")) == {"Manager"}


@pytest.mark.parametrize("raw", NOT_LED_TO.values(), ids=list(NOT_LED_TO))
def test_names_that_nothing_leads_to(raw: str) -> None:
    assert words(raw, Trigger("Manager", "chat.legacy")) == set()


@pytest.mark.parametrize(
    ("raw", "module", "stands"),
    [
        ("from .legacy import Manager", "chat.user", True),
        ("from .legacy import Manager", "other.user", False),
        ("from .legacy import Manager", None, False),
        ("from ..legacy import Manager", "chat.parts.user", True),
        ("from . import legacy\nlegacy . Manager", "chat.user", True),
        ("from . import Manager", "chat.legacy.user", True),
        ("class Manager: ...", "chat.legacy", True),
        ("class Manager: ...", "chat.other", False),
    ],
)
def test_what_a_file_is_called_matters(raw: str, module: str | None, stands: bool) -> None:
    assert bool(words(raw, Trigger("Manager", "chat.legacy"), module=module)) is stands


def test_relative_imports_of_packages() -> None:
    triggers = Triggers([Trigger("Manager", "chat.legacy")])
    assert triggers.hits(b"from . import Manager", "chat.legacy.user")
    assert not triggers.hits(b"from . import Manager", "chat.parts", is_package=True)
    assert triggers.hits(b"from .legacy import Manager", "chat", is_package=True)
    assert not triggers.hits(b"from .legacy import Manager", "chat", is_package=False)


def test_one_word_of_many_modules_needs_one_of_them() -> None:
    triggers = Trigger("Manager", "chat.legacy"), Trigger("Manager", "mail.old"), Trigger("send", "mail.old")
    assert words("from mail.old import Manager", *triggers) == {"Manager"}
    assert words("from chat.old import Manager, send", *triggers) == set()


def test_words_that_contain_each_other() -> None:
    triggers = Trigger("Manager"), Trigger("OldManager"), Trigger("OldManagerFactory")
    assert words("OldManager", *triggers) == {"OldManager"}
    assert words("OldManagerFactory Manager", *triggers) == {"OldManagerFactory", "Manager"}
    assert words("VeryOldManagers", *triggers) == set()


def test_parts_of_identifiers() -> None:
    triggers = Triggers([Trigger("anag", part=True), Trigger("", part=True)])
    assert triggers.hits(b"Manager", None).parts == {"anag", ""}
    assert triggers.hits(b"x", None).parts == {""}


@pytest.mark.parametrize(
    ("raw", "hit"),
    [
        ("from chat.legacy import *", True),
        ("from chat.legacy import\\\n  *", True),
        ("from chat.legacy import\t*", True),
        ("from chat.legacy import a", False),
        ("from chat.other import *", False),
        ("from chat.legacy.inner import *", False),
        ("from chat.legacy import a\nx = a *b", False),
    ],
)
def test_star_imports(raw: str, hit: bool) -> None:
    assert Triggers([Trigger("", "chat.legacy", star=True)]).hits(raw.encode(), None) == Hits(stars=hit)


OBJECTS = Objects(frozenset({"Manager", "OldName", "lib"}), frozenset({"chat.manager.Manager", "lib"}))


@pytest.mark.parametrize(
    ("raw", "clues"),
    [
        ("from chat.a import OldName", Clues(frozenset({("chat.a:OldName", frozenset({"OldName"}), False)}))),
        ("from a import lib as l\nl", Clues(frozenset({("a:lib", frozenset({"lib"}), True)}))),
        ("from lib import Manager", Clues(frozenset({("lib:Manager", frozenset({"lib", "Manager"}), False)}))),
        ("from a import b as lib", Clues()),
        ("import lib.deep\nlib()", Clues(frozenset({("lib", frozenset({"lib"}), True)}))),
        ("import lib.a as b", Clues(frozenset({("lib.a", frozenset({"lib"}), True)}))),
        ("import a.lib", Clues(words=frozenset({"lib"}), opened=frozenset({"a"}))),
        ("import libs\nlib()", Clues()),
        ("from a import b\nb.Manager", Clues(words=frozenset({"Manager"}), opened=frozenset({"a.b"}))),
        ("import a.b, c as d\nb.Manager", Clues(words=frozenset({"Manager"}), opened=frozenset({"a", "c"}))),
        ("from a import b\nb.manager", Clues()),
        ("from a import *", Clues(stars=frozenset({"a"}))),
        ("", Clues()),
    ],
)
def test_clues_to_objects(raw: str, clues: Clues) -> None:
    assert Triggers([], OBJECTS).hits(raw.encode(), None) == Hits(clues=clues)


def test_without_objects_there_are_no_clues() -> None:
    assert Triggers([]).hits(b"from a import *\nimport b\na.b", None) == Hits()


@pytest.mark.parametrize(("module", "found"), [("chat.manager", {"Manager"}), ("chat.managers", set()), (None, set())])
def test_objects_are_where_they_are_defined(module: str | None, found: set[str]) -> None:
    assert Triggers([], OBJECTS).hits(b"class Manager: ...", module).words == found


@pytest.mark.parametrize(
    ("rest", "is_used"),
    [
        ("", False),
        ("l()", True),
        ("x = l", True),
        ("ll()", False),
        ("from lib import l", False),
        ("  from lib import (\n  l\n)", False),
        ("x; from lib import l", True),
        ("from lib import (  # l\n)", True),
        ("'''\nfrom lib import l\n'''", False),
        ("f(  # from lib import (\n l\n)", True),
        ("f('''\nfrom lib import ( # '''\n, l\n)", True),
    ],
)
def test_what_is_imported_is_used_if_it_stands_elsewhere(rest: str, is_used: bool) -> None:
    raw = f"from x import OldName as l\n{rest}\n".encode()
    (clue,) = (clue for clue in Triggers([], OBJECTS).hits(raw, None).clues.names if clue[0] == "x:OldName")
    assert clue == ("x:OldName", frozenset({"OldName"}), is_used)


def test_within() -> None:
    assert within("a.b", "a")
    assert within("a", "a")
    assert not within("ab", "a")
    assert not within("a", "")


@pytest.mark.parametrize(
    ("hits", "anything"),
    [
        (Hits(), False),
        (Hits(words=frozenset({"a"})), True),
        (Hits(parts=frozenset({""})), True),
        (Hits(stars=True), True),
        (Hits(clues=Clues(names=frozenset({("a", frozenset(), False)}))), True),
        (Hits(clues=Clues(stars=frozenset("a"))), True),
        (Hits(clues=Clues(words=frozenset("a"))), True),
        (Hits(clues=Clues(opened=frozenset("a"))), False),
    ],
)
def test_any_hit_counts(hits: Hits, anything: bool) -> None:
    assert bool(hits) is anything
