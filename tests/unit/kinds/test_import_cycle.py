"""What the examples of ``import-cycle`` cannot show: places, messages, and that a cycle is told once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ssot_lint.kinds.import_cycle import ImportCycle
from ssot_lint.rule import Example, Rule
from ssot_lint.trial import example_checker

FILES = {
    "app/__init__.py": "",
    "app/a.py": "import json\n\nif TYPE_CHECKING:\n    import app.b\n\n\nif json:\n    from app import late, b\n",
    "app/b.py": "import app.c\n",
    "app/c.py": "import app.a\nimport app.d\n",
    "app/d.py": "import app.c\nimport app.a\n",
    "app/late.py": "",
}
MakeRule = Callable[[str, Mapping[str, Any]], Rule]


def said(rule: Rule, changed: Mapping[str, str] | None = None) -> dict[str, list[tuple[int, int, int, str]]]:
    """What is said of each file, which may have been ``changed`` since the project was read."""
    found = {}
    for path, code in {**FILES, **(changed or {})}.items():
        report = example_checker(rule, Example(path=path, files=FILES), FILES[path]).check(path, code.encode())
        found[path] = [
            (v.range.start.row, v.range.start.column, v.range.end.column, v.message) for v in report.violations
        ]
    return {path: messages for path, messages in found.items() if messages}


def test_a_cycle_is_told_once_with_all_its_statements(make_rule: MakeRule) -> None:
    message = "import cycle: app.c -> app.d -> app.c (app/c.py:2, app/d.py:1); 4 modules import each other so"
    assert said(make_rule("import-cycle", {})) == {"app/c.py": [(2, 1, 13, message)]}


def test_it_stands_on_the_statement_that_runs(make_rule: MakeRule) -> None:
    rule = make_rule("import-cycle", {"packages": ["app.a", "app.b", "app.c"]})
    message = "import cycle: app.a -> app.b -> app.c -> app.a (app/a.py:8, app/b.py:1, app/c.py:1)"
    assert said(rule) == {"app/a.py": [(8, 5, 28, message)]}


def test_it_follows_the_statement_in_text_that_is_being_changed(make_rule: MakeRule) -> None:
    rule = make_rule("import-cycle", {})
    moved = said(rule, {"app/c.py": "import os\n\nimport app.d\n"})
    assert moved["app/c.py"][0][0] == 3
    assert "app/c.py:3" in moved["app/c.py"][0][3]
    assert said(rule, {"app/c.py": "import os\n"}) == {}


def test_where_the_rule_does_not_apply_it_is_not_told(make_rule: MakeRule) -> None:
    assert said(make_rule("import-cycle", {"allowed-in": ["app.c"]})) == {}


def test_options_that_make_no_sense_are_said() -> None:
    assert len(list(ImportCycle(id="X1", packages=("a.b*", "c-d", "e.**")).problems())) == 2
