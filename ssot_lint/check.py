"""Check one file: from its bytes to what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ssot_lint.model import FILE_START, FileReport, Range, Refusal, Violation
from ssot_lint.own_rules import NOT_PYTHON, OWN_RULES, RULE_CRASHED, UNREADABLE
from ssot_lint.screening import Screen
from ssot_lint.source.text import NotText, Text, is_python
from ssot_lint.source.triggers import Hits, Triggers

if TYPE_CHECKING:
    from ssot_lint.file import File
    from ssot_lint.project import Project
    from ssot_lint.rule import Rule
    from ssot_lint.source.scan import Scan
    from ssot_lint.source.scopes import Statement
    from ssot_lint.source.trees import Piece

SUPPRESSION = b"ssot:"
UNTIL = "until="
CONCERNS = "concerns"

Visit = Callable[[Any, "File"], Iterator[Violation]]
_Scanned = tuple["Scan | None", "Violation | None"]
"""What could be scanned of a file, and what kept it from being scanned as a whole."""


@dataclass(frozen=True)
class Demands:
    """What is demanded of suppressions: a reason, and that they name none of the rules that are ``binding``."""

    reason: bool = False
    binding: AbstractSet[str] = frozenset()


class Checker:
    """Checks files against ``rules``; made once for a run, and again in each of its processes.

    ``per_file_ignores`` maps globs of paths to selectors of rules, ``known`` are the ids of all rules of the packs,
    also of those not selected, ``ignored`` the codes of those of the tool's own rules that are not to be heard;
    ``demands`` are those on suppressions. With ``whole_modules`` LibCST parses whole files and not their sites, which
    must not make a difference.
    """

    def __init__(
        self,
        rules: tuple[Rule, ...],
        project: Project,
        *,
        per_file_ignores: Mapping[str, tuple[str, ...]] | None = None,
        demands: Demands = Demands(),
        known: AbstractSet[str] = frozenset(),
        ignored: AbstractSet[str] = frozenset(),
        whole_modules: bool = False,
    ) -> None:
        self.rules = rules
        self.project = project
        self.per_file_ignores = per_file_ignores or {}
        self.demands = demands
        self.known = known | {rule.id for rule in rules}
        self.ignored = ignored
        self.whole_modules = whole_modules
        self.screen = Screen(rules, project)

    @property
    def triggers(self) -> Triggers:
        """What is looked for in the bytes of files."""
        return self.screen.triggers

    def changed(self, files: Mapping[str, bytes | None]) -> Checker:
        """Give the checker of the project as it is once ``files`` have other contents, are there, or are gone."""
        return Checker(
            self.rules,
            self.project.changed(files),
            per_file_ignores=self.per_file_ignores,
            demands=self.demands,
            known=self.known,
            ignored=self.ignored,
            whole_modules=self.whole_modules,
        )

    def concerns(self, name: str) -> bool:
        """Tell whether a use of the dotted ``name`` may break a rule."""
        return self.project.once(
            (CONCERNS, name), lambda: any(rule.concerns(name, self.project) for rule in self.rules)
        )

    def sight(self, path: str, raw: bytes) -> Hits | None:
        """Give what is looked for in a file, from its bytes; ``None`` if there is nothing to say about it.

        But that it is not Python: of a file that was named one by one, that is said, too.
        """
        hits = self.screen.hits(path, raw)
        return hits if hits or self._is_wanted(path, raw) else None

    def settled(self, path: str, raw: bytes, hits: Hits | None) -> Hits | None:
        """Give what is left of what is in `sight` once the project was asked where the clues lead."""
        if hits is None or not hits.clues:
            return hits
        left = self.screen.settled(hits)
        return left if left or self._is_wanted(path, raw) else None

    def _is_wanted(self, path: str, raw: bytes) -> bool:
        if SUPPRESSION in raw:
            return True
        module, _ = self.project.module_of(path) or (None, False)
        return any(rule.looks_at(path, module) and rule.may_fire_in(raw, self.project) for rule in self.rules)

    def prepare(self) -> None:
        """Ask the project once what every process that judges files would have to ask it."""
        for rule in self.rules:
            rule.prepare(self.project)

    def check(self, path: str, raw: bytes, *, explicit: bool = False) -> FileReport:
        """Say what is wrong with the file ``path`` (relative to the root, with ``/``) if its bytes are ``raw``.

        An ``explicit`` file was named by the user, who is told that it is not Python even if no rule could fire in
        it. Nothing is raised for bad input.
        """
        hits = self.settled(path, raw, self.sight(path, raw))
        if hits is None and not (explicit and not is_python(raw)):
            return FileReport(path)
        return self.look_closely(path, raw, hits or Hits())

    def look_closely(self, path: str, raw: bytes, hits: Hits) -> FileReport:
        """Say what is wrong with a file in which there are ``hits``."""
        module, is_package = self.project.module_of(path) or (None, False)
        rules = self._rules_for(path, module)
        text, unread = _read(path, raw)
        try:
            scanned = _scan(path, text, module, is_package)
            violations = self._look(path, scanned, rules, hits, unread)
        except RecursionError:
            scanned = _ruin(path, text, module, is_package, SyntaxError("it is nested too deeply"))
            violations = self._look(path, scanned, rules, hits, unread)
        violations.sort(key=_order)
        report = self.heard(self._suppress(path, raw, text, violations, rules))
        return self._anchor(report, scanned[0], text, module)

    def _anchor(self, report: FileReport, scan: Scan | None, text: Text, module: str | None) -> FileReport:
        """Give ``report`` with what its violations are tied to."""
        if not report.violations and not report.suppressed:
            return report
        from ssot_lint.anchors import anchored
        from ssot_lint.file import File

        place = module if module and self.project.runs(report.path, module) else report.path
        return anchored(report, File(report.path, scan, self.project) if scan else None, text, place)

    def _look(
        self, path: str, scanned: _Scanned, rules: tuple[Rule, ...], hits: Hits, unread: Violation | None
    ) -> list[Violation]:
        """Let ``rules`` look at what could be scanned of a file; say what keeps it from being read, and only that."""
        scan, broken = scanned
        problem = unread or broken
        found = list(_Visit(self, rules, path, scan).violations(hits)) if scan is not None else []
        return [problem, *map(_never_fixed, found)] if problem else found

    def heard(self, report: FileReport) -> FileReport:
        """Give ``report`` without what the tool's own rules say where nobody wants to hear it."""
        own = {violation.code for violation in report.violations} & OWN_RULES.keys()
        ignored = own & self.ignored if own else own
        for selector in self._ignored_in(report.path) if own else ():
            ignored |= {code for code in own if OWN_RULES[code].selected_by(selector)}
        if not ignored:
            return report
        from dataclasses import replace

        return replace(report, violations=tuple(v for v in report.violations if v.code not in ignored))

    def _rules_for(self, path: str, module: str | None) -> tuple[Rule, ...]:
        ignored = self._ignored_in(path)
        return tuple(
            rule
            for rule in self.rules
            if rule.applies_to(path, module) and not any(rule.selected_by(selector) for selector in ignored)
        )

    def _ignored_in(self, path: str) -> list[str]:
        """Give the selectors of the rules that are not for the file ``path``."""
        from ssot_lint.globs import matches_path

        return [
            selector
            for glob, selectors in self.per_file_ignores.items()
            if matches_path(path, (glob,))
            for selector in selectors
        ]

    def _suppress(
        self, path: str, raw: bytes, text: Text, violations: list[Violation], rules: tuple[Rule, ...]
    ) -> FileReport:
        from ssot_lint import suppression

        if not suppression.may_suppress(raw):
            return FileReport(path, tuple(violations))
        from datetime import date

        terms = suppression.Terms(
            known=self.known,
            active={rule.id for rule in rules},
            today=self.project.today() if UNTIL in text.string else date.min,
            binding=self.demands.binding,
            require_reason=self.demands.reason,
        )
        remaining, suppressed = suppression.apply(violations, path, text.string, terms)
        return FileReport(path, tuple(sorted(remaining, key=_order)), suppressed)


