"""How uses of one object for all, and calls of what keeps it, are given to a factory in all files of a project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import dedent
from typing import Any

import pytest

from ssot_lint.check import Checker
from ssot_lint.fixing.jointly import fix_jointly
from ssot_lint.model import FileReport
from ssot_lint.project import Project
from ssot_lint.rule import Rule
from ssot_lint.trial import NOWHERE, fix_alone

MakeRule = Callable[[str, Mapping[str, Any]], Rule]
MANAGER = "class Manager: ...\n\ndef new_manager(user, mode=None): ...\n\nasync def open_manager(user): ...\n"
OPTIONS = {
    "classes": ["chat.manager.Manager"],
    "factory": "chat.manager.new_manager",
    "arguments": {
        "user": {"keyword": "user", "required": True, "in-scope": ["user", "self.user"]},
        "mode": {"keyword": "mode", "position": 0},
    },
}
KEEPER = """
from chat.manager import Manager
_manager = None

def get_manager(mode=None):
    global _manager
    if _manager is None:
        _manager = Manager()
    return _manager
"""


class Run:
    """A project of ``keeper`` and other files, and what a rule makes of it."""

    def __init__(self, rule: Rule, keeper: str, files: Mapping[str, str]) -> None:
        named = {"chat/__init__.py": "", "chat/manager.py": MANAGER, "chat/keeper.py": keeper, **files}
        self.files = {path: dedent(text).lstrip("\n").encode() for path, text in named.items()}
        project = Project(NOWHERE, (".",), lambda: sorted(self.files), overlay=self.files)
        self.checker = Checker((rule,), project)

    def report(self) -> FileReport:
        return self.checker.check("chat/keeper.py", self.files["chat/keeper.py"])

    def fixed(self) -> dict[str, str]:
        joined = fix_jointly(self.checker, [self.report()], self.files.get, True)
        if joined.fixed:
            return {path: done.raw.decode() for path, done in joined.fixed.items()}
        alone = fix_alone(self.checker, "chat/keeper.py", self.files["chat/keeper.py"], True)
        return {"chat/keeper.py": alone.raw.decode()} if alone.raw != self.files["chat/keeper.py"] else {}


@pytest.fixture
def project(make_rule: MakeRule) -> Callable[..., Run]:
    """Make a project with an accessor of one object."""

    def make(keeper: str = KEEPER, *, kind: str = "lazy-singleton", options: Any = None, **files: str) -> Run:
        paths = {f"chat/{name}.py": text for name, text in files.items()}
        return Run(make_rule(kind, {**OPTIONS, **(options or {})}), keeper, paths)

    return make


def kept_by(run: Run) -> str:
    (violation,) = run.report().violations
    if violation.refusal:
        return f"{violation.refusal.code}: {violation.refusal.reason.partition(': ')[2]}"
    assert violation.fix is not None
    return f"fix: {violation.fix.message}"


THROUGH_MODULE = """
import chat.keeper

class A:
    def f(self):
        self.user = 1
        chat.keeper.get_manager().x()
