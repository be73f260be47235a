"""A file between two of its versions: some changes made, others not."""

from __future__ import annotations

from collections.abc import Collection

from ssot_lint.fixing.laws import compiles
from ssot_lint.fixing.names import undefined
from ssot_lint.fixing.rewrite import State
from ssot_lint.project import Project
from ssot_lint.source.text import NotText, Text


def broken_version(project: Project, path: str, known: Collection[bytes], raw: bytes) -> str | None:
    """Say what is wrong with ``raw`` in the file ``path`` that was not wrong with all versions ``known`` of it.

    It would not be Python, or use a name that nothing binds.
    """
    state = _state(project, path, raw)
    others = [_state(project, path, version) for version in known]
    if state is None:
        return "the file would not be valid Python" if any(others) else None
    error = compiles(state) if not state.is_newer else None
    if error is not None and any(other is not None and compiles(other) is None for other in others):
        return f"the file would not compile: {error}"
    allowed = set[str]().union(*(undefined(other) for other in others if other is not None))
    lost = sorted(undefined(state) - allowed)
    return f"`{lost[0]}` would be undefined" if lost else None


def _state(project: Project, path: str, raw: bytes) -> State | None:
    """Read a version; ``None`` for what is not Python."""
    try:
        state = State(path, Text.read(raw), project)
    except NotText:
        return None
    return state if state.is_python else None
