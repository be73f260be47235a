"""``ssot-lint trace``: every path to an object, who takes it, and which shims are still needed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ssot_lint import cli
from ssot_lint.project.summary import Parameter, Signature
from ssot_lint.reporting.traces.text import signature_text

FILES = {
    "chat/__init__.py": "from chat.manager import Manager\n",
    "chat/impl.py": (
        "class _Manager:\n    def __init__(self, user, /, mode=None, *, log=False): ...\n\n\n"
        "async def connect(url, *hosts, **options): ...\n"
    ),
    "chat/manager.py": "from .impl import _Manager as Manager\n",
    "chat/legacy.py": '"""Old names."""\n\nimport warnings\n\nfrom . import Manager\n\nBroadcaster = Manager\n',
    "chat/every.py": "from chat.manager import *\n",
    "chat/aliases.py": "import chat.impl\n\nWorker = chat.impl._Manager\n",
    "chat/typed.py": (
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from chat.impl import _Manager\n\n"
        "def run(manager: '_Manager') -> None: ...\n"
    ),
    "chat/maybe.py": "try:\n    from chat.impl import _Manager\nexcept ImportError:\n    _Manager = None\n",
    "chat/gone.py": "from chat.manager import Manager\n\n__all__ = ['Manager']\n",
    "chat/quoted.py": "from chat.manager import Manager\n",
    "chat/by_file.py": "from chat.manager import Manager as M\n",
    "app.py": (
        "import chat.impl\nimport chat.manager as m\n\n\ndef f():\n    from chat.legacy import Broadcaster\n\n"
        "    return Broadcaster, m.Manager(1), chat.manager.Manager, chat.impl._Manager\n"
    ),
    "tests/test_chat.py": (
        "from chat import (\n    Manager,  # from chat.impl import _Manager\n)\nfrom chat.every import *\n\n"
        "TEXT = 'from chat.legacy import Broadcaster'\nRUN = 'chat/by_file.py'\nPATCHED = 'chat.quoted.Manager'\n"
    ),
    "tests/helpers.py": "from chat.impl import _Manager as Helped\n",
    "tests/test_more.py": "from tests.helpers import Helped\nfrom chat.legacy import Manager\n",
}


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in FILES.items():
        write(tmp_path, path, text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return tmp_path


@pytest.fixture
def run(project: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Give what runs ``trace`` in this process, in the project."""

    def function(*arguments: str) -> Result:
        code = cli.run(["trace", *arguments])
        out, err = capfdbinary.readouterr()
        return Result(code, out.decode(), err.decode())

    return function


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def sites(result: Result) -> dict[str, list[tuple[str, int, str]]]:
    return {
        f"{path['module']}.{path['name']}": [(site["filename"], site["row"], site["form"]) for site in path["sites"]]
        for path in result.value["paths"]
    }