"""


def test_all_files_change_together_however_they_reach_it(project: Callable[..., Run]) -> None:
    run = project(
        one="from chat.keeper import get_manager as get\n\ndef f(user):\n    return get('fast')\n",
        two=THROUGH_MODULE,
        three="def f(user):\n    from .keeper import get_manager\n    return [get_manager(mode=1)]\n",
    )
    new = "from chat.manager import new_manager\n"
    assert run.fixed() == {
        "chat/keeper.py": "\n",
        "chat/one.py": f"{new}\ndef f(user):\n    return new_manager(mode='fast', user=user)\n",
        "chat/three.py": f"def f(user):\n    {new}    return [new_manager(mode=1, user=user)]\n",
        "chat/two.py": f"{new}\nclass A:\n    def f(self):\n"
        "        self.user = 1\n        new_manager(user=self.user).x()\n",
    }


def test_what_can_be_rewritten_is_and_the_rest_keeps_it(project: Callable[..., Run]) -> None:
    run = project(
        one="from chat.keeper import get_manager\n\ndef f(user):\n    return get_manager()\n",
        two="from chat.keeper import get_manager\n\ndef f():\n    return get_manager()\n",
    )
    assert run.fixed() == {
        "chat/one.py": "from chat.manager import new_manager\n\ndef f(user):\n    return new_manager(user=user)\n"
    }
    assert "chat/two.py:4 no-context" in kept_by(run)


TAKEN = "from chat.keeper import get_manager\n"
PATCH = "from unittest.mock import patch\n"


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (f"{TAKEN}def f(user):\n    return g(get_manager)\n", "used-elsewhere: chat/o.py:3 not-called"),
        (f"{TAKEN}m = get_manager()\n", "used-elsewhere: chat/o.py:2 used-at-import"),
        (f"{TAKEN}def f(user):\n    get_manager(*user)\n", "chat/o.py:3 star-arguments"),
        (f"{TAKEN}__all__ = ['get_manager']\n", "chat/o.py:1 used-elsewhere"),
        ("import chat.keeper as k\ndef f(user):\n    k.get_manager = user\n", "rebinds-module"),
        (
            "from chat.keeper import _manager\ndef f():\n    return _manager\n",
            "chat/o.py:1 used-elsewhere: it uses `_m",
        ),
        (f"{PATCH}patch('chat.keeper.get_manager')\n", "chat/keeper.py:1 patch-target"),
        (f"{PATCH}patch('chat.keeper._manager', None)\n", "chat/keeper.py:1 patch-target"),
    ],
)
def test_what_keeps_it_is_told(project: Callable[..., Run], other: str, told: str) -> None:
    run = project(o=other)
    assert told in kept_by(run)
    assert run.fixed() == {}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "\ndef reset():\n    global _manager\n    _manager = None\n",
            "chat/keeper.py:11 used-here: `_manager` is set",
        ),
        ("\ndef stop():\n    _manager.stop()\n", "chat/keeper.py:11 used-here: `_manager` is used beside it"),
        ("\n__all__ = ['get_manager']\n", "`get_manager` is listed in `__all__`"),
        ("\ndef f(user):\n    return lambda get_manager: get_manager\n", "fix: ask new_manager"),
        ("\ndef f(_manager):\n    return _manager\n", "fix: ask new_manager"),
    ],
)
def test_what_stands_beside_it_keeps_it(project: Callable[..., Run], code: str, told: str) -> None:
    assert told in kept_by(project(KEEPER + code))


def test_async_factories_need_a_place_for_await(project: Callable[..., Run]) -> None:
    options = {"factory": "chat.manager.open_manager", "arguments": {"user": {"in-scope": ["user"], "required": True}}}
    told = kept_by(project(KEEPER + "\ndef f(user):\n    return get_manager()\n", options=options))
    assert "chat/keeper.py:11 not-in-async" in told
    run = project(KEEPER + "\nasync def f(user):\n    return get_manager().x\n", options=options)
    assert "return (await open_manager(user=user)).x" in run.fixed()["chat/keeper.py"]


def test_an_async_accessor_is_not_awaited_any_more(project: Callable[..., Run]) -> None:
    keeper = KEEPER.replace("def get", "async def get") + "\nasync def f(user):\n    return await get_manager()\n"
    assert "return new_manager(user=user)" in project(keeper).fixed()["chat/keeper.py"]


OF_CLASS = """
class A:
    _it = None

    @classmethod
    def get(cls):
        cls._it = Manager()
        return cls._it
"""


@pytest.mark.parametrize("keeper", [OF_CLASS, "def startup():\n    global it\n    it = Manager()\n"])
def test_what_is_no_accessor_of_a_module_has_to_be_redesigned(project: Callable[..., Run], keeper: str) -> None:
    assert kept_by(project(f"from chat.manager import Manager\n{keeper}")).startswith("redesign")


def test_the_factory_itself_stays(make_rule: MakeRule, project: Callable[..., Run]) -> None:
    run = project(options={"factory": "chat.keeper.get_manager"})
    assert kept_by(run).startswith("redesign")


def test_an_object_of_a_module_is_asked_for_in_all_files(project: Callable[..., Run]) -> None:
    keeper = "from chat.manager import Manager\n\nmanager = Manager()\n"
    run = project(
        keeper, kind="module-singleton", one="from chat import keeper\n\ndef f(user):\n    keeper.manager.x()\n"
    )
    assert run.fixed() == {
        "chat/keeper.py": "\n",
        "chat/one.py": "from chat.manager import new_manager\n\ndef f(user):\n    new_manager(user=user).x()\n",
    }
