from kit.shapes import *

del Circle