class TestPaths:
    def test_every_path_is_found_with_those_who_take_it(self, run: Run) -> None:
        assert sites(run("chat.impl._Manager", "--output-format", "json")) == {
            "chat.Manager": [("chat/legacy.py", 5, "from"), ("tests/test_chat.py", 2, "from")],
            "chat.aliases.Worker": [],
            "chat.by_file.M": [],
            "chat.every.Manager": [("tests/test_chat.py", 4, "star")],
            "chat.gone.Manager": [],
            "chat.impl._Manager": [
                ("app.py", 8, "attribute"),
                ("chat/aliases.py", 3, "attribute"),
                ("chat/manager.py", 1, "from"),
                ("chat/maybe.py", 2, "from"),
                ("chat/typed.py", 4, "from"),
                ("tests/helpers.py", 1, "from"),
            ],
            "chat.legacy.Broadcaster": [("app.py", 6, "from")],
            "chat.legacy.Manager": [("tests/test_more.py", 2, "from")],
            "chat.manager.Manager": [
                ("app.py", 8, "attribute"),
                ("app.py", 8, "attribute"),
                ("chat/__init__.py", 1, "from"),
                ("chat/by_file.py", 1, "from"),
                ("chat/every.py", 1, "star"),
                ("chat/gone.py", 1, "from"),
                ("chat/quoted.py", 1, "from"),
            ],
            "chat.maybe._Manager": [],
            "chat.quoted.Manager": [],
            "chat.typed._Manager": [],
            "tests.helpers.Helped": [("tests/test_more.py", 1, "from")],
        }

    @pytest.mark.parametrize(
        "name", ["chat.legacy.Broadcaster", "chat.every:Manager", "chat.Manager", "tests.helpers.Helped"]
    )
    def test_any_path_will_do(self, run: Run, name: str) -> None:
        by_other = run(name, "--output-format", "json").value
        by_origin = run("chat.impl._Manager", "--output-format", "json").value
        assert by_other["paths"] == by_origin["paths"]
        assert by_other["origins"] == ["chat.impl._Manager"]

    def test_each_path_says_how_it_leads_there(self, run: Run) -> None:
        paths = {p["module"]: p for p in run("chat.Manager", "--output-format", "json").value["paths"]}
        assert paths["chat.gone"]["chain"] == ["chat.gone.Manager", "chat.manager.Manager", "chat.impl._Manager"]
        assert (paths["chat.gone"]["filename"], paths["chat.gone"]["row"]) == ("chat/gone.py", 1)
        assert [module for module, path in paths.items() if path["standing"] == "possible"] == ["chat.maybe"]
        assert [module for module, path in paths.items() if path["standing"] == "typing"] == ["chat.typed"]
        assert paths["chat.typed"]["chain"] == ["chat.typed._Manager", "chat.impl._Manager"]

    def test_tests_can_be_left_out(self, run: Run) -> None:
        found = sites(run("chat.Manager", "--no-tests", "--output-format", "json"))
        assert "tests.helpers.Helped" not in found
        assert found["chat.Manager"] == [("chat/legacy.py", 5, "from")]
        assert found["chat.legacy.Manager"] == []

    def test_a_test_file_from_which_nobody_takes_it_is_no_path(self, project: Path, run: Run) -> None:
        write(project, "tests/test_more.py", "")
        assert "tests.helpers.Helped" not in sites(run("chat.Manager", "--output-format", "json"))

    def test_a_file_that_is_not_python_counts_as_far_as_it_stands(self, project: Path, run: Run) -> None:
        write(project, "broken.py", "def f(:\nfrom chat.manager import Manager\n")
        assert ("broken.py", 2, "from") in sites(run("chat.Manager", "--output-format", "json"))["chat.manager.Manager"]

    def test_a_module_is_imported_in_many_ways(self, project: Path, run: Run) -> None:
        write(
            project, "more.py", "import os, chat.every as e\nfrom chat import every\nfrom chat . every import Manager\n"
        )
        found = sites(run("chat.every", "--output-format", "json"))
        assert found["chat.every"] == [
            ("more.py", 1, "import"),
            ("more.py", 2, "from"),
            ("more.py", 3, "from"),
            ("tests/test_chat.py", 4, "from"),
        ]
        assert found["more.every"] == []

    def test_what_is_defined_elsewhere_has_paths_too(self, project: Path, run: Run) -> None:
        write(project, "ids.py", "from uuid import uuid4 as new_id\n")
        write(project, "user.py", "from ids import new_id\nfrom uuid import uuid4\n")
        result = run("uuid.uuid4", "--output-format", "json")
        assert result.value["definitions"] == []
        assert sites(result)["ids.new_id"] == [("user.py", 1, "from")]


