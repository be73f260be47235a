"""What violations are tied to, whatever their rows, and the way from the names they are about to the definitions."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ssot_lint.file import File, ast_path, plain
from ssot_lint.fingerprint import digest
from ssot_lint.model import FILE_START, Anchor, FileReport, Hop, Violation
from ssot_lint.own_rules import OWN_RULES
from ssot_lint.source.normal import Span, excerpt, normal_form, shortened
from ssot_lint.source.scan import own_expressions
from ssot_lint.source.scopes import Scope, Statement
from ssot_lint.source.text import Text


def anchored(report: FileReport, file: File | None, text: Text, place: str) -> FileReport:
    """Give ``report`` with the anchor of each violation, and the hops to what it is about.

    ``place`` is what the file is known by; ``file`` is ``None`` where nothing of it could be scanned.
    """
    count: Counter[tuple[object, ...]] = Counter()
    violations = tuple(_numbered((_anchored(v, file, text, place) for v in report.violations), count))
    suppressed = tuple(_numbered((_anchored(v, file, text, place) for v in report.suppressed), count))
    return replace(report, violations=violations, suppressed=suppressed)


def _numbered(violations: Iterable[Violation], count: Counter[tuple[object, ...]]) -> Iterator[Violation]:
    """Tell violations apart that are the same but for their row."""
    for violation in violations:
        anchor = violation.anchor
        assert anchor is not None, "they have just been anchored"
        sort = (violation.code, violation.symbol, anchor.definition, anchor.code)
        count[sort] += 1
        yield replace(violation, anchor=replace(anchor, number=count[sort])) if count[sort] > 1 else violation


def _anchored(violation: Violation, file: File | None, text: Text, place: str) -> Violation:
    span = text.offset(violation.range.start), text.offset(violation.range.end)
    # The tool's own rules are about comments and rows, and about files as a whole.
    statement = file.scan.statement_at(span[0]) if file and violation.code not in OWN_RULES else None
    if violation.range == FILE_START:
        return replace(violation, anchor=Anchor(place))
    if file is None or statement is None:
        string = text.string[span[0] : span[1]] or text.string[text.line_start(span[0]) : text.line_end(span[0])]
        line = " ".join(string.split())
        return replace(violation, anchor=Anchor(place, code=digest(line), text=shortened(line)))
    code = digest(normal_form(file.scan, statement, span))
    anchor = Anchor(place, _definition(statement.scope), code, excerpt(file.scan, statement, span))
    return replace(violation, anchor=anchor, hops=tuple(_hops(file, statement, span)))


def _definition(scope: Scope) -> str:
    """Give the dotted name, in its module, of the function or class whose scope this is."""
    names: list[str] = []
    inner: Scope | None = scope
    while inner is not None and inner.kind != "module":
        names.append(inner.name)
        inner = inner.parent
    return ".".join(reversed(names))


# The way to the definition.


def _hops(file: File, statement: Statement, span: Span) -> Iterator[Hop]:
    """Give the names that lead from what is named at ``span`` to its definition, each with where it is bound.

    None if the object is taken from where it is defined.
    """
    name = _imported(file, statement, span) or _used(file, statement, span)
    chain = file.project.resolve(name).chain if name else ()
    places = [(plain(name), place) for name in chain if (place := file.project.bound_at(name))]
    hops = [Hop(name, path, row) for name, (path, row) in places if path != file.path]
    if len(hops) > 1:
        yield from hops


def _imported(file: File, statement: Statement, span: Span) -> str | None:
    """Give what an import takes at ``span``."""
    imported = file.import_of(statement)
    for alias in imported.node.names if imported else ():
        start, end = file.scan.span(alias)
        if imported and start < span[1] and span[0] < end and alias.name != "*":
            return alias.name if isinstance(imported.node, ast.Import) else f"{imported.module}:{alias.name}"
    return None


def _used(file: File, statement: Statement, span: Span) -> str | None:
    """Give what the longest chain of names that starts at ``span``, and is not longer, certainly names."""
    longest: tuple[str, ...] = ()
    for expression in own_expressions(statement.node):
        for node in ast.walk(expression):
            if not isinstance(node, (ast.Attribute, ast.Name)):
                continue
            path, (start, end) = ast_path(node), file.scan.span(node)
            if path and len(path) > len(longest) and start == span[0] and end <= span[1]:
                longest = path
    reference = file.refer(longest, span[0]) if longest else None
    return next(iter(reference.names)) if reference and reference.certain and len(reference.names) == 1 else None
