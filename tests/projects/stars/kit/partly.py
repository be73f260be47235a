import unknown_library
from kit.base import Shape

__all__ = ["Shape", *unknown_library.__all__]