class TestDefinition:
    def test_a_class(self, run: Run) -> None:
        assert run("chat.Manager").out.splitlines()[:3] == [
            "class chat.impl._Manager",
            "  defined at chat/impl.py:1",
            "  called with (user, /, mode=..., *, log=...)",
        ]

    def test_a_coroutine_function(self, run: Run) -> None:
        result = run("chat.impl.connect")
        assert result.out.startswith("async function chat.impl.connect\n")
        assert "  called with (url, *hosts, **options)\n" in result.out
        assert run("chat.impl.connect", "--output-format", "json").value["definitions"][0]["async"] is True

    @pytest.mark.parametrize(
        ("parameters", "text"),
        [
            ((), "()"),
            ((Parameter("a", "positional-only", True),), "(a, /)"),
            ((Parameter("a", "positional", True), Parameter("b", "keyword-only", True)), "(a, *, b)"),
            ((Parameter("a", "var-positional", False), Parameter("b", "keyword-only", False)), "(*a, b=...)"),
        ],
    )
    def test_parameters_are_written_as_python_has_them(self, parameters: tuple[Parameter, ...], text: str) -> None:
        assert signature_text(Signature(parameters)) == text

    def test_what_is_bound_in_several_ways_is_said_to_be(self, run: Run) -> None:
        out = run("chat.maybe._Manager").out
        assert "chat.maybe._Manager is ambiguous: it is bound in several ways, in lines 2, 4" in out
        assert "it may also be chat.impl._Manager" in out


class TestUnknown:
    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("chat.impl._Manger", "chat.impl has no _Manger. Nearest: chat.impl._Manager."),
            ("chat.manger.Manager", "chat has no manger. Nearest: chat.manager"),
            ("chat.gone.connect", "chat.gone has no connect. Nearest: chat.impl.connect."),
            ("nowhere.Thing", "Nothing in the project is called nowhere.Thing, or imports it."),
            ("chat.impl._Manager.__init__", "is a member of chat.impl._Manager; trace that."),
        ],
    )
    def test_the_nearest_are_given(self, run: Run, name: str, hint: str) -> None:
        result = run(name)
        assert (result.code, result.out) == (2, "")
        assert hint in result.err

    @pytest.mark.parametrize("arguments", [(), ("chat.Manager", "--shims")])
    def test_it_is_one_name_or_all_shims(self, run: Run, arguments: tuple[str, ...]) -> None:
        assert run(*arguments).code == 2


class TestFormats:
    def test_text_is_a_tree(self, run: Run) -> None:
        lines = run("chat.Manager", "--no-tests").out.splitlines()
        assert "      7      6    chat.manager.Manager (chat/manager.py:1)" in lines
        assert "      1      1        chat.legacy.Broadcaster (chat/legacy.py:7)" in lines
        assert "      0      0    chat.typed._Manager (chat/typed.py:4, for type checkers only)" in lines
        assert lines[-1] == "12 paths, 14 import sites in 11 files."

    def test_dot(self, run: Run) -> None:
        out = run("chat.Manager", "--output-format", "dot").out
        assert out.startswith("digraph {\n")
        assert '  "chat.impl._Manager" [label="chat.impl._Manager\\n6 import sites", style=bold]\n' in out
        assert '  "chat.manager.Manager" -> "chat.impl._Manager"\n' in out
        assert '  "chat.maybe._Manager" -> "chat.impl._Manager" [style=dashed]\n' in out

    def test_mermaid(self, run: Run) -> None:
        lines = run("chat.impl.connect", "--output-format", "mermaid").out.splitlines()
        assert lines == ["graph LR", '  n0["chat.impl.connect<br>0 import sites"]', "  style n0 stroke-width:4px"]
        shims = run("--shims", "--output-format", "mermaid").out.splitlines()
        assert any(line.strip().startswith("n") and "-.->" in line for line in shims)


