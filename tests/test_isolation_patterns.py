"""Every way in which code shares state between users that a survey of such code and of other tools has named.

Each is a small file; the packs ``isolation`` and ``isolation-strict`` find it, by a rule that is named here.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from ssot_lint.check import Checker
from ssot_lint.packs import load_packs
from ssot_lint.project import Project
from ssot_lint.rule import Rule
from ssot_lint.toml import ConfigurationSite

NOWHERE = Path("/nonexistent-root-of-examples")
THINGS = "class SessionManager: ...\n\nclass Thing: ...\n\ndef create_manager(): ...\n"
HEADER = "from app.things import SessionManager, Thing, create_manager\n"


def codes(code: str, *packs: str) -> set[str]:
    """Give the rules of ``packs`` that are broken by ``code``."""
    loaded = load_packs(packs or ("isolation",), NOWHERE, ConfigurationSite("packs", "--pack"))
    rules: tuple[Rule, ...] = tuple(rule for pack in loaded for rule in pack.rules)
    files = {"app/__init__.py": b"", "app/things.py": THINGS.encode(), "app/user.py": (HEADER + dedent(code)).encode()}
    checker = Checker(rules, Project(NOWHERE, (".",), lambda: sorted(files), overlay=files))
    return {violation.code for violation in checker.check("app/user.py", files["app/user.py"]).violations}


PATTERNS = {
    "an instance of a module": ("ISO101", "manager = SessionManager()\n"),
    "one with an annotation": ("ISO101", "manager: SessionManager = SessionManager()\n"),
    "what a factory gives at import": ("ISO101", "manager = create_manager()\n"),
    "a registry of a module": ("ISO201", "_all = {}\n\ndef f(user_id):\n    _all[user_id] = 1\n"),
    "one with an annotation, by setdefault": (
        "ISO201",
        "_all: dict[str, list] = {}\n\ndef f(user_id):\n    _all.setdefault(user_id, []).append(1)\n",
    ),
    "a registry of a class": (
        "ISO201",
        """
        from typing import ClassVar

        class A:
            _all: ClassVar[dict] = {}

            def f(self, user_id):
                self._all[user_id] = 1
        """,
    ),
    "a mutable attribute of a class": (
        "ISO201",
        "class A:\n    sessions = []\n\n    def f(self, session):\n        self.sessions.append(session)\n",
    ),
    "a getter with global": (
        "ISO102",
        "_it = None\n\ndef get():\n    global _it\n    if _it is None:\n        _it = Thing()\n    return _it\n",
    ),
    "an async one": (
        "ISO102",
        "_it = None\n\nasync def get():\n    global _it\n    _it = _it or Thing()\n    return _it\n",
    ),
    "__new__": (
        "ISO102",
        """
        class A:
            _instance = None

            def __new__(cls):
                if cls._instance is None:
                    cls._instance = super().__new__(cls)
                return cls._instance
        """,
    ),
    "a class method": (
        "ISO102",
        """
        class A:
            _instance = None

            @classmethod
            def get(cls):
                cls._instance = cls._instance or cls()
                return cls._instance
        """,
    ),
    "instances by class": (
        "ISO102",
        """
        class A:
            _instances = {}

            @classmethod
            def get(cls):
                if cls not in cls._instances:
                    cls._instances[cls] = cls()
                return cls._instances[cls]
        """,
    ),
    "a metaclass": ("ISO102", "class A(metaclass=Singleton): ...\n"),
    "a decorator": ("ISO102", "@singleton\nclass A: ...\n"),
    "lru_cache without parameters": (
        "ISO102",
        "from functools import lru_cache\n\n@lru_cache\ndef get():\n    return Thing()\n",
    ),
    "lru_cache with a user": (
        "ISO201",
        "from functools import lru_cache\n\n@lru_cache\ndef get(user_id):\n    return Thing()\n",
    ),
    "a cache on a method": (
        "ISO201",
        "import functools\n\nclass A:\n    @functools.lru_cache(9)\n    def get(self, user_id): ...\n",
    ),
    "globals()": ("ISO101", "globals()['manager'] = SessionManager()\n"),
    "an attribute of a function": ("ISO101", "def f(): ...\n\nf.manager = SessionManager()\n"),
    "one that the function sets": ("ISO102", "def f():\n    f.it = Thing()\n    return f.it\n"),
    "the state of the application": ("ISO101", "app.state.manager = SessionManager()\n"),
    "a default that is made once": ("ISO101", "def f(manager=SessionManager()): ...\n"),
    "a mutable default": ("ISO201", "def f(it, into=[]):\n    into.append(it)\n"),
    "the user of the moment": ("ISO201", "user = None\n\ndef f(user_id):\n    global user\n    user = user_id\n"),
    "an address as a key": ("ISO301", "_all = {}\n\ndef f(it):\n    _all[id(it)] = it\n"),
    "an address as an identifier": ("ISO301", "def f(it):\n    session_id = f'a{id(it)}'\n"),
    "a hash as an identifier": ("ISO301", "def f(token):\n    user_id = f'a{hash(token) % 9}'\n"),
    "a random user": ("ISO301", "import uuid\n\ndef f():\n    user_id = uuid.uuid4()\n"),
    "a shared object given to one user": (
        "ISO202",
        "class UserContext: ...\n\nthing = Thing()\n\ndef f(user):\n    return UserContext(user, thing)\n",
    ),
}
STRICT = {
    "an instance of whatever name": ("ISOS101", "it = Thing()\n"),
    "a shared member of an enumeration": (
        "ISOS202",
        """
        import enum

        class Mode(enum.Enum):
            A = 1

        class UserContext: ...

        def f(user):
            return UserContext(user, mode=Mode.A)
        """,
    ),
    "a container whatever is in it": ("ISOS201", "_all = {}\n\ndef f(it):\n    _all[it] = it\n"),
    "a privileged name in a comparison": ("ISOS302", "def f(user_id):\n    return user_id == 'admin'\n"),
}
BAIT = {
    "Depends": "from fastapi import Depends\n\ndef f(it: Thing = Depends(create_manager), q=Query(None)): ...\n",
    "fields of a model": "from pydantic import BaseModel\n\nclass User(BaseModel):\n    tokens: list = []\n",
    "a context variable": "import contextvars\n\nuser = contextvars.ContextVar('u')\n\ndef f(it):\n    user.set(it)\n",
    "locks": "import asyncio\nimport threading\n\n_user_lock = threading.Lock()\n_session_lock = asyncio.Lock()\n",
    "names of a module": "__all__ = []\n__all__.append('f')\n",
    "an address in a log": "import logging\n\ndef f(it):\n    logging.info('session_id=%s', id(it))\n",
    "imports when needed": """
        import importlib

        _lazy_imports = {}

        def lazy(name):
            if name not in _lazy_imports:
                _lazy_imports[name] = importlib.import_module(name)
            return _lazy_imports[name]
        """,
    "a counter": "_users = 0\n\ndef f():\n    global _users\n    _users += 1\n",
    "a type variable and a logger": "import logging, typing\n\nT = typing.TypeVar('T')\nlog = logging.getLogger()\n",
    "a member of an enumeration": """
        import enum

        class Mode(enum.Enum):
            A = 1

        class UserContext: ...

        def f(user):
            return UserContext(user, mode=Mode.A)
        """,
}  # fmt: skip


@pytest.mark.parametrize(("code", "source"), PATTERNS.values(), ids=PATTERNS)
def test_pattern_is_found(code: str, source: str) -> None:
    assert code in codes(source)


@pytest.mark.parametrize(("code", "source"), STRICT.values(), ids=STRICT)
def test_pattern_is_found_by_the_strict_pack_only(code: str, source: str) -> None:
    assert code in codes(source, "isolation-strict")
    assert codes(source) == set()


@pytest.mark.parametrize("source", BAIT.values(), ids=BAIT)
def test_bait_is_left_alone(source: str) -> None:
    assert codes(source) == set()
