import sys

sys.modules[__name__].__dict__["a"] = 1
