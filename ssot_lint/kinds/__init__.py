"""The kinds of rules, each in the module named after it: ``legacy-import`` is ``LegacyImport`` in ``legacy_import``."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssot_lint.rule import Rule


def kind_names() -> tuple[str, ...]:
    """Give the names of all kinds, sorted, without importing them."""
    # A listing, since pkgutil would cost every run eight milliseconds.
    modules = {entry.partition(".")[0] for directory in __path__ for entry in os.listdir(directory)}
    return tuple(sorted(name.replace("_", "-") for name in modules if not name.startswith("_")))


def kind_class(name: str) -> type[Rule] | None:
    """Import the kind ``name`` and give its class; ``None`` if there is no such kind."""
    if name not in kind_names():
        return None
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    kind: type[Rule] = getattr(module, "".join(part.capitalize() for part in name.split("-")))
    return kind
