import sys

KNOWN = 1
sys.modules[__name__] = object()
