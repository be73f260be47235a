"""Components and shortest circles, against what trying everything finds."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.project.circles import Graph, components, shortest_circle

NODES = "abcdef"
GRAPHS = st.dictionaries(st.sampled_from(NODES), st.sets(st.sampled_from(NODES)).map(sorted))


def reached(graph: Graph, start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(graph.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(graph.get(node, ()))
    return found


def circles(graph: Graph) -> list[tuple[str, ...]]:
    """All circles of two nodes or more, each starting with its first node, the shortest first."""
    return [
        way
        for length in range(2, len(NODES) + 1)
        for way in permutations(NODES, length)
        if way[0] == min(way)
        and all(goal in graph.get(node, ()) for node, goal in zip(way, (*way[1:], way[0]), strict=True))
    ]


@given(GRAPHS)
def test_components_are_the_nodes_that_reach_each_other(graph: Graph) -> None:
    reach = {node: reached(graph, node) for node in NODES}
    expected = {frozenset(goal for goal in reach[node] if node in reach[goal]) for node in NODES}
    found = list(components(graph))
    assert set(found) == {component for component in expected if len(component) > 1}
    assert len(found) == len(set(found))


@given(GRAPHS)
def test_the_circle_is_a_shortest_one_the_first_by_its_first_node(graph: Graph) -> None:
    for component in components(graph):
        inside = [way for way in circles(graph) if component.issuperset(way)]
        shortest = [way for way in inside if len(way) == len(inside[0])]
        assert shortest_circle(graph, component) == min(shortest)


def test_a_long_chain_needs_no_stack() -> None:
    size = 20_000
    graph = {str(number): [str((number + 1) % size)] for number in range(size)}
    assert [len(component) for component in components(graph)] == [size]
