from kit.base import Shape

__all__ = [name for name in dir() if name.isupper()]
