from kit.base import Shape

try:
    from kit.shapes import *
except ImportError:
    from kit.colours import *
