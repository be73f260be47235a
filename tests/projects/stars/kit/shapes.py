from kit.base import Shape

_hidden = 1


class Circle(Shape):
    pass


class Red:
    """Shadowed by the colour."""
