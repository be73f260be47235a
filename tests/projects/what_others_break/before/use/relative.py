"""Elsewhere, unrelated relative imports are corrupted, or crash the tool, and the related are missed."""

from .foo import bar
