"""``ssot-lint test``: packs tried on their own examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint import cli

PACK = """\
[pack]
id = "app"

[[rule]]
id = "APP1"
kind = "legacy-import"
moved."app.old.Thing" = "app.home.Thing"
[[rule.test]]
note = "A name moves."
bad = "from app.old import Thing\\n"
good = "from app.home import {name}\\n"
[rule.test.files]
"app/__init__.py" = ""
"app/old.py" = "from app.home import Thing\\n"
"app/home.py" = "class Thing: ...\\n"

[[rule]]
id = "APP2"
kind = "legacy-import"
moved."app.old.Other" = "app.home.Other"
"""


def run(*arguments: str) -> int:
    return cli.run(["test", *arguments])


@pytest.mark.parametrize(("name", "code"), [("Thing", 0), ("Things", 1)])
def test_examples(
    name: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.toml").write_text(PACK.format(name=name))
    assert run("app.toml") == code
    said = capsys.readouterr().out
    assert "Without examples: APP2." in said
    assert said.endswith("1 examples of 1 rules: all as they say.\n" if code == 0 else "1 failed.\n")
    assert ("app: APP1, example 1 (A name moves.)" in said) is bool(code)
    assert ("    from app.home import Things\n" in said) is bool(code)


def test_the_configured_packs_are_tried_if_none_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.toml").write_text(PACK.format(name="Thing"))
    (tmp_path / "ssot-lint.toml").write_text('packs = ["app.toml"]\n')
    assert run() == 0
    assert run("--select", "APP2") == 0
    assert capsys.readouterr().out.endswith("0 examples of 0 rules: all as they say.\n")


def test_a_pack_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("nope") == 2
    assert "no built-in pack 'nope'" in capsys.readouterr().err
