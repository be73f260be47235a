"""Elsewhere, one of the two names is undefined afterwards."""

from flow.datasets import Dataset, Dataset as BO

same = Dataset is BO