class TestShims:
    def test_who_needs_them_and_what_can_go(self, run: Run) -> None:
        result = run("--shims", "--output-format", "json")
        found = {shim["module"]: shim for shim in result.value}
        assert {module for module, shim in found.items() if shim["deletable"]} == {"chat.aliases", "chat.gone"}
        assert [site["filename"] for site in found["chat.legacy"]["sites"]] == ["app.py", "tests/test_more.py"]
        assert found["chat.quoted"]["quotes"] == [{"filename": "tests/test_chat.py", "row": 8}]
        assert found["chat.by_file"]["quotes"] == [{"filename": "tests/test_chat.py", "row": 7}]
        assert found["chat.every"]["passes_on"] == ["chat.manager"]

    def test_modules_that_do_more_are_none(self, project: Path, run: Run) -> None:
        write(project, "chat/run.py", "from chat.manager import Manager\n\nManager(1)\n")
        write(project, "chat/other.py", "from os import path\n")
        write(project, "chat/table.py", "from chat.manager import Manager\n\nNAMES = [Manager]\n")
        write(project, "chat/effects.py", "import chat.manager\n")
        write(project, "conftest.py", "from chat.manager import Manager\n")
        found = {shim["module"] for shim in run("--shims", "--output-format", "json").value}
        assert found == {
            f"chat.{name}" for name in ("aliases", "by_file", "every", "gone", "legacy", "manager", "quoted")
        }

    def test_hooks_and_warnings_are_a_shims_own(self, project: Path, run: Run) -> None:
        text = (
            "import warnings\nfrom chat.manager import Manager as _Manager\n\n_NAMES = {'Manager': _Manager}\n"
            "warnings.warn('old', DeprecationWarning, stacklevel=2)\n\n\n"
            "def __getattr__(name):\n    return _NAMES[name]\n"
        )
        write(project, "chat/lazy.py", text)
        assert "chat.lazy (chat/lazy.py): can be deleted today\n" in run("--shims").out

    @pytest.mark.parametrize(
        "user",
        [
            "import chat.gone\n",
            "from chat import gone\n",
            "from chat import (\n    legacy,\n    gone,\n)\n",
            "from chat.gone import \\\n    Manager\n",
            "if 1: import os; from chat.gone import Manager\n",
            "from os import path; import chat.gone\n",
            "import importlib\n\nimportlib.import_module('chat.gone')\n",
            "RUN = 'chat.gone:Manager'\n",
        ],
    )
    def test_one_user_is_enough_to_stay(self, project: Path, run: Run, user: str) -> None:
        write(project, "user.py", user)
        assert "chat.gone (chat/gone.py): can be deleted" not in run("--shims").out

    def test_migrations_are_found_by_their_place(self, project: Path, run: Run) -> None:
        write(project, "chat/versions/first.py", "from chat.manager import Manager\n")
        out = run("--shims").out
        assert "chat.versions.first (chat/versions/first.py): nobody imports it, but it may be found by its" in out

    def test_a_shim_does_not_need_itself(self, project: Path, run: Run) -> None:
        text = "from warnings import warn\nfrom chat import own\nfrom chat.gone import Manager\nwarn('chat.own: old')\n"
        write(project, "chat/own.py", text)
        assert "chat.own (chat/own.py): can be deleted today\n" in run("--shims").out

    def test_a_package_counts_relative_imports(self, project: Path, run: Run) -> None:
        write(project, "chat/user.py", "from .gone import Manager as M\n\nprint(M)\n")
        assert "  imported at chat/user.py:1\n" in run("--shims").out

    @pytest.mark.parametrize(
        ("user", "stays"),
        [("WORD = 'solo'\n", False), ("__import__('solo')\n", True), ("RUN = 'solo:Manager'\n", True)],
    )
    def test_a_word_is_no_module(self, project: Path, run: Run, user: str, stays: bool) -> None:
        write(project, "solo.py", "from chat.manager import Manager\n")
        write(project, "user.py", user)
        assert ("solo (solo.py): can be deleted today" not in run("--shims").out) == stays

    def test_leaving_tests_out_deletes_nothing(self, run: Run) -> None:
        out = run("--shims", "--no-tests").out
        assert "chat.every (chat/every.py): needed by tests only\n" in out
        assert "tests/" not in out
        assert out.endswith("2 of them can be deleted today.\n")

    def test_excluded_paths_are_left_out(self, project: Path, run: Run) -> None:
        write(project, "ssot-lint.toml", "exclude = ['chat/gone.py']\n")
        assert "chat.gone" not in run("--shims").out