def _order(violation: Violation) -> tuple[Range, str, str]:
    return violation.range, violation.code, violation.symbol or ""


def _read(path: str, raw: bytes) -> tuple[Text, Violation | None]:
    try:
        return Text.read(raw), None
    except NotText as error:
        return Text.read_anyway(raw), unreadable(path, f"{error}; what can be read of it was checked")


def unreadable(path: str, message: str) -> Violation:
    """Make the violation of a file that cannot be read; ``message`` says why."""
    return UNREADABLE.violation(path, message)


def _scan(path: str, text: Text, module: str | None, is_package: bool) -> _Scanned:
    """Scan a file as well as it can be: as it stands, in older grammar, or nothing but its imports."""
    from ssot_lint.source.scan import Scan, scan

    try:
        return scan(text, module, is_package), None
    except SyntaxError as error:
        from ssot_lint.source.grammar import lower

        lowered = lower(text)
        if lowered is None:
            return _ruin(path, text, module, is_package, error)
        return Scan(text, lowered.tree, module, is_package, newer=True), None


def _ruin(path: str, text: Text, module: str | None, is_package: bool, error: SyntaxError) -> _Scanned:
    """Scan nothing but the imports of a file that is not Python."""
    from ssot_lint.source.grammar import whole_imports
    from ssot_lint.source.scan import Scan

    message = f"not valid Python: {error.msg}; only its import statements were checked, and nothing is fixed"
    tree = whole_imports(text)
    ruin = Scan(text, tree, module, is_package, partial=True) if tree.body else None
    return ruin, NOT_PYTHON.violation(path, message, _place(text, error))


