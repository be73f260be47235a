"""Make the summary of a module from its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from ssot_lint.project import exports, facts, tricks
from ssot_lint.project.reader import Reader, Source
from ssot_lint.project.summary import Bound, BoundKind, ModuleSummary
from ssot_lint.source.outline import outline
from ssot_lint.source.scan import Scan, parse
from ssot_lint.source.scopes import Binding
from ssot_lint.source.text import NotText, Text

TYPE = re.compile(r"type\s+\w")
GLOBAL = re.compile(r"\bglobal\b")
TELLING = ("global", "yield", *tricks.WORDS)
"""Without one of these words, the body of a function tells nothing of its module."""


def summarize(raw: bytes, module: str, path: str, is_package: bool) -> ModuleSummary:
    """Give the summary of the file ``path`` with the bytes ``raw``; one that is ``broken`` for what is not Python."""
    try:
        text = Text.read(raw)
    except NotText:
        return ModuleSummary(module, path, is_package, broken=True, dynamic=True)
    source = _parse(text, module, is_package)
    reader = Reader(source)
    found = tricks.tricks(source)
    listed = _exports(reader, source)
    return ModuleSummary(
        module,
        path,
        is_package,
        names=_names(reader, dict(_rebinds(text, source))),
        stars=tuple(reader.stars),
        exports=listed.names if listed else None,
        computes_exports=listed is not None and listed.names is None,
        imports=tuple(reader.imports),
        dynamic="globals" in found or source.partial,
        broken=source.partial,
        replaced="replaced" in found,
        open_path="path" in found or "__path__" in reader.state.changes,
    )


def _parse(text: Text, module: str, is_package: bool) -> Source:
    """Parse a module as well as can be: in outline, as it stands, in older grammar, or nothing but its imports."""
    outlined = outline(text.string, TELLING)
    if outlined is not None:
        with suppress(SyntaxError):
            return Source(outlined, parse(outlined), module, is_package)
    try:
        return Source(text.string, parse(text.string), module, is_package)
    except SyntaxError:
        from ssot_lint.source.grammar import lower, whole_imports

        lowered = lower(text)
        if lowered is not None:
            return Source(lowered.string, _with_aliases_opaque(parse(lowered.string), text), module, is_package)
        return Source(text.string, whole_imports(text), module, is_package, partial=True)


def _with_aliases_opaque(tree: ast.Module, text: Text) -> ast.Module:
    """Take their values from the assignments that were ``type`` statements: such an alias is an object of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and TYPE.match(text.string, text.from_ast(node.lineno, node.col_offset)):
            node.value = ast.copy_location(ast.Constant(None), node.value)
    return tree


def _exports(reader: Reader, source: Source) -> exports.Exports | None:
    if exports.NAME not in source.string:
        return None

    def refer(expression: ast.expr) -> str | None:
        target = reader.refer(expression, reader.state)
        return target and exports.owner(target)

    listed = exports.read(source.tree, refer)
    bounds = reader.state.get(exports.NAME)
    if listed is not None or not bounds:
        return listed
    module = exports.owner(bounds[0].target or "") if len(bounds) == 1 else None
    return exports.Exports((f"{module}:*",) if module else None)


def _names(reader: Reader, rebinds: dict[str, list[Bound]]) -> dict[str, tuple[Bound, ...]]:
    """Gather what all names of a module may stand for."""
    names = {name: list(bounds) for name, bounds in reader.state.changes.items()}
    for more in (reader.asides, rebinds):
        for name, bounds in more.items():
            names.setdefault(name, []).extend(bounds)
    settled = {name: tuple(dict.fromkeys(_settled(bound, reader) for bound in names[name])) for name in names}
    for class_name, members in reader.members.items():
        settled.update((f"{class_name}.{member}", bounds) for member, bounds in members.items())
    return settled


def _settled(bound: Bound, reader: Reader) -> Bound:
    """Turn an alias of a name that was bound anew afterwards into a value of its own."""
    root, before = reader.aliased.get(bound, ("", ()))
    if not root or (reader.state.get(root) == before and all(star.row < bound.row for star in reader.stars)):
        return bound
    return replace(bound, kind="value")


def _rebinds(text: Text, source: Source) -> Iterator[tuple[str, list[Bound]]]:
    """Give what functions bind in the module by ``global``."""
    if source.partial or not GLOBAL.search(source.string):
        return
    scan = Scan(Text(source.string, text.encoding, text.bom), source.tree, source.module, source.is_package)
    for name, bindings in scan.scope.bindings.items():
        bounds = [_rebound(binding, source.module) for binding in bindings if binding.statement.scope is not scan.scope]
        if bounds:
            yield name, bounds


def _rebound(binding: Binding, module: str) -> Bound:
    row = binding.statement.node.lineno
    if binding.target is not None:
        kind: BoundKind = "name" if ":" in binding.target else "module"
        return Bound(kind, row, binding.target, rebinds=True)
    chain = facts.chain(binding.value)
    outer = binding.statement.scope.lookup(chain[0]) if chain else []
    if len(outer) != 1 or (outer[0].statement.scope.kind != "module" and outer[0].target is None):
        return Bound("value", row, rebinds=True)
    target = facts.extended(outer[0].target or f"{module}:{chain[0]}", chain[1:])
    return Bound("value", row, target, chain[0] if len(chain) == 1 else None, rebinds=True)
