"""Elsewhere, the new name is imported and then bound to something else."""

from flow.datasets import Dataset

Asset = 1
made = Dataset("made").name
