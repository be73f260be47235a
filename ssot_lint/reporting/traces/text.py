"""For people: what an object is, and the tree of the paths that lead to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.project.definitions import Definition
from ssot_lint.project.summary import Parameter, Signature
from ssot_lint.reporting.paint import Paint, visible
from ssot_lint.tracing.model import ObjectPath, ShimUse, Site, Trace, count_files

STANDING = {"certain": "", "possible": ", possibly", "typing": ", for type checkers only"}
WIDTH = 7


def render_trace(trace: Trace, paint: Paint) -> Iterator[str]:
    """Yield what is known of the object, then a line for each path below the one from which it is taken."""
    for origin in trace.origins:
        definition = next((found for found in trace.definitions if found.name == origin), None)
        yield from _definition(origin, definition, paint)
    yield from (f"  {visible(note)}" for note in trace.notes)
    yield ""
    yield f"{'sites':>{WIDTH}}{'files':>{WIDTH}}  path"
    for depth, path in tree(trace.paths):
        counts = f"{len(path.sites):>{WIDTH}}{count_files(path.sites):>{WIDTH}}"
        where = visible(f"{path.file}:{path.row}{STANDING[path.standing]}")
        yield f"{counts}  {'  ' * depth}{paint.bold(visible(path.symbol))} ({where})"
    yield ""
    sites = trace.sites
    yield f"{_count(len(trace.paths), 'path')}, {_taken(sites)}."


def _definition(origin: str, definition: Definition | None, paint: Paint) -> Iterator[str]:
    if definition is None:
        yield f"{paint.bold(visible(origin))}, defined elsewhere"
        return
    kind = f"async {definition.kind}" if definition.is_async else definition.kind
    yield f"{kind} {paint.bold(visible(origin))}"
    if definition.path is not None:
        yield visible(f"  defined at {definition.path}:{definition.row}")
    yield from (f"  @{visible(decorator)}" for decorator in definition.decorators)
    if definition.kind in ("class", "function"):
        called = signature_text(definition.signature) if definition.signature else "(how is not certain)"
        yield f"  called with {called}"


def signature_text(signature: Signature) -> str:
    """Give the parameters as Python writes them, ``...`` for every default."""
    parts: list[str] = []
    kinds = [parameter.kind for parameter in signature.parameters]
    for index, parameter in enumerate(signature.parameters):
        before = kinds[index - 1] if index else None
        if before == "positional-only" and parameter.kind != before:
            parts.append("/")
        if parameter.kind == "keyword-only" and before not in ("keyword-only", "var-positional"):
            parts.append("*")
        parts.append(_parameter(parameter))
    if kinds and kinds[-1] == "positional-only":
        parts.append("/")
    return f"({', '.join(parts)})"


def _parameter(parameter: Parameter) -> str:
    if parameter.kind == "var-positional":
        return f"*{parameter.name}"
    if parameter.kind == "var-keyword":
        return f"**{parameter.name}"
    return parameter.name if parameter.required else f"{parameter.name}=..."


def tree(paths: Sequence[ObjectPath]) -> Iterator[tuple[int, ObjectPath]]:
    """Give each path after the one from which it is taken, with its depth; those most used first."""
    symbols = {path.symbol for path in paths}
    below: dict[str | None, list[ObjectPath]] = {}
    for path in sorted(paths, key=lambda path: (-len(path.sites), path.symbol)):
        below.setdefault(path.source if path.source in symbols else None, []).append(path)
    seen: set[str] = set()
    # What leads round in a circle has no beginning.
    for root in (*below.get(None, ()), *paths):
        waiting = [(0, root)]
        while waiting:
            depth, path = waiting.pop()
            if path.symbol not in seen:
                seen.add(path.symbol)
                yield depth, path
                waiting.extend((depth + 1, inner) for inner in reversed(below.get(path.symbol, ())))


def render_shims(shims: Sequence[ShimUse], paint: Paint) -> Iterator[str]:
    """Yield each shim with who needs it, those that can be deleted last."""
    for shim in sorted(shims, key=lambda shim: (shim.deletable, shim.module)):
        verdict = paint.green("can be deleted today") if shim.deletable else _needs(shim)
        yield f"{paint.bold(visible(shim.module))} ({visible(shim.path)}): {verdict}"
        yield visible(f"  passes on from {', '.join(shim.passes_on)}")
        yield from (visible(f"  imported at {site.path}:{site.row}") for site in shim.sites)
        yield from (visible(f"  named in a string at {quote.path}:{quote.row}") for quote in shim.quotes)
    if shims:
        yield ""
    deletable = sum(shim.deletable for shim in shims)
    yield f"{_count(len(shims), 'shim')}, {deletable} of them can be deleted today."


def _needs(shim: ShimUse) -> str:
    if not shim.sites and not shim.quotes:
        return "needed by tests only" if shim.needed else "nobody imports it, but it may be found by its place"
    if not shim.sites:
        return f"named in {_count(len(shim.quotes), 'string')}"
    return _taken(shim.sites)


def _taken(sites: Sequence[Site]) -> str:
    return f"{_count(len(sites), 'import site')} in {_count(count_files(sites), 'file')}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
