"""Where dotted names break off, and what there is instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.project import Project

FILES = {
    "app/__init__.py": "",
    "app/core/__init__.py": "from app.core.engine import Engine\n",
    "app/core/engine.py": (
        "import abc\nimport third\n\n"
        "class Base(abc.ABC):\n    def start(self): self.speed = 1\n\n"
        "class Engine(Base):\n    def stop(self): ...\n\n"
        "class Foreign(third.Thing): ...\n\nclass Meta(metaclass=third.Meta): ...\n\n"
        "@third.extend\nclass Extended: ...\n"
        "def run(): ...\nif third.fast:\n    def optional(): ...\n"
    ),
    "app/passing.py": "from app.gone import thing\n",
    "app/guarded.py": "try:\n    from app.gone import thing\nexcept ImportError:\n    pass\n",
    "app/lazy.py": "def __getattr__(name): ...\n",
    "app/core.py": "shadowed = 1\n",
}


@pytest.fixture(scope="module")
def project() -> Project:
    overlay = {path: text.encode() for path, text in FILES.items()}
    return Project(Path("/nonexistent"), (".",), lambda: sorted(FILES), overlay=overlay)


@pytest.mark.parametrize(
    ("name", "kind", "symbol", "rest"),
    [
        ("app.gone:", "module", "app.gone", ()),
        ("app.gone.deep:x", "module", "app.gone", ("deep", "x")),
        ("app.gone.X.y", "module", "app.gone", ("X", "y")),
        ("app:gone", "name", "app.gone", ()),
        ("app.core.engine:Gone", "name", "app.core.engine.Gone", ()),
        ("app.core.engine.Gone.x", "name", "app.core.engine.Gone", ("x",)),
        ("app.core.engine.run:", "module", "app.core.engine.run", ()),
        ("app.core.Engine.gone", "member", "app.core.engine.Engine.gone", ()),
        ("app.guarded:thing", "name", "app.guarded.thing", ()),
    ],
)
def test_where_a_name_breaks_off(project: Project, name: str, kind: str, symbol: str, rest: tuple[str, ...]) -> None:
    dangling = project.dangling(name)
    assert dangling is not None
    assert (dangling.kind, dangling.symbol, dangling.rest) == (kind, symbol, rest)


@pytest.mark.parametrize(
    "name",
    [
        "app",
        "app.core.engine.Engine",
        "app.core:Engine",
        "app.core.Engine.stop",
        "app.core.Engine.start",  # inherited
        "app.core.Engine.speed",  # set by a method
        "app.core.Engine.__doc__",
        "app.core.engine.Foreign.gone",  # whatever it inherits
        "app.core.engine.Meta.gone",
        "app.core.engine.Extended.gone",
        "app.core.engine.run.gone",
        "app.core.engine.optional",
        "app.lazy.gone",
        "app.passing.thing",  # missing where it is imported
        "third.gone",
        "third.gone:",
        "",
    ],
)
def test_what_exists_or_may_exist(project: Project, name: str) -> None:
    assert project.dangling(name) is None


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("app.core.engin:x", "app.core.engine"),
        ("app.core.engine:Engin", "app.core.engine.Engine"),
        ("app:cor", "app.core"),
        ("app.core.engine:nothing_like_it", None),
        ("app.core.Engine.stopp", None),
    ],
)
def test_what_is_near(project: Project, name: str, near: str | None) -> None:
    dangling = project.dangling(name)
    assert dangling is not None
    assert project.near(dangling) == near
