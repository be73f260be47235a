"""The base of all kinds: what every rule has, and what it can be asked.

A kind is a frozen dataclass whose fields are its options; a rule is one instance of it, made from an entry of a pack.
Field names are the option names in snake case; a trailing underscore is dropped (``await_`` is the option ``await``).

A kind finds by visiting: for every LibCST node of class ``X`` that may matter, ``visit_X(node, file)`` yields what is
wrong there, as ``Finding`` values. Kinds import libcst for type checkers only, so that loading a pack does not load it.
"""

from __future__ import annotations

from abc import ABC
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ssot_lint.globs import is_test_path, matches_module, matches_path
from ssot_lint.model import Fix, Refusal, Severity, Violation

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.project import Project
    from ssot_lint.source.triggers import Trigger

TAG = "compliance:"
"""With what a selector begins that means rules by a tag."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """Code and what a rule makes of it: documentation, test and bug report in one.

    ``bad`` is flagged, ``ok`` is left alone. Fixing ``bad`` gives ``good``; without ``good`` every violation in it
    carries the code ``refusal``. ``unsafe`` says that the fix needs a human to agree. ``path`` and ``files`` (path to
    text) place the code in a project; ``options`` are the options of the rule as a pack would write them, for examples
    of a kind only. A text that starts with a new line is dedented by the indentation of the next one.
    """

    bad: str | None = None
    ok: str | None = None
    good: str | None = None
    refusal: str | None = None
    unsafe: bool = False
    path: str = "example.py"
    files: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("bad", "ok", "good"):
            object.__setattr__(self, name, _dedented(getattr(self, name)))
        object.__setattr__(self, "files", {path: _dedented(text) for path, text in self.files.items()})


def _dedented(text: str | None) -> str | None:
    """Take from a text in triple quotes what is there for the eye only; by hand, since every run does it."""
    if text is None or not text.startswith("\n"):
        return text
    first = text[1:]
    indentation = first[: len(first) - len(first.lstrip(" "))]
    return text.replace("\n" + indentation, "\n")[1:].rstrip(" ")


@dataclass(frozen=True, kw_only=True)
class Rule(ABC):
    """One rule of a pack; subclasses are the kinds.

    ``allowed_in`` are globs of modules that may do what the rule forbids (the owner, its shims), ``exclude`` globs of
    paths. ``message`` replaces the kind's own and may use the placeholders in ``placeholders``.
    """

    kind: ClassVar[str]
    default_message: ClassVar[str]
    placeholders: ClassVar[tuple[str, ...]] = ()
    needs: ClassVar[Literal["names", "project"]] = "names"
    fires_on_imports: ClassVar[bool] = True
    """Whether an import of what `names` gives may break it; else it takes a use of what is imported."""
    examples: ClassVar[tuple[Example, ...]] = ()

    id: str
    pack: str = ""
    severity: Severity = Severity.ERROR
    message: str | None = None
    allowed_in: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    include_tests: bool = True
    compliance: tuple[str, ...] = ()
    tests: tuple[Example, ...] = ()

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options of this rule beyond their types, one sentence each."""
        return iter(())

    def triggers(self) -> Iterator[Trigger]:
        """Give the words of which one must occur in a file for this rule to fire in it."""
        return iter(())

    def names(self) -> Iterator[str]:
        """Give the dotted names of objects this rule looks for under whatever name the project knows them."""
        return iter(())

    def concerns(self, name: str, project: Project) -> bool:
        """Tell whether a use of ``name`` (dotted, ``a.b:c`` where the module is certain) may break this rule.

        No node of a statement is visited that names nothing of concern; a rule about other things says yes to all.
        """
        return True

    def looks_at(self, path: str, module: str | None) -> bool:
        """Tell whether `visit_file` wants to see a file in which none of the triggers stands."""
        return False

    def may_fire_in(self, raw: bytes, project: Project) -> bool:
        """Tell whether a file that the rule `looks_at` is worth reading, by its bytes; no is certain."""
        return True

    def prepare(self, project: Project) -> None:
        """Ask the project what judging any file needs to know: called once, before processes share the answers."""
        return

    def visit_file(self, file: File) -> Iterator[Violation]:
        """Look at a file as a whole, at its scan: for kinds whose subject is the module and not its code."""
        return iter(())

    def applies_to(self, path: str, module: str | None) -> bool:
        """Tell whether this rule looks at the file ``path`` (relative, with ``/``), which is ``module`` if any."""
        if self.exclude and matches_path(path, self.exclude):
            return False
        if not self.include_tests and is_test_path(path):
            return False
        return not (self.allowed_in and module and matches_module(module, self.allowed_in))

    def selected_by(self, selector: str) -> bool:
        """Tell whether ``selector`` (``ALL``, an id, a prefix of one, a kind, a pack or a tag) means this rule.

        A tag is written ``compliance:HIPAA``; its case does not count.
        """
        if selector.startswith(TAG):
            return selector.removeprefix(TAG).lower() in map(str.lower, self.compliance)
        return selector in ("ALL", self.kind, self.pack) or self.id.startswith(selector)

    def violation(
        self,
        file: File,
        span: tuple[int, int],
        *,
        symbol: str,
        origin: str | None,
        outcome: Fix | Refusal,
        default: str | None = None,
        **words: str,
    ) -> Violation:
        """Make the violation of this rule at ``span`` (offsets) of ``file``; ``words`` fill the message.

        ``default`` is the message where neither the rule has one nor that of the kind fits.
        """
        message = self.message or default or self.default_message
        return Violation(
            code=self.id,
            kind=self.kind,
            pack=self.pack,
            severity=self.severity,
            message=message.format_map({"symbol": symbol, **words}),
            path=file.path,
            range=file.text.range(*span),
            symbol=symbol,
            origin=origin,
            fix=outcome if isinstance(outcome, Fix) else None,
            refusal=outcome if isinstance(outcome, Refusal) else None,
            compliance=self.compliance,
        )
