from __future__ import annotations

import importlib
import inspect
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint.project import Project
from ssot_lint.project.definitions import Definition
from ssot_lint.project.summary import Signature

OpenProject = Callable[[str], Project]
MakeProject = Callable[[dict[str, str]], Project]

PROJECTS = Path(__file__).parents[2] / "projects"
MARKS = {
    "positional-only": "{}/",
    "positional": "{}",
    "var-positional": "*{}",
    "keyword-only": "*, {}",
    "var-keyword": "**{}",
}


def written(signature: Signature | None) -> list[str] | None:
    """Give the parameters as ``a/``, ``a``, ``*a``, ``*, a`` and ``**a``, with ``=`` where there is a default."""
    if signature is None:
        return None
    return [
        MARKS[p.kind].format(p.name) + ("" if p.required or p.kind.startswith("var") else "=")
        for p in signature.parameters
    ]


def defined(project: OpenProject, name: str) -> Definition:
    definition = project("definitions").definition(name)
    assert definition is not None
    return definition


class TestFunctions:
    def test_all_that_is_known(self, project: OpenProject) -> None:
        definition = defined(project, "lib.get")
        assert definition.name == "lib.functions.fetch"
        assert definition.kind == "function"
        assert definition.path == "lib/functions.py"
        assert definition.row == 14
        assert definition.is_async
        assert definition.decorators == ()
        assert definition.certain
        assert written(definition.signature) == ["url", "*, timeout="]

    def test_kinds_of_parameters(self, project: OpenProject) -> None:
        assert written(defined(project, "lib.functions.plain").signature) == [
            "a/", "b", "c=", "*rest", "*, d", "*, e=", "**options",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("name", "is_async"), [("fetch", True), ("nested", True), ("stream", False), ("managed_async", False)]
    )
    def test_what_is_to_be_awaited(self, project: OpenProject, name: str, is_async: bool) -> None:
        assert defined(project, f"lib.functions.{name}").is_async is is_async

    @pytest.mark.parametrize(
        ("name", "decorators"),
        [
            ("cached", ("functools.lru_cache",)),
            ("cached_too", ("functools.lru_cache",)),
            ("managed", ("contextlib.contextmanager",)),
        ],
    )
    def test_decorators_that_change_nothing(self, project: OpenProject, name: str, decorators: tuple[str, ...]) -> None:
        definition = defined(project, f"lib.functions.{name}")
        assert definition.decorators == decorators
        assert definition.certain
        assert definition.signature is not None

    @pytest.mark.parametrize(
        ("name", "decorators"),
        [("command", ("click.command",)), ("decorated", ("lib.decorators.logged",)), ("odd", ("?",))],
    )
    def test_decorators_that_may_change_anything(
        self, project: OpenProject, name: str, decorators: tuple[str, ...]
    ) -> None:
        definition = defined(project, f"lib.functions.{name}")
        assert definition.decorators == decorators
        assert not definition.certain
        assert definition.signature is None

    def test_the_last_definition_counts(self, project: OpenProject) -> None:
        definition = defined(project, "lib.functions.redefined")
        assert definition.certain
        assert written(definition.signature) == ["a", "b"]

    def test_definitions_that_differ(self, project: OpenProject) -> None:
        definition = defined(project, "lib.functions.variant")
        assert not definition.certain
        assert definition.signature is None

    @pytest.mark.parametrize(
        ("name", "parameters", "is_async"),
        [
            ("method", ["self", "a"], False),
            ("later", ["self", "a"], True),
            ("build", ["a"], False),
            ("make", ["a"], False),
            ("size", None, False),
        ],
    )
    def test_methods(self, project: OpenProject, name: str, parameters: list[str] | None, is_async: bool) -> None:
        definition = defined(project, f"lib.types.Methods.{name}")
        assert written(definition.signature) == parameters
        assert definition.is_async is is_async


