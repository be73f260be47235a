from kit.partly import *
