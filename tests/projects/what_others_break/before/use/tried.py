"""Elsewhere, hoisted out of the `try`, whose body becomes `pass`."""

try:
    from flow.datasets import Dataset
except ImportError:
    Dataset = None

found = Dataset is not None
