from flow.managers import Manager as Boss

__all__ = ["Boss"]
