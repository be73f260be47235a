"""Elsewhere, hoisted out of the `try`, whose body becomes `pass`."""

try:
    from flow.assets import Asset as Dataset
except ImportError:
    Dataset = None

found = Dataset is not None
