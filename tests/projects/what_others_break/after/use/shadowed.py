"""Elsewhere, the new name is imported and then bound to something else."""

from flow.assets import Asset as Dataset

Asset = 1
made = Dataset("made").name
