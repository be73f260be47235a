"""``unstable-key``: somebody is known by what is another thing each time, or in each process."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from ssot_lint.globs import longest_literal, matches_name
from ssot_lint.model import Refusal, Violation
from ssot_lint.project import Project
from ssot_lint.project.members import covers
from ssot_lint.rule import Example, Rule
from ssot_lint.source.triggers import searchable

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.source.keys import Source
    from ssot_lint.source.scopes import Statement

OBJECTS = ("self", "websocket", "connection", "conn", "socket", "request", "session", "context")
ADDRESS = r"(?<![\w.])(?:id|hash|repr)\s*\(|(?<![\w.])str\s*\(\s*(?:" + "|".join(OBJECTS) + r")\s*\)"
RANDOM = (
    r"\buuid[14]\s*\(|\brandom\s*\.\s*\w+\s*\(|\b(?:utc)?now\s*\("
    r"|\btime\s*\.\s*(?:time|time_ns|monotonic|perf_counter)\s*\("
)
SOURCES = re.compile(f"{ADDRESS}|{RANDOM}")
ADDRESS_IN_BYTES = re.compile(ADDRESS.encode())
RANDOM_IN_BYTES = re.compile(RANDOM.encode())
NEW_STATEMENT = re.compile(
    rb"^[ \t]*(?:def|class|return|raise|import|pass|break|continue|del|assert|global|try|elif|except|finally|while"
    rb"|with)\b",
    re.MULTILINE,
)
"""What no expression goes on with in a new line."""
KEY_NAMES = (
    "user_id", "*_user_id", "userid", "user_key", "*_user_key", "session_id", "*_session_id", "session_key",
    "tenant_id", "account_id", "customer_id", "client_id", "connection_id", "*_connection_id", "conversation_id",
    "websocket_id", "thread_id", "run_id", "request_id", "registry_key", "*_registry_key", "manager_key", "handler_key",
    "context_id", "context_key", "isolation_key",
)  # fmt: skip
IDENTITY_NAMES = (
    "user_id", "*_user_id", "userid", "user_key", "*_user_key", "tenant_id", "account_id", "customer_id",
)  # fmt: skip
REGISTRY_PATTERNS = ("*registry*", "*users*", "*_by_user*", "*sessions*", "*_managers", "*_contexts")
MAKER_PATTERNS = (
    "*create*", "*register*", "*sign_up*", "*signup*", "*generate*", "*new*", "*make*", "*guest*", "*anonymous*",
    "*mock*", "*test*", "*example*", "*sample*", "*demo*", "*seed*", "*fixture*",
)  # fmt: skip
"""What functions are called in which somebody who was not there before gets a name, or nobody real has one."""
WHY: dict[str, str] = {
    "address": "which is another one in each process, and of something else later",
    "random": "which is another one each time, and so of nobody",
}

FOUND_BY = "`{symbol}` finds things by `{source}`, {why}"

EXAMPLES = (
    Example(
        note="An address is no name: it is given to something else as soon as the object is gone.",
        bad="""
            def connect(websocket, context):
                user_id = f"user_{id(websocket)}"
                session_key = hash(context)
                join(user_id, connection_id=str(id(websocket)))
                return {"thread_id": repr(context)}
            """,
        refusal="no-stable-key",
    ),
    Example(
        note="Nor is it a key of what outlives the call, given a name first or not.",
        bad="""
            _registry = {}
            _shared = set()

            class Pool:
                _kept = {}

                def __init__(self):
                    self.sessions = {}

                def add(self, thing):
                    self._kept[id(thing)] = 1
                    self.sessions.setdefault(id(thing), 1)

            def add(thing):
                _registry[id(thing)] = thing
                key = id(thing)
                if key not in _shared:
                    _shared.add(key)
            """,
        refusal="no-stable-key",
    ),
    Example(
        note="A user that is made up is nobody, or everybody.",
        bad="""
            import time
            import uuid

            def handle(message, user_id=None):
                user_id = user_id or f"legacy_{uuid.uuid4().hex[:8]}"
                run(message, tenant_id=int(time.time()))
            """,
        refusal="no-stable-key",
    ),
    Example(
        note="Telling somebody is fine; so is a new name for a request, a session or a user who is new.",
        ok="""
            import logging
            import time
            import uuid

            log = logging.getLogger(__name__)

            def handle(request, websocket):
                log.info("session %s", id(websocket), extra={"session_id": id(websocket)})
                request_id = str(uuid.uuid4())
                session_id = uuid.uuid4().hex
                started = time.time()
                return request_id, session_id, started

            def create_user(name):
                user_id = str(uuid.uuid4())
                return user_id
            """,
    ),
    Example(
        note="So are addresses by which a function remembers what it has seen, and keys that say who.",
        ok="""
            _registry = {}

            class Visitor:
                def __init__(self):
                    self.seen = set()

                def visit(self, node):
                    if id(node) in self.seen:
                        return
                    self.seen.add(id(node))

            def walk(nodes, user):
                seen = set()
                seen.add(id(nodes))
                _registry[user.id] = str(user.id)
                user_id = str(user.id)
                digest = hash(user_id)
                return digest

            def hash_all(user):
                def hash(x): ...
                user_id = hash(user)
            """,
    ),
    Example(
        note="Names can be said.",
        bad="""
            def seat(guest):
                table_number = id(guest)
            """,
        options={"key-names": ["table_*"]},
        refusal="no-stable-key",
    ),
)


@dataclass(frozen=True, kw_only=True)
class UnstableKey(Rule):
    """A user, a session or an entry of a registry is known by an address, a hash, the time or a random value.

    Addresses, hashes and representations of objects may not go by one of ``key_names``, nor be the key of a container
    of a module or class, or of one called like one of ``registry_patterns``. Random values and times may not go by one
    of ``identity_names``, but in functions called like one of ``maker_patterns``, where somebody new gets a name.
    """

    kind: ClassVar[str] = "unstable-key"
    default_message: ClassVar[str] = "`{symbol}` is known by `{source}`, {why}"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "source", "why")
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    packages: tuple[str, ...] = ()
    key_names: tuple[str, ...] = KEY_NAMES
    identity_names: tuple[str, ...] = IDENTITY_NAMES
    registry_patterns: tuple[str, ...] = REGISTRY_PATTERNS
    maker_patterns: tuple[str, ...] = MAKER_PATTERNS

    def looks_at(self, path: str, module: str | None) -> bool:
        """Tell that any module of the packages may use a key."""
        return self.applies_to(path, module) and covers(self.packages, module or "")

    def may_fire_in(self, raw: bytes, project: Project) -> bool:
        """Tell whether a file makes an address, or gives something random to what is called like somebody."""
        raw = searchable(raw)
        if ADDRESS_IN_BYTES.search(raw):
            return True
        place, names = 0, self._identities
        for match in RANDOM_IN_BYTES.finditer(raw):
            # A name stands before what it is given, in the same statement.
            before = raw[place : match.start()]
            last = max((found.end() for found in names.finditer(before)), default=-1)
            if last >= 0 and not NEW_STATEMENT.search(before, last):
                return True
            place = place + last if last >= 0 else place
        return False

    @cached_property
    def _identities(self) -> re.Pattern[bytes]:
        literals = {longest_literal(name).encode() for name in self.identity_names}
        return re.compile(b"|".join(map(re.escape, sorted(literals))), re.IGNORECASE)

    def concerns(self, name: str, project: Project) -> bool:
        """Tell that no node has to be visited: keys are found in the scan."""
        return False

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at the statements that make something of the sort, and at those that use it as a key."""
        if not self.looks_at(file.path, file.module) or not self.may_fire_in(_bytes(file), file.project):
            return
        seen: set[int] = set()
        for match in SOURCES.finditer(file.text.string):
            statement = file.scan.statement_at(match.start())
            if statement is not None and id(statement) not in seen:
                seen.add(id(statement))
                yield from self._named(file, statement)
                yield from self._keyed(file, statement)

    def _named(self, file: File, statement: Statement) -> Iterator[Violation]:
        from ssot_lint.source.keys import named, sources

        for given in named(statement):
            made = list(sources(file.scan, given.value)) if self._is_key(given.name) else []
            is_random = any(sort == "random" for _, sort in made)
            # An address beside the time is unique, which is all that a request needs; somebody needs more.
            is_meant = is_random and (not self._is_identity(given.name) or self._makes_somebody(statement))
            if made and not is_meant:
                yield self._violation(file, given.node, given.name, *made[0])

    def _is_key(self, name: str) -> bool:
        return matches_name(name.lower().lstrip("_"), self.key_names) or self._is_identity(name)

    def _is_identity(self, name: str) -> bool:
        return matches_name(name.lower().lstrip("_"), self.identity_names)

    def _makes_somebody(self, statement: Statement) -> bool:
        """Whether a statement stands where somebody new gets a name."""
        from ssot_lint.source.places import enclosing_definitions

        return any(matches_name(name.lower(), self.maker_patterns) for name in enclosing_definitions(statement))

    def _keyed(self, file: File, statement: Statement) -> Iterator[Violation]:
        """Look at the keys in a statement that makes an address, and at those that the name it gives to it is for."""
        from ssot_lint.source.keys import keyed, unstable

        for use in keyed(statement):
            made = unstable(file.scan, use.key)
            if made is not None and made[1] == "address" and self._outlives(file, statement, use.container):
                yield self._violation(file, use.key, ast.unparse(use.container), *made, FOUND_BY)
        addresses = self._local_addresses(file, statement)
        seen: set[str] = set()
        for later in file.scan.statements if addresses else ():
            for use in keyed(later) if later.scope is statement.scope else ():
                made = addresses.get(use.key.id) if isinstance(use.key, ast.Name) else None
                container = ast.unparse(use.container)
                if made is not None and container not in seen and self._outlives(file, later, use.container):
                    seen.add(container)
                    yield self._violation(file, use.key, container, *made, FOUND_BY)

    def _local_addresses(self, file: File, statement: Statement) -> dict[str, tuple[str, Source]]:
        """Give the local names that a statement gives to addresses, but for those that are wrong already."""
        from ssot_lint.source.keys import named, unstable

        if statement.scope.kind != "function":
            return {}
        made = {given.name: unstable(file.scan, given.value) for given in named(statement)}
        return {name: one for name, one in made.items() if one and one[1] == "address" and not self._is_key(name)}

    def _outlives(self, file: File, statement: Statement, container: ast.expr) -> bool:
        """Whether a container is of a module or class, or is called like a registry."""
        from ssot_lint.source.places import last_name
        from ssot_lint.source.state import enclosing_class

        if isinstance(container, ast.Name):
            bindings = file.scan.lookup(container.id, file.scan.span(container)[0]) or []
            of_module = (b.statement.scope.kind == "module" and b.kind != "parameter" for b in bindings)
            return bool(bindings) and all(of_module)
        name = last_name(container) if isinstance(container, ast.Attribute) else None
        owner = enclosing_class(statement.scope)
        if name is None or not isinstance(container, ast.Attribute):
            return False
        is_own = isinstance(container.value, ast.Name) and container.value.id in ("self", "cls")
        scope = file.scan.inner.get(id(owner)) if owner is not None else None
        is_of_class = is_own and scope is not None and name in scope.bindings
        return is_of_class or matches_name(name.lower(), self.registry_patterns)

    def _violation(
        self, file: File, node: ast.expr, symbol: str, source: str, sort: Source, default: str | None = None
    ) -> Violation:
        return self.violation(
            file,
            file.scan.span(node),
            symbol=symbol,
            origin=None,
            outcome=Refusal("no-stable-key", "only the project knows by what they are to be known"),
            default=default,
            source=source,
            why=WHY[sort],
        )


def _bytes(file: File) -> bytes:
    return file.text.string.encode("utf-8", "replace")
