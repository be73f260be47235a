"""The search of raw bytes for the words of rules: it may find too much, and must never miss."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    ("raw", "module", "stands"),
    [
        ("from chat.legacy import Manager", None, True),
        ("from .legacy import Manager", "chat.user", True),
        ("from .legacy import Manager", "other.user", False),
        ("from ..legacy import Manager", "chat.parts.user", True),
        ("from . import Manager", "chat.legacy.user", True),
        ("from chat import other, Manager", None, False),
        ("import chat_legacy; Manager", None, False),
        ("legacy, chat, Manager", "chat", True),
        ("legacy, Manager", "chatter", False),
    ],
)
def test_a_file_must_spell_the_module_but_for_what_it_shares(raw: str, module: str | None, stands: bool) -> None:
    assert bool(words(raw, Trigger("Manager", "chat.legacy"), module=module)) is stands


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
        ("from chat.legacy import a\nx = a *b", False),
    ],
)
def test_star_imports(raw: str, hit: bool) -> None:
    assert Triggers([Trigger("", "chat.legacy", star=True)]).hits(raw.encode(), None) == Hits(stars=hit)


@pytest.mark.parametrize(
    ("module", "at_home"), [("a.b", True), ("a.b.c", True), ("a.bc", False), ("a", False), (None, False)]
)
def test_homes(module: str | None, at_home: bool) -> None:
    assert Triggers([], ["a.b"]).hits(b"", module).at_home is at_home


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
        (Hits(at_home=True), True),
    ],
)
def test_any_hit_counts(hits: Hits, anything: bool) -> None:
    assert bool(hits) is anything
