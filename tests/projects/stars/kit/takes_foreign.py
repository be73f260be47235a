from kit.foreign import *
