"""Two kinds with every type of option, in place of the real ones, and packs of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal

import pytest

from ssot_lint.packs import Pack, entries, load_packs
from ssot_lint.rule import Rule
from ssot_lint.toml import ConfigurationErrors, ConfigurationSite


@dataclass(frozen=True, kw_only=True)
class MovedThing(Rule):
    """A thing moved."""

    kind: ClassVar[str] = "moved-thing"
    default_message: ClassVar[str] = "{old} moved to {new}"
    placeholders: ClassVar[tuple[str, ...]] = ("old", "new")

    moved: Mapping[str, str] = field(default_factory=dict)
    removed: Mapping[str, str] = field(default_factory=dict)
    same_object: bool = False
    strings: Literal["patch", "none"] = "patch"


@dataclass(frozen=True)
class Source:
    """Where the value of a parameter comes from."""

    keyword: str
    in_scope: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MadeThing(Rule):
    """A thing made."""

    kind: ClassVar[str] = "made-thing"
    default_message: ClassVar[str] = "{symbol} made"

    classes: tuple[str, ...]
    arguments: Mapping[str, Source] = field(default_factory=dict)
    await_: bool | None = None

    def problems(self) -> Iterator[str]:
        """Say which classes are in no module."""
        return (f"classes: {name!r} is in no module" for name in self.classes if "." not in name)


Load = Callable[..., tuple[Pack, ...]]
Problems = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds: Mapping[str, type[Rule]] = {"moved-thing": MovedThing, "made-thing": MadeThing}
    monkeypatch.setattr(entries, "kind_class", kinds.get)
    monkeypatch.setattr(entries, "kind_names", lambda: tuple(kinds))


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Write packs into an empty project, load them and give them."""
    monkeypatch.chdir(tmp_path)

    def load(*texts: str, names: Sequence[str] | None = None) -> tuple[Pack, ...]:
        written = [f"pack{number}.toml" for number, _ in enumerate(texts, 1)]
        for name, text in zip(written, texts, strict=True):
            (tmp_path / name).write_text(text)
        return load_packs(written if names is None else names, tmp_path, ConfigurationSite("packs", "--pack"))

    return load


@pytest.fixture
def problems(load: Load) -> Problems:
    """Write packs that are wrong, load them and give the errors."""

    def problems(*texts: str, names: Sequence[str] | None = None) -> list[str]:
        with pytest.raises(ConfigurationErrors) as caught:
            load(*texts, names=names)
        return [str(error) for error in caught.value.errors]

    return problems
