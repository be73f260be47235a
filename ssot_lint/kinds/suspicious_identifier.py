"""``suspicious-identifier``: somebody is known by a name that is privileged, or that nobody has."""

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

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.source.scopes import Statement

LONGEST = 256
"""Characters of a string that may be a name; a pattern is tried on no more, so it cannot take long."""
MOST_STARS = 3
"""How often a pattern may say ``*``."""
KEY_NAMES = (
    "user_id", "*_user_id", "userid", "user_key", "*_user_key", "session_id", "*_session_id", "session_key",
    "tenant_id", "account_id", "customer_id",
)  # fmt: skip
REGISTRY_PATTERNS = ("*users*", "*sessions*", "*_by_user*", "*_by_session*")
PRIVILEGED = ("admin", "administrator", "root", "superuser", "super_user", "sysadmin", "system", "sudo")
PATTERNS = (
    "none", "null", "undefined", "*<script*", "*javascript:*", "*' or *", "*'--*", "*' --*", "*; drop *",
    "*union select*", "*../*", "*..\\*", "*${*", "*{{*", "*%00*",
)  # fmt: skip

EXAMPLES = (
    Example(
        note="A name that may do everything, in the place of somebody's.",
        bad="""
            def run(task, user_id="system"):
                context = Context(user_id="root", session_id=SessionId("admin"))
                context.user_id = "Administrator"
                return {"user_id": "superuser"}
            """,
        refusal="no-replacement",
    ),
    Example(
        note="Nor may a name alone be what opens a door; comparisons are looked at if asked for.",
        bad="""
            def may(user_id, sessions):
                return user_id == "admin" or "root" != user_id or user_id in ("system", "1") or sessions["admin"]
            """,
        refusal="no-replacement",
        options={"comparisons": True},
    ),
    Example(
        note="What looks like an attack in a test has no business elsewhere, and `None` in quotes is somebody, too.",
        bad="""
            user_id = "1' OR '1'='1"
            session_id = "../../etc/passwd"
            tenant_id = "None"
            account_id = "<script>alert(1)</script>"
            """,
        refusal="no-replacement",
    ),
    Example(
        note="It does not matter how a string is written.",
        bad="""
            user_id = "ad" "min"
            session_id = "\\x72oot"
            tenant_id = "sys" + "tem"
            """,
        refusal="no-replacement",
    ),
    Example(
        note="Ordinary names, roles, messages and names of other things are left alone.",
        ok="""
            import logging

            log = logging.getLogger("root")
            ROLES = {"admin": 1}

            def run(user_id, role="admin", owner=None):
                log.info("system", extra={"user_id": "system"})
                if role == "admin" or user_id == "system" or user_id in ("None", "../"):
                    user_id = "user-1"
                return user_id, "admin", {"role": "root"}, ROLES["admin"]
            """,
    ),
    Example(
        note="A test may pretend to be anybody.",
        ok='def test_run():\n    run(user_id="admin")\n',
        path="tests/test_run.py",
    ),
    Example(
        note="A key that is built from what came in, where the pack names what makes it clean.",
        bad="""
            from chat.keys import clean

            def key(room, request):
                user_key = f"{room}:1"
                session_key = "a" + request.cookies["session"]
                return user_key, session_key
            """,
        options={"sanitisers": ["chat.keys.clean"]},
        files={"chat/__init__.py": "", "chat/keys.py": "def clean(text): ...\n"},
        refusal="no-replacement",
    ),
    Example(
        note="What has been cleaned, and what is a key as a whole, is fine then.",
        ok="""
            from chat.keys import clean

            def key(room, user_id):
                cleaned = clean(room)
                user_key = f"{clean(room)}:{cleaned}:1"
                session_id = user_id
                return user_key, session_id
            """,
        options={"sanitisers": ["chat.keys.clean"]},
        files={"chat/__init__.py": "", "chat/keys.py": "def clean(text): ...\n"},
    ),
)


