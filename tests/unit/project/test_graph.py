from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.project import Project

OpenProject = Callable[[str], Project]


@pytest.mark.parametrize(
    ("start", "goal", "reached"),
    [
        ("net.client", "net.client", True),
        ("net.client", "net.transport", True),
        ("net.client", "net.errors", True),
        ("net.client", "net.inside", True),  # the body of a class runs
        ("net.client", "net.settings", True),  # through the package around it
        ("net.client", "net.typed", False),
        ("net.client", "net.lazy", False),
        ("net.transport", "net.client", False),
        ("net.takes_leaf", "net.sub.leaf", True),
        ("net.takes_leaf", "net.from_package", True),
        ("net.takes_leaf", "net.sub", False),  # runs, but nobody asks for anything in it
        ("net.sub.leaf", "net.from_package", True),
        ("net.loop_a", "net.loop_a", True),
        ("net.loop_a", "net.loop_b", True),
        ("net.loop_b", "net.loop_a", True),
        ("net.gone", "net.client", False),
        ("elsewhere", "net.client", False),
    ],
)
def test_which_module_imports_which(project: OpenProject, start: str, goal: str, reached: bool) -> None:
    assert project("imports").reaches(start, goal) is reached
