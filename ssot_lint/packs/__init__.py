"""Packs: TOML files of rules, built in or of a project, loaded with all errors of all of them at once."""

from __future__ import annotations

from ssot_lint.packs.loading import Pack, load_packs
from ssot_lint.packs.locating import builtin_packs

__all__ = ["Pack", "builtin_packs", "load_packs"]
