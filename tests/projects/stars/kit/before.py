from kit.base import Shape as Red

from kit.colours import *

Scarlet = Red
