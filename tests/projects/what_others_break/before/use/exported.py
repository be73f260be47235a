"""Elsewhere, `__all__` names what is not there any more."""

from flow.datasets import Dataset

__all__ = ["Dataset"]
