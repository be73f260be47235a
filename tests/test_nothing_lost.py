"""Nothing is lost by what makes a run fast: files told from their bytes, statements from their words.

Every file is checked once as always, and once with no filter at all: LibCST parses all of it and every rule visits
every node. Both have to find the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import pytest

from ssot_lint.check import Checker
from ssot_lint.kinds import kind_class, kind_names
from ssot_lint.project import Project
from ssot_lint.rule import Example, Rule
from ssot_lint.source.triggers import Hits
from ssot_lint.trial import NOWHERE

MakeRule = Callable[[str, Mapping[str, Any]], Rule]


class Unfiltered(Checker):
    """A checker that looks at everything."""

    def sight(self, path: str, raw: bytes) -> Hits | None:
        return Hits(parts=frozenset({""}), stars=True)

    def concerns(self, name: str) -> bool:
        return True


def assert_nothing_lost(rule: Rule, files: Mapping[str, str], path: str, code: str) -> int:
    """Compare both checkers, and give how much they find."""
    raw = {name: text.encode() for name, text in {**files, path: code}.items()}
    project = Project(NOWHERE, (".",), lambda: sorted(raw), overlay=raw)
    as_always = Checker((rule,), project).check(path, raw[path], explicit=True)
    assert as_always == Unfiltered((rule,), project, whole_modules=True).check(path, raw[path], explicit=True), code
    return len(as_always.violations)


EXAMPLES = [
    pytest.param(name, example, id=f"{name}-{number}")
    for name in kind_names()
    for number, example in enumerate(getattr(kind_class(name), "examples", ()), 1)
]


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_examples(kind: str, example: Example, make_rule: MakeRule) -> None:
    for code in filter(None, (example.bad, example.ok)):
        assert_nothing_lost(make_rule(kind, example.options), example.files, example.path, code)


# Every form of import with every form of use.

FILES = {
    "lib.py": "class Client: ...\n",
    "chat/__init__.py": "from chat.manager import Manager\nfrom chat import manager as crew\n",
    "chat/manager.py": (
        "class Manager:\n    class Inner: ...\n\n    def send(self): ...\n\n"
        "def make(): return Manager()\n\nasync def connect(): ...\n"
    ),
    "chat/legacy.py": "from chat.manager import Manager, Manager as OldName, connect, make\n",
    "chat/passed.py": "from chat.legacy import OldName as Passed\nimport chat.manager as hidden\nimport lib\n",
    "chat/stars.py": "from chat.manager import *\nfrom lib import Client\n",
    "chat/unlisted.py": "from chat.manager import *\n__all__ = ['make']\n",
    "chat/holder.py": "from chat.manager import Manager\n\nclass Holder:\n    Manager = Manager\n",
    "chat/guarded.py": "try:\n  from chat.gone import Manager\nexcept E:\n  from chat.manager import Manager\n",
    "chat/old/__init__.py": "",
    "chat/old/inner.py": "from chat.manager import Manager\n",
    "chat/user.py": "",
    "chat/old/user.py": "",
}
IMPORTS = [
    ("from chat.manager import Manager", "Manager"),
    ("from chat.manager import make as Manager, connect", "Manager"),
    ("from chat.legacy import (  # of chat\n  OldName, # one\n  Manager as M\n)", "M"),
    ("from chat.legacy import \\\n    OldName as \\\n    Old", "Old"),
    ("from chat . legacy import OldName", "OldName"),
    ("from\\\n chat.legacy import(connect)", "connect"),
    ("from chat.passed import Passed; from chat import user", "Passed"),
    ("from chat.passed import hidden as h", "h.Manager"),
    ("from chat.passed import lib", "lib . Client"),
    ("from chat import legacy", "legacy.OldName"),
    ("from chat import crew as legacy", "legacy.make"),
    ("import chat", "chat.Manager"),
    ("import chat.legacy", "chat.legacy.Manager"),
    ("import lib, chat.manager as m", "m.Manager"),
    ("import chat.user, os", "chat.manager.connect"),
    ("import lib as library", "library.Client"),
    ("import lib.deep", "lib.Client"),
    ("from lib import Client as Manager", "Manager"),
    ("from chat.stars import *", "Manager"),
    ("from chat.stars import*", "Client"),
    ("from chat.unlisted import *", "Manager"),
    ("from chat import *", "crew.Manager"),
    ("from chat.holder import Holder", "Holder.Manager"),
    ("from chat.guarded import Manager", "Manager"),
    ("from chat.gone import OldName as Manager", "Manager"),
    ("from .legacy import OldName", "OldName"),
    ("from . import legacy", "legacy.OldName"),
    ("from .inner import Manager", "Manager"),
    ("from .. import manager", "manager.Manager"),
    ("from ..legacy import *", "OldName"),
    ("if chat: from chat.legacy import Ｍanager", "Manager"),
    ("def load():\n    global Loaded\n    from chat.legacy import OldName as Loaded", "Loaded"),
    ("text = 'from chat.legacy import ('\nfrom chat.legacy import OldName", "OldName"),
    ("# from chat.legacy import (\nfrom chat.legacy import OldName\n# )", "OldName"),
    ("from unittest.mock import patch", "patch"),
    ("class Manager: ...", "Manager"),
]
USES = [
    "",
    "{0}()",
    "made = {0}()",
    "other = again = {0}\nmade = other()",
    "if (found := {0}): found()",
    "def f(a: '{0}', b: {0} = None): isinstance(a, {0})",
    "async def f():\n    await {0}()\n    {0}()",
    "made = {0}.__new__({0}), object.__new__({0})",
    "made = {0}[int](), {0}.Inner(), {0}.send",
    "made = ({0} # the class\n  )()",
    "with patch('chat.legacy.OldName.send'), patch('chat.legacy.Manager'): import_module('chat.old.inner')",
    "class Mine({0}):\n    x = {0}()\n\n    def m(self): return [{0} for {0} in self.{0}]",
    "def f({0}): {0}()",
]
RULES: list[tuple[str, dict[str, Any]]] = [
    ("legacy-import", {"moved": {"chat.legacy.OldName": "chat.manager.Manager", "chat.old": "chat.user"}}),
    ("legacy-import", {"moved": {"chat.legacy": "chat.manager"}, "removed": {"lib.Client.send": "no"}}),
    ("legacy-import", {"moved": {"lib": "library"}, "removed": {"chat.manager.Manager.Inner": "no"}}),
    ("noncanonical-import", {"canonical": ["chat.manager.Manager", "chat.manager.connect"]}),
    ("direct-instantiation", {"classes": ["chat.manager.Manager"], "factory": "chat.manager.make"}),
    ("direct-instantiation", {"classes": ["lib.Client"], "factory": "chat.manager.make"}),
    ("module-singleton", {"classes": ["chat.legacy.OldName"], "factories": ["chat.manager.make"]}),
    ("module-singleton", {"class-patterns": ["*Client"]}),
    ("banned-reference", {"names": ["chat.manager.Manager", "lib"]}),
    ("await-mismatch", {"callables": ["chat.manager.connect", "chat.manager.Manager"]}),
    ("await-mismatch", {}),
]
PATHS = ("user.py", "chat/user.py", "chat/old/user.py", "chat/old/__init__.py", "chat/manager.py")


@pytest.mark.parametrize("first", range(len(RULES)))
def test_imports_and_uses(first: int, make_rule: MakeRule) -> None:
    """Every import with every fourth use; all of them take a minute."""
    rule, found = make_rule(*RULES[first]), 0
    for number, ((imported, name), use) in enumerate(product(IMPORTS, USES)):
        if (number + first) % 4 == 0:
            path = PATHS[number // len(USES) % len(PATHS)]
            found += assert_nothing_lost(rule, FILES, path, f"{imported}\n{use.format(name)}\n")
    assert found