class TestClasses:
    @pytest.mark.parametrize(
        ("name", "parameters"),
        [
            ("Plain", ["a", "b="]),
            ("Empty", []),
            ("Child", ["a", "b="]),
            ("Overriding", ["c"]),
            ("New", ["x"]),
            ("NewAndInit", ["only"]),
            ("NewOrInit", None),
            ("Neutral", ["a"]),
            ("Shaped", ["a"]),
            ("Foreign", None),
            ("ForeignInit", ["a"]),
            ("Meta", None),
            ("Colour", None),
            ("Pair", None),
            ("Wrapped", None),
            ("Assigned", None),
            ("Registered", None),
            ("Point", ["x", "y=", "scale=", "items=", "*, no_default"]),
            ("Point3", ["x=", "y=", "scale=", "items=", "z=", "*, no_default"]),
            ("Named", ["*, name"]),
            ("Mixed", ["first", "*, second="]),
            ("Bare", []),
            ("WithInit", ["own"]),
            ("OfForeign", None),
            ("OfData", ["x", "y=", "scale=", "items=", "*, no_default"]),
        ],
    )
    def test_how_they_are_made(self, project: OpenProject, name: str, parameters: list[str] | None) -> None:
        definition = defined(project, f"lib.types.{name}")
        assert definition.kind == "class"
        assert written(definition.signature) == parameters

    def test_a_class_behind_an_unknown_decorator(self, project: OpenProject) -> None:
        definition = defined(project, "lib.types.Registered")
        assert definition.decorators == ("somewhere.register",)
        assert not definition.certain

    def test_new_and_init_that_agree(self, texts: MakeProject) -> None:
        text = "class A:\n    def __new__(cls, a, b=1): ...\n    def __init__(self, a, b=1): ...\n"
        definition = texts({"pkg.py": text}).definition("pkg.A")
        assert definition is not None
        assert written(definition.signature) == ["a", "b="]

    def test_a_base_in_another_module(self, texts: MakeProject) -> None:
        files = {
            "pkg.py": "from base import Base as B\nclass A(B): ...",
            "base.py": "class Base:\n def __init__(s, x): ...",
        }
        definition = texts(files).definition("pkg.A")
        assert definition is not None
        assert written(definition.signature) == ["x"]

    def test_classes_that_inherit_from_each_other_end(self, texts: MakeProject) -> None:
        definition = texts({"pkg.py": "class A(B): ...\nclass B(A): ..."}).definition("pkg.A")
        assert definition is not None
        assert definition.signature is None

    @pytest.mark.parametrize(
        "decorator", ["@dataclass(**options)", "@dataclass(init=flag)", "@dataclass(unknown)", "@other.dataclass"]
    )
    def test_dataclasses_whose_options_are_not_known(self, texts: MakeProject, decorator: str) -> None:
        text = f"from dataclasses import dataclass\nimport other\n{decorator}\nclass A:\n    x: int\n"
        definition = texts({"pkg.py": text}).definition("pkg.A")
        assert definition is not None
        assert definition.signature is None or decorator == "@dataclass(unknown)"

    def test_python_agrees(self, project: OpenProject, monkeypatch: pytest.MonkeyPatch) -> None:
        somewhere = types.ModuleType("somewhere")
        vars(somewhere).update(Base=type("Base", (), {}), Meta=type, wrap=lambda f: f, register=lambda c: c)
        monkeypatch.setitem(sys.modules, "somewhere", somewhere)
        monkeypatch.syspath_prepend(str(PROJECTS / "definitions"))
        real = importlib.import_module("lib.types")
        for name in ("lib", "lib.types"):
            monkeypatch.delitem(sys.modules, name)
        # Python looks at `__new__` alone where there is one; 3.10 sees the same `__init__` in all protocols.
        others = {name: value for name, value in vars(real).items() if name not in ("NewAndInit", "Shaped")}
        for name, value in others.items():
            definition = project("definitions").definition(f"lib.types.{name}")
            if definition is not None and definition.kind == "class" and definition.signature is not None:
                expected = [
                    (parameter.name, parameter.default is parameter.empty)
                    for parameter in inspect.signature(value).parameters.values()
                ]
                assert [(p.name, p.required) for p in definition.signature.parameters] == expected, name


class TestOthers:
    def test_a_variable(self, project: OpenProject) -> None:
        definition = defined(project, "lib.functions.value")
        assert (definition.kind, definition.signature, definition.is_async) == ("variable", None, False)

    def test_a_module(self, project: OpenProject) -> None:
        definition = defined(project, "lib.functions")
        assert (definition.kind, definition.path) == ("module", "lib/functions.py")

    @pytest.mark.parametrize("name", ["lib.gone", "lib.gone.more", "click.command", "lib.functions.click"])
    def test_what_is_not_found(self, project: OpenProject, name: str) -> None:
        assert project("definitions").definition(name) is None

    def test_what_a_function_may_rebind(self, project: OpenProject) -> None:
        definition = project("rebinding").definition("state.lazy._instance")
        assert definition is not None
        assert not definition.certain

    def test_where_a_submodule_has_the_same_name(self, project: OpenProject) -> None:
        function = project("submodules").definition("box:nail")
        module = project("submodules").definition("box.nail:")
        assert function is not None
        assert module is not None
        assert (function.kind, module.kind) == ("function", "module")
