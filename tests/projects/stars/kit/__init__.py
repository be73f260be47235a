from kit.shapes import *
from kit.colours import *

Late = None
from kit.late import *
