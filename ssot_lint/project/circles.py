"""Circles in a directed graph: what reaches itself, and the shortest way round."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping

Graph = Mapping[str, Collection[str]]
"""For each node those to which there is an edge; nodes that are no key of it have none."""


def components(graph: Graph) -> Iterator[frozenset[str]]:
    """Give the sets of nodes, two or more, of which each reaches all others."""
    search = _Search(graph)
    for root in graph:
        yield from search.components_from(root)


class _Search:
    """Tarjan's search for components, without recursion: chains of imports are longer than Python's stack."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._index: dict[str, int] = {}
        self._low: dict[str, int] = {}
        self._path: dict[str, None] = {}
        self._waiting: list[tuple[str, Iterator[str]]] = []

    def components_from(self, root: str) -> Iterator[frozenset[str]]:
        """Give the components that are reached from ``root`` and were not reached before."""
        if root not in self._index:
            self._enter(root)
        while self._waiting:
            node, edges = self._waiting[-1]
            inner = next((goal for goal in edges if self._is_new(node, goal)), None)
            if inner is not None:
                self._enter(inner)
                continue
            component = self._leave(node)
            if len(component) > 1:
                yield component

    def _enter(self, node: str) -> None:
        self._index[node] = self._low[node] = len(self._index)
        self._path[node] = None
        self._waiting.append((node, iter(self._graph.get(node, ()))))

    def _is_new(self, node: str, goal: str) -> bool:
        if goal in self._path:
            self._low[node] = min(self._low[node], self._index[goal])
        return goal not in self._index

    def _leave(self, node: str) -> frozenset[str]:
        """Go back from ``node``; give the component of which it was the first, else nothing."""
        self._waiting.pop()
        if self._waiting:
            outer = self._waiting[-1][0]
            self._low[outer] = min(self._low[outer], self._low[node])
        component: set[str] = set()
        while self._low[node] == self._index[node] and node in self._path:
            component.add(self._path.popitem()[0])
        return frozenset(component)


def shortest_circle(graph: Graph, component: frozenset[str]) -> tuple[str, ...]:
    """Give the shortest way round in a component, the first in the order of names; it starts with its first name."""
    shortest: tuple[str, ...] = ()
    for start in sorted(component):
        found = _circle(graph, component, start, len(shortest) or len(component) + 1)
        shortest = found or shortest
        if len(shortest) == 2:
            break
    return shortest


def _circle(graph: Graph, component: frozenset[str], start: str, limit: int) -> tuple[str, ...]:
    """Give the shortest way from ``start`` to itself, if it has fewer nodes than ``limit``."""
    before: dict[str, str] = {}
    waiting = deque([(start, 1)])
    while waiting:
        node, length = waiting.popleft()
        if length >= limit:
            return ()
        for goal in sorted(component.intersection(graph.get(node, ())) - {node}):
            if goal == start:
                return _way(before, node)
            if goal not in before:
                before[goal] = node
                waiting.append((goal, length + 1))
    return ()


def _way(before: Mapping[str, str], last: str) -> tuple[str, ...]:
    way = [last]
    while way[-1] in before:
        way.append(before[way[-1]])
    return tuple(reversed(way))
