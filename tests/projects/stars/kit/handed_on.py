from kit.colours import *
from kit.colours import __all__

Private = 1
