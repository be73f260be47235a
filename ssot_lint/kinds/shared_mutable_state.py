"""``shared-mutable-state``: what a module or class holds is changed by functions, for all users at once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from ssot_lint.globs import matches_name
from ssot_lint.model import Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.project.members import covers
from ssot_lint.rule import Example, Rule
from ssot_lint.source.outside import outside

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.source.containers import Change, Container

CONTAINERS = rb"(?:\w+\.)?(?:dict|list|set|bytearray|defaultdict|OrderedDict|deque|Counter|ChainMap|\w*Cache)\("
MADE = rb"(?::[^=\n]+)?=[ \t]*(?:[\[{]|" + CONTAINERS + rb")"
OF_MODULE = re.compile(rb"^([\w\x80-\xff]+)[ \t]*" + MADE, re.MULTILINE)
OF_CLASS = re.compile(rb"^[ \t]+([\w\x80-\xff]+)[ \t]*" + MADE, re.MULTILINE)
METHODS = (
    rb"append|appendleft|add|extend|extendleft|insert|update|setdefault|get|pop|popleft|popitem|remove|discard|clear"
    rb"|sort|reverse|move_to_end|subtract"
)
CHANGED = re.compile(rb"(\.?)([\w\x80-\xff]+)[ \t]*(?:\[|\.(?:" + METHODS + rb")\(|[-|+&^]=)")
ELSEWHERE = re.compile(
    rb"\bglobal\b|@(?:functools\.)?(?:lru_)?cache\b"
    rb"|=[ \t]*(?:\[[^\]\n]*\]|\{[^}\n]*\}|(?:list|dict|set)\([^)\n]*\))[ \t]*[,)]"
)
"""What stands where a function keeps something without a container of a module or class."""
KEY_NAMES = (
    "user", "users", "user_*", "*_user", "*_user_id", "*_user_key", "userid", "username", "uid",
    "session", "session_id", "session_key", "*_session_id", "request", "request_id", "websocket", "run_id",
    "tenant", "tenant_*", "account_id", "customer_id", "client_id", "conversation_id", "thread_id",
    "connection_id", "*_connection_id", "conn_id", "token", "*_token", "jwt",
)  # fmt: skip
"""What people call that which belongs to one user."""
HOLDER_PATTERNS = (
    "*_by_user*", "*user*", "*session*", "*tenant*", "*conversation*", "*connections", "*token*", "*message*",
)  # fmt: skip
"""What people call that which holds things of users, in lower case."""
NAMED_SITES = 3

example = partial(Example, refusal="redesign")
EXAMPLES = (
    example(
        note="A dictionary by user is a dictionary of all users.",
        bad="""
            _messages = {}

            def add_message(user_id, text):
                _messages.setdefault(user_id, []).append(text)

            def forget(user_id):
                del _messages[user_id]
            """,
    ),
    example(
        note="So is that of a class, whichever way it is reached.",
        bad="""
            from collections import defaultdict
            from typing import ClassVar

            class Sessions:
                _open: ClassVar[dict[str, object]] = {}
                _seen = set()
                _rooms = defaultdict(list)

                def open(self, user_id, socket):
                    self._open[user_id] = socket

                @classmethod
                def see(cls, session_id):
                    cls._seen |= {session_id}

                @staticmethod
                def enter(room, user):
                    Sessions._rooms[room].append(user)
            """,
    ),
    example(
        note="What a container is called tells what is in it, too.",
        bad="""
            active_sessions = []

            def remember(it):
                active_sessions.append(it)
            """,
    ),
    example(
        note="A variable of the module that holds the user of the moment holds that of somebody else in the next.",
        bad="""
            current_user = None

            def login(user):
                global current_user
                current_user = user
            """,
    ),
    example(
        note="A default that all calls share and the function changes, keeps or gives back.",
        bad="""
            def collect(item, into=[]):
                into.append(item)
                return into

            class Session:
                def __init__(self, *, data={}):
                    self.data = data
            """,
    ),
    example(
        note="A cache by user, of a function.",
        bad="""
            from functools import lru_cache

            @lru_cache(maxsize=100)
            def profile(user_id):
                return {"id": user_id}
            """,
    ),
    example(
        note="Code that serves one user may keep nothing for all, whatever it is called: `per-user` says so.",
        bad="""
            from functools import cache

            seen = []

            class Parser:
                rules = {}

                def parse(self, text):
                    seen.append(text)
                    self.rules.update({text: 1})

                @cache
                def read(self, text):
                    return text
            """,
        options={"per-user": True},
    ),
    example(
        note="Packages and classes can be named.",
        bad="""
            class Parser:
                rules = {}

                def parse(self, text):
                    self.rules[text] = 1
            """,
        path="chat/parsing.py",
        options={"per-user": True, "classes": ["chat.parsing.Parser"]},
        files={"chat/__init__.py": ""},
    ),
    Example(
        note="A registry that is sanctioned, and keys that a function makes safe, are left alone.",
        ok="""
            _managers = {}
            _by_key = {}

            def manager(user_id):
                return _managers.setdefault(user_id, object())

            def keyed(user):
                _by_key[safe_key(user)] = 1

            def keyed_too(user):
                key = safe_key(user)
                _by_key[key] = 1

            def safe_key(user): ...
            """,
        path="chat/registry.py",
        options={"registries": ["chat.registry._managers"], "key-functions": ["chat.registry.safe_key"]},
        files={"chat/__init__.py": ""},
    ),
    Example(
        note="Constants, weak references, locks, context variables, and what each thread or object has of its own.",
        ok="""
            import asyncio
            import threading
            from contextvars import ContextVar
            from weakref import WeakValueDictionary

            USER_ROLES = {"admin": 1}
            users = WeakValueDictionary()
            user_lock = threading.Lock()
            current_user = ContextVar("user")
            user_local = threading.local()

            class Session:
                users = []
                tokens = {}

                def __init__(self):
                    self.users = []

                def add(self, user):
                    self.users.append(user)
                    USER_ROLES.get(user)
                    users[user] = self
                    user_local.user = user

            def f(user, users=(), tokens=None):
                tokens = tokens or []
                tokens.append(user)
                sessions = {}
                sessions[user] = 1
            """,
        options={"per-user": True},
    ),
    Example(
        note="Fields of models and dataclasses; what decorators register; tables built when the module is imported.",
        ok="""
            from dataclasses import dataclass, field
            from pydantic import BaseModel

            user_handlers = {}
            user_types = []

            def handles(name):
                def register(function):
                    user_handlers[name] = function
                    return function
                return register

            class User(BaseModel):
                tokens: list[str] = []

                def add(self, token):
                    self.tokens.append(token)

            @dataclass
            class Room:
                users: list[str] = field(default_factory=list)

                def enter(self, user):
                    self.users.append(user)

            class Plugin:
                user_plugins = []

                def __init_subclass__(cls):
                    cls.user_plugins.append(cls)

            def _fill():
                user_types.append(User)

            _fill()
            """,
        options={"per-user": True},
    ),
    Example(
        note="What is not called like anything of a user, unless the code serves one user.",
        ok="""
            _templates = {}

            def template(name):
                return _templates.setdefault(name, name.upper())
            """,
    ),
)


@dataclass(frozen=True, kw_only=True)
class SharedMutableState(Rule):
    """A container of a module or class, or a default of a parameter, is changed by functions, for all users at once.

    Flagged is what belongs to users by its name (``holder_patterns``) or by the names of the keys and values that it is
    given (``key_names``); with ``per_user``, everything. ``packages`` (globs of modules) and ``classes`` say where;
    everywhere, if there are none. ``registries`` are containers that are sanctioned, ``key_functions`` functions whose
    results keep users apart.
    """

    kind: ClassVar[str] = "shared-mutable-state"
    default_message: ClassVar[str] = "`{symbol}` is one {made} for the whole process, {how}"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "made", "how")
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    packages: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    per_user: bool = False
    key_names: tuple[str, ...] = KEY_NAMES
    holder_patterns: tuple[str, ...] = HOLDER_PATTERNS
    registries: tuple[str, ...] = ()
    key_functions: tuple[str, ...] = ()

    def looks_at(self, path: str, module: str | None) -> bool:
        """Tell that any module of the packages, and that of each class, may hold something."""
        if not self.applies_to(path, module):
            return False
        homes = {name.rpartition(".")[0] for name in self.classes}
        if module in homes:
            return True
        return bool(self.packages or not self.classes) and covers(self.packages, module or "")

    def may_fire_in(self, raw: bytes, project: Project) -> bool:
        """Tell whether a file binds a container, and changes something of that name."""
        if ELSEWHERE.search(raw):
            return True
        outer = outside(raw)
        of_module = {match[1] for match in OF_MODULE.finditer(outer)}
        of_class = {match[1] for match in OF_CLASS.finditer(outer)} - of_module
        return any(match[2] in (of_class if match[1] else of_module) for match in CHANGED.finditer(raw))

    def concerns(self, name: str, project: Project) -> bool:
        """Tell that no node has to be visited: what is held is found in the scan."""
        return False

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at what the module and its classes hold, at defaults, and at caches."""
        raw = file.text.string.encode("utf-8", "replace")
        if not self.looks_at(file.path, file.module) or not self.may_fire_in(raw, file.project):
            return
        from ssot_lint.source.containers import containers

        for container in containers(file.scan):
            yield from self._container(file, container)
        yield from self._rebound(file)
        yield from self._defaults(file)
        yield from self._caches(file)

    def _counts(self, file: File, owner: ast.ClassDef | None) -> bool:
        """Whether the rule is about what ``owner``, a class or the module itself, holds."""
        if self.packages and covers(self.packages, file.module or ""):
            return True
        return not (self.packages or self.classes) or (
            owner is not None and f"{file.module}.{owner.name}" in self._origins(file.project)
        )

    def _origins(self, project: Project) -> set[str]:
        return {project.resolve(name).origin or name for name in self.classes}

    def _container(self, file: File, container: Container) -> Iterator[Violation]:
        from ssot_lint.rewriting.governed import describes_fields

        symbol = f"{file.module}.{container.name}" if file.module else container.name
        if not self._counts(file, container.owner) or symbol in self.registries:
            return
        changes = container.changes
        if container.owner is not None and describes_fields(file, container.owner):
            changes = [change for change in changes if not change.by_instance]
        if not changes or self._keeps_apart(file, changes):
            return
        of_users = self._names_of_users(changes)
        if self.per_user or of_users or self._holds_users(container.name):
            how = f"changed by {_sites(changes)}{_by(of_users)}"
            yield self._violation(file, container.span, symbol, container.made, how)

    def _holds_users(self, name: str) -> bool:
        return matches_name(name.rpartition(".")[2].lower(), self.holder_patterns)

    def _names_of_users(self, changes: Iterable[Change]) -> list[str]:
        """Give what is called like something of a user, of the keys and values that changes name."""
        from ssot_lint.source.containers import names_in

        names: dict[str, None] = {}
        for change in changes:
            found = [name for key in change.keys for name in names_in(key, change.scope)]
            found += [name for value in change.values for name in names_in(value, change.scope, deep=False)]
            names.update(dict.fromkeys(filter(self._is_of_user, found)))
        return list(names)

    def _is_of_user(self, name: str) -> bool:
        return matches_name(name.lower().lstrip("_"), self.key_names)

    def _keeps_apart(self, file: File, changes: Iterable[Change]) -> bool:
        """Whether all keys come from functions that keep users apart."""
        from ssot_lint.file import ast_path
        from ssot_lint.source.singletons import made_by

        keyed = [change for change in changes if change.keys] if self.key_functions else []
        origins = {file.project.resolve(name).origin or name for name in self.key_functions}
        for change in keyed:
            calls = [call for key in change.keys for call in made_by(key, change.scope)]
            paths = [(ast_path(call.func), file.scan.span(call)[0]) for call in calls]
            references = [file.refer(path, offset) for path, offset in paths if path]
            possible = {name for reference in references if reference for name in file.resolve(reference).possible}
            if possible.isdisjoint(origins):
                return False
        return bool(keyed)

    def _rebound(self, file: File) -> Iterator[Violation]:
        """Look for variables of the module that functions set to what they were given."""
        from ssot_lint.source.containers import given_to_module

        found: dict[str, list[Change]] = {}
        for name, change in given_to_module(file.scan):
            found.setdefault(name, []).append(change)
        for name, changes in found.items():
            of_users = self._names_of_users(changes)
            symbol = f"{file.module}.{name}" if file.module else name
            if not self._counts(file, None) or symbol in self.registries:
                continue
            if self.per_user or of_users or self._is_of_user(name):
                span = file.scan.span(changes[0].target)
                yield self._violation(file, span, symbol, "variable", f"set by {_sites(changes)}{_by(of_users)}")

    def _defaults(self, file: File) -> Iterator[Violation]:
        from ssot_lint.source.defaults import kept_defaults

        for default in kept_defaults(file.scan):
            if self._counts(file, default.owner):
                symbol = f"{file.module}.{default.function}" if file.module else default.function
                how = f"the default of `{default.parameter}` in every call"
                yield self._violation(file, file.scan.span(default.node), symbol, default.made, how)

    def _caches(self, file: File) -> Iterator[Violation]:
        from ssot_lint.source.scopes import parameters
        from ssot_lint.source.singletons import is_cache, name_span
        from ssot_lint.source.state import enclosing_class, functions

        for statement, node, _ in functions(file.scan):
            owner = enclosing_class(statement.scope)
            if not self._counts(file, owner) or not any(is_cache(file.scan, each) for each in node.decorator_list):
                continue
            given = [parameter.arg for parameter in parameters(node.args) if parameter.arg not in ("self", "cls")]
            of_users = list(filter(self._is_of_user, given))
            if of_users or (self.per_user and given):
                symbol = f"{file.module}.{node.name}" if file.module else node.name
                how = f"which keeps what `{node.name}` gives{_by(of_users)}"
                yield self._violation(file, name_span(file.scan, node), symbol, "cache", how)

    def _violation(self, file: File, span: tuple[int, int], symbol: str, made: str, how: str) -> Violation:
        reason = "what is kept has to move into an object that each user, or each request, has of its own"
        outcome = Refusal("redesign", reason)
        return self.violation(file, span, symbol=symbol, origin=symbol, outcome=outcome, made=made, how=how)


def _sites(changes: list[Change]) -> str:
    """Name the functions that change a container, each with its row."""
    rows = {change.function: change.row for change in reversed(changes)}
    named = [f"{function} (row {row})" for function, row in sorted(rows.items(), key=lambda site: site[1])]
    more = len(named) - NAMED_SITES
    return ", ".join(named[:NAMED_SITES]) + (f" and {more} more" if more > 0 else "")


def _by(names: list[str]) -> str:
    return f", by `{names[0]}`" if names else ""
