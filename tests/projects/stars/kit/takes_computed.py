from kit.computed import *
