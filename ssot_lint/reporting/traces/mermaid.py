"""For Mermaid, which Markdown on the usual hosts draws."""

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
    yield "graph LR"
    # Some names are words of the language, so that none is used as it is.
    numbers = {node.name: f"n{number}" for number, node in enumerate(graph.nodes)}
    for node in graph.nodes:
        yield f'  {numbers[node.name]}["{_label(node)}"]'
    for edge in graph.edges:
        yield f"  {numbers[edge.source]} {'-.->' if edge.weak else '-->'} {numbers[edge.target]}"
    for node in graph.nodes:
        if node.strong:
            yield f"  style {numbers[node.name]} stroke-width:4px"


def _label(node: Node) -> str:
    name = visible(node.name).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return f"{name}<br>{node.label}" if node.label else name
