import sys

from kit.base import Shape as Red

from kit.colours import *

if sys.platform == "win32":
    from kit.shapes import Red
