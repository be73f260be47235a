"""For Graphviz."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.reporting.paint import Paint, visible
from ssot_lint.reporting.traces.graph import Graph, Node, graph_of_shims, graph_of_trace
from ssot_lint.tracing.model import ShimUse, Trace


def render_trace(trace: Trace, paint: Paint) -> Iterator[str]:
    """Yield the lines of the graph of ``trace``."""
    del paint  # a file for a program
    return _render(graph_of_trace(trace))


def render_shims(shims: Sequence[ShimUse], paint: Paint) -> Iterator[str]:
    """Yield the lines of the graph of ``shims`` and who imports them."""
    del paint
    return _render(graph_of_shims(shims))


def _render(graph: Graph) -> Iterator[str]:
    yield "digraph {"
    yield "  rankdir=LR"
    yield "  node [shape=box]"
    yield from map(_node, graph.nodes)
    for edge in graph.edges:
        yield f"  {_quoted(edge.source)} -> {_quoted(edge.target)}{' [style=dashed]' if edge.weak else ''}"
    yield "}"


def _node(node: Node) -> str:
    style = ", style=bold" if node.strong else ""
    label = _quoted(node.name)[:-1] + (f"\\n{node.label}" if node.label else "") + '"'
    return f"  {_quoted(node.name)} [label={label}{style}]"


def _quoted(name: str) -> str:
    escaped = visible(name).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
