"""Of another package with the same names: the level counts."""

from .flow.datasets import Dataset
