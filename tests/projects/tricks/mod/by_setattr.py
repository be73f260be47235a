import sys

setattr(sys.modules[__name__], "a", 1)
