"""Pack files as packs, and packs checked together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ssot_lint.model import Severity
from ssot_lint.rule import Example

FULL = """\
[pack]
id = "my-pack"
summary = "One home"
compliance = ["SOC2", "SEC"]

[[rule]]
id = "WS101"
kind = "moved-thing"
severity = "warning"
message = "{old} is now {new} ({symbol})"
same-object = true
allowed-in = ["app.core.**", "*.shims"]
exclude = ["backups/**"]
include-tests = false
compliance = ["SEC", "HIPAA"]
moved."app.old.Thing" = "app.new.Thing"
moved.app.older = "app.newer"

[[rule.test]]
bad = "import x"
good = "import y"
path = "app/a.py"
files = { "app/b.py" = "b = 1" }
note = "why"

[[rule.test]]
ok = "import z"

[[rule]]
id = "WS201"
kind = "made-thing"
classes = ["app.Thing"]
await = false
[rule.arguments]
user = { keyword = "user", in-scope = ["user", "self.user"] }
"""


def _rule(*lines: str, id: str = "A1", kind: str = "moved-thing") -> str:
    return "\n".join(["[pack]", 'id = "p"', "[[rule]]", f'id = "{id}"', f'kind = "{kind}"', *lines]) + "\n"


def test_a_pack_with_everything(load: Any, tmp_path: Path) -> None:
    (pack,) = load(FULL)
    assert (pack.id, pack.summary, pack.compliance) == ("my-pack", "One home", ("SOC2", "SEC"))
    assert pack.path == tmp_path / "pack1.toml"
    moved, made = pack.rules
    assert (moved.id, moved.kind, moved.pack, moved.severity) == ("WS101", "moved-thing", "my-pack", Severity.WARNING)
    assert moved.message == "{old} is now {new} ({symbol})"
    assert moved.moved == {"app.old.Thing": "app.new.Thing", "app.older": "app.newer"}
    assert moved.same_object is True
    assert moved.include_tests is False
    assert moved.compliance == ("SOC2", "SEC", "HIPAA")
    assert moved.applies_to("app/x.py", "app.x")
    assert not moved.applies_to("backups/x.py", "backups.x")
    assert not moved.applies_to("app/core/x.py", "app.core.x")
    assert moved.tests == (
        Example(bad="import x", good="import y", path="app/a.py", files={"app/b.py": "b = 1"}, note="why"),
        Example(ok="import z"),
    )
    assert made.arguments["user"].in_scope == ("user", "self.user")
    assert made.await_ is False
    assert made.compliance == ("SOC2", "SEC")


def test_a_pack_without_rules_is_one(load: Any) -> None:
    (pack,) = load('[pack]\nid = "p"')
    assert (pack.summary, pack.rules) == ("", ())


def test_errors_of_all_packs_are_said_at_once_in_order(problems: Any) -> None:
    broken = "[pack\n"
    assert problems(_rule("moves.a = 'b'", "same-object = 1"), broken, _rule(kind="made-thing"), FULL) == [
        "pack1.toml:6: rule A1: unknown key 'moves'; did you mean 'moved'?",
        "pack1.toml:7: rule A1: 'same-object': expected true or false, got the number 1",
        "pack2.toml:1: not TOML: expected ']' at the end of a table declaration (column 6)",
        f"pack3.toml:2: 'pack.id': 'p' is the id of another pack, {'pack1.toml:2'}",
        "pack3.toml:3: rule A1: missing key 'classes'",
        "pack3.toml:4: rule A1: 'id': 'A1' is the id of another rule, pack1.toml:4",
    ]


def test_names_and_contents_are_checked_together(problems: Any) -> None:
    assert problems(_rule("moves.a = 'b'"), names=["pack1.toml", "nowhere.toml"]) == [
        "--pack: no pack file 'nowhere.toml'",
        "pack1.toml:6: rule A1: unknown key 'moves'; did you mean 'moved'?",
    ]


def test_the_pack_table(problems: Any) -> None:
    assert problems("") == ["pack1.toml:1: missing key 'pack'"]
    assert problems("pack = 1") == ["pack1.toml:1: 'pack': expected a table, got the number 1"]
    assert problems("\n[pack]") == ["pack1.toml:2: 'pack': missing key 'id'"]
    assert problems('[pack]\nid = "My Pack"') == [
        "pack1.toml:2: 'pack.id': 'My Pack' is no pack id: words of lower case and '-'"
    ]
    assert problems('[pack]\nid = "p"\nsumary = ""') == [
        "pack1.toml:3: 'pack': unknown key 'sumary'; did you mean 'summary'?"
    ]
    assert problems('[pack]\nid = "p"\n[[rules]]\n') == ["pack1.toml:3: unknown key 'rules'; did you mean 'rule'?"]


def test_rules_that_are_no_tables(problems: Any) -> None:
    assert problems('[pack]\nid = "p"\n[rule]\nid = "A1"') == [
        "pack1.toml:3: 'rule': expected [[rule]] tables, got a table"
    ]
    assert problems('rule = [1]\n[pack]\nid = "p"') == ["pack1.toml:1: 'rule[0]': expected a table, got the number 1"]


def test_ids_twice_in_one_pack(problems: Any) -> None:
    assert problems(_rule() + "[[rule]]\nid = 'A1'\nkind = 'moved-thing'") == [
        "pack1.toml:7: rule A1: 'id': 'A1' is the id of another rule, pack1.toml:4"
    ]


def test_a_pack_named_twice_is_loaded_once(load: Any, tmp_path: Path) -> None:
    names = ["pack1.toml", f"../{tmp_path.name}/pack1.toml", "pack*.toml"]
    assert [pack.id for pack in load(_rule(), names=names)] == ["p"]
