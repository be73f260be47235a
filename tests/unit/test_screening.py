"""Which files may break a rule: what their bytes tell, settled by what the project knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.project import Project
from ssot_lint.rule import Rule
from ssot_lint.screening import Screen
from ssot_lint.source.triggers import Hits
from ssot_lint.trial import NOWHERE

MakeRule = Callable[[str, Mapping[str, Any]], Rule]
FILES = {
    "chat/__init__.py": "from chat.manager import Manager\n",
    "chat/manager.py": "class Manager: ...\n\nclass Other: ...\n",
    "chat/legacy.py": "from chat.manager import Manager as Old, Other\nimport chat.manager as manager\n",
    "chat/stars.py": "from chat.manager import *\n",
    "chat/computed.py": "__all__ = names()\n",
    "mail.py": "class Manager: ...\n\nclass Old: ...\n",
}
CONSTRUCTION = "direct-instantiation", {"classes": ["chat.manager.Manager"], "factory": "chat.make"}
CANON = "noncanonical-import", {"canonical": ["chat.Manager"]}
BAN = "banned-reference", {"names": ["lib"]}


def screen(*rules: Rule, **more: str) -> Screen:
    raw = {
        path: text.encode() for path, text in {**FILES, **{f"{name}.py": text for name, text in more.items()}}.items()
    }
    return Screen(rules, Project(NOWHERE, (".",), lambda: sorted(raw), overlay=raw))


def words(code: str, rule: Rule, path: str = "user.py", **more: str) -> set[str]:
    screened = screen(rule, **more)
    return set(screened.settled(screened.hits(path, code.encode())).words)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("from chat.manager import Manager\nManager()", {"Manager"}),
        ("from chat.legacy import Old as o\no()", {"Old"}),
        ("from chat.legacy import Old", set()),
        ("from chat.legacy import Other\nOther()", set()),
        ("from mail import Manager, Old\nManager(), Old()", set()),
        ("from other import Manager\nManager()", set()),
        ("from chat import manager\nmanager.Manager()", {"Manager"}),
        ("import mail\nmail.Manager()", {"Manager"}),
        ("import other\nother.Manager()", set()),
        ("from chat.stars import *", {"Manager"}),
        ("from chat.computed import *\nOld", {"Manager", "Old"}),
        ("from mail import *", {"Manager", "Old"}),
        ("from other import *", set()),
        ("Manager()", set()),
    ],
)
def test_objects(code: str, found: set[str], make_rule: MakeRule) -> None:
    assert words(code, make_rule(*CONSTRUCTION)) == found


def test_an_object_is_in_the_module_that_defines_it(make_rule: MakeRule) -> None:
    assert words("Manager()", make_rule(*CONSTRUCTION), "chat/manager.py") == {"Manager"}
    assert words("Manager()", make_rule(*CONSTRUCTION), "mail.py") == set()


def test_some_rules_are_broken_by_an_import_alone(make_rule: MakeRule) -> None:
    code = "from chat.legacy import Old"
    assert words(code, make_rule(*CANON)) == {"Old"}
    screened = screen(make_rule(*CANON), make_rule(*CONSTRUCTION))
    assert screened.settled(screened.hits("a.py", code.encode())).words == {"Old"}


@pytest.mark.parametrize("code", ["import lib", "import lib.a.b", "from lib import a", "from lib.a import b as c"])
def test_a_module_is_an_object_too_and_all_in_it(code: str, make_rule: MakeRule) -> None:
    assert words(code, make_rule(*BAN)) == {"lib"}


def test_what_comes_through_a_module_is_of_it(make_rule: MakeRule) -> None:
    rule = make_rule("banned-reference", {"names": ["chat.legacy"]})
    assert words("from renamed import legacy", rule, renamed="from chat.legacy import Old as legacy\n") == {"legacy"}
    assert words("from renamed import legacy", rule, renamed="from chat.manager import Manager as legacy\n") == set()


def test_what_a_star_of_another_library_brings_is_not_known(make_rule: MakeRule) -> None:
    assert words("from lib import *", make_rule(*BAN)) == {"lib"}
    assert words("from libs import *", make_rule(*BAN)) == set()


def test_rules_without_objects(make_rule: MakeRule) -> None:
    screened = screen(make_rule("legacy-import", {"moved": {"chat.legacy.Old": "chat.manager.Manager"}}))
    hits = screened.hits("a.py", b"from chat.legacy import Old\nOld.Manager()")
    assert screened.settled(hits) == hits == Hits(frozenset({"Old"}))
