"""Where the violations of ``noncanonical-import`` stand, and what they say; examples are in the kind itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ssot_lint.kinds.noncanonical_import import NoncanonicalImport
from ssot_lint.model import Violation
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker

MakeRule = Callable[[str, Mapping[str, Any]], Rule]
FILES = {
    "a/__init__.py": "from a.b import X\n",
    "a/b.py": "from a.impl import _X as X\n",
    "a/impl.py": "class _X:\n    y = 1\n\nclass Other: ...\n",
    "a/shim.py": "from a.impl import Gone\n",
    "p/__init__.py": "from a import impl as sub\n",
    "p/sub.py": "thing = 1\n",
}


@pytest.fixture
def check(make_rule: MakeRule) -> Callable[..., tuple[Violation, ...]]:
    """Check one file of a project with a rule of the kind."""

    def run(code: str, *, path: str = "user.py", canonical: tuple[str, ...] = ("a.b.X",)) -> tuple[Violation, ...]:
        rule = make_rule("noncanonical-import", {"canonical": list(canonical)})
        example = Example(bad=code, path=path, files=FILES)
        return example_checker(rule, example, code).check(path, code.encode()).violations

    return run


def test_the_chain_is_told(check: Callable[..., tuple[Violation, ...]]) -> None:
    (violation,) = check("from os import path\nfrom a import X as Y\n")
    assert violation.message == "a.X -> a.b.X -> a.impl._X goes around a.b.X"
    assert (violation.symbol, violation.origin) == ("a.b.X", "a.impl._X")
    assert (violation.range.start.row, violation.range.start.column, violation.range.end.column) == (2, 15, 21)


def test_a_chain_of_attributes_is_flagged_as_far_as_it_names_the_object(
    check: Callable[..., tuple[Violation, ...]],
) -> None:
    (violation,) = check("import a.impl\n\nprint(f'{a.impl._X.y}')\n")
    assert (violation.range.start.column, violation.range.end.column) == (10, 19)


def test_of_several_canonical_names_of_an_object_the_one_of_the_same_name_is_meant(
    check: Callable[..., tuple[Violation, ...]],
) -> None:
    (violation,) = check("from a.impl import _X\nfrom a import X\n", canonical=("a.b.X", "a.X"))
    assert violation.symbol == "a.b.X"
    (violation,) = check("from a import X\n", canonical=("a.impl._X", "a.b.X"))
    assert violation.symbol == "a.b.X"


@pytest.mark.parametrize("path", ["a/b.py", "a/impl.py"])
def test_modules_on_the_way_are_free_up_to_there_only(path: str, check: Callable[..., tuple[Violation, ...]]) -> None:
    code = f"{FILES[path]}\ndef f():\n    from a import X\n    from a.impl import _X\n    return X, _X\n"
    assert [violation.range.start.row for violation in check(code, path=path)] == [len(FILES[path].splitlines()) + 3]


def test_a_name_that_does_not_exist_is_reached_by_nobody(check: Callable[..., tuple[Violation, ...]]) -> None:
    assert check("from a.shim import Gone\n", canonical=("a.impl.Gone",)) == ()


@pytest.mark.parametrize("code", ["X = 1\nprint(X)\n", "print(lambda X: X())\n", "def f(X): return X()\n"])
def test_what_a_star_brings_may_be_hidden(code: str, check: Callable[..., tuple[Violation, ...]]) -> None:
    assert check(f"from a import *\n{code}") == ()
    assert len(check("from a import *\nprint(X)\n")) == 1


def test_the_module_of_an_import_is_no_attribute(make_rule: MakeRule) -> None:
    code = "import p\nfrom p.sub import thing\np.sub\n"
    rule = make_rule("noncanonical-import", {"canonical": ["a.impl"]})
    checker = example_checker(rule, Example(bad=code, files=FILES), code, whole_modules=True)
    assert [violation.range.start.row for violation in checker.check("user.py", code.encode()).violations] == [3]


def test_what_is_wrong_with_options() -> None:
    assert list(NoncanonicalImport(id="X1", canonical=()).problems()) == ["give at least one name in 'canonical'"]
    assert list(NoncanonicalImport(id="X1", canonical=("X", "a.X")).problems()) == ["'X' is not in any module"]