def _place(text: Text, error: SyntaxError) -> Range:
    row = min(max(error.lineno or 1, 1), len(text.line_starts))
    start = text.line_starts[row - 1]
    offset = min(start + max((error.offset or 1) - 1, 0), text.line_end(start))
    return text.range(offset, offset)


def _never_fixed(violation: Violation) -> Violation:
    from dataclasses import replace

    if violation.fix is None:
        return violation
    refusal = Refusal("not-lossless", "the file cannot be read as a whole, so nothing in it is changed")
    return replace(violation, fix=None, refusal=refusal)


class _Visit:
    """One visit of the sites of one file by the rules that apply to it."""

    def __init__(self, checker: Checker, rules: tuple[Rule, ...], path: str, scan: Scan) -> None:
        from ssot_lint.file import File

        self._checker = checker
        self._rules = rules
        self._whole = checker.whole_modules or scan.newer
        self._scan = scan
        self._file = File(path, scan, checker.project)
        self._visits: dict[str, list[tuple[Rule, Visit]]] = defaultdict(list)
        for rule in rules:
            for name in dir(rule):
                if name.startswith("visit_"):
                    self._visits[name.removeprefix("visit_")].append((rule, getattr(rule, name)))

    def violations(self, hits: Hits) -> Iterator[Violation]:
        """Give what the rules find in the statements in which there are ``hits``."""
        from ssot_lint.source.trees import Tree, Unreadable, whole_module

        for rule in self._rules:
            yield from self._safely(rule, partial(rule.visit_file, self._file))
        pieces = [whole_module(self._scan.text)] if self._whole and not self._scan.partial else self._pieces(hits)
        for piece in pieces:
            try:
                self._file.tree = Tree(self._scan.text, piece)
            except Unreadable as error:
                place = self._scan.text.range(piece.start, piece.end)
                yield UNREADABLE.violation(self._file.path, f"{error}, so no rule looked at it", place)
                continue
            for node in self._file.tree.nodes():
                for rule, visit in self._visits.get(type(node).__name__, ()):
                    yield from self._safely(rule, partial(visit, node, self._file), node)

    def _pieces(self, hits: Hits) -> Iterator[Piece]:
        from ssot_lint.source.sites import pieces, statements_with

        for statement in statements_with(self._scan, hits):
            if self._is_star(statement) or any(map(self._checker.concerns, self._file.names_in(statement))):
                yield from pieces(self._scan, statement)

    def _is_star(self, statement: Statement) -> bool:
        imported = self._scan.import_of(statement)
        return imported is not None and imported.node.names[0].name == "*"

    def _safely(self, rule: Rule, find: Callable[[], Iterator[Violation]], node: Any = None) -> Iterator[Violation]:
        """Give what a rule finds. The one place where a bug of a rule is caught: it costs a finding, not the run."""
        try:
            yield from find()
        except Exception as error:  # noqa: BLE001 - whatever a rule raises costs one finding
            place = self._scan.text.range(*self._file.span(node)) if node is not None else FILE_START
            message = f"rule {rule.id} crashed here, please report it: {type(error).__name__}: {error}"
            yield RULE_CRASHED.violation(self._file.path, message, place)