@dataclass(frozen=True, kw_only=True)
class SuspiciousIdentifier(Rule):
    """A user, a session or a tenant goes by a name written in the code that is privileged, or an attack.

    That is what is given to something called like one of ``key_names``, and what finds an entry of a container called
    like one of ``registry_patterns``, if it is like one of those ``privileged`` or of ``patterns`` (globs, in lower
    case). With ``comparisons``, what is privileged may not be compared with either. With ``sanitisers``, a key that is
    put together from arguments has to go through one of them.
    """

    kind: ClassVar[str] = "suspicious-identifier"
    default_message: ClassVar[str] = "`{symbol}` is {value} here, which is nobody in particular"
    placeholders: ClassVar[tuple[str, ...]] = ("symbol", "value")
    examples: ClassVar[tuple[Example, ...]] = EXAMPLES

    include_tests: bool = False
    packages: tuple[str, ...] = ()
    key_names: tuple[str, ...] = KEY_NAMES
    registry_patterns: tuple[str, ...] = REGISTRY_PATTERNS
    privileged: tuple[str, ...] = PRIVILEGED
    patterns: tuple[str, ...] = PATTERNS
    sanitisers: tuple[str, ...] = ()
    comparisons: bool = False

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule."""
        for pattern in (*self.privileged, *self.patterns):
            if not longest_literal(pattern):
                yield f"'patterns': {pattern!r} matches any name"
            elif pattern.count("*") > MOST_STARS:
                yield f"'patterns': {pattern!r} has more than {MOST_STARS} '*', which can take long"

    def looks_at(self, path: str, module: str | None) -> bool:
        """Tell that any module of the packages may use a name."""
        return self.applies_to(path, module) and covers(self.packages, module or "")

    def may_fire_in(self, raw: bytes, project: Project) -> bool:
        """Tell whether a file has any of the suspicious words, or may put keys together."""
        if not self.sanitisers:
            lowered = raw.lower()
            if any(word.encode() in lowered for word in self._words):
                return True
            return any(True for _ in self._hidden(raw.decode("latin-1")))
        literals = (longest_literal(name) for name in self.key_names)
        return any(literal.encode() in raw for literal in literals)

    def concerns(self, name: str, project: Project) -> bool:
        """Tell that no node has to be visited: names are found in the scan."""
        return False

    @cached_property
    def _words(self) -> tuple[str, ...]:
        """What of one stands, in lower case, wherever a string is suspicious: a quoted name, or a part of one."""
        words: list[str] = []
        for pattern in (*self.privileged, *self.patterns):
            literal = longest_literal(pattern)
            words += [f"'{literal}'", f'"{literal}"'] if literal == pattern else [literal]
        return tuple(words)

    @cached_property
    def _parts_of_names(self) -> tuple[tuple[str, bool], ...]:
        """What of one is, or stands in, a string that is suspicious, in lower case; and whether it is all of it."""
        patterns = (*self.privileged, *self.patterns)
        return tuple((longest_literal(pattern), longest_literal(pattern) == pattern) for pattern in patterns)

    def _offsets(self, text: str) -> Iterator[int]:
        lowered = text.lower()
        if len(lowered) != len(text):
            # A few letters are two in lower case: then the places have to be found one by one.
            pattern = "|".join(map(re.escape, self._words))
            yield from (match.start() for match in re.finditer(pattern, text, re.IGNORECASE))
            return
        for word in self._words:
            offset = lowered.find(word)
            while offset >= 0:
                yield offset
                offset = lowered.find(word, offset + 1)

    def _hidden(self, text: str) -> Iterator[int]:
        """Give where strings stand that are suspicious as they read, and may not look so."""
        from ssot_lint.source.literals import may_hide, read_strings

        if may_hide(text):
            for offset, value in read_strings(text):
                lowered = value.lower()
                if any(lowered == part if is_whole else part in lowered for part, is_whole in self._parts_of_names):
                    yield offset

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at the statements in which a suspicious word stands, and at all that may put a key together."""
        if not self.looks_at(file.path, file.module):
            return
        seen: set[int] = set()
        for offset in (*self._offsets(file.text.string), *self._hidden(file.text.string)):
            statement = file.scan.statement_at(offset)
            if statement is not None and id(statement) not in seen:
                seen.add(id(statement))
                yield from self._given(file, statement)
                if self.comparisons:
                    yield from self._compared(file, statement)
        for statement in file.scan.statements if self.sanitisers else ():
            yield from self._built(file, statement)

    def _given(self, file: File, statement: Statement) -> Iterator[Violation]:
        from ssot_lint.source.keys import keyed, named
        from ssot_lint.source.places import last_name

        patterns = (*self.privileged, *self.patterns)
        for given in named(statement):
            if self._is_key(given.name):
                yield from self._literals(file, given.name, given.value, patterns)
        for use in keyed(statement):
            name = last_name(use.container)
            if name is not None and matches_name(name.lower(), self.registry_patterns):
                yield from self._literals(file, name, use.key, patterns)

    def _compared(self, file: File, statement: Statement) -> Iterator[Violation]:
        from ssot_lint.source.keys import told_apart
        from ssot_lint.source.places import last_name
        from ssot_lint.source.scan import own_expressions

        for expression in own_expressions(statement.node):
            for node in told_apart(expression):
                if isinstance(node, ast.Compare):
                    sides = [node.left, *node.comparators]
                    names = [side for side in sides if isinstance(side, (ast.Name, ast.Attribute))]
                    name = next(filter(self._is_key, map(str, map(last_name, names))), None)
                    for side in sides if name is not None else ():
                        yield from self._literals(file, str(name), side, self.privileged)

    def _is_key(self, name: str) -> bool:
        return matches_name(name.lower().lstrip("_"), self.key_names)

    def _literals(self, file: File, name: str, value: ast.expr, patterns: tuple[str, ...]) -> Iterator[Violation]:
        """Look at the strings of which one is the value."""
        waiting = [value]
        while waiting:
            node = waiting.pop()
            text = _text(node)
            if text is not None:
                if matches_name(text[:LONGEST].lower(), patterns):
                    yield self._violation(file, node, name, repr(text))
            elif isinstance(node, (ast.Tuple, ast.List, ast.Set)):
                waiting.extend(node.elts)
            elif isinstance(node, ast.BoolOp):
                waiting.extend(node.values)
            elif isinstance(node, ast.IfExp):
                waiting.extend((node.body, node.orelse))
            elif isinstance(node, ast.Call):
                waiting.extend(_handed_on(node))

    def _built(self, file: File, statement: Statement) -> Iterator[Violation]:
        """Look for a key that is put together from what the function was given, as it was given."""
        from ssot_lint.source.keys import named

        for given in named(statement):
            if not self._is_key(given.name) or not isinstance(given.value, (ast.JoinedStr, ast.BinOp)):
                continue
            raw = next((part for part in self._parts(file, given.value) if _is_given(part, statement)), None)
            if raw is not None:
                default = (
                    f"`{{symbol}}` is built from {{value}} as it came: {' or '.join(self.sanitisers)} makes it clean"
                )
                yield self._violation(file, given.node, given.name, f"`{ast.unparse(raw)}`", default)

    def _parts(self, file: File, value: ast.expr) -> Iterator[ast.expr]:
        """Give the names of which a text is put together, but for those that go through a sanitiser."""
        if isinstance(value, ast.JoinedStr):
            parts = [part.value for part in value.values if isinstance(part, ast.FormattedValue)]
        elif isinstance(value, ast.BinOp):
            parts = [value.left, value.right]
        elif isinstance(value, ast.Tuple):
            parts = value.elts
        elif isinstance(value, ast.Call):
            parts = [] if self._is_sanitiser(file, value) else [*value.args]
        else:
            parts = []
            yield value
        for part in parts:
            yield from self._parts(file, part)

    def _is_sanitiser(self, file: File, call: ast.Call) -> bool:
        from ssot_lint.file import ast_path

        path = ast_path(call.func)
        reference = file.refer(path, file.scan.span(call)[0]) if path else None
        possible = file.resolve(reference).possible if reference else frozenset()
        return any((file.project.resolve(name).origin or name) in possible for name in self.sanitisers)

    def _violation(self, file: File, node: ast.expr, symbol: str, value: str, default: str | None = None) -> Violation:
        return self.violation(
            file,
            file.scan.span(node),
            symbol=symbol,
            origin=None,
            outcome=Refusal("no-replacement", "who is meant is known to the caller, if to anybody"),
            default=default,
            value=value,
        )


def _text(node: ast.expr) -> str | None:
    """Give the string that an expression is, be it the sum of several."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _text(node.left), _text(node.right)
        return left + right if left is not None and right is not None else None
    return None


def _handed_on(call: ast.Call) -> list[ast.expr]:
    """Give what a call hands on: ``UserId("a")``, ``data.get("user_id", "a")``, ``getattr(x, "user_id", "a")``."""
    from ssot_lint.source.places import last_name

    name = last_name(call) or ""
    if name in ("get", "pop"):
        return call.args[1:]
    if name == "getattr":
        return call.args[2:]
    return call.args if name[:1].isupper() or name == "str" else []


def _is_given(part: ast.expr, statement: Statement) -> bool:
    """Whether ``part`` is a parameter of the function around, or something of one."""
    while isinstance(part, (ast.Attribute, ast.Subscript)):
        part = part.value
    if not isinstance(part, ast.Name) or part.id in ("self", "cls"):
        return False
    return any(binding.kind == "parameter" for binding in statement.scope.lookup(part.id))
