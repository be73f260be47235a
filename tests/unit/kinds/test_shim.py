"""What the examples of ``shim`` cannot show: places, days, other refusals, and that lazy shims do what they say."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ssot_lint.fixing import fix_file
from ssot_lint.kinds.shim import Shim
from ssot_lint.model import Violation
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker

FILES = {
    "shimmed/__init__.py": "",
    "shimmed/manager.py": "class Manager: ...\n\ndef make(): ...\n\n_secret = 1\n",
    "shimmed/older.py": "from shimmed.manager import Manager\n",
    "shimmed/lazy.py": "__all__ = list(make())\n",
}
MakeRule = Callable[[str, Mapping[str, Any]], Rule]


@pytest.fixture
def rule(make_rule: MakeRule) -> Rule:
    return make_rule("shim", {"modules": ["shimmed.legacy", "shimmed.legacy.*", "shimmed.older"]})


def violations(rule: Rule, code: str, path: str = "shimmed/legacy.py") -> tuple[Violation, ...]:
    example = Example(bad=code, files=FILES, path=path)
    return example_checker(rule, example, code).check(path, code.encode()).violations


def said(rule: Rule, code: str) -> list[tuple[int, int, str]]:
    found = violations(rule, code)
    return [(v.range.start.row, v.range.start.column, v.message.partition("` ")[2]) for v in found]


def fixed(rule: Rule, code: str, path: str = "shimmed/legacy.py") -> str:
    example = Example(bad=code, files=FILES, path=path)
    return fix_file(example_checker(rule, example, code), path, code.encode(), unsafe=True).raw.decode()


WARN = "import warnings\nwarnings.warn('x', DeprecationWarning, stacklevel=2)\n"


class TestDefinitions:
    def test_each_stands_on_its_name(self, rule: Rule) -> None:
        code = (
            WARN + "@d\nclass classy: ...\nasync  def f(): ...\na, b = 1, 2\nfor c in (): ...\nif d:\n    e = make()\n"
        )
        assert said(rule, code) == [
            (4, 7, "defines `classy`"),
            (5, 12, "defines `f`"),
            (6, 1, "defines `a`"),
            (6, 4, "defines `b`"),
            (7, 5, "defines `c`"),
            (9, 5, "defines `e`"),
        ]

    @pytest.mark.parametrize(
        "code",
        [
            "from shimmed.manager import Manager\nOld: type = Manager\nOlder = Old\n",
            "import shimmed.manager\nOld = shimmed.manager.Manager\n",
            "from shimmed.manager import *\nOld = Manager\n",
            "__version__ = make()\n",
            "_TABLE = {'a': make()}\n",
            "a: int\n",
            "if __name__ == '__main__':\n    a = 1\n",
            "if TYPE_CHECKING:\n    class A: ...\n",
            "try:\n    from shimmed.manager import Manager\nexcept ImportError as error:\n    Manager = None\n",
            "def _tell(): warnings.warn('x', DeprecationWarning, 3)\n",
        ],
    )
    def test_what_is_none(self, rule: Rule, code: str) -> None:
        assert said(rule, WARN + code) == []

    @pytest.mark.parametrize("code", ["_x = make()\n", "def _help(): ...\n", "x = None\n", "x = y.z\n"])
    def test_what_is_one_all_the_same(self, rule: Rule, code: str) -> None:
        assert len(said(rule, WARN + code)) == 1


LEVEL = "without `stacklevel=2`, so not those who use it"


class TestWarnings:
    @pytest.mark.parametrize(
        ("call", "problem"),
        [
            ("warn('x', DeprecationWarning)", LEVEL),
            ("warn('x', DeprecationWarning, 1)", LEVEL),
            ("warn('x', DeprecationWarning, stacklevel=3)", LEVEL),
            ("warn(DeprecationWarning('x'))", LEVEL),
            ("warn('x', stacklevel=2)", "with UserWarning, not DeprecationWarning"),
            ("warn(f'{x}', FutureWarning, stacklevel=2)", "with FutureWarning, not DeprecationWarning"),
            ("warn('x'.format(), category=UserWarning, stacklevel=2)", "with UserWarning, not DeprecationWarning"),
            (
                "warn(PendingDeprecationWarning('x'), stacklevel=2)",
                "with PendingDeprecationWarning, not DeprecationWarning",
            ),
            ("warn(_text, stacklevel=2)", "with UserWarning, not DeprecationWarning"),
            ("warn('x')", f"with UserWarning, not DeprecationWarning and {LEVEL}"),
        ],
    )
    def test_a_wrong_one_is_mended(self, rule: Rule, call: str, problem: str) -> None:
        code = f"from warnings import warn\nfrom shimmed.manager import Manager\n\n_text = 'x'\n{call}\n"
        assert said(rule, code) == [(5, 1, f"warns {problem}")]
        assert said(rule, fixed(rule, code)) == []

    @pytest.mark.parametrize(
        "call",
        [
            "warn('x', DeprecationWarning, 2)",
            "warn('x', category=DeprecationWarning, stacklevel=LEVEL)",
            "warn('x', errors.OurWarning, stacklevel=2)",
            "warn(unknown, stacklevel=2)",
            "tools.deprecate(__name__)",
            "warn_once(__name__)",
        ],
    )
    def test_what_is_right_or_may_be(self, rule: Rule, call: str) -> None:
        assert said(rule, f"from warnings import warn\nfrom shimmed.manager import Manager\n\n{call}\n") == []

    def test_in_the_hook_and_in_a_helper(self, rule: Rule) -> None:
        code = (
            "import warnings\nfrom shimmed.manager import Manager\n\n"
            "def _tell():\n    warnings.warn('x', DeprecationWarning, stacklevel=%d)\n\n"
            "def __getattr__(name):\n    warnings.warn('x', DeprecationWarning, stacklevel=%d)\n    _tell()\n"
        )
        assert said(rule, code % (3, 2)) == []
        assert [row for row, _, _ in said(rule, code % (3, 3))] == [8]
        assert [row for row, _, _ in said(rule, code % (1, 2))] == [5]
        assert fixed(rule, code % (1, 1)) == code % (3, 2)

    @pytest.mark.parametrize("call", ["warn(*args)", "warn('x', **options)", "log.warning('x')", "print('x')"])
    def test_one_in_another_function_or_of_another_kind_is_none(self, rule: Rule, call: str) -> None:
        code = f"from warnings import warn\nfrom shimmed.manager import Manager\n{call}\n"
        assert len(said(rule, code)) == 1
        inner = "from warnings import warn\nfrom shimmed.manager import Manager\ndef f():\n    warn('x')\n"
        assert (1, 1, "does not warn those who use it") in said(rule, inner)

    def test_what_hides_its_arguments_is_left(self, rule: Rule) -> None:
        (found,) = violations(
            rule, "import warnings\nfrom shimmed.manager import Manager\nwarnings.warn('x', **options)\n"
        )
        assert found.refusal is not None
        assert found.refusal.code == "star-arguments"


class TestDays:
    @pytest.mark.parametrize(("days", "count"), [(-1, 1), (0, 0), (1, 0)])
    def test_the_last_day_still_counts(self, make_rule: MakeRule, days: int, count: int) -> None:
        day = (date.today() + timedelta(days)).isoformat()
        rule = make_rule("shim", {"modules": ["shimmed.legacy"], "remove-by": day})
        assert len(said(rule, WARN)) == count

    def test_what_is_no_date_is_said(self) -> None:
        assert list(Shim(id="X1", modules=(), remove_by="tomorrow").problems()) == [
            "give at least one module in 'modules'",
            "'tomorrow' in 'remove-by' is no date such as '2026-01-31'",
        ]


REFUSED = {
    "from shimmed.manager import Manager\nprint(Manager)\n": "not-only-reexports",
    "from shimmed.manager import Manager\nTABLE = {'a': Manager}\n": "not-only-reexports",
    "from shimmed.manager import Manager\n__all__ = [Manager.__name__]\n": "not-only-reexports",
    "import shimmed.manager\n": "not-only-reexports",
    "from shimmed.manager import Manager, make as Manager\n": "mixed-bindings",
    "from shimmed.manager import Manager; from shimmed.manager import make\n": "shared-line",
    "from shimmed.manager import gone\n": "target-missing",
    "from shimmed.lazy import *\n": "partly-legacy-star",
    "from shimmed.manager import Manager\nfrom os import path as warnings\n": "name-taken",
    "from shimmed.manager import Manager\nif TYPE_CHECKING:\n    _HOMES = 1\n": "name-taken",
    "from shimmed.manager import Manager\ndef __getattr__(name): ...\n": "not-only-reexports",
    "if a:\n    from shimmed.manager import Manager\n": "not-only-reexports",
}


@pytest.mark.parametrize(("code", "refusal"), REFUSED.items())
def test_what_cannot_become_lazy(rule: Rule, code: str, refusal: str) -> None:
    missing = [found for found in violations(rule, code) if "does not warn" in found.message]
    assert [found.refusal and found.refusal.code for found in missing] == [refusal]


def test_a_package_may_be_relied_on_for_its_modules(rule: Rule) -> None:
    (found,) = violations(rule, "from shimmed.legacy.inner import x\n", "shimmed/legacy/__init__.py")
    assert found.refusal is not None
    assert found.refusal.code == "loads-submodules"


def test_what_is_there_is_not_imported_again(rule: Rule) -> None:
    code = (
        "from __future__ import annotations\n\nimport warnings as w\nfrom typing import TYPE_CHECKING\n\n"
        "from shimmed.manager import (\n    # the one\n    Manager,\n)\n"
    )
    lazy = fixed(rule, code)
    assert lazy.startswith(
        "from __future__ import annotations\n\nimport warnings as w\nfrom typing import TYPE_CHECKING\n\n"
        "from pkgutil import resolve_name\n\nif TYPE_CHECKING:\n"
        "    from shimmed.manager import (\n        # the one\n        Manager,\n    )\n\n__all__ = ["
    )
    assert "    w.warn(f" in lazy


@pytest.mark.parametrize("end", ["", "\n", "  # last\n", "\n# the end\n"])
def test_the_end_of_the_file_and_its_newlines_stay(rule: Rule, end: str) -> None:
    code = f"from shimmed.manager import Manager{end}".replace("\n", "\r\n")
    lazy = fixed(rule, code)
    assert lazy != code
    assert lazy.count("\n") == lazy.count("\r\n" if "\n" in code else "\n")
    assert lazy.endswith("# the end\r\n") == ("end" in end)
    assert lazy.endswith("\n") == code.endswith("\n")
    assert ("Manager  # last" in lazy) == ("last" in end)


class TestRunning:
    """A lazy shim gives what the module gave, and warns the one who takes it."""

    CODE = (
        "from shimmed.older import Manager\nfrom .manager import make as create, _secret\n"
        "import shimmed.manager as home\n\nOld = Manager\nsend = home.make\n"
    )

    @pytest.fixture
    def root(self, rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        (tmp_path / "shimmed").mkdir()
        for path, text in {**FILES, "shimmed/legacy.py": fixed(rule, self.CODE)}.items():
            (tmp_path / path).write_text(text)
        monkeypatch.syspath_prepend(tmp_path)
        yield tmp_path
        for name in [name for name in sys.modules if name.partition(".")[0] in ("shimmed", "shim_user")]:
            del sys.modules[name]

    def use(self, root: Path, code: str) -> tuple[dict[str, Any], list[warnings.WarningMessage]]:
        path = root / "shim_user.py"
        path.write_text(code)
        names: dict[str, Any] = {}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            exec(compile(code, str(path), "exec"), names)
        return names, caught

    def test_every_name_is_what_it_was(self, root: Path) -> None:
        code = (
            "from shimmed import manager\nimport shimmed.legacy as legacy\n"
            "same = [legacy.Manager is manager.Manager, legacy.Old is manager.Manager, legacy.create is manager.make,\n"
            "        legacy.send is manager.make, legacy.home is manager, legacy._secret == 1]\n"
        )
        names, caught = self.use(root, code)
        assert names["same"] == [True] * 6
        assert {warning.category for warning in caught} == {DeprecationWarning}
        assert "shimmed.legacy.Manager is deprecated, use shimmed.manager.Manager" in {str(w.message) for w in caught}

    def test_who_takes_a_name_is_warned(self, root: Path) -> None:
        _, caught = self.use(root, "import shimmed.legacy\n\nfrom shimmed.legacy import create\n")
        assert [(Path(warning.filename).name, warning.lineno) for warning in caught] == [("shim_user.py", 3)]

    def test_a_star_still_brings_the_public_names(self, root: Path) -> None:
        names, _ = self.use(root, "from shimmed.legacy import *\n")
        assert {"Manager", "create", "home", "Old", "send"} <= names.keys()
        assert "_secret" not in names

    def test_what_is_not_there_is_an_attribute_error(self, root: Path) -> None:
        with pytest.raises(ImportError, match="cannot import name 'gone'"):
            self.use(root, "from shimmed.legacy import gone\n")
