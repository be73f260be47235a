"""Traces as graphs, for those formats that draw them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.tracing.model import ShimUse, Trace, count_files


@dataclass(frozen=True)
class Node:
    """A name with what there is to say about it, and whether it stands out: a definition, what can be deleted."""

    name: str
    label: str
    strong: bool = False


@dataclass(frozen=True)
class Edge:
    """``source`` takes something from ``target``; a ``weak`` one perhaps, or for type checkers only."""

    source: str
    target: str
    weak: bool = False


@dataclass(frozen=True)
class Graph:
    """What is to be drawn."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph_of_trace(trace: Trace) -> Graph:
    """Give the graph of who takes an object from where; the definition may be outside of the project."""
    nodes = [Node(path.symbol, _sites(len(path.sites)), path.source is None) for path in trace.paths]
    edges = [
        Edge(path.symbol, path.source, path.standing != "certain") for path in trace.paths if path.source is not None
    ]
    known = {node.name for node in nodes}
    others = dict.fromkeys(edge.target for edge in edges if edge.target not in known)
    return Graph((*nodes, *(Node(name, "", name in trace.origins) for name in others)), tuple(edges))


def graph_of_shims(shims: Sequence[ShimUse]) -> Graph:
    """Give the graph of who imports which shim."""
    edges = dict.fromkeys(edge for shim in shims for edge in _edges(shim))
    nodes = {shim.module: Node(shim.module, _files(shim), shim.deletable) for shim in shims}
    others = dict.fromkeys(edge.source for edge in edges)
    return Graph((*nodes.values(), *(Node(name, "") for name in others)), tuple(edges))


def _edges(shim: ShimUse) -> Iterator[Edge]:
    yield from (Edge(site.path, shim.module) for site in shim.sites)
    imported = {site.path for site in shim.sites}
    yield from (Edge(quote.path, shim.module, weak=True) for quote in shim.quotes if quote.path not in imported)


def _files(shim: ShimUse) -> str:
    return "can be deleted" if shim.deletable else _sites(len(shim.sites)) + f" in {count_files(shim.sites)} files"


def _sites(count: int) -> str:
    return f"{count} import site" + ("" if count == 1 else "s")
