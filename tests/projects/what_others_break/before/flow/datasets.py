"""Moved to flow.assets."""

from flow.assets import Asset as Dataset, AssetAlias as DatasetAlias
