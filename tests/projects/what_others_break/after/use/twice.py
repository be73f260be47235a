"""Elsewhere, one of the two names is undefined afterwards."""

from flow.assets import Asset as Dataset, Asset as BO

same = Dataset is BO
