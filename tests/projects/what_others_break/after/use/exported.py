"""Elsewhere, `__all__` names what is not there any more."""

from flow.assets import Asset as Dataset

__all__ = ["Dataset"]
